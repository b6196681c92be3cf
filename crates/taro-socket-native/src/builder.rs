//! How a connector makes connections, setting by setting.

mod redirects;

use std::{collections::HashMap, fmt, net::IpAddr, sync::Arc, time::Duration};

use taro_socket_api::{Error, ErrorKind, KeepAlive, Result, SocketUrl, UrlHost};

use crate::{
    Dialer, NativeConnector, name,
    proxy::ProxyChoice,
    settings::{KEEP_ALIVE, Settings},
    system,
    tcp::TcpOptions,
    tls::Tls,
};

/// Longest idle time of TCP keep-alive that all systems take: 32,767 s.
const MOST_IDLE: Duration = Duration::from_secs(32_767);

/// Sets how a [`NativeConnector`] makes connections. Every setting has a default; [`build`](Self::build) judges them.
///
/// ```
/// use std::time::Duration;
/// use taro_socket_native::NativeConnector;
///
/// # fn run() -> taro_socket_api::Result<()> {
/// let connector = NativeConnector::builder()
///     .resolve("chat.example.com", ["192.0.2.7".parse().expect("an address")])
///     .tcp_keep_alive(Duration::from_secs(60))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
#[must_use = "nothing is made before `build`"]
pub struct NativeConnectorBuilder {
    dialer: Option<Arc<dyn Dialer>>,
    resolved: Vec<(String, Vec<IpAddr>)>,
    tcp: TcpOptions,
    host: Option<String>,
    max_redirects: u32,
    /// What was said of pings; without a word the default holds.
    keep_alive: Option<Result<Option<KeepAlive>>>,
    #[cfg(feature = "__tls")]
    tls: Option<crate::TlsOptions>,
    pub(crate) proxy: ProxyChoice,
}

impl NativeConnectorBuilder {
    /// Makes the byte streams itself. Default: names are resolved and their addresses raced (RFC 8305).
    ///
    /// The settings of TCP and of names are then the dialer's own: beside it they are refused, and so is
    /// `tcp_no_delay` of an option, since the connector lacks
    /// [`Capability::TcpNoDelay`](taro_socket_api::Capability::TcpNoDelay).
    pub fn dialer(mut self, dialer: impl Dialer) -> Self {
        self.dialer = Some(Arc::new(dialer));
        self
    }

    /// Does not ask for the addresses of `host`, but takes these, in this order. At least one.
    ///
    /// The port is the URL's; TLS and `Host` still name `host`.
    pub fn resolve(
        mut self,
        host: impl Into<String>,
        addresses: impl IntoIterator<Item = IpAddr>,
    ) -> Self {
        let addresses = addresses.into_iter().collect();
        self.resolved.push((host.into(), addresses));
        self
    }

    /// Connects from this address of the machine. Addresses of the server of the other family are then not tried.
    pub fn local_address(mut self, address: IpAddr) -> Self {
        self.tcp.local_address = Some(address);
        self
    }

    /// Connects through the network interface of this name, for example `eth0`: on Linux and Android, refused with
    /// `Unsupported` elsewhere.
    pub fn interface(mut self, name: impl Into<String>) -> Self {
        self.tcp.interface = Some(name.into());
        self
    }

    /// Lets the system probe connections that are idle for so long, and then as often (`SO_KEEPALIVE`, RFC 9293
    /// §3.8.4): 1 s to 32,767 s, whole seconds. Default: off.
    ///
    /// The system tells a dead peer only after several probes; [`keep_alive`](taro_socket_api::ConnectSocketOption)
    /// of an option is sooner, and looks at the server rather than at its system.
    pub fn tcp_keep_alive(mut self, idle: Duration) -> Self {
        self.tcp.keep_alive = Some(idle);
        self
    }

    /// Bytes that the system holds of what was sent (`SO_SNDBUF`), above 0; systems round it. Default: the system's.
    pub fn send_buffer_bytes(mut self, bytes: u32) -> Self {
        self.tcp.send_buffer = Some(bytes);
        self
    }

    /// Bytes that the system holds of what was received (`SO_RCVBUF`), above 0; systems round it. Default: the system's.
    pub fn receive_buffer_bytes(mut self, bytes: u32) -> Self {
        self.tcp.receive_buffer = Some(bytes);
        self
    }

    /// The `Host` of the opening handshake (RFC 9110 §7.2), `name` or `name:port`, where it is not the URL's.
    ///
    /// Over `wss://` the certificate is checked against the URL's host all the same.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// Sends pings as [`keep_alive`](taro_socket_api::ConnectSocketOption::keep_alive) says, where an option says nothing.
    /// Default: 20 s and 20 s.
    pub fn keep_alive(mut self, interval: Duration, deadline: Duration) -> Self {
        self.keep_alive = Some(KeepAlive::new(interval, deadline).map(Some));
        self
    }

