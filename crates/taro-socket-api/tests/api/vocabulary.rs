//! Names, numbers and conversions.

use std::{collections::HashSet, error::Error as _};

use taro_socket_api::{
    ByteString, Bytes, Capability, CapabilitySet, Error, ErrorKind, HandshakeResponse, Header,
    Message, Platform, ReadyState, RetryAdvice, SocketTask,
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
    assert_eq!(error.to_string(), error.err_msg());
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
    for status in [408, 425, 429, 500, 502, 503, 504] {
        assert_eq!(refused(status).retry(), RetryAdvice::Later, "{status}");
    }
    for status in [200, 301, 400, 401, 403, 404, 501, 505] {
        assert_eq!(refused(status).retry(), RetryAdvice::Never, "{status}");
    }
    let silent = Error::new(ErrorKind::Handshake, "wrong accept key");
    assert_eq!(silent.retry(), RetryAdvice::Never);
    assert_eq!(ErrorKind::Connect.retry(), RetryAdvice::Later);
    assert_eq!(ErrorKind::InvalidArgument.retry(), RetryAdvice::Never);
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
