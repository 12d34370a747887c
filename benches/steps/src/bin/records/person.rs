//! Creators and contributors, with identifiers whose check digits are right.

use crate::json::{Json, object};
use crate::random::Random;
use crate::words::{FAMILY, GIVEN, ORGANISATIONS};

/// `number` persons, no two of the same name; contributors say what they did.
pub fn persons(random: &mut Random, number: usize, contribute: bool) -> Json {
    let mut names: Vec<(&str, &str)> = Vec::new();
    while names.len() < number {
        let name = (random.pick(GIVEN), random.pick(FAMILY));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Json::List(names.into_iter().map(|name| person(random, name, contribute)).collect())
}

fn person(random: &mut Random, (given, family): (&str, &str), contributes: bool) -> Json {
    let mut person = object([
        ("name", format!("{family}, {given}").into()),
        ("nameType", "Personal".into()),
        ("givenName", given.into()),
        ("familyName", family.into()),
    ]);
    if random.percent(55) {
        person.add("nameIdentifiers", Json::List(vec![name_identifier(&orcid(random))]));
    }
    if random.percent(60) {
        person.add("affiliation", Json::List(vec![affiliation(random)]));
    }
    if contributes {
        let roles = ["ContactPerson", "DataCurator", "ProjectLeader", "Researcher"];
        person.add("contributorType", random.pick(&roles));
    }
    person
}

/// An ORCID iD as DataCite writes it.
pub fn name_identifier(orcid: &str) -> Json {
    object([
        ("nameIdentifier", format!("https://orcid.org/{orcid}").into()),
        ("nameIdentifierScheme", "ORCID".into()),
        ("schemeUri", "https://orcid.org".into()),
    ])
}

fn affiliation(random: &mut Random) -> Json {
    let mut affiliation = object([("name", random.pick(ORGANISATIONS).into())]);
    if random.percent(40) {
        affiliation.add("affiliationIdentifier", ror(random));
        affiliation.add("affiliationIdentifierScheme", "ROR");
        affiliation.add("schemeUri", "https://ror.org");
    }
    affiliation
}

/// An ORCID iD of the block that ORCID assigns: ISO 7064, MOD 11-2.
pub fn orcid(random: &mut Random) -> String {
    let mut digits = format!("0000000{}", 15_000_000 + random.below(20_000_000));
    let total = digits.bytes().fold(0, |total, digit| (total + u32::from(digit - b'0')) * 2);
    match (12 - total % 11) % 11 {
        10 => digits.push('X'),
        digit => digits.push_str(&digit.to_string()),
    }
    for at in [12, 8, 4] {
        digits.insert(at, '-');
    }
    digits
}

/// A ROR identifier: base 32 as Crockford writes it, then ISO 7064, MOD 97-10.
fn ror(random: &mut Random) -> String {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let number = random.below(32 << 25);
    let letters: String = (0..6).rev().map(|place| char::from(LETTERS[number >> (5 * place) & 31])).collect();
    format!("https://ror.org/0{letters}{:02}", 98 - number * 100 % 97)
}
