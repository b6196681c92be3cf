//! A way through a proxy, from dialling it to the stream that leads to the server.

use std::net::IpAddr;

use bytes::BytesMut;
use taro_socket_api::{ErrorKind, Result, SocketUrl, UrlHost};

use super::{
    choice::Route,
    connect,
    prefixed::Prefixed,
    scheme::Scheme,
    socks5::{self, Destination},
    way::Way,
};
use crate::{
    ByteStream, dial,
    http::Answerer,
    name,
    peer::TlsPeer,
    progress::{Phase, Progress},
    settings::Settings,
    transport::Transport,
};

/// A stream to the server of `url`, opened by the proxy.
pub(crate) async fn open(
    settings: &Settings,
    url: &SocketUrl,
    route: &Route,
    no_delay: Option<bool>,
    progress: &mut Progress,
) -> Result<ByteStream> {
    let tunnel = Tunnel {
        settings,
        route,
        no_delay,
        server: name::place(url),
    };
    let (host, port) = (url.host(), url.port());
    let opened = match (route.proxy.scheme, host) {
        (Scheme::Http | Scheme::Https, _) => tunnel.connect(progress).await?,
        (Scheme::Socks5 | Scheme::Socks5h, UrlHost::Ipv4(ip)) => {
            let ip = IpAddr::from(ip);
            tunnel
                .socks5(&Destination::Address(ip, port), progress)
                .await?
        }
        (Scheme::Socks5 | Scheme::Socks5h, UrlHost::Ipv6(ip)) => {
            let ip = IpAddr::from(ip);
            tunnel
                .socks5(&Destination::Address(ip, port), progress)
                .await?
        }
        (Scheme::Socks5h, UrlHost::Domain(name)) => {
            tunnel
                .socks5(&Destination::Name(name, port), progress)
                .await?
        }
        (Scheme::Socks5, UrlHost::Domain(name)) => tunnel.resolved(name, port, progress).await?,
    };
    progress.place = tunnel.server;
    Ok(stream(opened))
}

/// The stream behind the proxy's answer; what the server has sent already comes first.
fn stream((transport, leftover): (Transport, BytesMut)) -> ByteStream {
    let stream = transport.into_stream();
    match leftover.is_empty() {
        true => stream,
        false => ByteStream::new(Prefixed::new(leftover, stream)),
    }
}

struct Tunnel<'a> {
    settings: &'a Settings,
    route: &'a Route,
    no_delay: Option<bool>,
    /// `host:port`.
    server: String,
}

impl Tunnel<'_> {
    fn way(&self) -> Way<'_> {
        Way {
            proxy: &self.route.place,
            server: &self.server,
        }
    }

    async fn connect(&self, progress: &mut Progress) -> Result<(Transport, BytesMut)> {
        let transport = self.reach(progress).await?;
        connect::open(transport, &self.route.proxy, &self.way()).await
    }

    async fn socks5(
        &self,
        destination: &Destination<'_>,
        progress: &mut Progress,
    ) -> Result<(Transport, BytesMut)> {
        let transport = self.reach(progress).await?;
        let credentials = self.route.proxy.credentials.as_ref();
        socks5::open(transport, credentials, destination, &self.way()).await
    }

    /// Resolves the server's name here and tries its addresses in turn: the proxy takes one at a time.
    async fn resolved(
        &self,
        name: &str,
        port: u16,
        progress: &mut Progress,
    ) -> Result<(Transport, BytesMut)> {
        progress.place.clone_from(&self.server);
        progress.enter(Phase::Resolve);
        let addresses = dial::lookup(self.settings, name, port, &self.server).await?;
        let mut addresses = addresses.iter();
        loop {
            let Some(address) = addresses.next() else {
                return Err(self.way().refused("the server's name has no address"));
            };
            let destination = Destination::Address(address.ip(), port);
            match self.socks5(&destination, progress).await {
                Err(error) if error.kind() == ErrorKind::Proxy && addresses.len() > 0 => {}
                outcome => return outcome,
            }
        }
    }

    /// Connects to the proxy, with TLS where it is at `https`.
    async fn reach(&self, progress: &mut Progress) -> Result<Transport> {
        let (proxy, place) = (&self.route.proxy, &self.route.place);
        progress.place.clone_from(place);
        let stream = dial::connect(self.settings, &proxy.at, self.no_delay, progress).await?;
        progress.place = format!("{} through {place}", self.server);
        progress.enter(Phase::Proxy);
        if proxy.scheme != Scheme::Https {
            return Ok(Transport::Plain(stream));
        }
        let own = proxy.tls.as_deref();
        let peer = TlsPeer {
            host: proxy.at.host(),
            place,
            answerer: Answerer::Proxy,
            named_by_options: own.is_some(),
            anonymously: false,
        };
        let tls = own.unwrap_or(&self.settings.tls);
        tls.connect(stream, &peer).await
    }
}
