//! Languages: codes of ISO 639 with two or three letters, and tags of BCP 47 that begin with one.

use super::date::text::{Clean, malformed, placeholder};
use super::{Class, Fault};

/// How a language is written at some place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A code or a tag, its parts joined by hyphens or underscores.
    Any,
    /// A tag of BCP 47: its parts are joined by hyphens.
    Bcp47,
    /// As `DSpace` has it: a code or tag, or `other`, which its form offers.
    Dspace,
}

/// ISO 639-1, with those that it gave up and that BCP 47 keeps.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy \
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik \
    io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt \
    my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn \
    so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// ISO 3166-1, and codes that it keeps for users, for other bodies, or for countries that are no more.
const REGIONS: &str = "ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt \
    bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk \
    fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je \
    jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq \
    mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro \
    rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw \
    tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw aa an bu cs dd eu fx nt su tp un xk yu zr zz";

/// Codes of three letters, packed.
const THREE_LETTERS: &str = include_str!("../../rules/vocabularies/iso-639-codes.txt");

/// Names of languages, each line after its code.
const NAMES: &str = include_str!("../../rules/vocabularies/language-names.txt");

/// Which pairs of letters are codes of languages, by their number; so for regions, and for three letters.
static LANGUAGES: [u64; 11] = pairs(TWO_LETTERS);
static COUNTRIES: [u64; 11] = pairs(REGIONS);
static LONGER: [u64; 275] = triples(THREE_LETTERS);

/// Codes that no language has, and the ones that were meant: mostly those of a country, and codes given up.
const MEANT: [(&str, &str); 27] = [
    ("al", "sq"),
    ("at", "de"),
    ("cn", "zh"),
    ("cz", "cs"),
    ("dk", "da"),
    ("esp", "es"),
    ("frn", "fr"),
    ("gb", "en"),
    ("gr", "el"),
    ("in", "id"),
    ("ir", "fa"),
    ("iw", "he"),
    ("jap", "ja"),
    ("ji", "yi"),
    ("jp", "ja"),
    ("jw", "jv"),
    ("kz", "kk"),
    ("mo", "ro"),
    ("mol", "ro"),
    ("ptg", "pt"),
    ("rs", "sr"),
    ("scc", "sr"),
    ("scr", "hr"),
    ("sp", "es"),
    ("ua", "uk"),
    ("us", "en"),
    ("vn", "vi"),
];

/// The number of a letter, without regard to case; 26 and more for what is none.
const fn letter(byte: u8) -> usize {
    (byte | 0x20).wrapping_sub(b'a') as usize
}

const fn pairs(list: &str) -> [u64; 11] {
    let (bytes, mut set, mut at) = (list.as_bytes(), [0; 11], 0);
    while at + 1 < bytes.len() {
        let number = letter(bytes[at]) * 26 + letter(bytes[at + 1]);
        set[number / 64] |= 1 << (number % 64);
        at += 3;
    }
    set
}

/// Each word is two letters and then every third letter; lines that begin with `#` say what the list is.
const fn triples(list: &str) -> [u64; 275] {
    let (bytes, mut set, mut at) = (list.as_bytes(), [0; 275], 0);
    while at < bytes.len() {
        if bytes[at] == b'#' {
            while at < bytes.len() && bytes[at] != b'\n' {
                at += 1;
            }
        }
        if at + 2 < bytes.len() && letter(bytes[at]) < 26 {
            let first_two = letter(bytes[at]) * 26 + letter(bytes[at + 1]);
            at += 2;
            while at < bytes.len() && letter(bytes[at]) < 26 {
                let number = first_two * 26 + letter(bytes[at]);
                set[number / 64] |= 1 << (number % 64);
                at += 1;
            }
        }
        at += 1;
    }
    set
}

fn is_in<const N: usize>(set: &[u64; N], letters: &[u8]) -> bool {
    let number = letters
        .iter()
        .try_fold(0, |number, byte| Some(letter(*byte)).filter(|own| *own < 26).map(|own| number * 26 + own));
    number.is_some_and(|number| set.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1))
}

