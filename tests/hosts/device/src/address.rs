//! Where the test server is for a device, and where it listens.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use anyhow::{Context as _, Result, ensure};

/// The port where nothing else is asked for: it stays the same when the server is started again.
const PORT: u16 = 9001;

/// An address of TEST-NET-1 (RFC 5737), which nobody has. Nothing is sent to it.
const ELSEWHERE: (Ipv4Addr, u16) = (Ipv4Addr::new(192, 0, 2, 1), 9);

/// What a device dials, and what is bound.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Address {
    /// Name or address of this machine, as the device knows it.
    pub host: String,
    /// Where to listen.
    pub listen: SocketAddr,
}

impl Address {
    /// The address asked for, such as `ws://192.168.1.5:9001`; without one, that of this machine in its network.
    ///
    /// # Errors
    ///
    /// When the text is no such URL, a name comes without `listen`, or this machine is in no network.
    pub fn new(server: Option<&str>, listen: Option<IpAddr>) -> Result<Self> {
        let (host, port) = match server {
            Some(url) => parse(url)?,
            None => (own_address()?.to_string(), PORT),
        };
        let ip = listen.or_else(|| host.parse().ok());
        let ip = ip.with_context(|| {
            format!("{host} is a name: say with --listen which address it stands for")
        })?;
        Ok(Self {
            host,
            listen: SocketAddr::new(ip, port),
        })
    }

    /// Whether everybody who reaches this machine reaches the server.
    #[must_use]
    pub fn is_everywhere(&self) -> bool {
        self.listen.ip().is_unspecified()
    }
}

fn parse(url: &str) -> Result<(String, u16)> {
    let wanted = || format!("`{url}` is not like ws://192.168.1.5:{PORT}");
    let rest = url.strip_prefix("ws://").with_context(wanted)?;
    let rest = rest.trim_end_matches('/');
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().with_context(wanted)?),
        None => (rest, PORT),
    };
    let plain = |character: char| character.is_ascii_alphanumeric() || ".-".contains(character);
    ensure!(!host.is_empty() && host.chars().all(plain), wanted());
    Ok((host.to_owned(), port))
}

/// The address that this machine would send from.
fn own_address() -> Result<IpAddr> {
    let ask = || -> std::io::Result<IpAddr> {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
        socket.connect(ELSEWHERE)?;
        Ok(socket.local_addr()?.ip())
    };
    let found = ask()
        .ok()
        .filter(|ip| !ip.is_loopback() && !ip.is_unspecified());
    found.context("this machine is in no network: give its address with --server")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_device_dials_is_bound_and_nothing_else() {
        let address = Address::new(Some("ws://192.168.1.5:4000/"), None).unwrap();
        assert_eq!(address.host, "192.168.1.5");
        assert_eq!(address.listen, "192.168.1.5:4000".parse().unwrap());
        assert!(!address.is_everywhere());
        let address = Address::new(Some("ws://192.168.1.5"), None).unwrap();
        assert_eq!(address.listen.port(), PORT);
    }

    #[test]
    fn all_interfaces_only_when_asked() {
        let everywhere = Some(Ipv4Addr::UNSPECIFIED.into());
        let address = Address::new(Some("ws://my-machine.local:4000"), everywhere).unwrap();
        assert!(address.is_everywhere());
        assert_eq!(address.host, "my-machine.local");
        let error = Address::new(Some("ws://my-machine.local:4000"), None).unwrap_err();
        assert!(error.to_string().contains("--listen"));
    }

    #[test]
    fn other_urls_are_refused() {
        for url in [
            "",
            "192.168.1.5:1",
            "wss://a:1",
            "ws://",
            "ws://a b",
            "ws://a:x",
            "ws://a/b",
        ] {
            assert!(Address::new(Some(url), None).is_err(), "{url}");
        }
    }
}
