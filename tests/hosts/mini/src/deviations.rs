//! What a variant of a host does beyond what its platform documents, or short of it.
//!
//! What becomes of such a case: see [`judge`](taro_socket_hosts::judge).

use taro_socket_hosts::ends_inside_close;

use crate::cli::Platform;

/// The variant of each platform that calls back inside the program's calls.
const SYNC: &str = "sync";

/// Variants that tell the code of a server's close, which their platforms do not document.
const TELL_THE_CODE: &[(Platform, &str)] = &[
    (Platform::Alipay, "close-code"),
    (Platform::Swan, "android"),
    (Platform::Swan, "ios"),
    (Platform::Swan, "text-binary"),
    (Platform::Swan, "string-code"),
    (Platform::Swan, SYNC),
];

/// Cases in which a buffer that was sent as text makes the difference.
const BINARY: &[&str] = &[
    "close/behind-pending-sends",
    "limits/message/at-the-limit",
    "limits/queue/refused-is-not-sent",
    "messages/binary",
    "messages/binary/valid-utf8-stays-binary",
    "messages/duplex",
    "messages/empty",
    "messages/fragments/joined",
    "messages/length/1-mib",
    "messages/length/16-mib",
    "messages/length/every-form",
    "open/tls",
    "send/future/dropped-is-sent",
    "send/future/resolves",
    "send/kinds",
    "send/large",
    "send/masked",
    "send/order/text-and-binary",
    "send/over-tls",
];

/// What the variant does, where it matters to the case.
pub(crate) fn listed(platform: Platform, variant: &str, id: &str) -> Option<&'static str> {
    if let Some(does) = ends_inside_close(id).filter(|_| variant == SYNC) {
        return Some(does);
    }
    if id == "capabilities/close-status/refused" && TELL_THE_CODE.contains(&(platform, variant)) {
        return Some("tells the code of a server's close, which its platform does not document");
    }
    let text = (platform, variant) == (Platform::Swan, "text-binary") && BINARY.contains(&id);
    text.then_some("sends buffers as text, as is reported of some devices")
}
