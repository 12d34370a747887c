//! Rates: the share of records up to which findings of a rule are tolerated by the gate.

use std::str::FromStr;

use crate::check::RuleId;
use crate::rule::{Catalogue, Selector};

/// All records, in the unit of a rate.
const WHOLE: u64 = 1_000_000_000;
/// Digits behind the point of a share.
const DIGITS: usize = 9;

/// The highest share of records that is tolerated, in thousand-millionths: decimals stay exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Most(u64);

/// Words that select rules, each with what is tolerated of them.
pub(crate) type RateWords = Vec<(Selector, Most)>;

impl FromStr for Most {
    type Err = String;

    /// Reads `0.1%` or `0.001`.
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (number, digits) = match text.strip_suffix('%') {
            Some(percent) => (percent.trim_end(), DIGITS - 2),
            None => (text, DIGITS),
        };
        let (whole, behind) = number.split_once('.').unwrap_or((number, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(behind) || number.ends_with('.') {
            return Err(format!("`{text}` is no share of records"));
        }
        if behind.len() > digits {
            return Err(format!("`{text}` has more than {digits} digits behind its point"));
        }
        let most = format!("{whole}{behind:0<digits$}").parse::<u64>().ok().filter(|most| *most <= WHOLE);
        most.map(Self).ok_or_else(|| format!("`{text}` is more than all records"))
    }
}

impl Most {
    /// What is said where a share cannot be read.
    pub(crate) const HELP: &'static str = "a share is written as `0.1%` or as `0.001`";

    /// So many of so many records are more.
    pub(crate) fn is_passed(self, part: u64, whole: u64) -> bool {
        u128::from(part) * u128::from(WHOLE) > u128::from(self.0) * u128::from(whole)
    }

    /// As a part of all records.
    pub(crate) fn parts(self) -> (u64, u64) {
        (self.0, WHOLE)
    }
}

/// What is tolerated of each rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rates(Vec<Option<Rate>>);

/// What is tolerated of one rule.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rate {
    pub(crate) most: Most,
    /// The rule was named, and not with others by a category or a beginning.
    pub(crate) named: bool,
}

impl Rates {
    /// Of two words that name a rule, one of the command line beats one of the configuration, then the more exact one
    /// wins, then the later.
    pub(crate) fn new(catalogue: &Catalogue, configured: &RateWords, given: &RateWords) -> Self {
        if configured.is_empty() && given.is_empty() {
            return Self::default();
        }
        let best = |words: &RateWords, rule: RuleId| {
            let fits = words.iter().filter(|(selector, _)| selector.takes(rule, catalogue));
            let best = fits.max_by_key(|(selector, _)| selector.exactness())?;
            Some(Rate { most: best.1, named: matches!(best.0, Selector::Rule(_)) })
        };
        Self(catalogue.rules().map(|(rule, _)| best(given, rule).or_else(|| best(configured, rule))).collect())
    }

    /// What is tolerated of a rule, if anything is said of that.
    pub(crate) fn of(&self, rule: RuleId) -> Option<Rate> {
        self.0.get(rule.index()).copied().flatten()
    }

    /// Nothing is said of any rule.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests fail by panicking")]
mod tests {
    use super::Most;

    #[test]
    fn shares_are_exact_decimals() {
        for (text, most) in [
            ("0.1%", 1_000_000),
            ("0.001", 1_000_000),
            ("0", 0),
            ("1", 1_000_000_000),
            ("100%", 1_000_000_000),
            ("12.5 %", 125_000_000),
            (" 0.0000001% ", 1),
            ("0.333333333", 333_333_333),
        ] {
            assert_eq!(text.parse(), Ok(Most(most)), "{text}");
        }
        for text in ["", "%", "5", "100.1%", "-1%", "1e-3", ".5", "5.", "a", "0.00000000001", "99999999999999999999%"] {
            assert!(text.parse::<Most>().is_err(), "{text}");
        }
        let most: Most = "0.1%".parse().expect("it is a share");
        assert!(!most.is_passed(1, 1000) && most.is_passed(1, 999) && most.is_passed(2, 1001));
        assert!(!most.is_passed(0, 0));
    }
}
