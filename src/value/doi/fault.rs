//! Why a text is no DOI: the diagnosis, which runs only for texts that were refused.

use std::borrow::Cow;
use std::ops::Range;

use super::suffix::{self, Flaw};
use super::{Form, address, prefix_length, read};
use crate::value::date::text::{Clean, malformed, placeholder};
use crate::value::identifier::{self, Identifier};
use crate::value::{Class, Fault, is_blank};

/// Explains why `text` is no DOI in `form`.
#[cold]
pub(super) fn diagnose(text: &str, form: Form) -> Fault {
    if is_blank(text) {
        return Fault::whole(Class::Form, text, "it is blank");
    }
    let Some(clean) = Clean::of(text) else { return Case { text, form }.settled() };
    let inner = Case { text: &clean.text, form };
    if let Some(meant) = inner.accepted(&clean.text) {
        return malformed(clean.at.clone(), clean.reason("DOI")).meant(meant);
    }
    let fault = inner.settled();
    Fault { at: clean.back(&fault.at), ..fault }
}

#[derive(Clone, Copy)]
struct Case<'a> {
    text: &'a str,
    form: Form,
}

impl Case<'_> {
    /// `text` in a notation that the form takes, if it is a DOI in any.
    fn accepted(&self, text: &str) -> Option<String> {
        if read(text, self.form).is_some() {
            return Some(text.to_owned());
        }
        let bare = read(text, Form::Any)?.bare();
        read(&bare, self.form).is_some().then_some(bare)
    }

    /// The fault, of which the proposal is a DOI in this form, or there is none.
    fn settled(&self) -> Fault {
        let mut fault = self.named().unwrap_or_else(|| self.no_doi());
        fault.intended = fault.intended.and_then(|text| self.accepted(&text));
        fault
    }

    fn named(&self) -> Option<Fault> {
        let text = self.text;
        if let Some(reason) = placeholder(text) {
            return Some(Fault::whole(Class::Placeholder, text, reason));
        }
        if let Some(doi) = read(text, Form::Any) {
            return Some(self.not_bare(&doi.bare()));
        }
        if self.is_template() {
            return Some(Fault::whole(Class::Placeholder, text, "a template was not filled in"));
        }
        let start = address::notation(text).map_or(0, |(start, _)| start);
        if let Some(fault) = self.enclosed() {
            return Some(fault);
        }
        match address::locate(text) {
            Some(at) if at == start => self.in_suffix(at),
            Some(at) => self.before(at),
            None => self
                .torn()
                .or_else(|| self.near_prefix(start))
                .or_else(|| self.in_prefix(start))
                .or_else(|| self.short(start))
                .or_else(|| self.handle()),
        }
    }

    /// A DOI in brackets or quotation marks.
    fn enclosed(&self) -> Option<Fault> {
        const PAIRS: [(char, char); 6] =
            [('(', ')'), ('[', ']'), ('<', '>'), ('"', '"'), ('\'', '\''), ('\u{201C}', '\u{201D}')];
        let inner = PAIRS.iter().find_map(|&(open, close)| self.text.strip_prefix(open)?.strip_suffix(close))?;
        let name = if self.text.starts_with(['(', '[', '<']) { "brackets" } else { "quotation marks" };
        self.accepted(inner)
            .map(|meant| malformed(0..self.text.len(), format!("the DOI stands in {name}")).meant(meant))
    }

    /// A DOI in another notation than the bare one.
    fn not_bare(&self, bare: &str) -> Fault {
        let start = address::notation(self.text).map_or(0, |(start, _)| start);
        let notation = self.text.get(..start).unwrap_or_default().trim_end();
        let reason = format!("the DOI alone is wanted here, without {notation}");
        Fault::part(Class::Notation, 0..start, reason).meant(bare)
    }

    fn is_template(&self) -> bool {
        let start = address::notation(self.text).map_or(0, |(start, _)| start);
        let rest = self.text.get(start..).unwrap_or_default();
        let (prefix, suffix) = rest.split_once('/').unwrap_or((rest, ""));
        let number = prefix.strip_prefix("10.").unwrap_or_default().to_ascii_lowercase();
        let crosses = number.len() >= 3 && number.bytes().all(|byte| matches!(byte, b'x' | b'n' | b'y' | b'#' | b'?'));
        let zeros = prefix.len() >= 4 && rest.bytes().all(|byte| matches!(byte, b'0' | b'/'));
        let word = !prefix.starts_with("10.") && !rest.is_empty() && !rest.contains(' ') && placeholder(rest).is_some();
        crosses
            || zeros
            || word
            || prefix_length(prefix.as_bytes()) == Some(prefix.len()) && suffix::is_template(suffix)
    }

    /// The DOI begins where it should; what is wrong stands in it.
    fn in_suffix(&self, start: usize) -> Option<Fault> {
        let doi = self.text.get(start..)?;
        let length = prefix_length(doi.as_bytes())?;
        let in_url = address::notation(self.text).is_some_and(|(_, in_url)| in_url);
        let from = start + length + if doi.as_bytes().get(length) == Some(&b'%') { 3 } else { 1 };
        let suffix = self.text.get(from..)?;
        let Some(flaw) = suffix::flaw(doi.get(..length)?, suffix, in_url) else {
            // Only the slash is at fault.
            let at = start + length..from;
            let slash = malformed(at.clone(), "the slash is written as in a web address");
            return Some(Fault { class: Class::Notation, ..slash }.meant_if(self.replaced(&at, "/")));
        };
        let end = self.text.len();
        let until = |at: usize| self.text.get(..from + at).map(str::to_owned);
        Some(match flaw {
            Flaw::Empty => malformed(start..end, "the part after the slash is missing"),
            Flaw::Space(at) => self.space(from + at),
            Flaw::Character(c) => {
                malformed(start..end, format!("it has a character that no DOI has (U+{:04X})", u32::from(c)))
            }
            Flaw::Typeset(at) => malformed(from + at..from + at + 2, "\u{a1} and \u{bf} stand in place of < and >")
                .meant(self.text.replace('\u{A1}', "<").replace('\u{BF}', ">")),
            Flaw::CutOff(at) => malformed(from + at..end, "the DOI is cut off"),
            Flaw::Ending(at) => malformed(from + at..end, ending_reason(suffix.get(at..)?)).meant_if(until(at)),
            Flaw::Second(at) => malformed(from + at..end, "there are two DOIs in one value"),
            Flaw::Entity(at) => malformed(from + at..from + at + 4, "signs are written as in HTML")
                .meant(self.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")),
            Flaw::Escape(at) => {
                let meant = format!("{}{}", self.text.get(..from)?, suffix::decode(suffix));
                let at = from + at.start..from + at.end;
                Fault::part(Class::Notation, at, "signs are written as in a web address").meant(meant)
            }
            Flaw::Query(at) => malformed(from + at..end, "something stands after the DOI that only serves tracking")
                .meant_if(until(at)),
            Flaw::Address(at) => malformed(from + at..end, "a web address stands inside the DOI"),
            Flaw::Doubled => malformed(from..from + length + 1, "the prefix stands there twice")
                .meant_if(self.replaced(&(from..from + length + 1), "")),
            Flaw::Template => Fault::whole(Class::Placeholder, self.text, "a template was not filled in"),
        })
    }

    /// White space after the slash: the DOI was torn apart, or other text follows it.
    fn space(&self, at: usize) -> Fault {
        let (before, after) = self.text.split_at_checked(at).unwrap_or((self.text, ""));
        let rest = after.trim_start();
        let gap = at..self.text.len() - rest.len();
        let inside = malformed(gap.clone(), "white space stands inside the DOI");
        if let Some(second) = address::locate(rest) {
            return malformed(gap.end + second..self.text.len(), "there are two DOIs in one value");
        }
        let bracketed = [('(', ')'), ('[', ']'), ('<', '>')].iter().any(|&(open, close)| {
            rest.strip_prefix(open)
                .and_then(|rest| rest.strip_suffix(close))
                .is_some_and(|inner| !inner.contains([open, close]))
        });
        if bracketed || before.ends_with([';', ',', '|']) {
            let doi = before.trim_end_matches([';', ',', '|']);
            return malformed(gap.end..self.text.len(), "text follows the DOI").meant(doi);
        }
        // No DOI ends in these signs, so what follows must be the rest of it.
        let open = before.ends_with(['/', '-', '_', '(', '\u{2010}'])
            || before.ends_with('.') && rest.starts_with(|c: char| c.is_ascii_digit());
        if open && !rest.contains(char::is_whitespace) { inside.meant([before, rest].concat()) } else { inside }
    }

    /// Something else stands before the DOI.
    fn before(&self, at: usize) -> Option<Fault> {
        let (head, doi) = self.text.split_at_checked(at)?;
        let inner = Self { text: doi, form: Form::Any };
        let meant = read(doi, Form::Any).map(|_| doi.to_owned());
        let meant = meant
            .or_else(|| inner.named().and_then(|fault| fault.intended).filter(|meant| inner.accepted(meant).is_some()));
        let lower = head.to_ascii_lowercase();
        let url = meant.as_ref().map(|doi| format!("https://doi.org/{doi}"));
        let resolvers = lower.matches("doi.org").count() + lower.matches("doi:").count();
        if let Some(again) = lower
            .strip_suffix("10.")
            .filter(|start| start.is_empty() || address::notation(head) == Some((start.len(), true)))
        {
            let at = again.len()..head.len();
            return Some(malformed(at.clone(), "the 10. stands there twice").meant_if(self.replaced(&at, "")));
        }
        if head.ends_with(' ') && address::notation(head.trim_end()).is_some() {
            let at = head.trim_end().len()..head.len();
            return Some(
                malformed(at.clone(), "white space stands inside the address").meant_if(self.replaced(&at, "")),
            );
        }
        if resolvers > 1 {
            return Some(malformed(0..at, "what stands before the DOI is there twice").meant_if(url));
        }
        if lower.contains("doi.org") {
            return Some(malformed(0..at, "the address before the DOI is mistyped").meant_if(url));
        }
        if let Some((host, path)) = address::host(head) {
            return Some(self.foreign_address(at, host, path, meant, url));
        }
        let label = lower.trim_matches([' ', ':', '.', '=', '/', '-', '(', '[', '<', '"', '\'']);
        let reason = match label {
            "" => "a sign stands before the DOI that does not belong to it",
            "doi" | "doi doi" | "https" | "http" => "the notation before the DOI is mistyped",
            _ => "text stands before the DOI",
        };
        Some(malformed(0..at, reason).meant_if(meant))
    }

    /// A web address of somebody else, with a DOI in it.
    fn foreign_address(&self, at: usize, host: &str, path: &str, doi: Option<String>, url: Option<String>) -> Fault {
        let direct = path.is_empty() || path == "/";
        if direct && host.to_ascii_lowercase().contains("doi") {
            return malformed(0..at, format!("the host is {host} instead of doi.org")).meant_if(url);
        }
        if direct && host.eq_ignore_ascii_case("handle.test.datacite.org") {
            return malformed(0..at, "this is an address of DataCite's test system instead of doi.org").meant_if(url);
        }
        if direct && host.to_ascii_lowercase().ends_with("hdl.handle.net") {
            let notation = malformed(0..at, "this is an address of the Handle system instead of doi.org");
            return Fault { class: Class::Notation, ..notation }.meant_if(url);
        }
        // Where the DOI ends in such an address is only clear if nothing can have been put behind it.
        let doi = doi.map(|doi| doi.split(['?', '#']).next().unwrap_or_default().to_owned());
        let clear = doi.filter(|doi| {
            let suffix = doi.split_once('/').map_or("", |(_, suffix)| suffix);
            let lower = suffix.to_ascii_lowercase();
            let version = lower.rfind('v').is_some_and(|v| {
                lower.get(v + 1..).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
            });
            let file = [".pdf", ".svg", ".html", ".htm", ".full", ".abstract", ".xml", ".epub"];
            !version && !suffix.contains(['/', '&']) && !file.iter().any(|end| lower.ends_with(end))
        });
        malformed(0..self.text.len(), format!("this is a web address of {host} that has a DOI in it")).meant_if(clear)
    }

    /// A DOI that white space tears apart before its slash is reached.
    fn torn(&self) -> Option<Fault> {
        let at = self.text.find(' ')?;
        let joined: String = self.text.chars().filter(|&c| c != ' ').collect();
        let meant = self.accepted(&joined)?;
        Some(malformed(at..at + 1, "white space stands inside the DOI").meant(meant))
    }

    /// No prefix and slash could be found, but what stands there is nearly a prefix.
    fn near_prefix(&self, start: usize) -> Option<Fault> {
        let doi = self.text.get(start..)?;
        let end = doi.find(['/', ' '])?;
        let prefix = doi.get(..end)?;
        let at = start..start + end;
        let mended: String = prefix
            .chars()
            .map(|c| match c {
                'O' | 'o' => '0',
                'l' | 'I' => '1',
                ',' => '.',
                c => c,
            })
            .collect();
        if mended != prefix && prefix_length(mended.as_bytes()) == Some(mended.len()) {
            let reason = match prefix.find(',') {
                Some(_) => "a comma stands in place of the full stop",
                None => "a letter stands in place of a digit",
            };
            return Some(malformed(at.clone(), reason).meant_if(self.replaced(&at, &mended)));
        }
        // "0.5061/dryad.1", ".5061/dryad.1"
        if let Some(number) =
            prefix.strip_prefix("0.").or_else(|| prefix.strip_prefix('.')).or_else(|| prefix.strip_prefix("1."))
            && prefix_length(format!("10.{number}").as_bytes()) == Some(number.len() + 3)
        {
            return Some(
                malformed(at.clone(), "the 10. at its beginning is not whole")
                    .meant_if(self.replaced(&at, &format!("10.{number}"))),
            );
        }
        None
    }

    /// What is wrong with a prefix that begins as it should.
    fn in_prefix(&self, start: usize) -> Option<Fault> {
        let doi = self.text.get(start..)?;
        let end = doi.find(['/', '\\', ' ']).unwrap_or(doi.len());
        let prefix = doi.get(..end)?;
        let at = start..start + end;
        let number = prefix.strip_prefix("10.")?;
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        if prefix_length(prefix.as_bytes()) == Some(prefix.len()) {
            return Some(match doi.as_bytes().get(end) {
                Some(b'\\') => malformed(start + end..start + end + 1, "a backslash stands in place of the slash")
                    .meant_if(self.replaced(&(start + end..start + end + 1), "/")),
                _ => malformed(start..self.text.len(), "the part after the slash is missing"),
            });
        }
        let reason = match digits {
            0 if number.is_empty() => "the number after 10. is missing",
            d if d == number.len() && d < 4 => "the number after 10. has fewer than four digits",
            d if d == number.len() => "the number after 10. has more than nine digits",
            // Where the number ends is only clear if a letter follows it.
            d if d >= 4 && !doi.contains('/') => {
                let letter = number.as_bytes().get(d).is_some_and(u8::is_ascii_alphabetic);
                let slash = at.start + 3 + d;
                let meant = if letter { self.replaced(&(slash..slash), "/") } else { None };
                return Some(malformed(at, "the slash after the prefix is missing").meant_if(meant));
            }
            _ => "the prefix has something else than digits after 10.",
        };
        Some(malformed(at, reason))
    }

    /// `https://doi.org/abcd` and `10/abcd`: a short DOI, which stands for a long one.
    fn short(&self, start: usize) -> Option<Fault> {
        let rest = self.text.get(start..)?;
        let name = rest.strip_prefix("10/").or_else(|| (start > 0).then_some(rest))?;
        let short = (2..=10).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let reason = "this is a short DOI, and the full one is wanted here";
        (short && !name.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| Fault::part(Class::Notation, 0..self.text.len(), reason))
    }

    fn handle(&self) -> Option<Fault> {
        let text = self.text;
        let lower = text.to_ascii_lowercase();
        // What no handle looks like, and some registrants' DOIs do.
        let known = ["5281/zenodo.", "5061/dryad.", "6084/m9.figshare.", "7910/dvn/", "1371/journal."];
        if known.iter().any(|start| lower.starts_with(start)) {
            return Some(
                malformed(0..text.find('/').unwrap_or(0), "the 10. at its beginning is missing")
                    .meant(format!("10.{text}")),
            );
        }
        let named =
            lower.starts_with("hdl:") || address::host(text).is_some_and(|(host, _)| host.contains("handle.net"));
        let reason = "this is a handle, not a DOI";
        let class = if named { Class::OtherKind } else { Class::Form };
        (named || address::is_handle(text)).then(|| Fault::whole(class, text, reason))
    }

    fn no_doi(&self) -> Fault {
        let lower = self.text.to_ascii_lowercase();
        if lower.trim_end_matches('/').ends_with("doi.org") || matches!(lower.as_str(), "doi:" | "doi") {
            return Fault::whole(Class::Form, self.text, "there is no DOI after what should stand before it");
        }
        if let Some(fault) = identifier::other_kind(self.text, Identifier::Doi).filter(|_| !lower.contains("doi.org/"))
        {
            return fault;
        }
        let reason = match address::other_kind(self.text) {
            Some(kind) => Cow::Owned(format!("this is {kind}, not a DOI")),
            None => Cow::Borrowed("this is not a DOI"),
        };
        Fault::whole(Class::Form, self.text, reason)
    }

    fn replaced(&self, at: &Range<usize>, by: &str) -> Option<String> {
        Some([self.text.get(..at.start)?, by, self.text.get(at.end..)?].concat())
    }
}

fn ending_reason(ending: &str) -> Cow<'static, str> {
    let name = match ending {
        "." => "a full stop",
        "," => "a comma",
        ";" => "a semicolon",
        ":" => "a colon",
        ")" | "]" | "}" | ">" => return "a bracket stands after the DOI that is not opened in it".into(),
        "\"" | "'" | "\u{201C}" | "\u{201D}" | "\u{2019}" | "\u{BB}" => "a quotation mark",
        _ => "punctuation",
    };
    format!("{name} stands after the DOI").into()
}
