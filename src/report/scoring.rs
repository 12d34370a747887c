//! Scoring: what records bring against what was found in them, for a run and for each of its dimensions.
//! `docs/score.md` states the formula.

use std::str::FromStr;
use std::sync::Arc;

use crate::rule::CATEGORIES;

use super::Counts;
use super::score::{DimensionScore, Points, RuleLoss, Score};
use super::table::{Align, table};

/// What each record brings; an error weighs as much.
const RECORD: u64 = 20;
/// What a warning weighs; an info weighs one.
const WARNING: u64 = 5;
/// How many rules a row of the table names.
const NAMED: usize = 3;
/// What stands for all dimensions together.
const ALL: &str = "all";

impl Points {
    const MOST: u64 = 1000;
    /// What is said where points cannot be read.
    pub(crate) const HELP: &'static str =
        "a score is a number from 0 to 100, with no more than one digit behind its point";

    /// What is left of `records` after what weighs `weight`: rounded down, so that 100 is only where nothing was found.
    fn left(records: u64, weight: u64) -> Self {
        let brought = u128::from(records) * u128::from(RECORD);
        let tenths = brought * u128::from(Self::MOST) / (brought + u128::from(weight)).max(1);
        Self(u32::try_from(tenths).unwrap_or_default())
    }

    /// What `weight` takes of all points where `all` weighs so much; rounded.
    fn lost(records: u64, weight: u64, all: u64) -> Self {
        let whole = (u128::from(records) * u128::from(RECORD) + u128::from(all)).max(1);
        let tenths = (u128::from(weight) * u128::from(Self::MOST) * 2 + whole) / (whole * 2);
        Self(u32::try_from(tenths).unwrap_or_default())
    }

    /// The whole points.
    pub(super) fn whole(self) -> u32 {
        self.0 / 10
    }
}

impl FromStr for Points {
    type Err = String;

    /// Reads `90` or `87.5`.
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (whole, tenths) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let number = format!("{whole}{tenths}").parse().ok().filter(|number| u64::from(*number) <= Self::MOST);
        let number = number.filter(|_| is_number(whole) && is_number(tenths) && tenths.len() == 1);
        number.map(Self).ok_or_else(|| format!("`{text}` is no score"))
    }
}

/// The scores below which a run fails: of all dimensions together, and of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Minima {
    all: Option<Points>,
    by_dimension: [Option<Points>; CATEGORIES.len()],
}

impl Minima {
    /// The names that a minimum can be set for.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> + Clone {
        std::iter::once(ALL).chain(CATEGORIES)
    }

    /// Sets the minimum of a dimension or, without one, of all. False if there is no such dimension.
    pub(crate) fn set(&mut self, dimension: Option<&str>, least: Points) -> bool {
        match dimension {
            None | Some(ALL) => self.all = Some(least),
            Some(name) => match CATEGORIES.iter().position(|category| *category == name) {
                Some(number) => self.by_dimension[number] = Some(least),
                None => return false,
            },
        }
        true
    }

    /// These, and where nothing is set the others.
    pub(crate) fn or(mut self, others: Self) -> Self {
        self.all = self.all.or(others.all);
        self.by_dimension.iter_mut().zip(others.by_dimension).for_each(|(own, other)| *own = own.or(other));
        self
    }

    /// Nothing is set.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Rules, and what each counts.
pub(crate) type Counted = Vec<(Arc<str>, Counts)>;

fn weight(counted: Counts) -> u64 {
    counted.error * RECORD + counted.warning * WARNING + counted.info
}

impl DimensionScore {
    /// The score of a dimension of which a rule has judged so many records, and in which rules count so much.
    fn new(dimension: &'static str, records: u64, min: Option<Points>, counted: Counted) -> Self {
        let all = counted.iter().map(|(_, counted)| weight(*counted)).sum();
        let mut lost: Vec<_> = counted
            .into_iter()
            .map(|(rule, counted)| RuleLoss { rule, counted, points: Points::lost(records, weight(counted), all) })
            .collect();
        lost.sort_by(|left, right| {
            weight(right.counted).cmp(&weight(left.counted)).then_with(|| left.rule.cmp(&right.rule))
        });
        let score = (records > 0).then(|| Points::left(records, all));
        Self { dimension, score, records, min, lost }
    }

    fn weight(&self) -> u64 {
        self.lost.iter().map(|lost| weight(lost.counted)).sum()
    }

    /// "missing-license 9.6, missing-abstract 1.9, 2 more".
    fn lost_text(&self) -> String {
        if self.score.is_none() {
            return "not judged".to_owned();
        }
        let points = |points: Points| if points.0 == 0 { "<0.1".to_owned() } else { points.to_string() };
        let named = self.lost.iter().take(NAMED).map(|lost| format!("{} {}", lost.rule, points(lost.points)));
        let mut named: Vec<_> = named.collect();
        if self.lost.len() > NAMED {
            named.push(format!("{} more", self.lost.len() - NAMED));
        }
        named.join(", ")
    }
}

impl Score {
    /// The score of so many records. Of each dimension, in the order of the categories, how many records one of its rules
    /// has judged, and what each of its rules counts.
    pub(crate) fn new(records: u64, minima: &Minima, dimensions: Vec<(u64, Counted)>) -> Self {
        let named = CATEGORIES.into_iter().zip(minima.by_dimension).zip(dimensions);
        let dimensions: Vec<_> = named
            .map(|((dimension, min), (judged, counted))| DimensionScore::new(dimension, judged, min, counted))
            .collect();
        let all = dimensions.iter().map(DimensionScore::weight).sum();
        let score = (records > 0).then(|| Points::left(records, all));
        let mut own = Self { score, min: minima.all, below: false, dimensions };
        let below = own.asked().any(|(_, score, min)| score.is_some_and(|score| score < min));
        own.below = below;
        own
    }