    /// Sends no pings, where an option does not ask for them.
    pub fn without_keep_alive(mut self) -> Self {
        self.keep_alive = Some(Ok(None));
        self
    }

    /// Whom to trust, and whom to be, over `wss://`.
    #[cfg(feature = "__tls")]
    pub fn tls(mut self, options: crate::TlsOptions) -> Self {
        self.tls = Some(options);
        self
    }

    /// The connector.
    ///
    /// # Errors
    ///
    /// - `InvalidArgument`: a value that its setting does not take, or a setting beside a dialer that would not see it.
    /// - `Unsupported`: a setting that this system, or this build, lacks.
    pub fn build(self) -> Result<NativeConnector> {
        check_tcp(&self.tcp)?;
        if self.dialer.is_some() && (self.tcp != TcpOptions::default() || !self.resolved.is_empty())
        {
            return Err(invalid(
                "settings of TCP and of names are the dialer's own: set them there, or leave the dialer out",
            ));
        }
        #[cfg(feature = "__tls")]
        // What nobody asked for need not be there: a program may know ws:// alone.
        let tls = self.tls.map_or_else(|| Ok(Tls::default()), Tls::checked)?;
        #[cfg(not(feature = "__tls"))]
        let tls = Tls::default();
        let proxy = self.proxy.judged(self.dialer.is_some())?;
        Ok(NativeConnector::of(Settings {
            dialer: self.dialer,
            resolved: resolved(self.resolved)?,
            tcp: self.tcp,
            keep_alive: self.keep_alive.unwrap_or(Ok(Some(KEEP_ALIVE)))?,
            host: self.host.map(|host| authority(&host)).transpose()?,
            max_redirects: redirects::checked(self.max_redirects)?,
            tls,
            proxy,
        }))
    }
}

/// Without credentials.
impl fmt::Debug for NativeConnectorBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("NativeConnectorBuilder");
        out.field("dialer", &self.dialer.is_some())
            .field("resolved", &self.resolved)
            .field("tcp", &self.tcp)
            .field("host", &self.host)
            .field("keep_alive", &self.keep_alive)
            .field("max_redirects", &self.max_redirects);
        #[cfg(feature = "__tls")]
        out.field("tls", &self.tls);
        out.finish()
    }
}

fn check_tcp(tcp: &TcpOptions) -> Result<()> {
    let whole = |idle: Duration| idle.subsec_nanos() == 0 && !idle.is_zero() && idle <= MOST_IDLE;
    if !tcp.keep_alive.is_none_or(whole) {
        return Err(invalid(
            "tcp_keep_alive takes whole seconds from 1 to 32,767",
        ));
    }
    if tcp.send_buffer == Some(0) || tcp.receive_buffer == Some(0) {
        return Err(invalid("a buffer of TCP has more than 0 bytes"));
    }
    match &tcp.interface {
        Some(_) if !system::BINDS_TO_INTERFACE => Err(Error::new(
            ErrorKind::Unsupported,
            "interface is not supported on this system: use local_address",
        )),
        Some(name) if name.is_empty() || name.contains('\0') => {
            Err(invalid("interface takes the name of one, for example eth0"))
        }
        _ => Ok(()),
    }
}

fn resolved(given: Vec<(String, Vec<IpAddr>)>) -> Result<HashMap<String, Vec<IpAddr>>> {
    let mut resolved = HashMap::new();
    for (host, addresses) in given {
        if addresses.is_empty() {
            return Err(invalid("resolve takes at least one address"));
        }
        let name = name::to_ascii(&host).unwrap_or_default();
        let name = name.trim_end_matches('.');
        let url = SocketUrl::parse_with(&format!("ws://{name}"), name::to_ascii);
        if !url.is_ok_and(|url| matches!(url.host(), UrlHost::Domain(_))) {
            return Err(invalid("resolve takes the name of a host, and no address"));
        }
        if resolved.insert(name.to_owned(), addresses).is_some() {
            return Err(invalid("resolve takes all addresses of a name at once"));
        }
    }
    Ok(resolved)
}

/// The authority as it goes on the wire.
fn authority(host: &str) -> Result<String> {
    let plain = !host.contains(['/', '\\', '?', '#', '@']) && host.trim() == host;
    // A port that is written stays: parsed by the scheme whose default it is not.
    let scheme = if host.ends_with(":80") {
        "https"
    } else {
        "http"
    };
    let url = SocketUrl::parse_with(&format!("{scheme}://{host}"), name::to_ascii);
    match url {
        Ok(url) if plain => Ok(url.authority().to_owned()),
        _ => Err(invalid("host takes `name` or `name:port`")),
    }
}

fn invalid(text: &'static str) -> Error {
    Error::new(ErrorKind::InvalidArgument, text)
}
