//! What connectors of JavaScript hosts have in common.

/// Implements [`SocketConnector`](taro_socket_api::SocketConnector) and `Debug` for a connector.
///
/// `connector!(Type, Platform, CAPABILITIES, connect)`: the variant of [`Platform`](taro_socket_api::Platform), what it
/// can do, and a function of the connector and the request that makes a task.
#[macro_export]
macro_rules! connector {
    ($connector:ident, $platform:ident, $capabilities:expr, $connect:expr $(, parse_url: $parse:path)?) => {
        impl ::taro_socket_api::SocketConnector for $connector {
            fn platform(&self) -> ::taro_socket_api::Platform {
                ::taro_socket_api::Platform::$platform
            }

            fn capabilities(&self) -> ::taro_socket_api::CapabilitySet {
                $capabilities
            }

            $(
                fn parse_url(
                    &self,
                    url: &str,
                ) -> ::taro_socket_api::Result<::taro_socket_api::SocketUrl> {
                    $parse(url)
                }
            )?

            fn connect_socket_now(
                &self,
                request: ::taro_socket_api::ConnectRequest,
            ) -> ::taro_socket_api::Result<::std::sync::Arc<dyn ::taro_socket_api::SocketTask>>
            {
                $connect(self, request)
            }
        }

        /// Of few words, for each is downloaded: every `dyn SocketConnector` brings it along.
        impl ::std::fmt::Debug for $connector {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(::std::stringify!($connector))
            }
        }
    };
}
