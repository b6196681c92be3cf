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
            rand::fill(&mut keys.drawn);
            keys.left = DRAWN;
        }
        keys.left -= 1;
        keys.drawn[keys.left].to_ne_bytes()
    })
}

/// XORs `payload` with `mask`, whose first byte belongs to the first byte of `payload`.
pub(super) fn apply(payload: &mut [u8], mask: [u8; 4]) {
    // The mask in the width of a vector register, so that the loop below is made of vector instructions.
    let mut wide = [0; 32];
    for (at, byte) in wide.iter_mut().enumerate() {
        *byte = mask[at % 4];
    }
    let mut chunks = payload.chunks_exact_mut(wide.len());
    for chunk in &mut chunks {
        for (byte, key) in chunk.iter_mut().zip(&wide) {
            *byte ^= key;
        }
    }
    for (byte, key) in chunks.into_remainder().iter_mut().zip(&wide) {
        *byte ^= key;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_length_is_masked_as_the_rfc_says() {
        let mask = [0x37, 0xfa, 0x21, 0x3d];
        for length in 0..70_usize {
            let plain: Vec<u8> = (0..length).map(|at| at as u8).collect();
            let mut masked = plain.clone();
            super::apply(&mut masked, mask);
            let expected: Vec<u8> = plain
                .iter()
                .enumerate()
                .map(|(at, byte)| byte ^ mask[at % 4])
                .collect();
            assert_eq!(masked, expected, "{length} bytes");
        }
    }
}
