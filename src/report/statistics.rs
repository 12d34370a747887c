//! Statistics: what a run comes to by rule, by field, and by the values of one field.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::finding::Severity;

use super::Counts;

/// A part of a whole; as data a number from 0 to 1 with six digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    part: u64,
    whole: u64,
}

impl Share {
    /// So many of so many.
    #[must_use]
    pub fn new(part: u64, whole: u64) -> Self {
        Self { part, whole }
    }

    /// How many are all.
    #[must_use]
    pub fn whole(self) -> u64 {
        self.whole
    }

    /// In so many parts of the whole, rounded.
    fn in_parts(self, parts: u64) -> u64 {
        let whole = u128::from(self.whole.max(1));
        let rounded = (u128::from(self.part) * u128::from(parts) * 2 + whole) / (whole * 2);
        u64::try_from(rounded).unwrap_or(u64::MAX)
    }

    /// "12.5%": one digit behind the point, and none and all only where it is so.
    #[must_use]
    pub fn percent(self) -> String {
        match self.in_parts(1000) {
            0 if self.part > 0 => "<0.1%".to_owned(),
            1000 if self.part < self.whole => ">99.9%".to_owned(),
            parts => format!("{}.{}%", parts / 10, parts % 10),
        }
    }

    /// "0.102%": from one in a hundred on one digit says enough, below it three, and where those are none as many as needed.
    #[must_use]
    pub fn rounded(self) -> String {
        let (parts, digits) = match self.in_parts(100_000) {
            1000.. => (self.in_parts(1000), 1),
            1.. => (self.in_parts(100_000), 3),
            0 => (self.in_parts(1_000_000_000), 7),
        };
        decimal(parts, digits)
    }

    /// "0.1%": with all digits that a share can be given with.
    #[must_use]
    pub fn exact(self) -> String {
        decimal(self.in_parts(1_000_000_000), 7)
    }
}

/// A number of percent with so many digits behind the point, without zeros at its end.
fn decimal(number: u64, digits: u32) -> String {
    let unit = 10_u64.pow(digits);
    let behind = format!("{:0digits$}", number % unit, digits = digits as usize);
    let behind = behind.trim_end_matches('0');
    let point = if behind.is_empty() { "" } else { "." };
    format!("{}{point}{behind}%", number / unit)
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parts = u32::try_from(self.in_parts(1_000_000)).unwrap_or(u32::MAX);
        serializer.serialize_f64(f64::from(parts) / 1e6)
    }
}

/// A record that has something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Example {
    /// The file.
    pub path: Arc<str>,
    /// The line of the finding, from 1.
    pub line: u64,
    /// What identifies the record.
    pub id: Option<Box<str>>,
}

/// What a rule comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RuleStatistics {
    /// The rule.
    pub rule: Arc<str>,
    /// Its category.
    pub category: &'static str,
    /// The gravest severity of its findings.
    pub severity: Severity,
    /// How many findings.
    pub findings: u64,
    /// How many records have it, with what could not be read.
    pub records: u64,
    /// The share of those.
    pub share: Share,
    /// The first that have it, in the order of the input.
    pub examples: Vec<Example>,
}

/// How many records of a format have a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FieldStatistics {
    /// The field.
    pub field: Arc<str>,
    /// What the format calls it.
    pub label: Arc<str>,
    /// Records in which it has a value that is not blank.
    pub records: u64,
    /// The share of the format's records.
    pub share: Share,
}

/// The fields of a format's records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FormatStatistics {
    /// The format's name.
    pub format: Box<str>,
    /// Its title.
    pub title: Box<str>,
    /// Its records.
    pub records: u64,
    /// Each field that the format maps.
    pub fields: Vec<FieldStatistics>,
}

/// What a rule comes to in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GroupRule {
    /// The rule.
    pub rule: Arc<str>,
    /// How many findings.
    pub findings: u64,
    /// How many of the group's records have it.
    pub records: u64,
    /// Their share.
    pub share: Share,
}

/// What a group is made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum GroupKind {
    /// One value.
    Value,
    /// The lack of the field.
    None,
    /// Values for which there was no group of their own.
    Other,
}

/// Records with the same value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GroupStatistics {
    /// The value.
    pub value: Box<str>,
    /// What the group is made by.
    pub kind: GroupKind,
    /// Its records.
    pub records: u64,
    /// The share of all records.
    pub share: Share,
    /// Records with an error.
    pub records_with_errors: u64,
    /// Records with a warning and no error.
    pub records_with_warnings: u64,
    /// Records with nothing above info.
    pub records_clean: u64,
    /// Findings by severity.
    pub findings: Counts,
    /// By rule, the most frequent first.
    pub rules: Vec<GroupRule>,
}

/// What a run comes to by rule, field and group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Statistics {
    /// Of how many the shares of rules are: records, and what could not be read or is of no known format.
    pub records: u64,
    /// By rule, those that most records have first.
    pub rules: Vec<RuleStatistics>,
    /// By format.
    pub fields: Vec<FormatStatistics>,
    /// The field by whose values records were grouped.
    pub group_by: Option<Arc<str>>,
    /// The groups, the largest first.
    pub groups: Vec<GroupStatistics>,
    /// How many groups there can be.
    pub most_groups: Option<usize>,
}

#[cfg(test)]
mod tests {
    use super::Share;

    #[test]
    fn shares_are_said_as_they_are() {
        for (part, whole, percent, rounded) in [
            (0, 0, "0.0%", "0%"),
            (0, 7, "0.0%", "0%"),
            (1, 8, "12.5%", "12.5%"),
            (7, 7, "100.0%", "100%"),
            (1, 3, "33.3%", "33.3%"),
            (1, 900, "0.1%", "0.111%"),
            (1, 1_000, "0.1%", "0.1%"),
            (1, 10_000, "<0.1%", "0.01%"),
            (9_999, 10_000, ">99.9%", "100%"),
            (1, 3_000_000, "<0.1%", "0.0000333%"),
        ] {
            let share = Share::new(part, whole);
            assert_eq!((share.percent().as_str(), share.rounded().as_str()), (percent, rounded), "{part} of {whole}");
        }
        assert_eq!(Share::new(12_345_678, 1_000_000_000).exact(), "1.2345678%");
    }
}
