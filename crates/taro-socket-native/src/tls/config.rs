//! The rustls configuration, with an explicit provider.

use std::{env, fs::OpenOptions, path::Path, sync::Arc};

use rustls::{
    ClientConfig, KeyLog, KeyLogFile, SupportedProtocolVersion,
    version::{TLS12, TLS13},
};
use taro_socket_api::{Error, ErrorKind, Result};

use super::{
    options::TlsVersion,
    prepared::{Ours, Prepared, SetUp},
    trust,
};

/// What is spoken inside (RFC 7301 §6): a server that also speaks HTTP/2 is not left to guess.
const HTTP_1_1: &[u8] = b"http/1.1";

/// Where rustls' `KeyLogFile` looks.
const KEY_LOG: &str = "SSLKEYLOGFILE";

/// Builds the configuration. Nothing process-wide is read or set unless the options say so. May block.
pub(super) fn build(prepared: &Prepared) -> Result<Arc<ClientConfig>> {
    match &prepared.set_up {
        #[cfg(feature = "tls-rustls-config")]
        SetUp::Given(config) => Ok(Arc::clone(config)),
        SetUp::Ours(ours) => made(ours).map(Arc::new),
    }
}

fn made(ours: &Ours) -> Result<ClientConfig> {
    let verifier = trust::verifier(&ours.trust, &ours.provider)?;
    let builder = ClientConfig::builder_with_provider(Arc::clone(&ours.provider))
        .with_protocol_versions(versions(ours.min_version))
        .map_err(|source| {
            let text = format!("TLS set-up: no version of TLS: {source}");
            Error::new(ErrorKind::Unsupported, text).with_source(source)
        })?
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    let mut config = match &ours.identity {
        None => builder.with_no_client_auth(),
        Some(identity) => builder.with_client_cert_resolver(Arc::clone(identity)),
    };
    config.alpn_protocols = vec![HTTP_1_1.to_vec()];
    if ours.key_log {
        config.key_log = key_log()?;
    }
    Ok(config)
}

static FROM_1_2: [&SupportedProtocolVersion; 2] = [&TLS13, &TLS12];
static FROM_1_3: [&SupportedProtocolVersion; 1] = [&TLS13];

fn versions(min: Option<TlsVersion>) -> &'static [&'static SupportedProtocolVersion] {
    match min {
        Some(TlsVersion::Tls13) => &FROM_1_3,
        None | Some(TlsVersion::Tls12) => &FROM_1_2,
    }
}

/// rustls makes the file, for its owner alone, and says nothing where it cannot.
fn key_log() -> Result<Arc<dyn KeyLog>> {
    let log = KeyLogFile::new();
    if let Some(file) = env::var_os(KEY_LOG) {
        let opened = OpenOptions::new().append(true).open(&file);
        opened.map_err(|source| {
            let file = Path::new(&file).display();
            let text = format!(
                "TlsOptions::key_log_file: {file}, which {KEY_LOG} names, cannot be written ({source}): name another file"
            );
            Error::new(ErrorKind::InvalidArgument, text).with_source(source)
        })?;
    }
    Ok(Arc::new(log))
}