    /// Each score of which a least is asked for, with its name and that.
    fn asked(&self) -> impl Iterator<Item = (&str, Option<Points>, Points)> {
        let each = self.dimensions.iter().map(|one| (one.dimension, one.score, one.min));
        let all = std::iter::once((ALL, self.score, self.min));
        all.chain(each).filter_map(|(name, score, min)| Some((name, score, min?)))
    }

    /// What is to be said of the scores that are asked for: those below, and those that there are not.
    pub(crate) fn shortfalls(&self) -> Vec<String> {
        let said = |(name, score, min): (&str, Option<Points>, Points)| {
            let of = if name == ALL { String::new() } else { format!(" of {name}") };
            match score {
                None => {
                    Some(format!("there is no score{of}, as no record was judged for it; at least {min} is asked for"))
                }
                Some(score) => {
                    (score < min).then(|| format!("the score{of} is {score}, and at least {min} is asked for"))
                }
            }
        };
        self.asked().filter_map(said).collect()
    }

    /// The scores as a table: a row for each dimension, and one for all.
    pub(crate) fn text(&self) -> String {
        let Some(score) = self.score else { return "score: none, as no record was judged.\n".to_owned() };
        let asks = self.asked().next().is_some();
        let points = |points: Option<Points>| points.map_or_else(|| "-".to_owned(), |points| points.to_string());
        let row = |name: &str, score: Option<Points>, min: Option<Points>, last: String| {
            let below = score.zip(min).is_some_and(|(score, min)| score < min);
            let min = min.map_or_else(String::new, |min| format!("{min}{}", if below { " (below)" } else { "" }));
            let (name, score) = (name.to_owned(), points(score));
            (if asks { vec![name, score, min, last] } else { vec![name, score, last] }, None)
        };
        let mut rows: Vec<_> =
            self.dimensions.iter().map(|one| row(one.dimension, one.score, one.min, one.lost_text())).collect();
        rows.push(row("(all)", Some(score), self.min, String::new()));
        let mut header = vec![
            ("dimension", Align::Left),
            ("score", Align::Right),
            ("at least", Align::Left),
            ("lost for", Align::Left),
        ];
        if !asks {
            header.remove(2);
        }
        format!("\n{}", table(&header, &rows))
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests fail by panicking")]
mod tests {
    use super::{Counts, Minima, Points, Score};

    #[test]
    fn points_are_read_as_they_are_said() {
        for (text, tenths) in [("90", 900), ("87.5", 875), ("0", 0), ("100", 1000), (" 100.0 ", 1000), ("007", 70)] {
            assert_eq!(text.parse(), Ok(Points(tenths)), "{text}");
        }
        for text in ["", "a", "-1", "100.1", "101", "87.55", "87.", ".5", "1e1", "90%", "99999999999999999999", "+5"] {
            assert!(text.parse::<Points>().is_err(), "{text}");
        }
    }

    /// The score of so many records with these in the dimension `values`.
    fn score(records: u64, error: u64, warning: u64, info: u64) -> Points {
        let mut dimensions = vec![(records, Vec::new()); 8];
        dimensions[3].1.push(("invalid-doi".into(), Counts { error, warning, info }));
        let score = Score::new(records, &Minima::default(), dimensions);
        assert_eq!(score.dimensions[3].score, score.score);
        score.score.expect("there are records")
    }

    #[test]
    fn to_mend_or_to_add_what_is_clean_never_costs() {
        assert_eq!(score(1, 0, 0, 0), Points(1000));
        assert_eq!(score(1, 1, 0, 0), Points(500), "an error in each record");
        assert_eq!(score(1, 0, 1, 0), Points(800), "a warning in each record");
        assert_eq!(score(1, 0, 0, 1), Points(952), "an info in each record");
        assert_eq!(score(1_000_000, 0, 0, 1), Points(999), "100 is only what has nothing");
        for records in 1..6 {
            for (error, warning, info) in (0..64).map(|n| (n / 16, n / 4 % 4, n % 4)) {
                let own = score(records, error, warning, info);
                assert!(score(records + 1, error, warning, info) >= own);
                assert!(score(records, error.saturating_sub(1), warning, info) >= own);
                assert!(score(records, error, warning.saturating_sub(1), info) >= own);
                assert!(score(records, error, warning, info.saturating_sub(1)) >= own);
                // A milder finding in the place of a graver one.
                assert!(error == 0 || score(records, error - 1, warning + 1, info) >= own);
                assert!(warning == 0 || score(records, error, warning - 1, info + 1) >= own);
            }
        }
    }

    #[test]
    fn without_records_there_is_no_score() {
        let mut minima = Minima::default();
        assert!(
            minima.set(None, Points(900))
                && minima.set(Some("text"), Points(500))
                && !minima.set(Some("tex"), Points(1))
        );
        let score = Score::new(0, &minima, vec![(0, Vec::new()); 8]);
        assert_eq!((score.score, score.below), (None, false));
        assert_eq!(score.shortfalls().len(), 2);
    }
}
