//! `Send` and `Sync` where the target has threads, nothing where it has none.
//!
//! This is the only file of the workspace that asks for the target, besides the
//! selection chain of the facade and the `async_trait` attributes.

use std::{
    future::Future,
    pin::Pin,
    sync::{Mutex, MutexGuard, PoisonError, TryLockError},
};

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
mod bounds {
    /// `Send` on targets with threads; holds for every type on `wasm32-unknown-unknown`.
    pub trait MaybeSend: Send {}
    impl<T: Send + ?Sized> MaybeSend for T {}

    /// `Sync` on targets with threads; holds for every type on `wasm32-unknown-unknown`.
    pub trait MaybeSync: Sync {}
    impl<T: Sync + ?Sized> MaybeSync for T {}

    pub(crate) type BoxFnMut<E> = Box<dyn FnMut(E) + Send>;
    pub(crate) type BoxFnOnce<E> = Box<dyn FnOnce(E) + Send>;
    pub(super) type DynFuture<'a, T> = dyn Future<Output = T> + Send + 'a;
    use super::Future;
}

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
mod bounds {
    /// `Send` on targets with threads; holds for every type on `wasm32-unknown-unknown`.
    pub trait MaybeSend {}
    impl<T: ?Sized> MaybeSend for T {}

    /// `Sync` on targets with threads; holds for every type on `wasm32-unknown-unknown`.
    pub trait MaybeSync {}
    impl<T: ?Sized> MaybeSync for T {}

    pub(crate) type BoxFnMut<E> = Box<dyn FnMut(E)>;
    pub(crate) type BoxFnOnce<E> = Box<dyn FnOnce(E)>;
    pub(super) type DynFuture<'a, T> = dyn Future<Output = T> + 'a;
    use super::Future;
}

pub(crate) use bounds::{BoxFnMut, BoxFnOnce};
pub use bounds::{MaybeSend, MaybeSync};

/// A boxed future that is `Send` where the target has threads.
pub type BoxFuture<'a, T> = Pin<Box<bounds::DynFuture<'a, T>>>;

/// Whether the module's memory is shared between threads: `atomics` on wasm. JavaScript hosts refuse views of
/// such memory where they would have to read or write it, so data is copied for them.
pub const SHARED_MEMORY: bool = cfg!(all(target_family = "wasm", target_feature = "atomics"));

/// Whether there can be a second thread.
const THREADS: bool =
    SHARED_MEMORY || cfg!(not(all(target_family = "wasm", target_os = "unknown")));

/// The lock; a panic of another thread that held it changes nothing.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    if THREADS {
        return mutex.lock().unwrap_or_else(PoisonError::into_inner);
    }
    match mutex.try_lock() {
        Ok(guard) => guard,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        // Without threads nobody else can hold it. `lock` would say so in a kilobyte of code.
        Err(TryLockError::WouldBlock) => std::process::abort(),
    }
}
