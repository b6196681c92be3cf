//! Name to TCP connection.

use std::{io, net::SocketAddr, time::Duration};

use futures::stream::{FuturesUnordered, StreamExt};
use taro_socket_api::{Result, SocketUrl, UrlHost};
use tokio::net::{TcpStream, lookup_host};

use crate::{
    ByteStream, DialTarget, error, name,
    progress::{Phase, Progress},
    settings::Settings,
    tcp::TcpOptions,
};

/// Pause before another address is tried beside the ones under way (RFC 8305 §8).
const ATTEMPT_DELAY: Duration = Duration::from_millis(250);

/// A stream to the server of `url`: the dialer's, or TCP to the first address that answers.
pub(crate) async fn connect(
    settings: &Settings,
    url: &SocketUrl,
    no_delay: Option<bool>,
    progress: &mut Progress,
) -> Result<ByteStream> {
    let place = progress.place.clone();
    let host = url.host();
    if let Some(dialer) = &settings.dialer {
        progress.enter(Phase::Connect);
        let target = DialTarget::new(name::of(&host), url.port());
        let dialled = dialer.dial(&target).await;
        return dialled.map_err(|source| error::dialer(&place, source));
    }
    progress.enter(Phase::Resolve);
    let addresses = addresses(settings, &host, url.port(), &place).await?;
    progress.enter(Phase::Connect);
    let tcp = race(&settings.tcp, &addresses, &place).await?;
    tcp.set_nodelay(no_delay.unwrap_or(true))
        .map_err(|broken| error::cut(&place, Some(broken)))?;
    Ok(tcp.into())
}

async fn addresses(
    settings: &Settings,
    host: &UrlHost<'_>,
    port: u16,
    place: &str,
) -> Result<Vec<SocketAddr>> {
    let mut found = match host {
        UrlHost::Ipv4(ip) => vec![SocketAddr::from((*ip, port))],
        UrlHost::Ipv6(ip) => vec![SocketAddr::from((*ip, port))],
        UrlHost::Domain(name) => lookup(settings, name, port, place).await?,
    };
    found.retain(|address| settings.tcp.fits(address));
    if found.is_empty() {
        return Err(error::other_family(place));
    }
    Ok(found)
}

/// The addresses of a name, at least one: those that were given for it, or the system's.
pub(crate) async fn lookup(
    settings: &Settings,
    name: &str,
    port: u16,
    place: &str,
) -> Result<Vec<SocketAddr>> {
    match settings.resolved.get(name.trim_end_matches('.')) {
        Some(known) => Ok(known.iter().map(|ip| SocketAddr::new(*ip, port)).collect()),
        None => resolve(name, port, place).await,
    }
}

async fn resolve(name: &str, port: u16, place: &str) -> Result<Vec<SocketAddr>> {
    let found = lookup_host((name, port))
        .await
        .map_err(|source| error::dns(place, source))?;
    let addresses = interleave(found.collect());
    if addresses.is_empty() {
        return Err(error::dns(place, io::Error::other("it has no address")));
    }
    Ok(addresses)
}

/// Alternates the families, beginning with the resolver's first (RFC 8305 §4).
fn interleave(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let six_first = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) = addresses
        .into_iter()
        .partition(|address| address.is_ipv6() == six_first);
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    let mut out = Vec::new();
    loop {
        let pair = [first.next(), second.next()];
        if pair == [None, None] {
            return out;
        }
        out.extend(pair.into_iter().flatten());
    }
}

/// Starts one attempt after another; the first that succeeds wins and the rest are dropped.
async fn race(tcp: &TcpOptions, addresses: &[SocketAddr], place: &str) -> Result<TcpStream> {
    let mut waiting = addresses.iter();
    let mut attempts = FuturesUnordered::new();
    let mut last = io::Error::other("it has no address");
    loop {
        if let Some(address) = waiting.next() {
            attempts.push(tcp.connect(*address));
        }
        if attempts.is_empty() {
            return Err(error::connect(place, &named(addresses), last));
        }
        let next = async {
            if waiting.len() == 0 {
                attempts.next().await
            } else {
                tokio::time::timeout(ATTEMPT_DELAY, attempts.next())
                    .await
                    .unwrap_or(None)
            }
        };
        match next.await {
            Some(Ok(stream)) => return Ok(stream),
            Some(Err(error)) => last = error,
            None => {}
        }
    }
}

/// The first few addresses.
fn named(addresses: &[SocketAddr]) -> String {
    let mut named: Vec<_> = addresses.iter().take(4).map(ToString::to_string).collect();
    if addresses.len() > named.len() {
        named.push("more".to_owned());
    }
    named.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_alternate() {
        let parse = |text: &str| -> SocketAddr { text.parse().expect("an address") };
        let found = ["[::1]:1", "[::2]:1", "127.0.0.1:1", "[::3]:1"].map(parse);
        let expected = ["[::1]:1", "127.0.0.1:1", "[::2]:1", "[::3]:1"].map(parse);
        assert_eq!(interleave(found.to_vec()), expected);
    }
}
