//! Today's date, which everything else is told.

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

use crate::value::date::Point;

use super::error::CliError;

/// The date by which records are judged: as given, else by `SOURCE_DATE_EPOCH`, else today (UTC).
pub(super) fn as_of(given: Option<&str>) -> Result<Point, CliError> {
    if let Some(text) = given {
        return Point::day(text).ok_or_else(|| {
            CliError::said(format!("`{text}` is no date")).help("write --as-of as YYYY-MM-DD: --as-of 2026-11-22")
        });
    }
    // Set to nothing is not set.
    let epoch = std::env::var_os("SOURCE_DATE_EPOCH").filter(|epoch| !epoch.is_empty());
    let since = match epoch {
        Some(epoch) => of_epoch(&epoch.to_string_lossy())?,
        None => SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default(),
    };
    Ok(date_of_day(since.as_secs() / 86_400))
}

/// Who sets the date counts on it: what cannot be read must not become today.
fn of_epoch(text: &str) -> Result<Duration, CliError> {
    /// 9999-12-31.
    const LAST: u64 = 253_402_300_799;
    let seconds = text.trim().parse::<u64>().ok().filter(|seconds| *seconds <= LAST);
    seconds.map(Duration::from_secs).ok_or_else(|| {
        CliError::said(format!("SOURCE_DATE_EPOCH is `{text}`, which is no date"))
            .help("it counts seconds since 1970-01-01: 1795305600; --as-of takes a date")
    })
}

/// Nanoseconds since this was first asked.
pub(super) fn nanoseconds() -> u64 {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    u64::try_from(BEGAN.get_or_init(Instant::now).elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// The date so many days after 1970-01-01, by the civil calendar counted in eras of 400 years from 1 March.
fn date_of_day(days: u64) -> Point {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    Point {
        year: i32::try_from(year).unwrap_or(i32::MAX),
        month: u8::try_from(month).unwrap_or_default(),
        day: u8::try_from(day).unwrap_or_default(),
    }
}

/// `2026-11-22`.
pub(super) fn written(date: Point) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

#[cfg(test)]
mod tests {
    use super::{date_of_day, written};

    #[test]
    fn days_are_dates() {
        for (day, date) in [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_779, "2026-11-22")] {
            assert_eq!(written(date_of_day(day)), date);
        }
    }
}
