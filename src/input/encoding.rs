//! Texts that are not UTF-8 and yet known: UTF-16 with its mark, and Windows-1252, as Western European spreadsheets save it.

const UTF_16: &str = "it is UTF-16, as Windows programs save \"Unicode\"";
const WESTERN: &str = "it was read as Windows-1252, as programs in Western Europe save \"ANSI\" and \"CSV\"";

/// What 0x80 to 0x9F are in Windows-1252; the five that are nothing stay control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// The bytes are hardly UTF-8: more of them are none than there are characters beyond ASCII.
pub(super) fn is_western(bytes: &[u8]) -> bool {
    if simdutf8::basic::from_utf8(bytes).is_ok() {
        return false;
    }
    // The beginning of a stretch may be the end of a character.
    let cut = bytes.iter().take(3).take_while(|byte| matches!(byte, 0x80..=0xBF)).count();
    let bytes = &bytes[cut..];
    let (mut broken, mut whole) = (0, 0);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        // What the end cuts may be whole in truth.
        broken += if chunks.peek().is_some() { chunk.invalid().len() } else { 0 };
    }
    broken > whole
}

/// Windows-1252 as UTF-8.
fn from_western(bytes: &[u8]) -> Vec<u8> {
    let text: String = bytes
        .iter()
        .map(|byte| match byte {
            0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
            byte => char::from(*byte),
        })
        .collect();
    text.into_bytes()
}

/// UTF-16 without its mark as UTF-8; what is no character becomes the sign for that.
fn from_utf16(bytes: &[u8], big: bool) -> Vec<u8> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| if big { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
    let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    text.into_bytes()
}

/// What a whole text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Western,
    /// Big-endian, or not.
    Utf16(bool),
}

impl Encoding {
    /// That of the text that `head` is or begins, and how many bytes its mark has.
    pub(super) fn of(head: &[u8]) -> (Self, usize) {
        match head {
            [0xFF, 0xFE, ..] => (Self::Utf16(false), 2),
            [0xFE, 0xFF, ..] => (Self::Utf16(true), 2),
            [0xEF, 0xBB, 0xBF, ..] => (Self::Utf8, 3),
            _ if is_western(head) => (Self::Western, 0),
            _ => (Self::Utf8, 0),
        }
    }

    /// The text as UTF-8, without its mark.
    pub(super) fn decode(self, bytes: Vec<u8>) -> Vec<u8> {
        match self {
            Self::Utf8 => bytes,
            Self::Western => from_western(&bytes),
            Self::Utf16(big) => from_utf16(&bytes, big),
        }
    }

    /// What is said of it.
    pub(super) fn remark(self) -> Option<&'static str> {
        match self {
            Self::Utf8 => None,
            Self::Western => Some(WESTERN),
            Self::Utf16(_) => Some(UTF_16),
        }
    }
}
