//! A peer error ends with a real close code.
//!
//! The verdicts take a bare end of TCP for good. RFC 6455 §7.1.7 asks for a Close
//! frame that says why, so the code that the client sent is looked at too.

use super::record::Record;
use super::sections::section;
use crate::findings::Findings;

/// Codes that say what the peer did wrong: protocol error, invalid payload, message too big.
const PEER_ERROR: &[u16] = &[1002, 1007, 1009];

/// Sections whose cases provoke errors.
const PROVOKING: std::ops::RangeInclusive<u32> = 2..=7;

/// Finds cases in which the client had to fail the connection and did not say why.
pub fn check(record: &Record, findings: &mut Findings) {
    for (case, result) in record.cases() {
        let provoking = section(case).is_some_and(|section| PROVOKING.contains(&section));
        let wanted = &result.wanted_close_codes;
        let peer_error = !wanted.is_empty() && wanted.iter().all(|code| PEER_ERROR.contains(code));
        if !provoking || !peer_error {
            continue;
        }
        match result.remote_close_code {
            Some(code) if PEER_ERROR.contains(&code) => {}
            Some(code) => findings.error(format!(
                "case {case}: a peer error was answered with {code}"
            )),
            None => findings.error(format!(
                "case {case}: a peer error ended without a close code"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::autobahn::record::tests::record;

    fn found(case: &str, sent: Option<u16>, wanted: &[u16]) -> usize {
        let mut findings = Findings::default();
        check(&record(&[(case, "OK", sent, wanted)]), &mut findings);
        findings.errors().len()
    }

    #[test]
    fn an_end_without_code_is_found() {
        assert_eq!(found("2.5", None, &[1002]), 1);
        assert_eq!(found("6.3.1", Some(1000), &[1007]), 1);
    }

    #[test]
    fn a_real_code_and_an_ordinary_end_are_none() {
        assert_eq!(found("2.5", Some(1002), &[1002]), 0);
        assert_eq!(found("1.1.1", None, &[]), 0);
        assert_eq!(found("7.3.1", None, &[1000]), 0);
        assert_eq!(found("7.7.3", Some(1000), &[1000, 1002]), 0);
    }
}
