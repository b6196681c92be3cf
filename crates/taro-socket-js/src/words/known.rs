//! Words that hosts are known for; `|` stands between them.
//!
//! In texts and not in lists, for each place of a list is as long as a word, and all of it is downloaded.

use taro_socket_api::{
    ErrorKind::{self, *},
    RetryAdvice::{self, Later, Never},
};

/// Behind these words, and what parts it from them, stands a status: of OkHttp, SocketRocket, Node.js, which developer
/// tools are made of, Java-WebSocket, and others.
pub(super) const STATUS: &str = "response but was|code from server|server response|status code|statuscode|\
                                 response status|response code|code received|http status|http/1.1|responded with";

/// The host finds the socket in no state for what it was to do.
pub(super) const STATES: &str = "not exist|not open|status error";

/// In this order: a text may hold several. What passes comes before what does not, but for words that leave no doubt:
/// who is told `Never` does not try again.
pub(super) const WORDS: &[(ErrorKind, RetryAdvice, &str)] = &[
    // What the app may not: network security configuration, App Transport Security, a vendor's list.
    (
        Unsupported,
        Never,
        "cleartext comm|cleartext http|cleartext not|app transport|domain list|\
         url check fail|check url fail",
    ),
    (InvalidArgument, Never, "invalid websocket url|invalid url"),
    (LimitExceeded, Later, "max concurren|max websocket"),
    // Of the last two: TCP has ended before the answer.
    (
        Handshake,
        Later,
        "expected http 101|bad response code|header value|sec-websocket|subprotocol|server response|\
         too many follow-up|http status|socket hang up",
    ),
    // `failed to connect to /10.0.2.2 (port 80) after 10000ms`
    (Timeout, Later, "timeout|timed out|etimedout|) after "),
    (
        Dns,
        Later,
        "resolve host|unknownhost|host does not exist|hostname could not|nodename nor|\
         getaddrinfo|enotfound|not resolved",
    ),
    (
        Connect,
        Later,
        "failed to connect|could not connect|open a connection|connection to the server failed|refused|unreachable|\
         connection reset|connection closed|connection abort|socket disconnected|broken pipe|econn|ehostunreach|\
         enetunreach|epipe|unexpected end of",
    ),
    (Aborted, Later, "interrupted"),
    // A certificate, a name or a version is as wrong the next time.
    (
        Tls,
        Never,
        "trust anchor|certificate|certpath|err cert|not verified|self signed|self-signed|unknown ca|wrong version|\
         protocol version|ssl version|unsupported protocol|no appropriate|alert handshake failure",
    ),
    // A handshake that was cut.
    (Tls, Later, "ssl|tls"),
    (Handshake, Later, "handshake"),
    (HostUnavailable, Never, "no function|typeerror"),
];
