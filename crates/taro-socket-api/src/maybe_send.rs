//! `Send` and `Sync` where the target has threads, nothing where it has none.
//!
//! This is the only file of the workspace that asks for the target, besides the
//! selection chain of the facade and the `async_trait` attributes. It is also where the
//! explorer of interleavings (`tests/interleavings`) takes the place of `std`.

use std::{fmt, future::Future, pin::Pin};

use crate::after::After;

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

/// Whether each byte of code is downloaded by the app's users.
pub(crate) const DOWNLOADED: bool = cfg!(all(target_family = "wasm", target_os = "unknown"));

/// Whether a panic can be caught: elsewhere it ends the host's call, and whatever was under way never returns.
pub(crate) const UNWINDS: bool = cfg!(panic = "unwind");

/// Atomics, those of the explorer of interleavings where that is built in.
pub(crate) mod atomic {
    #[cfg(feature = "interleavings")]
    pub(crate) use shuttle::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering};
    #[cfg(not(feature = "interleavings"))]
    pub(crate) use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering};
}

/// Gives out what is inside, to one at a time; it never runs foreign code while it is held.
///
/// For adapter authors: wakers, completions, handlers and whatever holds them may come back into the adapter when they
/// are woken, called, cloned or dropped, so none of that may happen under a lock. Here it cannot be forgotten: there
/// is no guard, and what a change leaves to be woken or dropped goes on its list.
///
/// ```
/// use std::task::Waker;
/// use taro_socket_api::adapter::Lock;
///
/// let parked = Lock::<Option<Waker>>::default();
/// parked.change(|parked, after| after.discard_some(parked.replace(Waker::noop().clone())));
/// parked.change(|parked, after| after.wake(parked.take()));
/// ```
#[derive(Default)]
pub struct Lock<T>(exclusive::Exclusive<T>);

/// Nothing of what is inside: to write it is foreign code, and may hold payloads.
impl<T> fmt::Debug for Lock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lock(..)")
    }
}

impl<T> Lock<T> {
    /// The only way to what is inside. `change` puts on the list what is to be woken or dropped because of it; that
    /// happens when the lock is free again.
    pub fn change<R>(&self, change: impl FnOnce(&mut T, &mut After) -> R) -> R {
        let mut after = After::default();
        let result = self.change_within(&mut after, change);
        after.run();
        result
    }

    /// As [`change`](Self::change), from within a change of another lock, whose list is used.
    pub fn change_within<R>(
        &self,
        after: &mut After,
        change: impl FnOnce(&mut T, &mut After) -> R,
    ) -> R {
        self.0.with(|inside| change(inside, after))
    }
}

#[cfg(any(
    target_feature = "atomics",
    not(all(target_family = "wasm", target_os = "unknown"))
))]
mod exclusive {
    use std::sync::PoisonError;

    #[cfg(feature = "interleavings")]
    use shuttle::sync::Mutex;
    #[cfg(not(feature = "interleavings"))]
    use std::sync::Mutex;

    #[derive(Default)]
    pub(super) struct Exclusive<T>(Mutex<T>);

    impl<T> Exclusive<T> {
        pub(super) fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
            // A panic of another thread that held it changes nothing: no foreign code runs under it.
            act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
        }
    }
}

#[cfg(all(
    not(target_feature = "atomics"),
    target_family = "wasm",
    target_os = "unknown"
))]
mod exclusive {
    use std::cell::RefCell;

    /// Without threads a mutex would be code for nothing.
    #[derive(Default)]
    pub(super) struct Exclusive<T>(RefCell<T>);

    impl<T> Exclusive<T> {
        pub(super) fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
            match self.0.try_borrow_mut() {
                Ok(mut inside) => act(&mut inside),
                // Nobody else can hold it, for no foreign code runs while it is held.
                Err(_) => std::process::abort(),
            }
        }
    }
}
