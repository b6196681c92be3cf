//! As much of DER as tells what bytes hold.

/// The first SEQUENCE of some bytes (X.690 §8.1, §8.9).
#[derive(Debug, PartialEq)]
pub(super) struct Sequence<'a> {
    pub(super) whole: &'a [u8],
    pub(super) content: &'a [u8],
    /// What stands behind it.
    pub(super) rest: &'a [u8],
}

pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const OCTET_STRING: u8 = 0x04;

/// Takes a SEQUENCE that is all there.
pub(super) fn sequence(bytes: &[u8]) -> Option<Sequence<'_>> {
    let (tag, content, rest) = element(bytes)?;
    let whole = bytes.get(..bytes.len() - rest.len())?;
    (tag == SEQUENCE).then_some(Sequence {
        whole,
        content,
        rest,
    })
}

/// Takes whatever comes first and is all there: its tag, its content, and what stands behind it.
pub(super) fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, behind) = bytes.split_first()?;
    let (length, behind) = length(behind)?;
    let (content, rest) = behind.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// X.690 §8.1.3: one octet, or the number of octets that follow.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (&first, behind) = bytes.split_first()?;
    if first < 0x80 {
        return Some((first.into(), behind));
    }
    let (octets, behind) = behind.split_at_checked((first & 0x7f).into())?;
    if octets.is_empty() || octets.len() > 4 {
        return None;
    }
    let length = octets
        .iter()
        .fold(0_u64, |length, &octet| length << 8 | u64::from(octet));
    Some((usize::try_from(length).ok()?, behind))
}

/// All of the bytes as SEQUENCEs one behind the other, at least one; `None` if they are anything else.
pub(super) fn sequences(mut bytes: &[u8]) -> Option<Vec<Sequence<'_>>> {
    let mut all = Vec::new();
    while all.is_empty() || !bytes.is_empty() {
        let next = sequence(bytes)?;
        bytes = next.rest;
        all.push(next);
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_both_forms() {
        let long = [&[SEQUENCE, 0x81, 0x80][..], &[7; 128]].concat();
        let table: [(&[u8], Option<usize>); 9] = [
            (&[SEQUENCE, 0], Some(0)),
            (&[SEQUENCE, 2, 1, 2, 9], Some(2)),
            (&[SEQUENCE, 0x82, 0, 1, 5], Some(1)),
            (&long, Some(128)),
            (&[], None),
            (&[SEQUENCE], None),
            (&[SEQUENCE, 3, 1, 2], None),
            (&[SEQUENCE, 0x80, 1], None),
            (&[SEQUENCE, 0x85, 0, 0, 0, 0, 1, 1], None),
        ];
        for (bytes, content) in table {
            let read = sequence(bytes).map(|sequence| sequence.content.len());
            assert_eq!(read, content, "{bytes:?}");
        }
        assert_eq!(sequence(&[0x31, 0]), None, "a SET");
    }

    #[test]
    fn sequences_are_taken_apart_to_the_last_byte() {
        let count = |bytes| sequences(bytes).map(|all| all.len());
        assert_eq!(count(&[SEQUENCE, 1, 7, SEQUENCE, 0]), Some(2));
        for none in [&[][..], &[SEQUENCE, 0, 0], &[SEQUENCE, 0, SEQUENCE]] {
            assert_eq!(count(none), None, "{none:?}");
        }
    }
}
