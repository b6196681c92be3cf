//! Feature selection of the facade, tested: what a build with given features connects with.

use taro_socket::Platform;

/// What [`taro_socket::connect_socket`] must use in this build: native where it is enabled, else the mock.
#[must_use]
pub fn expected_platform() -> Platform {
    if cfg!(feature = "native") {
        Platform::Native
    } else {
        Platform::Mock
    }
}
