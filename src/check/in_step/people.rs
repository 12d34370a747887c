//! Authors: who is named in one record has to be named in the other; a manifest has to have somebody in common.

use crate::beside::{Beside, Other, Person, Says};
use crate::value::name::{Likeness, Name};

use super::{Conflict, Elsewhere, is_believed, listed, place, related};

/// So many names are told.
const MOST_NAMES: usize = 3;

/// Which of two lists names whom.
struct Difference<'b> {
    other: &'b Other,
    /// Authors there who are not named here.
    strangers: Vec<&'b Person>,
    /// Authors here who are not named there.
    left_out: Vec<usize>,
    /// Nobody is in both.
    all: bool,
}

pub(super) fn conflict(own: &Says, beside: &Beside, bodies: &[Box<str>]) -> Option<Conflict> {
    let names = Names { bodies };
    let own_people: Vec<_> = own.people.iter().filter(|person| !person.contributed).collect();
    own_people.iter().find(|person| names.is_person(person))?;
    let (manifests, records): (Vec<_>, Vec<_>) = beside.others(own).into_iter().partition(|other| other.is_manifest());
    let told = records.into_iter().filter(|other| !other.is_judged || is_believed(other, beside));
    let mut differences: Vec<_> = told.filter_map(|other| names.difference(own, &own_people, other)).collect();
    let of_manifests: Vec<_> =
        manifests.iter().filter_map(|other| Some((*other, names.is_strange(own, other)?))).collect();
    // One manifest that names somebody of the record is enough.
    if !of_manifests.is_empty() && of_manifests.iter().all(|(_, strange)| *strange) {
        let of_all = of_manifests.iter().map(|(other, _)| Difference {
            other,
            strangers: names.persons(&other.says).collect(),
            left_out: Vec::new(),
            all: true,
        });
        differences.splice(0..0, of_all.collect::<Vec<_>>());
    }
    let first = differences.first()?;
    let node = first.left_out.first().or(Some(&0)).and_then(|number| own_people.get(*number))?.at.node;
    let said: Vec<_> = differences.iter().filter_map(|difference| difference.said(&own_people)).collect();
    let places = differences
        .iter()
        .flat_map(|difference| difference.strangers.iter().map(|person| related(difference.other, &person.said())))
        .collect();
    let reason = format!("`{}` names other authors: {}", beside.name, said.join("; "));
    let variant = if differences.iter().any(|difference| difference.all) { None } else { Some("some") };
    Some((node, Elsewhere { variant, reason, places }))
}

impl Difference<'_> {
    /// "`codemeta.json` (line 7) also names A and B, and not C".
    fn said(&self, own: &[&Person]) -> Option<String> {
        let there = names(&self.strangers);
        let here: Vec<_> = self.left_out.iter().filter_map(|number| own.get(*number).copied()).collect();
        let here = names(&here);
        let shown = self.strangers.first().or(self.other.says.people.first().as_ref()).map(|person| person.said())?;
        let place = place(self.other, &shown);
        let also = if self.all { "" } else { " also" };
        Some(match (there.is_empty(), here.is_empty()) {
            (false, true) => format!("{place}{also} names {there}"),
            (true, _) => format!("{place} does not name {here}"),
            (false, false) => format!("{place}{also} names {there}, and not {here}"),
        })
    }
}

/// The first few names.
fn names(people: &[&Person]) -> String {
    let mut shown: Vec<_> = people.iter().take(MOST_NAMES).map(|person| in_order(&person.shown)).collect();
    if people.len() > MOST_NAMES {
        shown.push(format!("{} more", people.len() - MOST_NAMES));
    }
    listed(&shown)
}

/// "Ruth Keller", also where the file has "Keller, Ruth": a comma parts names.
fn in_order(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given)) if !given.contains(',') => format!("{} {}", given.trim(), family.trim()),
        _ => name.to_owned(),
    }
}

/// How names are told apart.
struct Names<'n> {
    bodies: &'n [Box<str>],
}

impl Names<'_> {
    /// It is surely a person, and no body.
    fn is_person(&self, person: &Person) -> bool {
        let is_body = |name_type: &str| name_type.to_ascii_lowercase().contains("organi");
        if person.name_type.as_deref().is_some_and(is_body) || self.has_word(&person.shown) {
            return false;
        }
        let says_so = person.name_type.as_deref().is_some_and(|name_type| name_type.contains("Person"));
        person.is_parted() || says_so || person.orcid.is_some()
    }

    /// It may be a person: two words or more, none of them a body's or its letters, as in "ETH Zürich".
    fn may_be_person(&self, person: &Person) -> bool {
        let is_acronym = |word: &str| word.chars().count() > 2 && word.chars().all(char::is_uppercase);
        let mut words = person.shown.split_whitespace();
        self.is_person(person) || words.clone().count() > 1 && !self.has_word(&person.shown) && !words.any(is_acronym)
    }

    fn has_word(&self, name: &str) -> bool {
        let mut words = name.split(|letter: char| !letter.is_alphanumeric());
        words.any(|word| self.bodies.iter().any(|body| body.eq_ignore_ascii_case(word)))
    }

    /// The authors that are surely people.
    fn persons<'b>(&self, says: &'b Says) -> impl Iterator<Item = &'b Person> {
        says.people.iter().filter(|person| !person.contributed && self.may_be_person(person))
    }

    /// Who is in one of two records alone.
    fn difference<'b>(&self, own: &Says, own_people: &[&Person], other: &'b Other) -> Option<Difference<'b>> {
        let theirs: Vec<_> = other.says.people.iter().filter(|person| !person.contributed).collect();
        if !theirs.iter().any(|person| self.is_person(person)) {
            return None;
        }
        let is_missing = |person: &Person, in_says: &Says| {
            self.is_person(person) && !in_says.people.iter().any(|known| are_one(person, known))
        };
        let strangers: Vec<_> = theirs.iter().copied().filter(|person| is_missing(person, own)).collect();
        let left_out: Vec<_> = (0..own_people.len())
            .filter(|number| own_people.get(*number).is_some_and(|person| is_missing(person, &other.says)))
            .collect();
        let common = own_people.iter().any(|person| other.says.people.iter().any(|known| are_one(person, known)));
        let differs = !strangers.is_empty() || !left_out.is_empty();
        differs.then_some(Difference { other, strangers, left_out, all: !common })
    }

    /// A manifest names authors, and nobody of it is in the record, whatever they have done; nothing if it names none.
    fn is_strange(&self, own: &Says, other: &Other) -> Option<bool> {
        self.persons(&other.says).next()?;
        let is_known = |person: &Person| own.people.iter().any(|known| are_one(person, known));
        Some(!other.says.people.iter().any(is_known))
    }
}

/// Both may be the same person. Two given names of one family in two lists of one work are mostly one person's.
fn are_one(one: &Person, other: &Person) -> bool {
    let bare = |orcid: &str| orcid.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_ascii_uppercase();
    if let (Some(one), Some(other)) = (&one.orcid, &other.orcid)
        && bare(one) == bare(other)
    {
        return true;
    }
    let (one, other): (Name<'_>, Name<'_>) = (one.name(), other.name());
    one.likeness(&other) != Likeness::Different
}
