//! Masking (RFC 6455 §5.3).

use std::cell::RefCell;

/// Keys drawn at a time: one call of the generator for 64 frames.
const DRAWN: usize = 64;

/// Keys drawn in advance on this thread, used from the end.
struct Keys {
    drawn: [u32; DRAWN],
    left: usize,
}

thread_local! {
    static KEYS: RefCell<Keys> = const { RefCell::new(Keys { drawn: [0; DRAWN], left: 0 }) };
}

/// A key from a cryptographic generator (RFC 6455 §10.3 asks for unpredictable keys).
pub(super) fn fresh_key() -> [u8; 4] {
    KEYS.with_borrow_mut(|keys| {
        if keys.left == 0 {
            draw(keys);
        }
        keys.left -= 1;
        keys.drawn[keys.left].to_ne_bytes()
    })
}

/// Stands apart, so that the generator's code is not among that of every frame.
#[cold]
fn draw(keys: &mut Keys) {
    rand::fill(&mut keys.drawn);
    keys.left = DRAWN;
}

/// Appends `payload` XORed with `mask`, whose first byte belongs to the first byte of `payload`.
pub(super) fn append(out: &mut Vec<u8>, payload: &[u8], mask: [u8; 4]) {
    let rest = append_chunks::<128>(out, payload, mask);
    let rest = append_chunks::<32>(out, rest, mask);
    let rest = append_chunks::<16>(out, rest, mask);
    let rest = append_chunks::<4>(out, rest, mask);
    for (byte, key) in rest.iter().zip(mask) {
        out.push(byte ^ key);
    }
}

/// Appends as many chunks of `N` bytes, a multiple of 4, as there are, and gives the rest. Their size is known when
/// this is compiled, so they are copied and masked in vector registers.
#[inline]
fn append_chunks<'a, const N: usize>(
    out: &mut Vec<u8>,
    mut payload: &'a [u8],
    mask: [u8; 4],
) -> &'a [u8] {
    let mask = u32::from_ne_bytes(mask);
    while let Some((chunk, rest)) = payload.split_first_chunk::<N>() {
        let mut masked = *chunk;
        for word in masked.chunks_exact_mut(4) {
            let plain = u32::from_ne_bytes([word[0], word[1], word[2], word[3]]);
            word.copy_from_slice(&(plain ^ mask).to_ne_bytes());
        }
        out.extend_from_slice(&masked);
        payload = rest;
    }
    payload
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_length_is_masked_as_the_rfc_says() {
        let mask = [0x37, 0xfa, 0x21, 0x3d];
        for length in 0..300_usize {
            let plain: Vec<u8> = (0..length).map(|at| at as u8).collect();
            let mut masked = Vec::new();
            super::append(&mut masked, &plain, mask);
            let expected: Vec<u8> = plain
                .iter()
                .enumerate()
                .map(|(at, byte)| byte ^ mask[at % 4])
                .collect();
            assert_eq!(masked, expected, "{length} bytes");
        }
    }
}
