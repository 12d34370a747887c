//! The kinds of value, through the public API: what is in order, and what is said of what is not.

#![allow(clippy::expect_used, reason = "tests fail by panicking")]

mod books;
mod lists;
mod places;
mod registries;
mod software;
mod text;

use std::cmp::Ordering;
use std::fmt::Write;

use proptest::prelude::*;
use reclint::value::Class::{Ambiguous, Checksum, Code, Form, Impossible, Notation, OtherKind, Placeholder, Reversed};
use reclint::value::{
    Class, Fault, arxiv, date, doi, handle, isbn, isni, issn, orcid, ror, url, visible, visible_lines,
};

/// A value, the class of its fault, what it says (a part of it), where it stands, and what was meant.
type Row = (&'static str, Class, &'static str, &'static str, Option<&'static str>);

/// Compares the faults that `parse` finds with the table, and says all differences at once.
fn assert_faults(kind: &str, rows: &[Row], parse: impl Fn(&str) -> Option<Fault>) {
    let mut wrong = String::new();
    for (value, class, reason, at, intended) in rows {
        let found = parse(value);
        let right = found.as_ref().is_some_and(|fault| {
            fault.class == *class
                && fault.reason.contains(reason)
                && value.get(fault.at.clone()) == Some(at)
                && fault.intended.as_deref() == *intended
        });
        if !right {
            let _ = writeln!(wrong, "{kind} {value:?}: {found:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn assert_clean<'a>(kind: &str, values: impl IntoIterator<Item = &'a str>, parse: impl Fn(&str) -> Option<Fault>) {
    let wrong: Vec<String> = values
        .into_iter()
        .filter_map(|value| parse(value).map(|fault| format!("{kind} {value:?}: {fault:?}")))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn date_fault(form: date::Form) -> impl Fn(&str) -> Option<Fault> {
    move |text| date::parse(text, form).err()
}

fn doi_fault(form: doi::Form) -> impl Fn(&str) -> Option<Fault> {
    move |text| doi::parse(text, form).err()
}

const FORMS: [date::Form; 6] =
    [date::Form::W3cdtf, date::Form::Rkms, date::Form::Year, date::Form::Dspace, date::Form::Edtf0, date::Form::Edtf1];

// Dates.

#[test]
fn dates_that_are_in_order_everywhere() {
    let dates = [
        "2017",
        "0001",
        "0001",
        "1453",
        "2100",
        "2644",
        "9998",
        "2017-04",
        "2017-12",
        "2017-04-07",
        "2000-02-29",
        "2024-02-29",
        "1600-02-29",
        "1900-01-02",
        "9998-12-31",
        "2017-04-07T12:30:00Z",
        "2017-04-07T00:00:00Z",
        "2017-04-07T24:00:00Z",
        "2018-05-08T13:05:12+02:00",
        "2018-05-08T13:05:12",
        "1985-04-12T23:20:30-04",
        "2016-12-31T23:59:60Z",
        "2017-01-01T05:29:60+05:30",
        "2018-05-08T13:05:12+14:00",
    ];
    for form in FORMS.into_iter().filter(|form| *form != date::Form::Year) {
        assert_clean(&format!("{form:?}"), dates, date_fault(form));
    }
}

#[test]
fn date_times_as_repositories_write_them() {
    let dates = [
        "2018-05-08T13:05:12.000+02:00",
        "2019-05-06T15:24:25.037+0000",
        "2019-05-06T15:24",
        "2019-05-06T15:24Z",
        "2019-05-06T15",
        "2019-05-06T15:24:25,037Z",
        "2021-02-26T09:46:41.236862",
        "2019-05-06T15:24:25+0530",
    ];
    for form in [date::Form::W3cdtf, date::Form::Rkms, date::Form::Dspace] {
        assert_clean(&format!("{form:?}"), dates, date_fault(form));
    }
}

#[test]
fn intervals() {
    let plain = ["1939/1945", "2018/2020-09", "2009-10-01/2014-01-23", "2004-02-01/2005-02", "2004/2005"];
    for form in [date::Form::Rkms, date::Form::Dspace, date::Form::Edtf0, date::Form::Edtf1] {
        assert_clean(&format!("{form:?}"), plain, date_fault(form));
    }
    let open = ["2004/", "/2004", "2004/..", "../2004-05-06"];
    for form in [date::Form::Rkms, date::Form::Dspace, date::Form::Edtf1] {
        assert_clean(&format!("{form:?}"), open, date_fault(form));
    }
    let early = ["-0024", "-0024/-0022", "-0024-07/0014", "2016-08-09T00:00:00/2016-08-10T00:00:00Z"];
    assert_clean("Rkms", early, date_fault(date::Form::Rkms));
}

#[test]
fn what_only_one_form_takes() {
    assert_clean("Year", ["1734", "2022", "0001"], date_fault(date::Form::Year));
    let embargo = ["info:eu-repo/date/embargoEnd/2018-05-27", "info:eu-repo/date/publication/2018"];
    assert_clean("Dspace", embargo, date_fault(date::Form::Dspace));
}

#[test]
fn edtf_of_level_1() {
    let dates = [
        "1984?",
        "2006%",
        "2004-06~",
        "2004-06-11%",
        "-2004~",
        "-2004-06?",
        "-2010",
        "-2001-02-03",
        "201X",
        "19XX",
        "1XXX",
        "2004-XX",
        "1985-04-XX",
        "1985-XX-XX",
        "-20XX",
        "-2004-XX",
        "-1985-04-XX",
        "-1985-XX-XX",
        "2001-21",
        "2001-22",
        "2001-23",
        "2001-24",
        "-2004-23",
        "Y170000002",
        "Y-170000002",
        "Y-17000",
        "Y17171717171717",
        "-1985-04-12T23:20:30Z",
        "-1000/-0999",
        "1923-21/1924",
        "2019-12/2020%",
        "1984~/2004-06",
        "-1984?/2004%",
        "1984-06-02?/2004-08-08~",
        "1984-06-02?/",
        "-2004-06-01/",
        "/1985-04-12",
        "2003-22/2003-23",
        "1985-04-12/..",
        "../1985-04",
        "/..",
        "../",
        "../..",
        "1952-23~/1953",
    ];
    assert_clean("Edtf1", dates, date_fault(date::Form::Edtf1));
    for date in dates {
        assert!(date::parse(date, date::Form::Edtf0).is_err(), "level 0 takes {date}");
    }
}

#[test]
fn what_edtf_does_not_take() {
    let neither = [
        "-0000",
        "Y2006",
        "Y02006",
        "20067890%",
        "+2006%",
        "NONE/",
        "2000/12-12",
        "1863- 03-29",
        "1960-06-31",
        "2012-10-10T1:10:10",
        "2012-10-10T10:1:10",
        "2012-10-10T10:10:1",
        "2012-10-10T10:50:10Z15",
        "1985-04-12t23:20:30",
        "2004-01-01T10:10:10-05:60",
        "-1985-04-12T23:20:30+24",
        "2004-01-01T10:10",
        "2004-01-01T10:10:10.5Z",
        "2004-01-01T10:10:10+0500",
        "2005-07-25T10:10:10Z/2006-01",
        "2012/2013/2014",
        "Y-17E7",
        "1950S2",
        "2001-25",
        "[..1984]",
        "{1960,1961-12}",
        "2004-06-~01/2004-06-~20",
        "156X-12-25",
        "1XXX-12",
        "20X0-10-02",
        "2004-06-XX/2004-07-03",
        "198X/199X",
        "2011-23~",
        "%2001",
        "2004?-%06",
        "X",
        "XXXX",
        "/",
        "1985-13",
        "1985-02-30?",
        "",
    ];
    for date in neither {
        assert!(date::parse(date, date::Form::Edtf0).is_err(), "level 0 takes {date:?}");
        assert!(date::parse(date, date::Form::Edtf1).is_err(), "level 1 takes {date:?}");
    }
}

#[test]
fn what_dates_mean() {
    let point = |year, month, day| Some(date::Point { year, month, day });
    let read = |text, form| date::parse(text, form).expect("a date");

    let day = read("2017-04-07", date::Form::W3cdtf);
    assert_eq!((day.start(), day.end(), day.year()), (point(2017, 4, 7), point(2017, 4, 7), Some(2017)));
    assert!(!day.is_interval() && !day.has_time());
    assert!(read("2017-04-07T24:00:00Z", date::Form::W3cdtf).has_time());
    assert!(read("2016-08-09T00:00:00/2017", date::Form::Rkms).has_time());

    let interval = read("2018/2020-09", date::Form::Edtf0);
    assert_eq!((interval.start(), interval.end()), (point(2018, 0, 0), point(2020, 9, 0)));
    assert!(interval.is_interval());

    let open = read("/2004", date::Form::Rkms);
    assert_eq!((open.start(), open.end(), open.year()), (None, point(2004, 0, 0), Some(2004)));
    assert_eq!(read("../..", date::Form::Edtf1).year(), None);

    let decade = read("199X", date::Form::Edtf1);
    assert_eq!((decade.start(), decade.end(), decade.is_interval()), (point(1990, 0, 0), point(1999, 0, 0), false));
    let before = read("-20XX", date::Form::Edtf1);
    assert_eq!((before.start(), before.end()), (point(-2099, 0, 0), point(-2000, 0, 0)));
    assert_eq!(read("2004-06-XX", date::Form::Edtf1).start(), point(2004, 6, 0));
    assert_eq!(read("2004-21", date::Form::Edtf1).start(), point(2004, 0, 0));
    assert_eq!(read("Y-17000", date::Form::Edtf1).year(), Some(-17000));
    assert_eq!(read("Y99999999999", date::Form::Edtf1).year(), Some(i32::MAX));
    assert_eq!(read("info:eu-repo/date/embargoEnd/2018-05-27", date::Form::Dspace).start(), point(2018, 5, 27));
}

#[test]
fn points_compare_as_far_as_both_are_given() {
    let point = |year, month, day| date::Point { year, month, day };
    assert_eq!(point(2019, 0, 0).compare_common(point(2019, 5, 1)), Ordering::Equal);
    assert_eq!(point(2019, 5, 0).compare_common(point(2019, 5, 31)), Ordering::Equal);
    assert_eq!(point(2019, 6, 0).compare_common(point(2019, 5, 31)), Ordering::Greater);
    assert_eq!(point(2019, 5, 30).compare_common(point(2019, 5, 31)), Ordering::Less);
    assert_eq!(point(-24, 0, 0).compare_common(point(2019, 5, 31)), Ordering::Less);
}

#[test]
fn dates_compare_by_their_ends() {
    let rows = [
        ("2019", "2019-05-01", Ordering::Equal),
        ("2019-06", "2019-05-01", Ordering::Greater),
        ("2015/2018", "2016", Ordering::Equal),
        ("2015/2018", "2018-12-31", Ordering::Equal),
        ("2015/2018", "2019", Ordering::Less),
        ("2015/2018", "2014-12-31", Ordering::Greater),
        ("2015/2016", "2017/2018", Ordering::Less),
        ("2015/..", "2999", Ordering::Equal),
        ("2015/..", "2014", Ordering::Greater),
        ("../2015", "2016", Ordering::Less),
        ("-0022", "0079", Ordering::Less),
    ];
    let read = |text| date::parse(text, date::Form::Rkms).expect("a date");
    for (left, right, order) in rows {
        assert_eq!(read(left).compare(&read(right)), order, "{left} {right}");
        assert_eq!(read(right).compare(&read(left)), order.reverse(), "{right} {left}");
    }
}

#[test]
fn dates_that_are_well_formed_and_not_meant() {
    let rows: &[Row] = &[
        ("1970-01-01", Placeholder, "counts its days from here", "1970-01-01", None),
        ("1970-01-01T00:00:00Z", Placeholder, "counts its days", "1970-01-01T00:00:00Z", None),
        ("1970-01-01T01:00:00+01:00", Placeholder, "counts its days", "1970-01-01T01:00:00+01:00", None),
        ("1900-01-01", Placeholder, "databases and spreadsheets", "1900-01-01", None),
        ("01.01.1970", Placeholder, "counts its days", "01.01.1970", None),
        ("0000", Placeholder, "there was no year 0", "0000", None),
        ("0000-01-01", Placeholder, "there was no year 0", "0000-01-01", None),
        ("0000-00-00", Placeholder, "no value", "0000-00-00", None),
        ("9999", Placeholder, "never", "9999", None),
        ("9999-12-31", Placeholder, "never", "9999-12-31", None),
        ("31.12.9999", Placeholder, "never", "31.12.9999", None),
    ];
    assert_faults("W3cdtf", rows, date_fault(date::Form::W3cdtf));
    assert_faults("Rkms", rows, date_fault(date::Form::Rkms));
    assert_faults("Dspace", rows, date_fault(date::Form::Dspace));
    let years: &[Row] =
        &[("0000", Placeholder, "no year 0", "0000", None), ("9999", Placeholder, "never", "9999", None)];
    assert_faults("Year", years, date_fault(date::Form::Year));
    let real = ["1900", "1900-01", "1970", "1970-01", "1970-05-06", "1900-01-02", "0001", "9998-12-31"];
    assert_clean("W3cdtf", real, date_fault(date::Form::W3cdtf));

    let intervals: &[Row] = &[
        ("2014/2009", Reversed, "it ends (2009) before it begins (2014)", "2014/2009", None),
        ("2019-05-02/2019-05-01", Reversed, "it ends (2019-05-01)", "2019-05-02/2019-05-01", None),
        ("-0022/-0024", Reversed, "it ends (-0024)", "-0022/-0024", None),
        ("2014-2009", Reversed, "it ends (2009)", "2014-2009", None),
        ("2014 / 2009", Reversed, "it ends (2009)", "2014 / 2009", None),
    ];
    assert_faults("Rkms", intervals, date_fault(date::Form::Rkms));
    let right = ["2019-05/2019", "2019/2019-05-01", "2019/..", "/2019", "1970-01-01/1999", "2001-01-01/9999-12-31"];
    assert_clean("Rkms", right, date_fault(date::Form::Rkms));
}

#[test]
fn dates_in_another_order() {
    let order: &[Row] = &[
        ("07.04.2017", Form, "the day and month are in German order", "07.04.2017", Some("2017-04-07")),
        ("7.4.2017", Form, "German order", "7.4.2017", Some("2017-04-07")),
        ("7. 4. 2017", Form, "German order", "7. 4. 2017", Some("2017-04-07")),
        ("31.12.2025", Form, "German order", "31.12.2025", Some("2025-12-31")),
        ("12-20-2007", Form, "American order", "12-20-2007", Some("2007-12-20")),
        ("6/15/1836", Form, "American order", "6/15/1836", Some("1836-06-15")),
        ("04.27.2017", Form, "American order", "04.27.2017", Some("2017-04-27")),
        ("31/12/2025", Form, "European order", "31/12/2025", Some("2025-12-31")),
        ("3/3/1845", Form, "the year stands at the end", "3/3/1845", Some("1845-03-03")),
        ("03/04/2025", Ambiguous, "2025-04-03 (day first) or 2025-03-04 (month first)", "03/04/2025", None),
        ("1/4/1896", Ambiguous, "1896-04-01 (day first) or 1896-01-04 (month first)", "1/4/1896", None),
        ("2012-20-12", Form, "the day stands before the month", "20-12", Some("2012-12-20")),
        ("2017/04/07", Form, "slashes instead of hyphens", "2017/04/07", Some("2017-04-07")),
        ("2019.04.10", Form, "full stops instead of hyphens", "2019.04.10", Some("2019-04-10")),
        ("2019.04.10.11.16.32", Form, "full stops", "2019.04.10", Some("2019-04-10T11:16:32")),
        ("2017 04 07", Form, "blanks instead of hyphens", "2017 04 07", Some("2017-04-07")),
        ("04/2017", Form, "the month stands before the year", "04/2017", Some("2017-04")),
        ("2017/04", Form, "a slash instead of a hyphen", "2017/04", Some("2017-04")),
        ("07.04.2017 12:30", Form, "German order", "07.04.2017 12:30", Some("2017-04-07T12:30")),
        ("8/21/59", Form, "the year has only two digits", "8/21/59", None),
        ("1/6/12", Form, "the year has only two digits", "1/6/12", None),
        ("16.04.", Form, "the year is missing", "16.04", None),
        ("31.02.2017", Impossible, "31 February does not exist", "31.02.2017", None),
        ("25/13/2017", Impossible, "neither", "25/13/2017", None),
        ("13/2012", Impossible, "there is no month 13", "13", None),
        ("07.04.2560", Form, "German order", "07.04.2560", Some("2017-04-07")),
    ];
    assert_faults("Rkms", order, date_fault(date::Form::Rkms));
    assert_faults("Dspace", order, date_fault(date::Form::Dspace));
    assert_faults("W3cdtf", order, date_fault(date::Form::W3cdtf));
}

#[test]
fn dates_with_digits_missing_or_too_many() {
    let digits: &[Row] = &[
        ("2013-5", Form, "the month has one digit", "5", Some("2013-05")),
        ("2016-8-14", Form, "the month has one digit", "8", Some("2016-08-14")),
        ("2025-2-3", Form, "the month has one digit", "2", Some("2025-02-03")),
        ("2025-02-3", Form, "the day has one digit", "3", Some("2025-02-03")),
        ("2019-07-260", Form, "the day has 3 digits", "260", None),
        ("2019-007", Form, "the month has 3 digits", "007", None),
        ("200000000-01-01", Form, "the year has 9 digits", "200000000", None),
        ("20250922", Notation, "hyphens", "20250922", Some("2025-09-22")),
        ("20250922T101112Z", Notation, "hyphens", "20250922T101112Z", Some("2025-09-22T10:11:12Z")),
        ("20190410111632", Notation, "hyphens", "20190410111632", Some("2019-04-10T11:16:32")),
        ("201905", Form, "hyphen", "201905", Some("2019-05")),
        ("200512", Ambiguous, "two digits", "200512", None),
        ("20122007", Form, "European order", "20122007", Some("2007-12-20")),
        ("07042017", Ambiguous, "day first", "07042017", None),
        ("17", Form, "the year has only 2 digits", "17", None),
        ("201", Form, "the year has only 3 digits", "201", None),
        ("43831", Form, "this is Excel's number for 2020-01-01", "43831", Some("2020-01-01")),
        ("41398", Form, "Excel's number for 2013-05-04", "41398", Some("2013-05-04")),
        ("60000", Form, "Excel", "60000", Some("2064-04-08")),
        ("36526", Form, "Excel", "36526", Some("2000-01-01")),
        ("20155", Form, "five digits, or this is Excel's number for 1955-03-07", "20155", None),
        ("12345", Form, "five digits", "12345", None),
        ("60001", Form, "five digits", "60001", None),
        ("2O17", Form, "the letter O", "O", Some("2017")),
        ("2017-O4-07", Form, "the letter O", "O", Some("2017-04-07")),
        ("20l7", Form, "the letter l", "l", Some("2017")),
    ];
    assert_faults("Rkms", digits, date_fault(date::Form::Rkms));
    assert_faults("W3cdtf", digits, date_fault(date::Form::W3cdtf));
}

#[test]
fn dates_in_words() {
    let words: &[Row] = &[
        ("May 2012", Form, "the month is written as a word", "May", Some("2012-05")),
        ("January 2004", Form, "word", "January", Some("2004-01")),
        ("7 April 2017", Form, "word", "April", Some("2017-04-07")),
        ("April 7, 2017", Form, "word", "April", Some("2017-04-07")),
        ("January 1st, 2000", Form, "word", "January", Some("2000-01-01")),
        ("7. April 2017", Form, "word", "April", Some("2017-04-07")),
        ("3. März 2012", Form, "word", "März", Some("2012-03-03")),
        ("1er mai 2012", Form, "word", "mai", Some("2012-05-01")),
        ("août 2012", Form, "word", "août", Some("2012-08")),
        ("3 de mayo de 2012", Form, "word", "mayo", Some("2012-05-03")),
        ("Sept. 2012", Form, "word", "Sept", Some("2012-09")),
        ("DEZEMBER 1999", Form, "word", "DEZEMBER", Some("1999-12")),
        ("2012 Oct 3", Form, "word", "Oct", Some("2012-10-03")),
        ("01MAR2015", Form, "word", "MAR", Some("2015-03-01")),
        ("Mon, 06 May 2019 15:24:25 GMT", Form, "word", "May", Some("2019-05-06T15:24:25Z")),
        ("30 February 2012", Impossible, "30 February does not exist", "February", None),
        ("December", Form, "a month without a year", "December", None),
        ("May", Form, "a month without a year", "May", None),
        ("May 12", Form, "the year is missing", "May 12", None),
        ("Spring 2012", Form, "the season is written as a word", "Spring", None),
        ("Winter", Form, "a season without a year", "Winter", None),
    ];
    assert_faults("Rkms", words, date_fault(date::Form::Rkms));
    assert_faults("W3cdtf", words, date_fault(date::Form::W3cdtf));
    let spans: &[Row] = &[
        ("May/June 2012", Form, "the months are written as words", "May/June", Some("2012-05/2012-06")),
        ("May-June 2012", Form, "words", "May-June", Some("2012-05/2012-06")),
        ("Dec 1999 - Jan 2000", Form, "words", "Dec 1999 - Jan", Some("1999-12/2000-01")),
        ("7-10 April 2017", Form, "word", "April", Some("2017-04-07/2017-04-10")),
    ];
    assert_faults("Rkms", spans, date_fault(date::Form::Rkms));
    let edtf: &[Row] = &[
        ("Spring 2012", Form, "season", "Spring", Some("2012-21")),
        ("Herbst 2012", Form, "season", "Herbst", Some("2012-23")),
        ("c. 1990", Form, "the date is marked as approximate", "c.", Some("1990~")),
        ("1990 (?)", Form, "the date is marked as uncertain", "(?)", Some("1990?")),
        ("1990s", Form, "this is a decade", "1990s", Some("199X")),
        ("199-", Form, "this is a decade", "199-", Some("199X")),
        ("Y2010", Notation, "more than four digits", "Y2010", Some("2010")),
        ("2004-06-XX/2004-07-03", Notation, "EDTF of a level", "2004-06-XX/2004-07-03", None),
    ];
    assert_faults("Edtf1", edtf, date_fault(date::Form::Edtf1));
}

#[test]
fn years_of_the_buddhist_calendar() {
    let buddhist: &[Row] = &[
        ("2549", Impossible, "the year is in the Buddhist calendar", "2549", Some("2006")),
        ("2443", Impossible, "Buddhist", "2443", Some("1900")),
        ("2643", Impossible, "Buddhist", "2643", Some("2100")),
        ("2549-05-12", Impossible, "Buddhist", "2549", Some("2006-05-12")),
        ("2547-02-29", Impossible, "Buddhist", "2547", Some("2004-02-29")),
        ("2549-05-12T10:00:00Z", Impossible, "Buddhist", "2549", Some("2006-05-12T10:00:00Z")),
        ("2549/2550", Impossible, "Buddhist", "2549", Some("2006/2007")),
        ("2549-02-29", Impossible, "29 February 2006 does not exist", "2549", None),
        // As the end of an embargo this means "never".
        ("2500-01-01", Impossible, "never", "2500", None),
    ];
    assert_faults("Rkms", buddhist, date_fault(date::Form::Rkms));
    assert_clean("W3cdtf", ["2442", "2644"], date_fault(date::Form::W3cdtf));
}

#[test]
fn dates_that_cannot_be() {
    let impossible: &[Row] = &[
        ("2025-02-31", Impossible, "31 February does not exist", "31", None),
        ("2023-02-29", Impossible, "29 February 2023 does not exist", "29", None),
        ("1900-02-29", Impossible, "29 February 1900", "29", None),
        ("2025-04-31", Impossible, "31 April does not exist", "31", None),
        ("2025-04-32", Impossible, "there is no day 32", "32", None),
        ("2025-13", Impossible, "there is no month 13", "13", None),
        ("2012-13-45", Impossible, "there is no month 13", "13", None),
        ("2009-00-00", Impossible, "there is no month 00", "00", Some("2009")),
        ("2009-00", Impossible, "there is no month 00", "00", Some("2009")),
        ("2009-05-00", Impossible, "there is no day 00", "00", Some("2009-05")),
        ("2009-00-12", Impossible, "there is no month 00", "00", None),
        ("2019-05-06T25:00:00", Impossible, "there is no hour 25", "25", None),
        ("2019-05-06T24:00:01", Impossible, "with the hour 24", "24", None),
        ("2019-05-06T10:60:00", Impossible, "there is no minute 60", "60", None),
        ("2019-05-06T10:00:60", Impossible, "there is no second 60", "60", None),
        ("2019-05-06T10:00:00+15:00", Impossible, "there is no time zone", "+15:00", None),
    ];
    assert_faults("Dspace", impossible, date_fault(date::Form::Dspace));
    assert_faults("W3cdtf", impossible, date_fault(date::Form::W3cdtf));
    let sides: &[Row] = &[
        ("2009-01-01/2010-02-30", Impossible, "30 February", "30", None),
        ("2009/2010-00", Impossible, "month 00", "00", Some("2009/2010")),
    ];
    assert_faults("Rkms", sides, date_fault(date::Form::Rkms));
}

#[test]
fn times_of_day() {
    let times: &[Row] = &[
        ("2020-06-25 17:03:04.098286", Form, "where a T belongs", " ", Some("2020-06-25T17:03:04.098286")),
        ("2008-06-19 17:55:27 UTC", Form, "where a T belongs", " ", Some("2008-06-19T17:55:27Z")),
        ("2008-06-19 17:55:27 +0200", Form, "where a T belongs", " ", Some("2008-06-19T17:55:27+0200")),
        ("2019-05-06t15:24:25Z", Form, "small letter", "t", Some("2019-05-06T15:24:25Z")),
        ("2019-05-06T15:24:25z", Form, "small letter", "z", Some("2019-05-06T15:24:25Z")),
        ("2019-05-06T9:30:00", Form, "hh:mm:ss", "T9:30:00", Some("2019-05-06T09:30:00")),
        ("2012-10-10T10:10:1", Form, "hh:mm:ss", "T10:10:1", None),
        ("2026-03-18T13:11:47Z+0200", Form, "twice", "Z+0200", None),
        ("2011-03-31T12:35:01Z+0000", Form, "twice", "Z+0000", Some("2011-03-31T12:35:01Z")),
        ("2017-04-07Z", Form, "a date without a time", "Z", Some("2017-04-07")),
        ("2017-04-07+02:00", Form, "a date without a time", "+02:00", Some("2017-04-07")),
    ];
    assert_faults("W3cdtf", times, date_fault(date::Form::W3cdtf));
    assert_faults("Rkms", times, date_fault(date::Form::Rkms));
}

#[test]
fn dates_with_something_round_them() {
    let round: &[Row] = &[
        ("(1876)", Form, "brackets", "(1876)", Some("1876")),
        ("[2019]", Form, "brackets", "[2019]", Some("2019")),
        ("\"2017\"", Form, "quotation marks", "\"2017\"", Some("2017")),
        ("[7.4.2017]", Form, "German order", "7.4.2017", Some("2017-04-07")),
        ("2017-04-07.", Form, "a full stop stands after", ".", Some("2017-04-07")),
        ("2017,", Form, "a comma stands after", ",", Some("2017")),
        ("'2017", Form, "before the date", "'", Some("2017")),
        ("Created: 2018-01-18", Form, "the word \u{201c}Created\u{201d}", "Created", Some("2018-01-18")),
        ("Published 2018", Form, "Published", "Published", Some("2018")),
        ("©2019", Form, "copyright", "©", Some("2019")),
        ("2017-04-07 (online)", Form, "a remark", " (online)", Some("2017-04-07")),
        ("c1990", Form, "copyright or for circa", "c", None),
        ("2025?", Notation, "uncertain", "?", None),
        ("1984~", Notation, "approximate", "~", None),
        ("c. 1990", Form, "approximate", "c.", None),
        ("ca. 1990", Form, "approximate", "ca.", None),
        ("[ca. 1990]", Form, "approximate", "ca.", None),
        ("199X", Notation, "digits that are not known", "X", None),
        ("1990s", Form, "a decade", "1990s", None),
        ("19th century", Form, "a century", "19th century", None),
        ("2004-21", Notation, "a season", "2004-21", None),
        ("2019-W05", Notation, "a week", "2019-W05", None),
        ("AD 79", Form, "era", "AD 79", Some("0079")),
        ("1990, 1995", Form, "more than one date", ", 1995", None),
        ("2017-", Form, "nothing follows the hyphen", "-", None),
        (" 2017-04-07", Form, "white space stands before the date", " ", Some("2017-04-07")),
        ("2017-04-07\n", Form, "white space stands after the date", "\n", Some("2017-04-07")),
        ("\n  2015\n", Form, "before and after", "\n  ", Some("2015")),
        ("\u{a0}2017", Form, "white space", "\u{a0}", Some("2017")),
        ("1863- 03-29", Form, "white space stands inside the date", " ", Some("1863-03-29")),
        ("18 63-03-29", Form, "inside", " ", Some("1863-03-29")),
        ("20 12", Form, "inside", " ", None),
        ("2017\u{200b}-04", Form, "zero-width space, U+200B", "\u{200b}", Some("2017-04")),
        ("\u{feff}2017", Form, "byte order mark", "\u{feff}", Some("2017")),
        ("2017–04–07", Form, "a typographic dash (U+2013)", "–", Some("2017-04-07")),
        ("２０１７", Form, "full-width", "２", Some("2017")),
        ("  07.04.2017", Form, "German order", "07.04.2017", Some("2017-04-07")),
    ];
    assert_faults("W3cdtf", round, date_fault(date::Form::W3cdtf));
    assert_faults("Rkms", round, date_fault(date::Form::Rkms));
}

#[test]
fn faulty_intervals() {
    let intervals: &[Row] = &[
        ("2002-2009", Form, "where a slash belongs", "-", Some("2002/2009")),
        ("(1870-1871)", Form, "where a slash belongs", "-", Some("1870/1871")),
        ("2009-01-01-2010-02-03", Form, "where a slash belongs", "-", Some("2009-01-01/2010-02-03")),
        ("2009-01-01 - 2010-02-03", Form, "where a slash belongs", " - ", Some("2009-01-01/2010-02-03")),
        ("2009-01-01 to 2010-02-03", Form, "a word joins", " to ", Some("2009-01-01/2010-02-03")),
        ("1.4.2017 - 3.4.2017", Form, "where a slash belongs", " - ", Some("2017-04-01/2017-04-03")),
        ("1998-99", Form, "where a slash belongs", "99", Some("1998/1999")),
        ("2012-13", Impossible, "there is no month 13; a span of years would be 2012/2013", "13", None),
        ("2012/13", Form, "the second year has only two digits", "13", Some("2012/2013")),
        ("2002/09", Ambiguous, "the month 2002-09 or the years 2002/2009", "2002/09", None),
        ("2004 / 2005", Form, "white space stands inside the interval", " ", Some("2004/2005")),
        ("1.2.2015/3.4.2016", Form, "German order", "1.2.2015", Some("2015-02-01/2016-04-03")),
        ("2004/foo", Form, "this side of the interval is not a date", "foo", None),
        ("\n      1970-04-01 / (:tba)\n    ", Code, "assigned or announced later", "(:tba)", None),
    ];
    assert_faults("Rkms", intervals, date_fault(date::Form::Rkms));
    let single: &[Row] = &[
        ("1939/1945", Notation, "a single date is wanted here", "/", None),
        ("2002-2009", Form, "a single date is wanted here", "-", None),
        ("1998-99", Form, "a single date is wanted here", "99", None),
        ("2002-20", Impossible, "there is no month 20", "20", None),
        ("-0024", Notation, "before Christ", "-", None),
        (
            "info:eu-repo/date/embargoEnd/2018-05-27",
            Notation,
            "the date alone",
            "info:eu-repo/date/embargoEnd/",
            Some("2018-05-27"),
        ),
    ];
    assert_faults("W3cdtf", single, date_fault(date::Form::W3cdtf));
    let level0: &[Row] = &[
        ("2004/..", Notation, "open on one side", "/", None),
        ("-0024", Notation, "before Christ", "-", None),
        ("2004-21", Notation, "a season", "2004-21", None),
        ("2004-01-01T10:10:10+0500", Notation, "colon", "10:10:10+0500", Some("2004-01-01T10:10:10+05:00")),
        ("2004-01-01T10:10Z", Notation, "no seconds", "10:10Z", None),
        ("1985-04-12T23:20:50.52Z", Notation, "fractions", "23:20:50.52Z", None),
    ];
    assert_faults("Edtf0", level0, date_fault(date::Form::Edtf0));
    let dspace: &[Row] = &[(
        "info:eu-repo/date/embargoEnd/27.05.2018",
        Form,
        "German order",
        "27.05.2018",
        Some("info:eu-repo/date/embargoEnd/2018-05-27"),
    )];
    assert_faults("Dspace", dspace, date_fault(date::Form::Dspace));
}

#[test]
fn words_for_no_date() {
    let words = [
        "(:tba)",
        ":tba",
        ":(unav)",
        "(:unav)",
        "(:Unkn)",
        "n.d.",
        "s.d.",
        "[s.d.]",
        "n/a",
        "N/A",
        "unknown",
        "forthcoming",
        "in press",
        "today",
        "-",
        "???",
        "XXXX",
        "YYYY-MM-DD",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "Not found",
        "o. J.",
        "{{date}}",
        "<date>",
    ];
    for form in FORMS {
        for word in words {
            let fault = date::parse(word, form).expect_err(word);
            let class = if word.contains(':') && !word.contains("00") { Code } else { Placeholder };
            assert_eq!((fault.class, fault.intended), (class, None), "{form:?} {word}");
        }
    }
}

#[test]
fn texts_that_are_no_dates() {
    let texts =
        ["fjGUgM9ayQrxBZvkONAW4e2jli8kl", "Lorem ipsum dolor sit amet", "Friday", "1262304000", "foo/bar", "12:30"];
    for form in FORMS {
        for text in texts {
            let fault = date::parse(text, form).expect_err(text);
            assert_eq!(
                (fault.class, &*fault.reason, fault.at),
                (Form, "this is not a date", 0..text.len()),
                "{form:?}"
            );
        }
        for blank in ["", " ", "\n\t\t", "\u{200b}"] {
            assert_eq!(date::parse(blank, form).expect_err(blank).reason, "it is blank");
        }
    }
}

#[test]
fn years_alone() {
    let years: &[Row] = &[
        ("2017-04-07", Notation, "the year alone is wanted here", "-04-07", Some("2017")),
        ("2017-04-07T10:00:00Z", Notation, "the year alone", "-04-07T10:00:00Z", Some("2017")),
        ("07.04.2017", Form, "German order", "07.04.2017", Some("2017")),
        ("03/04/2025", Form, "this may be", "03/04/2025", Some("2025")),
        ("May 2012", Form, "word", "May", Some("2012")),
        ("[2019]", Form, "brackets", "[2019]", Some("2019")),
        (" 2019", Form, "white space", " ", Some("2019")),
        ("2549", Impossible, "Buddhist", "2549", Some("2006")),
        ("2549-05-12", Impossible, "Buddhist", "2549", Some("2006")),
        ("2002/2009", Notation, "a single year is wanted here", "/", None),
        ("2002-2009", Form, "a single year is wanted here", "-", None),
        ("-0024", Notation, "before Christ", "-", None),
        ("2025?", Notation, "uncertain", "?", None),
        ("17", Form, "only 2 digits", "17", None),
        ("20155", Form, "five digits", "20155", None),
        ("n.d.", Placeholder, "no value", "n.d.", None),
    ];
    assert_faults("Year", years, date_fault(date::Form::Year));
}

// DOIs.

#[test]
fn dois_that_are_in_order() {
    let dois = [
        "10.1000/182",
        "10.1000/123456",
        "10.1038/issn.1476-4687",
        "10.1000.10/123456",
        "10.123456789/x",
        "10.1016/0160-4120(81)90073-8",
        "10.1061/(ASCE)0733-9399(1994)120:5(1154)",
        "10.1044/1092-4388(2001/103)",
        "10.1002/(SICI)1521-3978(199806)46:4/5<493::AID-PROP493>3.0.CO;2-P",
        "10.1002/(SICI)1098-2345(1997)43:2<111::AID-AJP2>3.0.CO;2-#",
        "10.1890/0012-9658(2000)081[1206:TIOANM]2.0.CO;2",
        "10.5072/3MG5-TM67",
        "10.3886/ICPSR02492.v2",
        "10.1021/jf010759+",
        "10.5438/w029-y6w~",
        "10.1016/üникóδé-дôΐ",
        "10.1016/སྦ་བཞེད་",
        "10.1000/10.1000",
        "10.1000/100",
        "10.1093/nar/gkxx",
        "10.1111/j.1365-246x.1973.tb03420.x",
        "10.5281/zenodo.10",
        "10.5281/zenodo",
        "10.1080/00393630.2018.1504449/",
        "10.1000/a?b",
        "10.1000/50%",
    ];
    assert_clean("Bare", dois, doi_fault(doi::Form::Bare));
    assert_clean("Any", dois, doi_fault(doi::Form::Any));
    let notations = [
        "doi:10.1000/182",
        "DOI: 10.1000/182",
        "https://doi.org/10.1000/182",
        "http://dx.doi.org/10.1000/182",
        "HTTPS://DOI.ORG/10.1000/182",
        "https://www.doi.org/10.1000/182",
        "doi.org/10.1000/182",
        "www.doi.org/10.1000/182",
        "info:doi/10.1000/182",
        "http://dx.doi.org/10.1007%2F978-1-4615-1515-9",
        "https://doi.org/10.1016%2fj.envc.2023.100794",
        "https://doi.org/10.1002/(SICI)1098-2345(1997)43:2%3C111::AID-AJP2%3E3.0.CO;2-%23",
    ];
    assert_clean("Any", notations, doi_fault(doi::Form::Any));
    for notation in notations {
        let fault = doi::parse(notation, doi::Form::Bare).expect_err(notation);
        assert_eq!(fault.class, Notation, "{notation}");
        assert!(fault.intended.is_some_and(|doi| doi.starts_with("10.")), "{notation}");
    }
}

#[test]
fn what_dois_are() {
    let read = |text| doi::parse(text, doi::Form::Any).expect("a DOI");
    let url = read("http://dx.doi.org/10.1007%2F978-1-4615-1515-9");
    assert_eq!((url.prefix(), url.suffix()), ("10.1007", "978-1-4615-1515-9"));
    assert_eq!(url.canonical(), "10.1007/978-1-4615-1515-9");
    assert_eq!(read("DOI: 10.5072/3MG5-TM67").canonical(), "10.5072/3mg5-tm67");
    assert_eq!(read("DOI: 10.5072/3MG5-TM67").bare(), "10.5072/3MG5-TM67");
    assert!(read("10.5072/3MG5-TM67").same(&read("https://doi.org/10.5072/3mg5-tm67")));
    assert!(read("10.1000/a<b").same(&read("https://doi.org/10.1000/A%3CB")));
    assert!(!read("10.1000/a").same(&read("10.1001/a")));
    assert!(!read("10.1000/a").same(&read("10.1000/ab")));
}

#[test]
fn dois_in_another_notation() {
    let bare: &[Row] = &[
        ("https://doi.org/10.1000/ABC", Notation, "without https://doi.org/", "https://doi.org/", Some("10.1000/ABC")),
        ("DOI: 10.1000/ABC", Notation, "without DOI:", "DOI: ", Some("10.1000/ABC")),
        ("10.1007%2F978-1", Notation, "the slash is written as in a web address", "%2F", Some("10.1007/978-1")),
        ("10.1000/a%3C1%3E", Notation, "as in a web address", "%3C", Some("10.1000/a<1>")),
        (" https://doi.org/10.1000/182. ", Form, "a full stop", ".", Some("10.1000/182")),
        (
            "https://doi.org/https://doi.org/10.1000/182",
            Form,
            "twice",
            "https://doi.org/https://doi.org/",
            Some("10.1000/182"),
        ),
    ];
    assert_faults("Bare", bare, doi_fault(doi::Form::Bare));
    let any: &[Row] = &[
        ("https://doi.org/ 10.1000/182", Form, "inside", " ", Some("https://doi.org/10.1000/182")),
        ("https://doi.org/b44mk9", Notation, "a short DOI", "https://doi.org/b44mk9", None),
        ("10/b44mk9", Notation, "a short DOI", "10/b44mk9", None),
        (
            "https://hdl.handle.net/10.1000/182",
            Notation,
            "the Handle system",
            "https://hdl.handle.net/",
            Some("https://doi.org/10.1000/182"),
        ),
        ("doi 10.1000/182", Form, "mistyped", "doi ", Some("10.1000/182")),
        ("see 10.1000/182.", Form, "text stands before", "see ", Some("10.1000/182")),
        ("urn:doi:10.1000/182", Form, "before the DOI", "urn:doi:", Some("10.1000/182")),
        ("https:/doi.org/10.1000/182", Form, "mistyped", "https:/doi.org/", Some("https://doi.org/10.1000/182")),
        ("https://doi.org//10.1000/182", Form, "mistyped", "https://doi.org//", Some("https://doi.org/10.1000/182")),
        ("https://doi.org/doi:10.1000/182", Form, "twice", "https://doi.org/doi:", Some("https://doi.org/10.1000/182")),
        (
            "https://doi.com/10.1000/182",
            Form,
            "the host is doi.com",
            "https://doi.com/",
            Some("https://doi.org/10.1000/182"),
        ),
        (
            "https://handle.test.datacite.org/10.5072/bc11-cqw7",
            Form,
            "test system",
            "https://handle.test.datacite.org/",
            Some("https://doi.org/10.5072/bc11-cqw7"),
        ),
    ];
    assert_faults("Any", any, doi_fault(doi::Form::Any));
}

#[test]
fn dois_with_something_in_or_round_them() {
    let round: &[Row] = &[
        ("10.1002/jbm.a.32693.", Form, "a full stop stands after the DOI", ".", Some("10.1002/jbm.a.32693")),
        ("10.5061/dryad.8515,", Form, "a comma", ",", Some("10.5061/dryad.8515")),
        ("10.5061/dryad.8515;", Form, "a semicolon", ";", Some("10.5061/dryad.8515")),
        ("10.5061/dryad.8515)", Form, "a bracket", ")", Some("10.5061/dryad.8515")),
        ("10.5061/dryad.8515).", Form, "punctuation", ").", Some("10.5061/dryad.8515")),
        ("(10.5061/dryad.8515)", Form, "in brackets", "(10.5061/dryad.8515)", Some("10.5061/dryad.8515")),
        ("\"10.5061/dryad.8515\"", Form, "in quotation marks", "\"10.5061/dryad.8515\"", Some("10.5061/dryad.8515")),
        ("10.7272/Q66Q1V54 ", Form, "white space stands after", " ", Some("10.7272/Q66Q1V54")),
        ("\n  10.5194/amt-8-3021-2015\n", Form, "before and after", "\n  ", Some("10.5194/amt-8-3021-2015")),
        ("10. 5061/dryad.1", Form, "white space stands inside", " ", Some("10.5061/dryad.1")),
        ("10.5061/ dryad.1", Form, "white space stands inside", " ", Some("10.5061/dryad.1")),
        ("10.5061/dryad. 8515", Form, "white space stands inside", " ", Some("10.5061/dryad.8515")),
        ("10.5061/dryad 8515", Form, "white space stands inside", " ", None),
        ("10.1044/2015_AJSLP <2.897>", Form, "text follows the DOI", "<2.897>", Some("10.1044/2015_AJSLP")),
        ("10.5061/dryad.8515; Part L (a)", Form, "text follows", "Part L (a)", Some("10.5061/dryad.8515")),
        ("10.1000/readme (1).txt", Form, "white space stands inside", " ", None),
        ("10.5061/dry\u{200b}ad", Form, "zero-width space", "\u{200b}", Some("10.5061/dryad")),
        ("10.5061/dry\u{ad}ad", Form, "soft hyphen", "\u{ad}", Some("10.5061/dryad")),
        ("10.1890/01‐0622", Form, "a typographic dash (U+2010)", "‐", Some("10.1890/01-0622")),
        ("10.5061/dry...", Form, "cut off", "...", None),
        ("10.5061/dry…", Form, "cut off", "…", None),
        ("10.1000/182 10.1000/183", Form, "two DOIs", "10.1000/183", None),
        ("10.1000/182;10.1000/183", Form, "two DOIs", "10.1000/183", None),
        ("10.1000/182, https://doi.org/10.1000/183", Form, "two DOIs", "10.1000/183", None),
        ("10.1175/a(1996)053&lt;0049:S&gt;2.0.CO;2", Form, "HTML", "&lt;", Some("10.1175/a(1996)053<0049:S>2.0.CO;2")),
        (
            "10.1002/a5:2¡105::AID¿3.0.CO;2-U",
            Form,
            "in place of < and >",
            "¡",
            Some("10.1002/a5:2<105::AID>3.0.CO;2-U"),
        ),
        ("10.5281/10.5281/zenodo.123", Form, "twice", "10.5281/", Some("10.5281/zenodo.123")),
        ("10.10.5061/dryad.8515", Form, "twice", "10.", Some("10.5061/dryad.8515")),
    ];
    assert_faults("Bare", round, doi_fault(doi::Form::Bare));
    assert_faults("Any", round, doi_fault(doi::Form::Any));
}

#[test]
fn prefixes_of_dois() {
    let prefix: &[Row] = &[
        ("10.5061", Form, "the part after the slash is missing", "10.5061", None),
        ("10.5061/", Form, "the part after the slash is missing", "10.5061/", None),
        (
            "10.5061dryad.8515",
            Form,
            "the slash after the prefix is missing",
            "10.5061dryad.8515",
            Some("10.5061/dryad.8515"),
        ),
        ("10.5061\\dryad", Form, "a backslash", "\\", Some("10.5061/dryad")),
        ("10.123/abc", Form, "fewer than four digits", "10.123", None),
        ("10.1234567890/abc", Form, "more than nine digits", "10.1234567890", None),
        ("10.1.NOTGOOD.0/123456", Form, "something else than digits", "10.1.NOTGOOD.0", None),
        ("1O.5061/dryad", Form, "a letter stands in place of a digit", "1O.5061", Some("10.5061/dryad")),
        ("10.10O0/123456", Form, "a letter", "10.10O0", Some("10.1000/123456")),
        ("10,5061/dryad", Form, "a comma", "10,5061", Some("10.5061/dryad")),
        (".5061/dryad", Form, "not whole", ".5061", Some("10.5061/dryad")),
        ("5281/zenodo.123", Form, "missing", "5281", Some("10.5281/zenodo.123")),
        ("10568/110997", Form, "this is a handle, not a DOI", "10568/110997", None),
        ("20.500.12345/678", Form, "this is a handle, not a DOI", "20.500.12345/678", None),
        ("hdl:10568/110997", OtherKind, "this is a handle, not a DOI", "hdl:10568/110997", None),
        (
            "https://hdl.handle.net/10568/1",
            OtherKind,
            "this is a handle, not a DOI",
            "https://hdl.handle.net/10568/1",
            None,
        ),
    ];
    assert_faults("Bare", prefix, doi_fault(doi::Form::Bare));
    assert_faults("Any", prefix, doi_fault(doi::Form::Any));
}

#[test]
fn what_is_no_doi() {
    let other: &[Row] = &[
        (
            "https://onlinelibrary.wiley.com/doi/full/10.1002/jbm.a.32693",
            Form,
            "a web address of onlinelibrary.wiley.com that has a DOI in it",
            "https://onlinelibrary.wiley.com/doi/full/10.1002/jbm.a.32693",
            Some("10.1002/jbm.a.32693"),
        ),
        (
            "https://example.org/10.1000/182?x=1",
            Form,
            "that has a DOI in it",
            "https://example.org/10.1000/182?x=1",
            Some("10.1000/182"),
        ),
        (
            "https://example.org/10.1000/182.pdf",
            Form,
            "that has a DOI in it",
            "https://example.org/10.1000/182.pdf",
            None,
        ),
        (
            "https://example.org/10.1101/2020.1v2",
            Form,
            "that has a DOI in it",
            "https://example.org/10.1101/2020.1v2",
            None,
        ),
        ("https://example.org/a", OtherKind, "this is a web address, not a DOI", "https://example.org/a", None),
        ("arXiv:2101.00001", OtherKind, "an arXiv identifier", "arXiv:2101.00001", None),
        ("978-3-905673-82-1", OtherKind, "an ISBN", "978-3-905673-82-1", None),
        ("2045-2322", OtherKind, "an ISSN", "2045-2322", None),
        ("a@b.org", Form, "an e-mail address", "a@b.org", None),
        ("P356", Form, "this is not a DOI", "P356", None),
        ("https://doi.org/", Form, "there is no DOI", "https://doi.org/", None),
        ("", Form, "blank", "", None),
    ];
    assert_faults("Any", other, doi_fault(doi::Form::Any));
    assert_faults("Bare", other, doi_fault(doi::Form::Bare));
    let words = [
        "pending-zenodo-upload",
        "10.xxxx/xxxxx",
        "10.5281/zenodo.XXXXXXX",
        "10.5281/zenodo.0000000",
        "10.5281/zenodo.<ID>",
        "10.5281/zenodo.",
        "10.5281/zenodo.{{id}}",
        "10.1000/TODO",
        "(:tba)",
        "TODO",
        "n/a",
        "http://doi.org/0000/0000",
        "https://doi.org/<ZENODO-DOI>",
        "http://dx.doi.org/10.5281/zenodo.XXXX",
        "-",
    ];
    for form in [doi::Form::Bare, doi::Form::Any] {
        for word in words {
            let fault = doi::parse(word, form).expect_err(word);
            assert_eq!((fault.class, fault.intended), (Placeholder, None), "{form:?} {word}");
        }
    }
}

// ORCID iDs.

#[test]
fn orcids_that_are_in_order() {
    let orcids = [
        "0000-0002-1825-0097",
        "0000000218250097",
        "https://orcid.org/0000-0002-1825-0097",
        "0000-0002-1694-233X",
        "http://orcid.org/0000-0002-1825-0097",
        "https://www.orcid.org/0000-0002-1825-0097/",
        "0000-0002-1694-233x",
        "HTTPS://ORCID.ORG/0000-0002-1825-0097",
        "0009-0005-6000-7479",
        "https://orcid.org/0009-0002-4767-9017",
        "https://orcid.org/0000000218250097",
        "0000-0001-5000-0007",
        "0000-0003-5000-0001",
    ];
    assert_clean("ORCID", orcids, |text| orcid::parse(text).err());
    let read = |text| orcid::parse(text).expect("an ORCID iD");
    assert_eq!(read("000000021694233x").canonical(), "https://orcid.org/0000-0002-1694-233X");
    assert_eq!(read("http://orcid.org/0000-0002-1825-0097/").number(), "0000-0002-1825-0097");
    assert_eq!(read("0000-0002-1694-233x"), read("https://orcid.org/0000-0002-1694-233X"));
}

#[test]
fn faulty_orcids() {
    let orcids: &[Row] = &[
        ("0000-0002-1825-0098", Checksum, "it would be 7, not 8", "8", None),
        ("https://orcid.org/0000-0001-9998-0117/", Checksum, "it would be 4, not 7", "7", None),
        (" 0000-0001-9998-0118 ", Checksum, "it would be 4, not 8", "8", None),
        ("0000-0002-1825-009", Form, "it has 15 digits, and an ORCID iD has 16", "0000-0002-1825-009", None),
        ("https://orcid.org/0000-0002-1825-00977", Form, "it has 17 digits", "0000-0002-1825-00977", None),
        ("0000-0002-X825-0097", Form, "an X can only stand at the end", "X", None),
        ("0000-00021825-0097", Form, "every fourth digit", "0000-00021825-0097", Some("0000-0002-1825-0097")),
        ("0000-0002-1825-OO97", Form, "a letter stands in place of a digit", "O", Some("0000-0002-1825-0097")),
        ("0000 0002 1825 0097", Form, "white space", " ", Some("0000-0002-1825-0097")),
        (
            "https://orcid.org/ 0000-0002-1825-0097",
            Form,
            "white space stands inside it",
            " ",
            Some("https://orcid.org/0000-0002-1825-0097"),
        ),
        (" 0000-0002-1825-0097", Form, "white space stands before", " ", Some("0000-0002-1825-0097")),
        ("0000–0002–1825–0097", Form, "a typographic dash", "–", Some("0000-0002-1825-0097")),
        ("0000-0002-\u{200b}1825-0097", Form, "zero-width space", "\u{200b}", Some("0000-0002-1825-0097")),
        ("ORCID: 0000-0002-1825-0097", Notation, "without a label", "ORCID: ", Some("0000-0002-1825-0097")),
        (
            "orcid.org/0000-0002-1825-0097",
            Notation,
            "does not begin with https://",
            "orcid.org/",
            Some("https://orcid.org/0000-0002-1825-0097"),
        ),
        (
            "https://orcid.org/https://orcid.org/0000-0002-1825-0097",
            Form,
            "twice",
            "https://orcid.org/https://orcid.org/",
            Some("https://orcid.org/0000-0002-1825-0097"),
        ),
        (
            "https://orcid.org/0000-0002-1825-0097?lang=en",
            Form,
            "something stands round the number",
            "?lang=en",
            Some("https://orcid.org/0000-0002-1825-0097"),
        ),
        (
            "https://pub.orcid.org/v3.0/0000-0002-1825-0097",
            Form,
            "not the address of an ORCID iD",
            "https://pub.orcid.org/v3.0/",
            Some("https://orcid.org/0000-0002-1825-0097"),
        ),
        ("0000-0002-1825-0097; 0000-0002-1694-233X", Form, "two ORCID iDs", "0000-0002-1694-233X", None),
        ("0000000121032683", OtherKind, "this is an ISNI, not an ORCID iD", "0000000121032683", None),
        ("1422-4586-3573-0476", Impossible, "of all that ISNI has", "1422-4586-3573-0476", None),
        (
            "https://sandbox.orcid.org/0000-0002-1825-0097",
            Form,
            "test system",
            "https://sandbox.orcid.org/0000-0002-1825-0097",
            None,
        ),
        ("https://orcid.org/", Form, "there is no number", "https://orcid.org/", None),
        ("josiah@example.org", Form, "an e-mail address", "josiah@example.org", None),
        ("https://example.org/josiah", OtherKind, "a web address", "https://example.org/josiah", None),
        ("10.1000/182", OtherKind, "a DOI", "10.1000/182", None),
        ("456xyz", Form, "this is not an ORCID iD", "456xyz", None),
        ("", Form, "blank", "", None),
        ("https://orcid.org/<ORCID-C>", Placeholder, "template", "https://orcid.org/<ORCID-C>", None),
        ("0000-0000-0000-0000", Placeholder, "zeros", "0000-0000-0000-0000", None),
        ("0000-0001-2345-6789", Placeholder, "an example", "0000-0001-2345-6789", None),
        ("XXXX-XXXX-XXXX-XXXX", Placeholder, "template", "XXXX-XXXX-XXXX-XXXX", None),
        ("0000-000X-XXXX-XXXX", Placeholder, "template", "0000-000X-XXXX-XXXX", None),
        ("n/a", Placeholder, "no value", "n/a", None),
    ];
    assert_faults("ORCID", orcids, |text| orcid::parse(text).err());
}

// Any text at all.

/// What holds of every fault of `text`: it points into the text, and what it proposes is in order.
fn assert_sound(text: &str, parse: impl Fn(&str) -> Option<Fault>) {
    let Some(fault) = parse(text) else { return };
    assert!(text.get(fault.at.clone()).is_some(), "{text:?}: {fault:?}");
    assert!(
        fault.reason.starts_with(|c: char| c.is_lowercase() || !c.is_alphabetic() || c == 'X'),
        "{text:?}: {fault:?}"
    );
    if let Some(intended) = &fault.intended {
        assert!(parse(intended).is_none(), "{text:?}: {fault:?}, then {:?}", parse(intended));
    }
}

fn assert_all_sound(text: &str) {
    for form in FORMS {
        assert_sound(text, date_fault(form));
    }
    for form in [doi::Form::Bare, doi::Form::Any] {
        assert_sound(text, doi_fault(form));
    }
    assert_sound(text, |text| orcid::parse(text).err());
    assert_sound(text, |text| issn::parse(text).err());
    assert_sound(text, |text| isbn::parse(text).err());
    assert_sound(text, |text| ror::parse(text).err());
    assert_sound(text, |text| isni::parse(text).err());
    assert_sound(text, |text| handle::parse(text).err());
    assert_sound(text, |text| arxiv::parse(text).err());
    assert_sound(text, |text| url::parse(text).err());
}

/// A sound value with a few pieces of it replaced.
fn damaged() -> impl Strategy<Value = String> {
    let sound = prop::sample::select(vec![
        "2017-04-07",
        "2017-04-07T12:30:00Z",
        "2001-2009",
        "1939/1945",
        "07.04.2017",
        "7 April 2017",
        "2549-02-29",
        "c. 1990",
        "info:eu-repo/date/embargoEnd/2018-05-27",
        "10.5061/dryad.8515",
        "https://doi.org/10.1000/182",
        "10568/110997",
        "doi:10.1002/(SICI)1098(1997)43:2%3C111::AID%3E3.0.CO;2-#",
        "https://orcid.org/0000-0002-1825-0097",
        "0000-0002-1694-233X",
        "ORCID: 0000 0002 1825 0097",
        "0378-5955",
        "ISSN 0378-5955 (print)",
        "978-0-306-40615-7",
        "0-306-40615-2 (pbk.)",
        "https://ror.org/05a28rw58",
        "http://isni.org/isni/0000 0001 2150 090X",
        "https://hdl.handle.net/20.500.11850/123",
        "arXiv:hep-th/9901001v1 [hep-th]",
        "https://user@www.example.org:8080/a/b?c=d&e=f#g",
        "http://[::1]/a; http://localhost/b",
    ]);
    let pieces = prop::sample::select(vec![
        "",
        " ",
        "\n",
        "\u{200b}",
        "‐",
        "…",
        "ä",
        "İ",
        "１",
        ".",
        ",",
        ";",
        ":",
        "/",
        "-",
        "(",
        ")",
        "[",
        "]",
        "<",
        ">",
        "?",
        "~",
        "%",
        "%2F",
        "&lt;",
        "X",
        "x",
        "O",
        "l",
        "T",
        "Z",
        "z",
        "+",
        "0",
        "00",
        "1",
        "2",
        "9",
        "31",
        "2549",
        "10.",
        "10.1000/",
        "doi:",
        "https://",
        "doi.org/",
        "orcid.org/",
        "May",
        "to",
        " - ",
        "..",
        "BC",
        "ca.",
        "¡",
        "¿",
        "Y",
        "(:tba)",
        "{{",
        "e\u{301}",
    ]);
    (sound, prop::collection::vec((any::<prop::sample::Index>(), 0_usize..4, pieces), 0..4)).prop_map(
        |(sound, changes)| {
            let mut chars: Vec<String> = sound.chars().map(String::from).collect();
            for (index, length, piece) in changes {
                let at = index.index(chars.len() + 1);
                let end = (at + length).min(chars.len());
                chars.splice(at..end, [piece.to_owned()]);
            }
            chars.concat()
        },
    )
}

#[test]
fn each_year_alone() {
    for year in 0..=9999 {
        for form in [date::Form::W3cdtf, date::Form::Rkms, date::Form::Year, date::Form::Dspace] {
            let read = date::parse(&format!("{year:04}"), form);
            let means_none = year == 0 || year == 9999 || (2443..=2643).contains(&year);
            let meaning = read.ok().and_then(|date| date.start());
            let expected = (!means_none).then_some(date::Point { year, month: 0, day: 0 });
            assert_eq!(meaning, expected, "{year:04} as {form:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_harm(text in any::<String>()) {
        assert_all_sound(&text);
    }

    #[test]
    fn any_damage_is_read_without_harm(text in damaged()) {
        assert_all_sound(&text);
    }

    /// The usual addresses are told at a glance, those with a scheme in capitals are read in full: it is the same.
    #[test]
    fn web_addresses_are_in_order_however_they_are_read(
        rest in "([a-z0-9-]{1,4}[.]){0,3}(org|ORG|de|local|x|1|museum)?[.:/]?([a-zA-Z0-9/?#&;,.%_=~|<{ é-]{0,8})"
    ) {
        let is_sound = |scheme: &str| url::check(&format!("{scheme}://{rest}")).is_ok();
        prop_assert_eq!(is_sound("https"), is_sound("HTTPS"), "{}", rest);
    }

    #[test]
    fn any_signs_of_dates_are_read_without_harm(text in "[-0-9/.?~%XTZYa-eä: ()]{0,24}") {
        assert_all_sound(&text);
    }
}

#[test]
fn what_steers_a_terminal_is_shown() {
    let mark_of_direction =
        |c| matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    for c in '\0'..=char::MAX {
        let text = format!("plain {c} text");
        let steers = c.is_control() || mark_of_direction(c) || matches!(c, '\u{2028}' | '\u{2029}');
        assert_eq!(visible(&text) != text, steers, "{c:?}");
        assert_eq!(visible_lines(&text) != text, steers && c != '\n', "{c:?}");
    }
}
