//! Android's virtual machine and the app's context, which the system's verifier needs.

use std::{
    ffi::c_void,
    sync::atomic::{AtomicBool, Ordering},
};

use taro_socket_api::{Error, ErrorKind, Result};

/// Whether the verifier was introduced to the virtual machine from here.
static INTRODUCED: AtomicBool = AtomicBool::new(false);

/// Introduces Android's certificate verifier to the app's virtual machine, once, before the first `wss://` connection.
/// Further calls change nothing; on other systems this does nothing at all.
///
/// It is not needed where `ndk-context` knows the two, which `android-activity` and, from its version 0.36, `tao` (Tauri)
/// see to before the app's code runs; but for programs with `panic = "abort"`, where that cannot be asked.
///
/// The app's Gradle build has to contain the verifier's Kotlin component, see
/// [`rustls-platform-verifier`](https://docs.rs/rustls-platform-verifier/0.7/rustls_platform_verifier/#android).
///
/// The pointers are those of any JNI binding, of whichever version: for the crate `jni` those of `JavaVM::get_raw` and
/// `JObject::as_raw`.
///
/// ```no_run
/// use std::ffi::c_void;
///
/// fn start(java_vm: *mut c_void, context: *mut c_void) -> taro_socket_api::Result<()> {
///     // SAFETY: both are what JNI gave to the native function that calls this.
///     unsafe { taro_socket_native::init_android(java_vm, context) }
/// }
/// ```
///
/// # Safety
///
/// `java_vm` is the process's `JavaVM *`, and `context` a reference to an `android.content.Context` that is valid during
/// the call. Null is refused.
///
/// # Errors
///
/// `InvalidArgument`: a pointer is null. `HostUnavailable`: the virtual machine refused.
#[allow(
    unsafe_code,
    reason = "raw pointers are what JNI bindings of all versions have"
)]
pub unsafe fn init_android(java_vm: *mut c_void, context: *mut c_void) -> Result<()> {
    if java_vm.is_null() || context.is_null() {
        let text =
            "init_android: a pointer is null: give the virtual machine's and the app's context";
        return Err(Error::new(ErrorKind::InvalidArgument, text));
    }
    // SAFETY: as the caller promises.
    unsafe { system::introduce(java_vm, context) }.map_err(|refusal| {
        let text = format!("init_android: Android's virtual machine refused: {refusal}");
        Error::new(ErrorKind::HostUnavailable, text)
    })?;
    INTRODUCED.store(true, Ordering::Release);
    Ok(())
}

/// Whether the verifier is introduced, with what `ndk-context` knows if need be.
#[allow(
    unsafe_code,
    reason = "ndk-context promises that its pointers are valid"
)]
pub(super) fn introduced() -> bool {
    INTRODUCED.load(Ordering::Acquire)
        || system::of_ndk_context().is_some_and(|(java_vm, context)| {
            // SAFETY: who fills ndk-context vouches for both until it is released.
            unsafe { init_android(java_vm, context) }.is_ok()
        })
}

#[cfg(target_os = "android")]
#[allow(unsafe_code, reason = "as above")]
mod system {
    use std::ffi::c_void;

    use jni::{JavaVM, errors::Error, objects::JObject};

    use crate::probe::panics;

    /// # Safety
    ///
    /// As of `init_android`.
    pub(super) unsafe fn introduce(
        java_vm: *mut c_void,
        context: *mut c_void,
    ) -> Result<(), Error> {
        // SAFETY: as the caller promises.
        let java_vm = unsafe { JavaVM::from_raw(java_vm.cast()) };
        java_vm.attach_current_thread_for_scope(|env| {
            // SAFETY: as the caller promises; the reference stays the caller's.
            let context = unsafe { JObject::from_raw(env, context.cast()) };
            rustls_platform_verifier::android::init_with_env(env, context)
        })
    }

    /// ndk-context panics where nobody filled it, and is not asked where that cannot be caught.
    pub(super) fn of_ndk_context() -> Option<(*mut c_void, *mut c_void)> {
        let mut known = None;
        panics(|| known = Some(ndk_context::android_context()));
        known.map(|known| (known.vm(), known.context()))
    }
}

#[cfg(not(target_os = "android"))]
#[allow(unsafe_code, reason = "the same signatures as on Android")]
mod system {
    use std::{convert::Infallible, ffi::c_void};

    /// # Safety
    ///
    /// None is needed.
    #[allow(clippy::unnecessary_wraps, reason = "the same signature as on Android")]
    pub(super) unsafe fn introduce(_: *mut c_void, _: *mut c_void) -> Result<(), Infallible> {
        Ok(())
    }

    pub(super) fn of_ndk_context() -> Option<(*mut c_void, *mut c_void)> {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::ptr::{NonNull, null_mut};

    use super::*;

    #[test]
    #[allow(unsafe_code, reason = "the function under test is unsafe")]
    fn null_is_refused_and_other_systems_need_nothing() {
        let some = NonNull::<c_void>::dangling().as_ptr();
        assert!(!introduced());
        for (java_vm, context) in [(null_mut(), some), (some, null_mut())] {
            // SAFETY: null is refused before it is used.
            let error = unsafe { init_android(java_vm, context) }.expect_err("null");
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error}");
            assert!(!introduced());
        }
        // SAFETY: not Android, so neither is used.
        unsafe { init_android(some, some) }.expect("nothing to do");
        assert!(introduced());
    }
}
