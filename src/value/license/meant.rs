//! What was probably meant by something that is not quite the identifier of a licence.

use crate::value::{Class, Fault};

use super::{Known, find, spdx};

/// Explains why `text`, which is no identifier of SPDX, names no licence.
pub(super) fn diagnose(text: &str) -> Fault {
    // A letter away from `Unlicense`, and its opposite.
    if text.eq_ignore_ascii_case("UNLICENSED") {
        return Fault::whole(Class::Form, text, "npm's word for a work that nobody else may use, and not a licence");
    }
    if let Some(fault) = creative_commons(text) {
        return fault;
    }
    let squeezed = squeeze(text);
    if let Some(fault) = without_version(text, &squeezed).or_else(|| either(text)) {
        return fault;
    }
    if let Some(id) = by_letters(&squeezed) {
        return Fault::whole(Class::Notation, text, "SPDX writes this identifier otherwise").meant(id);
    }
    Fault::whole(Class::Form, text, "SPDX has no licence of this name").meant_if(near(text).map(str::to_owned))
}

/// The words of a name of Creative Commons, and what they stand for.
const ELEMENTS: [(&str, &str); 19] = [
    ("by", "BY"),
    ("attribution", "BY"),
    ("sa", "SA"),
    ("sharealike", "SA"),
    ("share", "SA"),
    ("alike", ""),
    ("nc", "NC"),
    ("noncommercial", "NC"),
    ("commercial", "NC"),
    ("nd", "ND"),
    ("noderivatives", "ND"),
    ("noderivs", "ND"),
    ("derivatives", "ND"),
    ("derivs", "ND"),
    ("no", ""),
    ("non", ""),
    ("license", ""),
    ("licence", ""),
    ("international", ""),
];

/// A licence of Creative Commons, however it is written: "CC BY-NC 4.0", "Creative Commons Attribution 4.0".
fn creative_commons(text: &str) -> Option<Fault> {
    let lower = text.to_ascii_lowercase().replace("creative commons", "cc").replace("ccby", "cc by");
    let lower = lower.replace("bysa", "by sa").replace("bync", "by nc").replace("bynd", "by nd");
    let mut words =
        lower.split(|mark: char| !mark.is_ascii_alphanumeric() && mark != '.').filter(|word| !word.is_empty());
    let first = words.next()?;
    if matches!(first, "cc0" | "cczero") || (first == "cc" && matches!(words.clone().next(), Some("0" | "zero"))) {
        let rest =
            words.filter(|word| !matches!(*word, "0" | "zero" | "1.0" | "1" | "universal" | "license" | "licence"));
        return (rest.count() == 0)
            .then(|| Fault::whole(Class::Notation, text, "SPDX writes it otherwise").meant("CC0-1.0"));
    }
    if first != "cc" {
        return None;
    }
    let (mut elements, mut version) = (Vec::new(), None);
    for word in words {
        let word = word.trim_matches('.');
        match ELEMENTS.iter().find(|(known, _)| *known == word) {
            Some((_, "")) => {}
            Some((_, element)) if !elements.contains(element) => elements.push(*element),
            Some(_) => {}
            None if version.is_none() && word.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit()) => {
                let number = word.trim_start_matches('v');
                version = Some(if number.contains('.') { number.to_owned() } else { format!("{number}.0") });
            }
            None => return None,
        }
    }
    let order = ["BY", "NC", "SA", "ND"].into_iter().filter(|element| elements.contains(element));
    let kind = std::iter::once("CC").chain(order).collect::<Vec<_>>().join("-");
    find(&format!("{kind}-3.0"))?;
    let Some(version) = version else {
        let reason = format!("it does not say which version: {kind}-4.0 is the newest, and each has terms of its own");
        return Some(Fault::whole(Class::Ambiguous, text, reason));
    };
    let known = find(&format!("{kind}-{version}"));
    Some(match known {
        Some(Known { id, .. }) => {
            Fault::whole(Class::Notation, text, "SPDX writes this identifier otherwise").meant(id)
        }
        None => Fault::whole(Class::Form, text, format!("Creative Commons has no version {version} of it")),
    })
}

/// Letters and digits alone, without the words that say nothing.
fn squeeze(text: &str) -> String {
    let lower = text.to_ascii_lowercase().replace("general public licen", "gpl licen");
    let words = lower.split(|mark: char| mark.is_whitespace() || matches!(mark, '-' | '_' | ',' | '(' | ')' | '/'));
    let words = words.filter(|word| !matches!(*word, "" | "license" | "licence" | "the" | "version" | "gnu" | "v"));
    words.collect()
}

/// A family of licences without its version, or the GPL without a word on later ones.
fn without_version(text: &str, squeezed: &str) -> Option<Fault> {
    let ambiguous = |reason: String| Some(Fault::whole(Class::Ambiguous, text, reason));
    match squeezed {
        "gpl" | "lgpl" | "agpl" | "gfdl" | "apache" | "mpl" | "bsd" | "eupl" | "epl" | "cecill" | "odbl"
        | "artistic" => {
            return ambiguous("it does not say which version of the licence".to_owned());
        }
        _ => {}
    }
    let family = ["agpl", "lgpl", "gpl"].into_iter().find(|family| squeezed.starts_with(family))?;
    let version = squeezed.get(family.len()..)?.trim_start_matches('v');
    let (number, later) = match version.strip_suffix('+').or_else(|| version.strip_suffix("orlater")) {
        Some(number) => (number, true),
        None => (version, false),
    };
    let number = if number.contains('.') { number.to_owned() } else { format!("{number}.0") };
    let known = find(&format!("{family}-{number}"))?.id;
    if later {
        let fault = Fault::whole(Class::Notation, text, "SPDX writes this identifier otherwise");
        return Some(fault.meant(format!("{known}-or-later")));
    }
    ambiguous(format!("say {known}-only, or {known}-or-later"))
}

/// Two identifiers with a slash between them, as older manifests have it.
fn either(text: &str) -> Option<Fault> {
    let all: Option<Vec<_>> = text.split('/').map(|id| find(id.trim()).map(|known| known.id)).collect();
    let all = all.filter(|all| all.len() > 1)?;
    let fault = Fault::whole(Class::Notation, text, "SPDX puts `OR` between two licences of which one is to be chosen");
    Some(fault.meant(all.join(" OR ")))
}

/// The one identifier of the same letters and digits, perhaps with `.0` behind them.
fn by_letters(squeezed: &str) -> Option<&'static str> {
    let whole = format!("{squeezed}.0");
    let plain = squeezed.replace('v', "");
    let current = spdx().iter().filter(|known| !known.deprecated);
    let mut found = current.map(|known| known.id).filter(|id| {
        let own = squeeze(id);
        own == squeezed || own == whole || own == plain || own.strip_suffix(".0") == Some(&plain)
    });
    found.next().filter(|_| found.next().is_none())
}

/// The one identifier that is a slip of the pen away.
fn near(text: &str) -> Option<&'static str> {
    const SHORTEST: usize = 4;
    if text.len() < SHORTEST {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let current = spdx().iter().filter(|known| !known.deprecated && known.id.len().abs_diff(text.len()) <= 1);
    let mut found =
        current.map(|known| known.id).filter(|id| strsim::osa_distance(&id.to_ascii_lowercase(), &lower) == 1);
    found.next().filter(|_| found.next().is_none())
}