/// The code of a language: of two letters, of three, or one of those that ISO 639-2 leaves to its users.
fn is_code(code: &[u8]) -> bool {
    match code {
        [_, _] => is_in(&LANGUAGES, code),
        [_, _, _] => is_in(&LONGER, code) || is_of_users(code),
        _ => false,
    }
}

/// `qaa` to `qtz`.
fn is_of_users(code: &[u8]) -> bool {
    matches!(code, [b'q' | b'Q', b'a'..=b't' | b'A'..=b'T', last] if last.is_ascii_alphabetic())
}

/// A country, or a region of one of the ranges that ISO 3166 leaves to its users.
fn is_region(code: &[u8]) -> bool {
    is_in(&COUNTRIES, code) || matches!(code, [b'x' | b'X', _] | [b'q' | b'Q', b'm'..=b'z' | b'M'..=b'Z'])
}

/// Reads `text` as a language; gives its code.
///
/// # Errors
///
/// A [`Fault`] that says why it is none, and what was probably meant.
#[inline]
pub fn parse(text: &str, form: Form) -> Result<&str, Fault> {
    match text.as_bytes() {
        code @ ([_, _] | [_, _, _]) if is_code(code) => Ok(text),
        [code @ .., b'-', a, b] if is_in(&LANGUAGES, code) && code.len() == 2 && is_region(&[*a, *b]) => Ok(&text[..2]),
        [code @ .., b'_', a, b]
            if form != Form::Bcp47 && code.len() == 2 && is_in(&LANGUAGES, code) && is_region(&[*a, *b]) =>
        {
            Ok(&text[..2])
        }
        _ => longer(text, form),
    }
}

fn longer(text: &str, form: Form) -> Result<&str, Fault> {
    if form == Form::Dspace && text.eq_ignore_ascii_case("other") {
        return Ok(text);
    }
    match faulty_part(text, form) {
        None => Ok(parts(text, form).next().map_or(text, |(_, code)| code)),
        Some(_) => Err(diagnose(text, form)),
    }
}

/// The parts of a tag, each with where it begins.
fn parts(text: &str, form: Form) -> impl Iterator<Item = (usize, &str)> + Clone {
    let marks = move |mark| mark == '-' || (mark == '_' && form != Form::Bcp47);
    text.split(marks).scan(0, |next, part| {
        let start = *next;
        *next += part.len() + 1;
        Some((start, part))
    })
}

/// The first part of `text` that cannot stand in a tag where it does, and where it begins; nothing if it is one.
fn faulty_part(text: &str, form: Form) -> Option<(usize, &str)> {
    let mut parts = parts(text, form);
    let code = parts.next()?;
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_more = |parts: &mut dyn Iterator<Item = (usize, &str)>| parts.next().is_some();
    if !is_code(code.1.as_bytes()) {
        // `i-klingon` and `x-whatever`: registered of old, or of the user's own.
        let own = matches!(code.1, "i" | "I" | "x" | "X") && is_more(&mut parts.clone());
        return if own { parts.find(|(_, part)| !is_part(part)) } else { Some(code) };
    }
    while let Some((start, part)) = parts.next() {
        let letters = part.bytes().all(|byte| byte.is_ascii_alphabetic());
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        match part.len() {
            // What comes after a single letter or digit is an extension's business.
            1 if is_part(part) && is_more(&mut parts.clone()) => return parts.find(|(_, part)| !is_part(part)),
            2 if is_region(part.as_bytes()) => {}
            3 if letters || digits => {}
            4 if letters || (is_part(part) && part.as_bytes()[0].is_ascii_digit()) => {}
            5..=8 if is_part(part) => {}
            _ => return Some((start, part)),
        }
    }
    None
}

