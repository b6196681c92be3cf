//! Each form of a fingerprint, and what is none.

use taro_socket_api::RetryAdvice;

use super::*;

const DIGITS: &str = "b7e77b1071bcd52926e15bc9ae0288af46b5bb1b9458fc3189caebde958db4ec";

/// With `between` each two digits.
fn parted(between: char) -> String {
    let mut text = String::new();
    for (at, digit) in DIGITS.chars().enumerate() {
        if at > 0 && at % 2 == 0 {
            text.push(between);
        }
        text.push(digit);
    }
    text
}

#[test]
fn each_form_that_tools_show_is_read() {
    let colons = parted(':').to_ascii_uppercase();
    let table = [
        DIGITS.to_owned(),
        DIGITS.to_ascii_uppercase(),
        colons.clone(),
        parted(':'),
        parted(' '),
        format!("sha256 Fingerprint={colons}\n"),
        format!("SHA256 Fingerprint={colons}"),
        format!("  {DIGITS}\r\n"),
    ];
    for text in table {
        let read = Fingerprint::parse(&text).expect("a fingerprint");
        assert_eq!(read.to_string(), colons, "{text}");
    }
}

#[test]
fn any_other_form_is_an_argument_error() {
    let short = &DIGITS[2..];
    let table = [
        (String::new(), "64 hexadecimal digits"),
        (short.to_owned(), "64 hexadecimal digits"),
        (format!("{DIGITS}00"), "64 hexadecimal digits"),
        (format!("{DIGITS}:"), "64 hexadecimal digits"),
        (format!(":{DIGITS}"), "64 hexadecimal digits"),
        (DIGITS.replace('b', "g"), "64 hexadecimal digits"),
        (DIGITS.replace('b', "ä"), "64 hexadecimal digits"),
        (
            parted(':').replace("b7:e7", "b:7e7"),
            "64 hexadecimal digits",
        ),
        (DIGITS[..40].to_owned(), "SHA-1"),
        (
            format!("SHA1 Fingerprint={}", &DIGITS[..40]),
            "64 hexadecimal digits",
        ),
        (
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=".to_owned(),
            "base64",
        ),
    ];
    for (text, part) in table {
        let error = Fingerprint::parse(&text).expect_err("no fingerprint");
        let told = (error.kind(), error.retry());
        assert_eq!(
            told,
            (ErrorKind::InvalidArgument, RetryAdvice::Never),
            "{text}"
        );
        assert!(error.reason().contains(part), "{text}: {error}");
        assert!(error.reason().contains("openssl x509"), "{error}");
    }
}

#[cfg(any(feature = "tls-ring", feature = "tls-aws-lc"))]
#[test]
fn the_hash_is_sha_256_of_all_bytes() {
    // FIPS 180-2, appendix B.1.
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    #[cfg(feature = "tls-aws-lc")]
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    #[cfg(not(feature = "tls-aws-lc"))]
    let provider = rustls::crypto::ring::default_provider();
    let hash = Fingerprint::of(b"abc", &provider);
    assert_eq!(hash, Fingerprint::parse(expected).ok());
}
