//! Redirects are followed as far as the builder says.

mod credentials;
mod places;
mod proxied;
#[cfg(feature = "__tls")]
mod secure;
mod time;
mod unfollowed;

use taro_socket_api::{ConnectSocketOption, Error};
use taro_socket_native::{NativeConnector, NativeConnectorBuilder};

use crate::server::dial_by;

fn following() -> NativeConnectorBuilder {
    NativeConnector::builder().follow_redirects()
}

/// Whether a connection to `url` opens.
async fn outcome(builder: NativeConnectorBuilder, url: String) -> Result<(), Error> {
    let connector = builder.build().expect("a connector");
    let task = dial_by(&connector, ConnectSocketOption::new(url)).await;
    task.opened().await.map(drop)
}