/// Explains why `text` is no language.
#[cold]
fn diagnose(text: &str, form: Form) -> Fault {
    if let Some(clean) = Clean::of(text)
        && parse(&clean.text, form).is_ok()
    {
        return malformed(clean.at.clone(), clean.reason("code")).meant(clean.text.as_str());
    }
    let trimmed = text.trim();
    if let Some(reason) = placeholder(trimmed) {
        return Fault::whole(Class::Placeholder, text, reason);
    }
    if matches!(trimmed.to_ascii_lowercase().as_str(), "other" | "others" | "unknown" | "undefined" | "various") {
        return Fault::whole(Class::Placeholder, text, "it names no language");
    }
    if let Some(code) = code_of_name(trimmed) {
        return Fault::whole(Class::Notation, text, "this is a language's name, where its code is wanted").meant(code);
    }
    if form == Form::Bcp47 && faulty_part(text, Form::Any).is_none() {
        return Fault::whole(Class::Notation, text, "the parts of a tag are joined by hyphens here")
            .meant(text.replace('_', "-"));
    }
    several(text, trimmed).or_else(|| address(text)).unwrap_or_else(|| unknown(text, form))
}

/// The code of the language that has this name.
fn code_of_name(name: &str) -> Option<&'static str> {
    let bare = name.split(['(', '[']).next().unwrap_or_default().trim().trim_end_matches(['.', ';', ',']);
    let name = bare.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
    let mut lines = NAMES.lines().filter(|line| !line.starts_with('#'));
    lines.find_map(|line| {
        let (code, names) = line.split_once(' ')?;
        names.split(' ').any(|known| known == name).then_some(code)
    })
}

/// Several codes or names in one value.
fn several(text: &str, trimmed: &str) -> Option<Fault> {
    let marks = |mark: char| matches!(mark, ';' | ',' | '/' | '|' | '&' | '+') || mark.is_whitespace();
    let parts: Vec<_> =
        trimmed.split(marks).filter(|part| !part.is_empty() && !matches!(*part, "and" | "und" | "et" | "y")).collect();
    let each = |part: &&str| faulty_part(part, Form::Any).is_none() || code_of_name(part).is_some();
    (parts.len() > 1 && parts.iter().all(each))
        .then(|| Fault::whole(Class::Several, text, "several languages stand in one value"))
}

/// The address of a language in a registry: `http://id.loc.gov/vocabulary/iso639-2/eng`.
fn address(text: &str) -> Option<Fault> {
    let (_, path) = text.split_once("://")?;
    let code = path.trim_end_matches('/').rsplit('/').next().filter(|code| is_code(code.as_bytes()));
    let fault = Fault::whole(Class::Notation, text, "the code is wanted alone, not an address");
    Some(fault.meant_if(code.map(str::to_owned)))
}

fn unknown(text: &str, form: Form) -> Fault {
    const LONGEST: usize = 12;
    let (start, faulty) = faulty_part(text, form).unwrap_or((0, text));
    let at = if faulty.is_empty() { 0..text.len() } else { start..start + faulty.len() };
    if at.start > 0 && faulty.len() == 2 && faulty.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        let meant = faulty.eq_ignore_ascii_case("uk").then(|| {
            let separator = if form == Form::Bcp47 { "-" } else { &text[at.start - 1..at.start] };
            format!("{}{separator}GB{}", &text[..at.start - 1], &text[at.end..])
        });
        return malformed(at, format!("no country has the code {}", faulty.to_ascii_uppercase()))
            .meant_if(meant.filter(|meant| faulty_part(meant, form).is_none()));
    }
    if at.start == 0 && matches!(faulty.len(), 2 | 3) && faulty.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        let lower = faulty.to_ascii_lowercase();
        let right =
            MEANT.iter().find(|(wrong, _)| *wrong == lower).map(|(_, right)| format!("{right}{}", &text[at.end..]));
        let right = right.filter(|right| faulty_part(right, form).is_none());
        return malformed(at, format!("no language has the code {lower}")).meant_if(right);
    }
    // Words, of a dialect say, are not a code that is wrong.
    let in_words = text.len() > LONGEST || !text.is_ascii() || text.contains(' ');
    let class = if in_words { Class::Notation } else { Class::Form };
    let mut fault = Fault::whole(class, text, "this is no code of a language");
    // `eng.`, `[ger]`, `en-`: a sound code with punctuation round it.
    let bare = text.trim_matches(|mark: char| !mark.is_ascii_alphanumeric());
    if bare.len() < text.len() && parse(bare, form).is_ok() {
        fault = fault.meant(bare);
    }
    fault
}
