//! A record: DataCite JSON, about 2.6 KB, nothing wrong with it.

use crate::json::{Json, object};
use crate::person::persons;
use crate::random::Random;
use crate::words::{ENGLISH, LANGUAGES, LICENCES, Language, PLACES, PUBLISHERS, RELATIONS, TYPES};

/// The record with this number.
pub fn record(random: &mut Random, number: usize) -> Json {
    Maker { language: &LANGUAGES[random.weighted(&weights())], year: random.between(1995, 2025), number, random }
        .record()
}

fn weights() -> Vec<usize> {
    LANGUAGES.iter().map(|language| language.weight).collect()
}

/// Makes one record.
struct Maker<'r> {
    random: &'r mut Random,
    number: usize,
    language: &'static Language,
    year: usize,
}

impl Maker<'_> {
    fn record(&mut self) -> Json {
        let mut record = self.identity();
        record.add("subjects", self.subjects());
        if self.random.percent(35) {
            let number = self.random.between(1, 2);
            record.add("contributors", persons(self.random, number, true));
        }
        record.add("dates", self.dates());
        record.add("language", self.language.code);
        self.add_identifiers(&mut record);
        self.add_properties(&mut record);
        record.add("rightsList", Json::List(vec![self.licence()]));
        record.add("descriptions", self.descriptions());
        self.add_coverage(&mut record);
        record.add("schemaVersion", "http://datacite.org/schema/kernel-4");
        record
    }

    /// What every record has first.
    fn identity(&mut self) -> Json {
        let prefix = format!("10.{}", 6000 + self.number % 997);
        let house = self.random.pick(&["zenodo", "pangaea", "dryad", "gfz", "fk2"]);
        let suffix = format!("{house}.{:07}", self.number);
        let (general, kind) = self.random.pick(TYPES);
        let creators = [1, 2, 3, 4, 6, 9][self.random.weighted(&[26, 30, 20, 12, 4, 1])];
        object([
            ("doi", format!("{prefix}/{suffix}").into()),
            ("prefix", prefix.into()),
            ("suffix", suffix.into()),
            ("url", format!("https://data.example.org/record/{}", self.number).into()),
            ("types", object([("resourceTypeGeneral", general.into()), ("resourceType", kind.into())])),
            ("creators", persons(self.random, creators, false)),
            ("titles", self.titles()),
            ("publisher", object([("name", self.random.pick(PUBLISHERS).into())])),
            ("publicationYear", self.year.to_string().into()),
        ])
    }

    fn titles(&mut self) -> Json {
        let length = self.random.between(6, 14);
        let mut title = object([("title", capital(&self.words(length)).into())]);
        if self.random.percent(50) {
            title.add("lang", self.language.code);
        }
        let mut titles = vec![title];
        if self.random.percent(20) {
            titles.push(object([("title", self.words(8).into()), ("titleType", "Subtitle".into())]));
        }
        Json::List(titles)
    }

    fn subjects(&mut self) -> Json {
        let length = self.random.between(1, 7);
        let words = self.words(length);
        let mut words: Vec<_> = words.split(' ').collect();
        words.sort_unstable();
        words.dedup();
        let mut subjects: Vec<_> = words.into_iter().map(|word| object([("subject", word.into())])).collect();
        if self.random.percent(30) {
            subjects.push(object([
                ("subject", "Oceanography".into()),
                ("subjectScheme", "FOS".into()),
                ("schemeUri", "http://www.oecd.org/science/inno".into()),
                ("valueUri", "http://www.oecd.org/science/inno/38235147.pdf".into()),
                ("classificationCode", "1.5".into()),
            ]));
        }
        Json::List(subjects)
    }

    fn dates(&mut self) -> Json {
        let mut dates = vec![dated(self.year.to_string(), "Issued")];
        let more = self.random.pick(&[0, 1, 1, 2]);
        dates.extend(["Created", "Collected"].into_iter().take(more).map(|kind| dated(self.date(), kind)));
        Json::List(dates)
    }

    /// A date before the year of publication, as exact as it may be.
    fn date(&mut self) -> String {
        let year = self.random.between(1990, self.year - 2);
        let (month, day) = (self.random.between(1, 12), self.random.between(1, 28));
        let date = format!("{year}-{month:02}-{day:02}");
        match self.random.weighted(&[60, 15, 10, 10, 5]) {
            0 => date,
            1 => year.to_string(),
            2 => format!("{year}-{month:02}"),
            3 => format!("{date}/{}-{month:02}-{day:02}", year + 1),
            _ => format!("{date}T{:02}:{:02}:00Z", self.random.below(24), self.random.below(60)),
        }
    }

    fn add_identifiers(&mut self, record: &mut Json) {
        if self.random.percent(30) {
            let identifier = format!("oai:repo:{}", self.number);
            let identifier =
                object([("alternateIdentifier", identifier.into()), ("alternateIdentifierType", "oai".into())]);
            record.add("alternateIdentifiers", Json::List(vec![identifier]));
        }
        let number = [0, 1, 2, 3, 5][self.random.weighted(&[8, 8, 4, 2, 1])];
        if number > 0 {
            record.add("relatedIdentifiers", Json::List((0..number).map(|_| self.related()).collect()));
        }
    }

    fn related(&mut self) -> Json {
        let (identifier, kind) = if self.random.percent(80) {
            let (prefix, last) = (self.random.between(5100, 9999), self.random.below(100_000));
            (format!("10.{prefix}/{}-{last}", self.random.pick(ENGLISH)), "DOI")
        } else {
            (format!("https://www.example.com/paper/{}", self.random.below(10_000_000)), "URL")
        };
        related(&identifier, kind, self.random.pick(RELATIONS))
    }

    fn add_properties(&mut self, record: &mut Json) {
        if self.random.percent(50) {
            record.add("sizes", Json::List(vec![format!("{} kB", self.random.between(1, 99_999)).into()]));
        }
        if self.random.percent(40) {
            let format = self.random.pick(&["text/csv", "application/x-netcdf", "text/tab-separated-values"]);
            record.add("formats", Json::List(vec![format.into()]));
        }
        if self.random.percent(40) {
            record.add("version", format!("{}.{}", self.random.between(1, 4), self.random.below(10)));
        }
    }

    fn licence(&mut self) -> Json {
        let (name, address, identifier) = self.random.pick(LICENCES);
        object([
            ("rights", name.into()),
            ("rightsUri", address.into()),
            ("rightsIdentifier", identifier.into()),
            ("rightsIdentifierScheme", "SPDX".into()),
            ("schemeUri", "https://spdx.org/licenses/".into()),
        ])
    }

    fn descriptions(&mut self) -> Json {
        let length = self.random.between(2, 6);
        let sentences: Vec<_> = (0..length).map(|_| self.sentence()).collect();
        let mut descriptions = vec![object([
            ("description", sentences.join(" ").into()),
            ("descriptionType", "Abstract".into()),
            ("lang", self.language.code.into()),
        ])];
        if self.random.percent(30) {
            let methods = format!("{}\n{}", self.words(14), self.words(9));
            descriptions.push(object([("description", methods.into()), ("descriptionType", "Methods".into())]));
        }
        Json::List(descriptions)
    }

    fn sentence(&mut self) -> String {
        let length = self.random.between(9, 22);
        let sentence = capital(&self.words(length));
        let end = match self.random.weighted(&[12, 8, 4, 3, 73]) {
            0 => format!(" ({}–{})", self.random.between(1950, 1999), self.random.between(2000, 2024)),
            1 => format!(", ±{}.{:02} °C", self.random.below(5), self.random.below(100)),
            2 => format!(" (\"{}\")", self.words(3)),
            3 => format!(" ‘{}’", self.random.pick(ENGLISH)),
            _ => String::new(),
        };
        sentence + &end + "."
    }

    fn add_coverage(&mut self, record: &mut Json) {
        if self.random.percent(30) {
            let (longitude, latitude) = (self.degrees(180), self.degrees(90));
            let point = object([("pointLongitude", longitude), ("pointLatitude", latitude)]);
            let place = object([("geoLocationPlace", self.random.pick(PLACES).into()), ("geoLocationPoint", point)]);
            record.add("geoLocations", Json::List(vec![place]));
        }
        if self.random.percent(30) {
            let funding = object([
                ("funderName", "European Commission".into()),
                ("funderIdentifier", "https://doi.org/10.13039/501100000780".into()),
                ("funderIdentifierType", "Crossref Funder ID".into()),
                ("awardNumber", self.random.below(1_000_000).to_string().into()),
                ("awardTitle", self.words(6).into()),
            ]);
            record.add("fundingReferences", Json::List(vec![funding]));
        }
    }

    fn degrees(&mut self, most: usize) -> Json {
        let sign = if self.random.percent(50) { "-" } else { "" };
        Json::Number(format!("{sign}{}.{:04}", self.random.below(most), self.random.between(1, 9999)))
    }

    /// So many words; every fifth in the record's language.
    fn words(&mut self, length: usize) -> String {
        let own = self.language.words;
        let words: Vec<_> = (0..length)
            .map(|at| self.random.pick(if at % 5 == 0 && !own.is_empty() { own } else { ENGLISH }))
            .collect();
        words.join(" ")
    }
}

/// A date and what happened then.
pub fn dated(date: impl Into<Json>, kind: &str) -> Json {
    object([("date", date.into()), ("dateType", kind.into())])
}

/// Another work, and how it relates to this one.
pub fn related(identifier: &str, kind: &str, relation: &str) -> Json {
    object([
        ("relatedIdentifier", identifier.into()),
        ("relatedIdentifierType", kind.into()),
        ("relationType", relation.into()),
    ])
}

/// The text with a capital first.
fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
