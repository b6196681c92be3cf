//! Chance that is the same in each run.

/// A row of numbers by chance.
#[derive(Debug)]
pub struct Chance(u64);

impl Chance {
    /// The row that belongs to `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// A number below `end` (xorshift64*).
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap_or_default() % end
    }

    /// One of `all`.
    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// Puts a byte in, takes one out or writes one over, up to three times.
    pub fn disturb(&mut self, bytes: &mut Vec<u8>, nasty: &[u8]) {
        for _ in 0..self.below(4) {
            let at = self.below(bytes.len() + 1);
            match self.below(3) {
                0 if at < bytes.len() => drop(bytes.remove(at)),
                1 if at < bytes.len() => bytes[at] = self.of(nasty),
                _ => bytes.insert(at, self.of(nasty)),
            }
        }
    }
}

/// How many cases a test tries: `TARO_SOCKET_CASES` for a long run, or else `few`.
///
/// # Panics
///
/// If the variable is no number.
#[must_use]
pub fn cases(few: usize) -> usize {
    let wished = std::env::var("TARO_SOCKET_CASES");
    wished.map_or(few, |number| number.parse().expect("a number of cases"))
}
