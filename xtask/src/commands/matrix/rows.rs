//! The rows of the matrix: Taro's API table, then the capabilities.

use std::collections::BTreeSet;

use taro_socket_report::Evidence;

use super::column::Column;

/// Rows under one heading. A row is called as in the field `covers` of an outcome.
pub struct Group {
    pub heading: &'static str,
    pub rows: Vec<String>,
}

const CONNECT: &[&str] = &[
    "connectSocket",
    "ConnectSocketOption.url",
    "ConnectSocketOption.header",
    "ConnectSocketOption.protocols",
    "ConnectSocketOption.tcpNoDelay",
    "ConnectSocketOption.perMessageDeflate",
    "ConnectSocketOption.timeout",
    "ConnectSocketOption.forceCellularNetwork",
    "ConnectSocketOption.success",
    "ConnectSocketOption.fail",
    "ConnectSocketOption.complete",
];

const METHODS: &[&str] = &[
    "SocketTask.close",
    "SocketTask.onClose",
    "SocketTask.onError",
    "SocketTask.onMessage",
    "SocketTask.onOpen",
    "SocketTask.send",
];

const PROPERTIES: &[&str] = &[
    "SocketTask.socketTaskId",
    "SocketTask.readyState",
    "SocketTask.errMsg",
    "SocketTask.CONNECTING",
    "SocketTask.OPEN",
    "SocketTask.CLOSING",
    "SocketTask.CLOSED",
    "SocketTask.ws",
];

const ARGUMENTS: &[&str] = &[
    "CloseOption.code",
    "CloseOption.reason",
    "CloseOption.success",
    "CloseOption.fail",
    "CloseOption.complete",
    "SendOption.data",
    "SendOption.success",
    "SendOption.fail",
    "SendOption.complete",
];

const RESULTS: &[&str] = &[
    "OnCloseCallbackResult.code",
    "OnCloseCallbackResult.reason",
    "OnErrorCallbackResult.errMsg",
    "OnMessageCallbackResult.data",
    "OnOpenCallbackResult.header",
];

/// What a capability's row begins with.
pub const CAPABILITY: &str = "Capability.";

/// Rows of Taro's table that mean nothing where a capability is not declared.
const NEEDED: &[(&str, &str)] = &[
    (
        "ConnectSocketOption.forceCellularNetwork",
        "ForceCellularNetwork",
    ),
    ("ConnectSocketOption.header", "RequestHeader"),
    ("ConnectSocketOption.perMessageDeflate", "PerMessageDeflate"),
    ("ConnectSocketOption.tcpNoDelay", "TcpNoDelay"),
    ("OnOpenCallbackResult.header", "ResponseHeader"),
    ("SocketTask.ws", "Ws"),
];

/// The capability without which the row means nothing.
pub fn needed_capability(row: &str) -> Option<&str> {
    let needed = NEEDED
        .iter()
        .find(|(name, _)| *name == row)
        .map(|&(_, capability)| capability);
    row.strip_prefix(CAPABILITY).or(needed)
}

/// Every row. What the evidence covers beyond Taro's table has a group of its own,
/// so that no covered name is lost.
pub fn groups(columns: &[Column]) -> Vec<Group> {
    let mut groups: Vec<Group> = [
        ("connectSocket", CONNECT),
        ("SocketTask: methods", METHODS),
        ("SocketTask: properties", PROPERTIES),
        ("Options of close and send", ARGUMENTS),
        ("Results of callbacks", RESULTS),
    ]
    .map(|(heading, rows)| Group {
        heading,
        rows: rows.iter().map(|&row| row.to_owned()).collect(),
    })
    .into();
    let named: BTreeSet<String> = columns
        .iter()
        .filter_map(Column::current)
        .flat_map(names)
        .collect();
    let known: BTreeSet<&String> = groups.iter().flat_map(|group| &group.rows).collect();
    let others: Vec<_> = named
        .iter()
        .filter(|name| !known.contains(name))
        .cloned()
        .collect();
    let (capabilities, beyond): (Vec<_>, Vec<_>) = others
        .into_iter()
        .partition(|name| name.starts_with(CAPABILITY));
    for (heading, rows) in [
        ("Beyond Taro's table", beyond),
        ("Capabilities", capabilities),
    ] {
        if !rows.is_empty() {
            groups.push(Group { heading, rows });
        }
    }
    groups
}

/// Rows that a run speaks of: names covered, and capabilities declared or asked for.
fn names(evidence: &Evidence) -> impl Iterator<Item = String> {
    let covered = evidence
        .outcomes()
        .iter()
        .flat_map(|outcome| outcome.covers.clone());
    let declared = evidence.header().capabilities.iter();
    let asked = evidence
        .outcomes()
        .iter()
        .flat_map(|outcome| &outcome.requires);
    let capabilities = declared
        .chain(asked)
        .map(|name| name.trim_start_matches('!'));
    covered.chain(capabilities.map(|name| format!("{CAPABILITY}{name}")))
}
