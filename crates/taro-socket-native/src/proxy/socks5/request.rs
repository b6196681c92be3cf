//! What a client says.

use std::net::IpAddr;

/// Where the way is to lead: a name that the proxy resolves, or an address.
#[derive(Clone, Copy, Debug)]
pub(in crate::proxy) enum Destination<'a> {
    Name(&'a str, u16),
    Address(IpAddr, u16),
}

/// The methods that are offered (RFC 1928 §3): none, and user name and password where there are some.
pub(super) fn greeting(password: bool) -> Vec<u8> {
    match password {
        true => vec![5, 2, 0, 2],
        false => vec![5, 1, 0],
    }
}

/// The request CONNECT (RFC 1928 §4); `None` for a name that is too long.
pub(super) fn connect(destination: &Destination<'_>) -> Option<Vec<u8>> {
    let mut out = vec![5, 1, 0];
    let port = match destination {
        Destination::Address(IpAddr::V4(ip), port) => {
            out.push(1);
            out.extend(ip.octets());
            port
        }
        Destination::Address(IpAddr::V6(ip), port) => {
            out.push(4);
            out.extend(ip.octets());
            port
        }
        Destination::Name(name, port) => {
            out.extend([3, u8::try_from(name.len()).ok()?]);
            out.extend(name.bytes());
            port
        }
    };
    out.extend(port.to_be_bytes());
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_those_of_the_rfc() {
        let address = |text: &str| Destination::Address(text.parse().expect("an address"), 443);
        let mut six = vec![5, 1, 0, 4, 0x20, 1, 0xd, 0xb8];
        six.extend([0; 11]);
        six.extend([1, 1, 0xbb]);
        let table = [
            (
                address("192.0.2.7"),
                vec![5, 1, 0, 1, 192, 0, 2, 7, 1, 0xbb],
            ),
            (address("2001:db8::1"), six),
            (
                Destination::Name("a.b", 80),
                vec![5, 1, 0, 3, 3, b'a', b'.', b'b', 0, 80],
            ),
        ];
        for (destination, bytes) in table {
            assert_eq!(connect(&destination), Some(bytes), "{destination:?}");
        }
        let name = "a".repeat(255);
        assert!(connect(&Destination::Name(&name, 1)).is_some());
        assert!(connect(&Destination::Name(&(name.clone() + "a"), 1)).is_none());
    }
}
