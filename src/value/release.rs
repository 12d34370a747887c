//! Numbers of releases: `1.4.0`, `v2.1`. What is no dotted number (`1.4.0-rc.1`, `2.0.dev3`, a date, a hash) is none.

use std::cmp::Ordering;

/// A dotted number. `1.4` is `1.4.0`.
#[derive(Clone, Debug)]
pub struct Release(Vec<u64>);

/// From here on the fourth number means a development version, as R's packages have it.
const DEVELOPMENT: u64 = 9000;

impl Release {
    /// The release that `text` numbers, with or without a `v` before it; nothing for versions that are in the making, and
    /// for what is no dotted number.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let bare = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten();
        let numbers: Vec<u64> = bare.split('.').map(number).collect::<Option<_>>()?;
        let in_the_making = numbers.get(3).is_some_and(|number| *number >= DEVELOPMENT);
        (!in_the_making).then_some(Self(numbers))
    }

    /// It has several parts.
    #[must_use]
    pub fn is_dotted(&self) -> bool {
        self.0.len() > 1
    }
}

impl Ord for Release {
    fn cmp(&self, other: &Self) -> Ordering {
        let parts = self.0.len().max(other.0.len());
        let padded =
            |release: &Self| (0..parts).map(|part| release.0.get(part).copied().unwrap_or(0)).collect::<Vec<_>>();
        padded(self).cmp(&padded(other))
    }
}

impl PartialOrd for Release {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Release {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Release {}
