//! Which platform `connect_socket` uses: the one place that decides.

use std::ops::Deref;

use cfg_if::cfg_if;
use taro_socket_api::SocketConnector;
#[cfg(all(
    any(
        feature = "h5",
        feature = "weapp",
        feature = "alipay",
        feature = "swan",
        feature = "rn"
    ),
    target_family = "wasm",
    target_os = "unknown"
))]
use taro_socket_js::Host;

cfg_if! {
    if #[cfg(all(feature = "native", not(target_family = "wasm")))] {
        pub use taro_socket_native as native;

        pub(crate) fn selected() -> impl Deref<Target = dyn SocketConnector> {
            use std::sync::OnceLock;

            static CONNECTOR: OnceLock<taro_socket_native::NativeConnector> = OnceLock::new();
            let connector: &'static dyn SocketConnector = CONNECTOR.get_or_init(Default::default);
            connector
        }
    } else if #[cfg(all(
        any(feature = "h5", feature = "weapp", feature = "alipay", feature = "swan", feature = "rn"),
        target_family = "wasm",
        target_os = "unknown"
    ))] {
        #[cfg(feature = "alipay")]
        pub use taro_socket_alipay as alipay;
        #[cfg(feature = "h5")]
        pub use taro_socket_h5 as h5;
        #[cfg(feature = "rn")]
        pub use taro_socket_rn as rn;
        #[cfg(feature = "swan")]
        pub use taro_socket_swan as swan;
        #[cfg(feature = "weapp")]
        pub use taro_socket_weapp as weapp;

        /// A connector of each host. The browser is last: the others may have a `WebSocket` besides.
        const HOSTS: &[(Host, &dyn SocketConnector)] = &[
            #[cfg(feature = "weapp")]
            (Host::Weapp, &taro_socket_weapp::WeappConnector::new()),
            #[cfg(feature = "alipay")]
            (Host::Alipay, &taro_socket_alipay::AlipayConnector::new()),
            #[cfg(feature = "swan")]
            (Host::Swan, &taro_socket_swan::SwanConnector::new()),
            #[cfg(feature = "rn")]
            (Host::Rn, &taro_socket_rn::RnConnector::new()),
            #[cfg(feature = "h5")]
            (Host::H5, &taro_socket_h5::H5Connector::new()),
        ];

        /// Of the enabled hosts the one that exists here. If none does, the last one says what is missing.
        pub(crate) fn selected() -> impl Deref<Target = dyn SocketConnector> {
            let last = HOSTS.len() - 1;
            let mut at = 0;
            // With one host enabled there is nothing to look for, and no code for it.
            while at < last && !HOSTS[at].0.exists() {
                at += 1;
            }
            HOSTS[at].1
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

        pub(crate) fn selected() -> impl Deref<Target = dyn SocketConnector> {
            let connector: Box<dyn SocketConnector> = Box::new(mock_connector());
            connector
        }
    } else {
        compile_error!(
            "taro-socket has no platform for this target: enable the feature `native` (not on wasm), `h5`, `weapp`, `alipay`, `swan` or `rn` (wasm32-unknown-unknown) or `mock`"
        );

        pub(crate) fn selected() -> Box<dyn SocketConnector> {
            unreachable!("compile_error above")
        }
    }
}
