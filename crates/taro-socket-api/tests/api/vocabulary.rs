//! Names, numbers and conversions.

use std::{collections::HashSet, error::Error as _};

use taro_socket_api::{
    ByteString, Bytes, Capability, CapabilitySet, CloseCause, CloseEvent, Error, ErrorKind,
    HandshakeResponse, Header, Message, Platform, ReadyState, RetryAdvice, SocketTask,
};

use crate::support::Rig;

#[test]
fn ready_states_have_the_numbers_of_taro() {
    let states = [
        (<dyn SocketTask>::CONNECTING, 0, "CONNECTING"),
        (<dyn SocketTask>::OPEN, 1, "OPEN"),
        (<dyn SocketTask>::CLOSING, 2, "CLOSING"),
        (<dyn SocketTask>::CLOSED, 3, "CLOSED"),
    ];
    for (state, code, name) in states {
        assert_eq!((state.code(), state.to_string()), (code, name.to_owned()));
    }
    assert!(ReadyState::Connecting < ReadyState::Closed);
}

#[test]
fn ids_are_unique_and_increase() {
    let first = Rig::connecting();
    let second = Rig::connecting();
    let (a, b) = (first.task.socket_task_id(), second.task.socket_task_id());
    assert!(a.get() >= 1);
    assert!(a < b);
    assert_eq!(first.emitter.socket_task_id(), a);
    assert_eq!(first.task.err_msg(), "connectSocket:ok");
}

#[test]
fn messages_keep_their_kind() {
    let text: [Message; 3] = [
        "abc".into(),
        String::from("abc").into(),
        ByteString::from("abc").into(),
    ];
    let binary: [Message; 4] = [
        (&b"abc"[..]).into(),
        b"abc".into(),
        vec![b'a', b'b', b'c'].into(),
        Bytes::from_static(b"abc").into(),
    ];
    for message in &text {
        assert_eq!(
            (message.as_text(), message.as_bytes()),
            (Some("abc"), &b"abc"[..])
        );
    }
    for message in &binary {
        assert_eq!((message.as_text(), message.as_bytes()), (None, &b"abc"[..]));
        assert_ne!(*message, text[0], "valid UTF-8 does not make binary text");
        assert_eq!(message.clone().into_bytes(), text[0].clone().into_bytes());
    }
    assert!(Message::from("").is_empty());
    assert_eq!(Message::from("é").len(), 2, "the length is in bytes");
}

#[test]
fn a_clone_shares_the_payload() {
    let message = Message::from(vec![7; 1024]);
    let clone = message.clone();
    assert_eq!(message.as_bytes().as_ptr(), clone.as_bytes().as_ptr());
}

#[test]
fn errors_tell_in_the_form_of_taro() {
    let error = Error::new(ErrorKind::Dns, "no such host")
        .in_api("sendSocketMessage")
        .with_host_code(-2)
        .with_source(std::io::Error::other("cause"));
    assert_eq!(error.err_msg(), "sendSocketMessage:fail no such host");
    assert_eq!(error.to_string(), "no such host");
    assert_eq!(
        (error.kind(), error.host_code()),
        (ErrorKind::Dns, Some(-2))
    );
    assert_eq!(
        error.source().map(ToString::to_string).as_deref(),
        Some("cause")
    );
    let debug = format!("{error:?}");
    assert!(debug.contains("Dns") && debug.contains("-2"), "{debug}");
    let silent = Error::new(ErrorKind::Unknown, "");
    assert_eq!(silent.err_msg(), "connectSocket:fail unknown error");
}

#[test]
fn a_refused_handshake_is_retried_by_its_status() {
    let refused = |status| {
        let response = HandshakeResponse::new(status, Header::new(), Vec::new());
        Error::new(ErrorKind::Handshake, "refused").with_response(response)
    };
    for status in [
        408, 425, 429, 500, 502, 503, 504, 521, 530, 200, 301, 410, 501,
    ] {
        assert_eq!(refused(status).retry(), RetryAdvice::Later, "{status}");
    }
    for status in [400, 401, 403, 404, 407, 426] {
        assert_eq!(refused(status).retry(), RetryAdvice::Never, "{status}");
        let in_text = Error::new(ErrorKind::Unknown, "refused").with_status(status);
        assert_eq!(
            (in_text.retry(), in_text.status()),
            (RetryAdvice::Never, Some(status))
        );
        assert!(in_text.response().is_none());
    }
}

#[test]
fn kinds_say_never_only_where_another_try_cannot_help() {
    use ErrorKind::*;
    for kind in [
        HostUnavailable,
        InvalidArgument,
        InvalidState,
        ProxyAuthentication,
        Tls,
        Unsupported,
    ] {
        assert_eq!(kind.retry(), RetryAdvice::Never, "{kind}");
    }
    let later = [
        Aborted,
        Connect,
        Dns,
        Handshake,
        InvalidUtf8,
        LimitExceeded,
        Protocol,
        Proxy,
        Timeout,
        Transport,
        Unknown,
    ];
    for kind in later {
        assert_eq!(kind.retry(), RetryAdvice::Later, "{kind}");
    }
    let cut = Error::new(Tls, "cut").with_retry(RetryAdvice::Later);
    assert_eq!(cut.retry(), RetryAdvice::Later);
}

#[test]
fn close_codes_say_never_where_the_server_refuses_this_client() {
    let advice = |code| CloseEvent::clean(Some(code), "", CloseCause::Remote).retry();
    for code in [1003, 1008, 1009, 1010] {
        assert_eq!(advice(code), RetryAdvice::Never, "{code}");
    }
    for code in [
        1000, 1001, 1002, 1005, 1006, 1007, 1011, 1012, 1013, 1014, 3000, 4999,
    ] {
        assert_eq!(advice(code), RetryAdvice::Later, "{code}");
    }
}

#[test]
fn capability_sets_are_sets() {
    let set = CapabilitySet::of(&[Capability::PlainWs, Capability::RequestHeader]);
    assert!(set.contains(Capability::PlainWs) && !set.contains(Capability::TcpNoDelay));
    assert_eq!(
        set.iter().collect::<Vec<_>>(),
        [Capability::RequestHeader, Capability::PlainWs],
        "members come in declaration order"
    );
    assert_eq!(
        set.without(Capability::PlainWs).with(Capability::PlainWs),
        set
    );
    assert_eq!(set.iter().collect::<CapabilitySet>(), set);
    assert_eq!(CapabilitySet::EMPTY.iter().count(), 0);
    let all: CapabilitySet = Capability::ALL.iter().copied().collect();
    assert_eq!(all.iter().count(), Capability::ALL.len());
    let names: HashSet<_> = Capability::ALL.iter().map(|one| one.name()).collect();
    assert_eq!(names.len(), Capability::ALL.len());
}

#[test]
fn platforms_have_the_names_of_taro() {
    let platforms = [
        (Platform::Weapp, "weapp"),
        (Platform::Swan, "swan"),
        (Platform::Alipay, "alipay"),
        (Platform::H5, "h5"),
        (Platform::Rn, "rn"),
        (Platform::Native, "native"),
        (Platform::Mock, "mock"),
    ];
    for (platform, name) in platforms {
        assert_eq!(platform.to_string(), name);
    }
}
