//! Finding where a JSON value ends, without reading it: strings and brackets are all that counts.

const QUOTE: u64 = 0x22 * LOW;
const BACKSLASH: u64 = 0x5C * LOW;
const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Marks (at least) the first byte of `word` that is zero.
const fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(LOW) & !word & HIGH
}

/// How far into a value a scan has come: it can go on in the next buffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Skip {
    depth: u64,
    in_string: bool,
    escaped: bool,
    /// The value is a number or a word.
    bare: bool,
}

impl Skip {
    /// A scan that begins inside `depth` open brackets.
    pub(super) fn inside(depth: u64) -> Self {
        Self { depth, ..Self::default() }
    }

    /// A scan of the value that begins with `first`.
    pub(super) fn of_value(first: u8) -> Self {
        Self { bare: !matches!(first, b'{' | b'[' | b'"'), ..Self::default() }
    }

    /// Goes on at the beginning of `bytes`; gives where the value ends, if it does.
    ///
    /// A value that begins with neither bracket nor quote ends before the next comma, bracket or white space.
    pub(super) fn run(&mut self, bytes: &[u8]) -> Option<usize> {
        if self.bare {
            return bytes.iter().position(|byte| ends_bare(*byte));
        }
        let mut at = 0;
        loop {
            if self.in_string {
                at = self.string(bytes, at)?;
                if self.depth == 0 {
                    return Some(at);
                }
            }
            let byte = *bytes.get(at)?;
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    if self.depth <= 1 {
                        return Some(at + 1);
                    }
                    self.depth -= 1;
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// From inside a string to behind its closing quote.
    fn string(&mut self, bytes: &[u8], mut at: usize) -> Option<usize> {
        loop {
            if self.escaped {
                bytes.get(at)?;
                at += 1;
                self.escaped = false;
            }
            while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
                let word = u64::from_le_bytes(*word);
                let stop = zero_bytes(word ^ QUOTE) | zero_bytes(word ^ BACKSLASH);
                if stop != 0 {
                    at += stop.trailing_zeros() as usize / 8;
                    break;
                }
                at += 8;
            }
            match *bytes.get(at)? {
                b'"' => {
                    self.in_string = false;
                    return Some(at + 1);
                }
                b'\\' => self.escaped = true,
                _ => {}
            }
            at += 1;
        }
    }
}

/// A number or a word ends before this byte.
fn ends_bare(byte: u8) -> bool {
    matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n')
}

/// Where the value that begins at `start` ends; nothing if the bytes end before it does.
pub(super) fn value_end(bytes: &[u8], start: usize) -> Option<usize> {
    match bytes.get(start)? {
        b'{' | b'[' | b'"' => Skip::default().run(&bytes[start..]).map(|length| start + length),
        _ => {
            let length = bytes[start..].iter().position(|byte| ends_bare(*byte))?;
            Some(start + length.max(1))
        }
    }
}

/// The first byte from `at` on that is no white space; the end if there is none.
pub(super) fn skip_space(bytes: &[u8], at: usize) -> usize {
    let space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    bytes[at..].iter().position(|byte| !space(byte)).map_or(bytes.len(), |length| at + length)
}
