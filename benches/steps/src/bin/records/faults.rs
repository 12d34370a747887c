//! What can be wrong with a record: each fault is one finding of the default rules.

use crate::json::Json;
use crate::person::{name_identifier, orcid};
use crate::random::Random;
use crate::record::{dated, related};

/// Puts a fault into a record.
pub type Fault = fn(&mut Json, &mut Random);

/// All faults; none gets in the way of another.
pub const FAULTS: [Fault; 5] = [unknown_date_type, wrong_check_digit, malformed_date, no_licence, invalid_doi];

/// `schema-violation`
fn unknown_date_type(record: &mut Json, random: &mut Random) {
    let kind = random.pick(&["Published", "created", "Publication Date", "Revised"]);
    add(record, "dates", dated(random.between(1990, 2025).to_string(), kind));
}

/// `invalid-orcid`
fn wrong_check_digit(record: &mut Json, random: &mut Random) {
    let mut orcid = orcid(random);
    let wrong = if orcid.ends_with('1') { '2' } else { '1' };
    orcid.pop();
    orcid.push(wrong);
    let Some(Json::Object(creator)) = record.list("creators").and_then(|creators| creators.first_mut()) else { return };
    creator.retain(|(name, _)| *name != "nameIdentifiers");
    creator.push(("nameIdentifiers", Json::List(vec![name_identifier(&orcid)])));
}

/// `malformed-date`
fn malformed_date(record: &mut Json, random: &mut Random) {
    let year = random.between(1990, 2020);
    let date = match random.below(4) {
        0 => format!("{:02}.04.{year}", random.between(13, 28)),
        1 => format!("{year}-02-30"),
        2 => format!("{year}/{:02}/{:02}", random.between(1, 12), random.between(1, 28)),
        _ => format!("March {year}"),
    };
    add(record, "dates", dated(date, "Updated"));
}

/// `missing-license`
fn no_licence(record: &mut Json, _: &mut Random) {
    record.remove("rightsList");
}

/// `invalid-doi`
fn invalid_doi(record: &mut Json, random: &mut Random) {
    let number = random.below(100_000);
    let doi = match random.below(3) {
        0 => format!("5061/dryad.{number}"),
        1 => format!("10.5061.dryad.{number}"),
        _ => format!("10.{number:05}"),
    };
    add(record, "relatedIdentifiers", related(&doi, "DOI", "References"));
}

fn add(record: &mut Json, list: &'static str, element: Json) {
    if let Some(elements) = record.list(list) {
        elements.push(element);
    }
}
