//! What a variant of a host does beyond what its platform documents, or short of it.
//!
//! Such a case is run like every other. Failed, it counts as unsupported, with the reason from here; passed, it
//! is a failure: the line is out of date.

use taro_socket_conformance::{Outcome, Status};

use crate::cli::Platform;

/// Variants that tell the code of a server's close, which their platforms do not document.
const TELL_THE_CODE: &[(Platform, &str)] = &[
    (Platform::Alipay, "close-code"),
    (Platform::Swan, "android"),
    (Platform::Swan, "ios"),
    (Platform::Swan, "text-binary"),
    (Platform::Swan, "string-code"),
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
fn listed(platform: Platform, variant: &str, id: &str) -> Option<&'static str> {
    if id == "capabilities/close-status/refused" && TELL_THE_CODE.contains(&(platform, variant)) {
        return Some("tells the code of a server's close, which its platform does not document");
    }
    let text = (platform, variant) == (Platform::Swan, "text-binary") && BINARY.contains(&id);
    text.then_some("sends buffers as text, as is reported of some devices")
}

/// The outcome as it counts.
pub(crate) fn judge(platform: Platform, variant: &str, mut outcome: Outcome) -> Outcome {
    let Some(does) = listed(platform, variant, &outcome.id) else {
        return outcome;
    };
    let (status, detail) = match (outcome.status, outcome.detail) {
        (Status::Failed, Some(detail)) => {
            (Status::Unsupported, format!("{variant} {does}; {detail}"))
        }
        (Status::Passed, _) => (
            Status::Failed,
            format!("passes, but is listed: {variant} {does}"),
        ),
        (status, detail) => (status, detail.unwrap_or_default()),
    };
    outcome.status = status;
    outcome.detail = Some(detail);
    outcome
}
