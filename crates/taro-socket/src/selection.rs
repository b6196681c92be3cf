//! Which platform `connect_socket` uses: the one place that decides.

use std::sync::Arc;

use cfg_if::cfg_if;
use taro_socket_api::SocketConnector;

cfg_if! {
    if #[cfg(all(feature = "native", not(target_family = "wasm")))] {
        pub use taro_socket_native as native;

        pub(crate) fn selected() -> Arc<dyn SocketConnector> {
            use std::sync::OnceLock;

            static CONNECTOR: OnceLock<Arc<taro_socket_native::NativeConnector>> = OnceLock::new();
            let connector: &Arc<_> = CONNECTOR.get_or_init(Arc::default);
            Arc::clone(connector) as Arc<dyn SocketConnector>
        }
    } else if #[cfg(all(feature = "h5", target_family = "wasm", target_os = "unknown"))] {
        pub use taro_socket_h5 as h5;

        pub(crate) fn selected() -> Arc<dyn SocketConnector> {
            Arc::new(taro_socket_h5::H5Connector::new())
        }
    } else if #[cfg(feature = "mock")] {
        thread_local! {
            static MOCK: taro_socket_mock::MockConnector = taro_socket_mock::MockConnector::new();
        }

        /// The connector that [`connect_socket`](crate::connect_socket) uses where the mock is the selected
        /// platform: one per thread, so that tests do not meet. Give it scripts.
        #[must_use]
        pub fn mock_connector() -> taro_socket_mock::MockConnector {
            MOCK.with(Clone::clone)
        }

        pub(crate) fn selected() -> Arc<dyn SocketConnector> {
            Arc::new(mock_connector())
        }
    } else {
        compile_error!(
            "taro-socket has no platform for this target: enable the feature `native` (not on wasm), `h5` (wasm32-unknown-unknown) or `mock`"
        );

        pub(crate) fn selected() -> Arc<dyn SocketConnector> {
            unreachable!("compile_error above")
        }
    }
}
