//! `connect_with`: checks, capabilities, callbacks.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use taro_socket_api::{
    Capability, CapabilitySet, ConnectRequest, ConnectSocketOption, Error, ErrorKind, KeepAlive,
    Limits, Platform, ReadyState, Result, SocketConnector, SocketTask, UnsupportedPolicy,
    connect_with,
};

use crate::support::{Log, Rig, now};

pub(crate) fn all_capabilities() -> CapabilitySet {
    Capability::ALL.iter().copied().collect()
}

#[derive(Debug)]
struct FakeConnector {
    capabilities: CapabilitySet,
    refuse: bool,
    requests: Mutex<Vec<ConnectRequest>>,
    rigs: Mutex<Vec<Rig>>,
}

impl FakeConnector {
    fn new(capabilities: CapabilitySet) -> Self {
        Self {
            capabilities,
            refuse: false,
            requests: Mutex::default(),
            rigs: Mutex::default(),
        }
    }

    fn dialled(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

impl SocketConnector for FakeConnector {
    fn platform(&self) -> Platform {
        Platform::Mock
    }

    fn capabilities(&self) -> CapabilitySet {
        self.capabilities
    }

    fn connect_socket_now(&self, request: ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        self.requests.lock().unwrap().push(request);
        if self.refuse {
            return Err(Error::new(ErrorKind::HostUnavailable, "no runtime"));
        }
        let rig = Rig::connecting();
        let task = Arc::clone(&rig.task);
        self.rigs.lock().unwrap().push(rig);
        Ok(task)
    }
}

fn option() -> ConnectSocketOption {
    ConnectSocketOption::new("wss://localhost")
}

/// An option that tells which callbacks are called, in order.
fn logged(log: &Log<String>) -> ConnectSocketOption {
    let (success, fail, complete) = (log.clone(), log.clone(), log.clone());
    option()
        .success(move |result| {
            let id = result.socket_task_id().map(|id| id.get() > 0);
            success.push(format!("success {} {id:?}", result.err_msg()));
        })
        .fail(move |error| fail.push(format!("fail {}", error.err_msg())))
        .complete(move |result| {
            let id = result.socket_task_id().is_some();
            complete.push(format!(
                "complete {} {id} {}",
                result.err_msg(),
                result.error().is_some()
            ));
        })
}

#[test]
fn a_task_exists_before_it_is_open() {
    let log = Log::new();
    let connector = FakeConnector::new(all_capabilities());
    let task = now(connect_with(&connector, logged(&log))).unwrap();
    assert_eq!(task.ready_state(), ReadyState::Connecting);
    assert_eq!(
        log.take(),
        [
            "success connectSocket:ok Some(true)",
            "complete connectSocket:ok true false"
        ]
    );
}

#[test]
fn a_host_that_refuses_is_told_as_failure() {
    let log = Log::new();
    let mut connector = FakeConnector::new(all_capabilities());
    connector.refuse = true;
    let error = now(connect_with(&connector, logged(&log))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::HostUnavailable);
    assert_eq!(
        log.take(),
        [
            "fail connectSocket:fail no runtime",
            "complete connectSocket:fail no runtime false true"
        ]
    );
}

#[test]
fn a_bad_argument_is_told_before_anything_is_dialled() {
    let log = Log::new();
    let connector = FakeConnector::new(all_capabilities());
    let error = now(connect_with(&connector, logged(&log).header("Host", "h"))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert_eq!(connector.dialled(), 0);
    assert_eq!(log.take().len(), 2, "fail, then complete");
}

#[test]
fn a_panic_in_a_callback_ends_there() {
    let log = Log::new();
    let connector = FakeConnector::new(all_capabilities());
    let option = logged(&log).success(|_| panic!("expected by the test"));
    now(connect_with(&connector, option)).unwrap();
    assert_eq!(log.take(), ["complete connectSocket:ok true false"]);
}

const SECOND: Duration = Duration::from_secs(1);

/// Each option that needs a capability, and how the request shows that it was left out.
type Optional = (
    Capability,
    fn(ConnectSocketOption) -> ConnectSocketOption,
    fn(&ConnectRequest) -> bool,
);

const OPTIONAL: &[Optional] = &[
    (
        Capability::RequestHeader,
        |option| option.header("x", "y"),
        |request| request.header().is_empty(),
    ),
    (
        Capability::TcpNoDelay,
        |option| option.tcp_no_delay(true),
        |request| request.tcp_no_delay().is_none(),
    ),
    (
        Capability::PerMessageDeflate,
        |option| option.per_message_deflate(true),
        |request| !request.per_message_deflate(),
    ),
    (
        Capability::ForceCellularNetwork,
        |option| option.force_cellular_network(true),
        |request| !request.force_cellular_network(),
    ),
    (
        Capability::Ping,
        |option| option.keep_alive(SECOND, SECOND),
        |request| request.keep_alive_or(None).is_none(),
    ),
    (
        Capability::SentFrameSize,
        |option| option.limits(Limits::default().max_sent_frame_bytes(1)),
        |request| request.limits().max_sent_frame_bytes == usize::MAX,
    ),
];

#[test]
fn an_option_that_cannot_be_honoured_is_refused_unless_the_caller_lets_it_go() {
    for (capability, ask, left_out) in OPTIONAL {
        let able = ask(option()).into_request(all_capabilities()).unwrap();
        assert!(!left_out(&able), "{capability}");
        let unable = all_capabilities().without(*capability);
        let error = ask(option()).into_request(unable).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        assert!(error.reason().contains(capability.name()), "{error}");
        let ignoring = ask(option()).unsupported(UnsupportedPolicy::Ignore);
        assert!(
            left_out(&ignoring.into_request(unable).unwrap()),
            "{capability}"
        );
        option()
            .into_request(unable)
            .expect("what is not asked for needs nothing");
    }
}

#[test]
fn plain_ws_is_never_ignored() {
    let secure_only = all_capabilities().without(Capability::PlainWs);
    for policy in [UnsupportedPolicy::Refuse, UnsupportedPolicy::Ignore] {
        let plain = ConnectSocketOption::new("ws://localhost").unsupported(policy);
        assert_eq!(
            plain.into_request(secure_only).unwrap_err().kind(),
            ErrorKind::Unsupported
        );
    }
}

#[test]
fn the_request_has_what_was_asked_for() {
    let request = option()
        .header("X-A", "1")
        .protocols(["a", "b"])
        .timeout(Duration::from_secs(5))
        .into_request(all_capabilities())
        .unwrap();
    assert_eq!(request.url().as_str(), "wss://localhost/");
    assert_eq!(request.header().get("x-a"), Some("1"));
    assert_eq!(request.protocols(), ["a", "b"]);
    assert_eq!(request.timeout().as_secs(), 5);
    let default = option().into_request(all_capabilities()).unwrap();
    assert_eq!(default.timeout().as_secs(), 60);
}

#[test]
fn pings_are_as_the_option_says_and_otherwise_as_the_connector_has_them() {
    let own = Some(KeepAlive::new(SECOND, 2 * SECOND).unwrap());
    let default = Some(KeepAlive::new(SECOND, SECOND).unwrap());
    let request = |option: ConnectSocketOption| option.into_request(all_capabilities()).unwrap();
    assert_eq!(request(option()).keep_alive_or(default), default);
    assert_eq!(request(option()).keep_alive_or(None), None);
    let on = option().keep_alive(SECOND, 2 * SECOND);
    assert_eq!(request(on).keep_alive_or(default), own);
    let off = option().keep_alive(SECOND, SECOND).without_keep_alive();
    assert_eq!(request(off).keep_alive_or(default), None);
    let unable = all_capabilities().without(Capability::Ping);
    let off = option().without_keep_alive().into_request(unable).unwrap();
    assert_eq!(
        off.keep_alive_or(default),
        None,
        "what cannot ping does not"
    );
    for (interval, deadline) in [(Duration::ZERO, SECOND), (SECOND, Duration::ZERO)] {
        let malformed = option()
            .keep_alive(interval, deadline)
            .into_request(all_capabilities());
        assert_eq!(malformed.unwrap_err().kind(), ErrorKind::InvalidArgument);
    }
}
