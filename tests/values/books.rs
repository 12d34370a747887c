//! ISSNs and ISBNs.

use reclint::value::Class::{Checksum, Form, Notation, OtherKind, Placeholder, Punctuation, Several};
use reclint::value::{isbn, issn};

use super::{Row, assert_clean, assert_faults};

#[test]
fn issns_that_are_in_order() {
    let issns = [
        "0378-5955",
        "0024-9319",
        "0032-1478",
        "2434-561X",
        "2434-561x",
        "1050-124X",
        "1562-6865",
        "2045-2322",
        "0317-8471",
        "1144-875X",
    ];
    assert_clean("ISSN", issns, |text| issn::parse(text).err());
    assert_eq!(issn::parse("2434-561x").expect("it is one").canonical(), "2434-561X");
}

#[test]
fn faulty_issns() {
    let issns: &[Row] = &[
        ("0378-5950", Checksum, "would be 5, not 0", "0", None),
        ("0032-147X", Checksum, "would be 8, not X", "X", None),
        ("ISSN 0378-5950", Checksum, "would be 5", "0", None),
        ("03785955", Notation, "the hyphen", "03785955", Some("0378-5955")),
        ("03785950", Checksum, "would be 5", "0", None),
        ("0378 5955", Notation, "one hyphen", "0378 5955", Some("0378-5955")),
        ("0378--5955", Notation, "one hyphen", "0378--5955", Some("0378-5955")),
        ("378-5955", Form, "the zero at its beginning", "378-5955", Some("0378-5955")),
        ("0378\u{2013}5955", Form, "typographic dash", "\u{2013}", Some("0378-5955")),
        ("0378-5955 ", Form, "white space stands after", " ", Some("0378-5955")),
        ("O378-5955", Form, "a letter stands in place", "O", Some("0378-5955")),
        ("ISSN 0378-5955", Notation, "without a label", "ISSN ", Some("0378-5955")),
        ("e-ISSN: 0378-5955", Notation, "without a label", "e-ISSN: ", Some("0378-5955")),
        ("urn:ISSN:0378-5955", Notation, "without a label", "urn:ISSN:", Some("0378-5955")),
        (
            "https://portal.issn.org/resource/ISSN/0378-5955",
            Notation,
            "without a label",
            "https://portal.issn.org/resource/ISSN/",
            Some("0378-5955"),
        ),
        ("0378-5955 (print)", Notation, "a remark", " (print)", Some("0378-5955")),
        ("0378-5955||", Punctuation, "punctuation stands after", "||", Some("0378-5955")),
        ("0378-5955;", Punctuation, "punctuation stands after", ";", Some("0378-5955")),
        ("0378-5955|0024-9319", Several, "two ISSNs", "0024-9319", None),
        ("0378-5955 (print) 0024-9319 (online)", Several, "two ISSNs", "0024-9319 (online)", None),
        ("0378-5955, 0378-5955", Notation, "twice", "0378-5955", Some("0378-5955")),
        ("Hearing research 0378-5955", Form, "text stands before", "Hearing research ", Some("0378-5955")),
        ("0378-59", Form, "it has 6 digits, and an ISSN has 8", "0378-59", None),
        ("03X8-5955", Form, "an X can only stand at the end", "X", None),
        ("Hearing Research", Form, "this is not an ISSN", "Hearing Research", None),
        ("0000-0000", Placeholder, "zeros", "0000-0000", None),
        ("1234-5678", Placeholder, "an example", "1234-5678", None),
        ("XXXX-XXXX", Placeholder, "template", "XXXX-XXXX", None),
        ("n/a", Placeholder, "no value", "n/a", None),
        ("", Form, "blank", "", None),
        ("978-0-306-40615-7", OtherKind, "this is an ISBN, not an ISSN", "978-0-306-40615-7", None),
        ("0306406152", OtherKind, "this is an ISBN", "0306406152", None),
        ("ISBN 978-0-306-40615-7", OtherKind, "this is an ISBN", "ISBN 978-0-306-40615-7", None),
        ("10.1000/182", OtherKind, "this is a DOI", "10.1000/182", None),
        ("https://example.org/j", OtherKind, "this is a web address", "https://example.org/j", None),
    ];
    assert_faults("ISSN", issns, |text| issn::parse(text).err());
}

