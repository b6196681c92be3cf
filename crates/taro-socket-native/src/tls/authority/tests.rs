//! Certificates that say what they are, and some that do not.

use rcgen::{BasicConstraints, CertificateParams, CustomExtension, IsCa, KeyPair};

use super::*;

fn of(is_ca: IsCa, extensions: Vec<CustomExtension>) -> Vec<u8> {
    let mut params = CertificateParams::new(["localhost".to_owned()]).expect("a name");
    params.is_ca = is_ca;
    params.custom_extensions = extensions;
    let key = KeyPair::generate().expect("a key");
    params
        .self_signed(&key)
        .expect("a certificate")
        .der()
        .to_vec()
}

#[test]
fn basic_constraints_decide() {
    let uncritical = |value: &[u8]| {
        vec![CustomExtension::from_oid_content(
            &[2, 5, 29, 19],
            value.to_vec(),
        )]
    };
    let authority = |constraint| IsCa::Ca(constraint);
    let table = [
        (of(authority(BasicConstraints::Unconstrained), vec![]), true),
        (
            of(authority(BasicConstraints::Constrained(0)), vec![]),
            true,
        ),
        (of(IsCa::ExplicitNoCa, vec![]), false),
        (of(IsCa::NoCa, vec![]), false),
        (
            of(IsCa::NoCa, uncritical(&[0x30, 3, BOOLEAN, 1, 0xff])),
            true,
        ),
        (of(IsCa::NoCa, uncritical(&[0x30, 3, BOOLEAN, 1, 0])), false),
        (of(IsCa::NoCa, uncritical(&[0x30, 0])), false),
        // A path length alone.
        (of(IsCa::NoCa, uncritical(&[0x30, 3, 2, 1, 0xff])), false),
        (of(IsCa::NoCa, uncritical(&[])), false),
    ];
    for (at, (certificate, expected)) in table.iter().enumerate() {
        assert_eq!(is_authority(certificate), *expected, "row {at}");
    }
}

#[test]
fn version_1_cannot_say_it() {
    // A serial number comes first.
    assert!(is_authority(&[0x30, 5, 0x30, 3, 2, 1, 7]));
}

#[test]
fn what_is_cut_off_is_no_authority() {
    let whole = of(IsCa::Ca(BasicConstraints::Unconstrained), vec![]);
    for end in 0..whole.len() {
        assert!(!is_authority(&whole[..end]), "{end} bytes");
    }
    for other in [&[0x30, 2, 0x30, 0][..], &[0x30, 0], &[2, 1, 0], &[]] {
        assert!(!is_authority(other), "{other:?}");
    }
}
