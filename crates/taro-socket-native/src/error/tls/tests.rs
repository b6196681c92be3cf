//! What is told of an error of TLS, and what is advised.

use rustls::InvalidMessage;

use super::*;

fn io_of(error: TlsError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

#[test]
fn advice_is_never_only_for_what_another_try_cannot_mend() {
    let incompatible = PeerIncompatible::ServerDoesNotSupportTls12Or13;
    let never = [
        TlsError::InvalidCertificate(rustls::CertificateError::UnknownIssuer),
        TlsError::NoCertificatesPresented,
        TlsError::UnsupportedNameType,
        TlsError::PeerIncompatible(incompatible),
        TlsError::AlertReceived(Alert::ProtocolVersion),
        TlsError::AlertReceived(Alert::CertificateRequired),
        TlsError::AlertReceived(Alert::UnknownCA),
        TlsError::AlertReceived(Alert::UnrecognisedName),
        TlsError::AlertReceived(Alert::AccessDenied),
    ];
    let later = [
        TlsError::DecryptError,
        TlsError::InvalidMessage(InvalidMessage::InvalidContentType),
        TlsError::General("a text".to_owned()),
        TlsError::AlertReceived(Alert::InternalError),
        TlsError::AlertReceived(Alert::HandshakeFailure),
        TlsError::AlertReceived(Alert::CloseNotify),
        TlsError::AlertReceived(Alert::Unknown(200)),
    ];
    let never = never.map(|error| (error, RetryAdvice::Never));
    let later = later.map(|error| (error, RetryAdvice::Later));
    for (source, advice) in never.into_iter().chain(later) {
        // Also once the connection stands: TLS 1.3 tells a client certificate's refusal then.
        let late = crate::error::transport("a:1", io_of(source.clone()));
        let early = crate::error::cut("a:1", Some(io_of(source.clone())));
        for error in [handshake("a:1", io_of(source.clone())), early, late] {
            assert_eq!(
                (error.kind(), error.retry()),
                (ErrorKind::Tls, advice),
                "{error}"
            );
        }
    }
}

#[test]
fn what_this_machine_cannot_do_is_not_blamed_on_the_server() {
    let other = rustls::OtherError(std::sync::Arc::new(io::Error::other("no store")));
    let table = [
        (TlsError::General("no\nstore".to_owned()), "(no store)"),
        (TlsError::Other(other), "(no store)"),
        (TlsError::FailedToGetCurrentTime, "clock"),
    ];
    for (source, part) in table {
        let error = handshake("a:1", io_of(source));
        assert!(error.reason().contains("this machine"), "{error}");
        assert!(error.reason().contains(part), "{part}: {error}");
        assert!(!error.reason().contains("the server"), "{error}");
    }
}

#[test]
fn the_end_of_tcp_is_no_verdict() {
    let table = [
        io::ErrorKind::UnexpectedEof.into(),
        io::ErrorKind::ConnectionReset.into(),
        io::Error::from_raw_os_error(104),
    ];
    for source in table {
        let error = handshake("a:1", source);
        assert_eq!(error.kind(), ErrorKind::Tls);
        assert_eq!(error.retry(), RetryAdvice::Later, "{error}");
    }
}