#[test]
fn isbns_that_are_in_order() {
    let isbns = [
        "978-3-16-148410-0",
        "9789024538270",
        "978-9024538270",
        "978 0 306 40615 7",
        "979-10-90636-07-1",
        "1857982185",
        "1-85798-218-5",
        "99921-58-10-7",
        "0-9752298-0-X",
        "0-8044-2957-x",
        "0 85131 041 9",
        "3-936338-24-8",
        "978-83-7683-181-7",
        "9971-5-0210-0",
        "960-425-059-0",
        "979-8-6024-0545-3",
    ];
    assert_clean("ISBN", isbns, |text| isbn::parse(text).err());
    let canonical = |text| isbn::parse(text).expect(text).canonical();
    assert_eq!(canonical("1-85798-218-5"), "9781857982183");
    assert_eq!(canonical("0-306-40615-2"), canonical("978 0 306 40615 7"));
}

#[test]
fn faulty_isbns() {
    let isbns: &[Row] = &[
        ("978-9024538271", Checksum, "would be 0, not 1", "1", None),
        ("978-0-306-40615-3", Checksum, "would be 7, not 3", "3", None),
        ("0-9752298-0-3", Checksum, "would be X, not 3", "3", None),
        ("ISBN 978-0-306-40615-3", Checksum, "would be 7", "3", None),
        ("9,78E+12", Form, "a spreadsheet", "9,78E+12", None),
        ("9.78058E+12", Form, "a spreadsheet", "9.78058E+12", None),
        ("ISBN 0-306-40615-2", Notation, "without a label", "ISBN ", Some("0-306-40615-2")),
        ("ISBN-10 0-9752298-0-X", Notation, "without a label", "ISBN-10 ", Some("0-9752298-0-X")),
        ("0-8044-2957-x (pbk.)", Notation, "a remark", " (pbk.)", Some("0-8044-2957-x")),
        ("ISBN-13: 978-0-306-40615-7", Notation, "without a label", "ISBN-13: ", Some("978-0-306-40615-7")),
        ("urn:isbn:9780306406157", Notation, "without a label", "urn:isbn:", Some("9780306406157")),
        ("0-306-40615-2 (pbk.)", Notation, "a remark", " (pbk.)", Some("0-306-40615-2")),
        ("978 0 306 40615 7 (hbk.)", Notation, "a remark", " (hbk.)", Some("978 0 306 40615 7")),
        ("0-306-40615-2;", Punctuation, "punctuation", ";", Some("0-306-40615-2")),
        ("0-306-40615-2, 978-83-7683-181-7", Several, "two ISBNs", "978-83-7683-181-7", None),
        ("0-306-40615-2 978-83-7683-181-7", Several, "two ISBNs", "978-83-7683-181-7", None),
        ("0-306-40615-2 / 978-0-306-40615-7", Notation, "twice", "978-0-306-40615-7", Some("0-306-40615-2")),
        ("978.0.306.40615.7", Notation, "single hyphens", "978.0.306.40615.7", Some("978-0-306-40615-7")),
        ("306-40615-2", Form, "the zero at its beginning", "306-40615-2", Some("0-306-40615-2")),
        ("O-306-40615-2", Form, "a letter stands in place", "O", Some("0-306-40615-2")),
        ("978-0-306-4061-7", Form, "it has 12 digits, and an ISBN has 10 or 13", "978-0-306-4061-7", None),
        ("4006381333931", Form, "begins with 978 or 979", "4006381333931", None),
        ("979-0-2600-0043-8", OtherKind, "an ISMN", "979-0-2600-0043-8", None),
        ("2366-5017", OtherKind, "this is an ISSN, not an ISBN", "2366-5017", None),
        ("10.1000/182", OtherKind, "this is a DOI", "10.1000/182", None),
        ("978-1-234-56789-7", Placeholder, "made-up", "978-1-234-56789-7", None),
        ("0000000000", Placeholder, "made-up", "0000000000", None),
        ("n/a", Placeholder, "no value", "n/a", None),
        ("see publisher", Form, "this is not an ISBN", "see publisher", None),
        ("", Form, "blank", "", None),
    ];
    assert_faults("ISBN", isbns, |text| isbn::parse(text).err());
}
