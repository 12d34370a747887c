//! ROR ids, ISNIs and arXiv identifiers.

use reclint::value::Class::{Checksum, Form, Impossible, Notation, OtherKind, Placeholder, Several};
use reclint::value::{arxiv, isni, ror};

use super::{Row, assert_clean, assert_faults};

#[test]
fn ror_ids_that_are_in_order() {
    let ids =
        ["05a28rw58", "00x6h5n95", "04wxnsj81", "05dxps055", "00k4n6c32"].map(|id| format!("https://ror.org/{id}"));
    assert_clean("ROR", ids.iter().map(String::as_str), |text| ror::parse(text).err());
}

#[test]
fn faulty_ror_ids() {
    const MEANT: Option<&str> = Some("https://ror.org/05a28rw58");
    let ids: &[Row] = &[
        ("https://ror.org/05a28rw57", Checksum, "would be 58, not 57", "57", None),
        ("05a28rw57", Checksum, "would be 58, not 57", "57", None),
        ("05a28rw58", Notation, "with its address", "05a28rw58", MEANT),
        ("ror.org/05a28rw58", Notation, "the address", "ror.org/", MEANT),
        ("http://ror.org/05a28rw58", Notation, "the address", "http://ror.org/", MEANT),
        ("https://www.ror.org/05a28rw58", Notation, "the address", "https://www.ror.org/", MEANT),
        ("https://ror.org/05a28rw58/", Notation, "a slash", "/", MEANT),
        ("https://ror.org/05A28RW58", Notation, "small letters", "05A28RW58", MEANT),
        ("ROR:05a28rw58", Notation, "the address", "ROR:", MEANT),
        ("ETH Zurich 05a28rw58", Form, "text stands before", "ETH Zurich ", MEANT),
        (
            "https://api.ror.org/organizations/05a28rw58",
            Form,
            "not the address",
            "https://api.ror.org/organizations/",
            MEANT,
        ),
        ("https://ror.org/05a28rw5", Form, "8 characters", "05a28rw5", None),
        ("https://ror.org/05a28rl58", Form, "i, l, o and u", "l", None),
        ("https://ror.org/15a28rw58", Form, "begins with 0", "1", None),
        ("https://ror.org/", Form, "no id after", "https://ror.org/", None),
        (" https://ror.org/05a28rw58", Form, "white space", " ", MEANT),
        ("ETH Zurich", Form, "this is not a ROR id", "ETH Zurich", None),
        ("grid.5801.c", OtherKind, "a GRID id", "grid.5801.c", None),
        (
            "https://www.grid.ac/institutes/grid.5801.c",
            OtherKind,
            "a GRID id",
            "https://www.grid.ac/institutes/grid.5801.c",
            None,
        ),
        ("https://doi.org/10.13039/501100003006", OtherKind, "a DOI", "https://doi.org/10.13039/501100003006", None),
        (
            "https://isni.org/isni/000000012150090X",
            OtherKind,
            "an ISNI",
            "https://isni.org/isni/000000012150090X",
            None,
        ),
        ("https://ethz.ch/", OtherKind, "a web address", "https://ethz.ch/", None),
        ("n/a", Placeholder, "no value", "n/a", None),
        ("https://ror.org/xxxxxxxxx", Placeholder, "template", "https://ror.org/xxxxxxxxx", None),
    ];
    assert_faults("ROR", ids, |text| ror::parse(text).err());
}

#[test]
fn isnis_that_are_in_order() {
    let isnis = [
        "000000012150090X",
        "0000 0001 2150 090X",
        "0000 0001 2103 2683",
        "0000 0001 2281 955X",
        "000000012281955x",
        "0000 0003 5752 6882",
        "https://isni.org/isni/000000012150090X",
        "http://www.isni.org/isni/000000012150090x",
        "https://isni.org/000000012150090X",
    ];
    assert_clean("ISNI", isnis, |text| isni::parse(text).err());
}

#[test]
fn faulty_isnis() {
    let isnis: &[Row] = &[
        ("0000 0001 2150 0901", Checksum, "would be X, not 1", "1", None),
        ("0000-0001-2150-090X", Notation, "parted by blanks", "0000-0001-2150-090X", Some("000000012150090X")),
        ("ISNI 0000 0001 2150 090X", Notation, "without a label", "ISNI", Some("000000012150090X")),
        (
            "http://isni.org/isni/0000 0001 2150 090X",
            Notation,
            "in a row",
            "0000 0001 2150 090X",
            Some("https://isni.org/isni/000000012150090X"),
        ),
        (
            "http://isni.org0000 0001 2150 090X",
            Form,
            "the address before the number is mistyped",
            "http://isni.org",
            Some("https://isni.org/isni/000000012150090X"),
        ),
        ("0000 0001 2150 090", Form, "15 digits", "0000 0001 2150 090", None),
        ("0000000218250097", OtherKind, "an ORCID iD", "0000000218250097", None),
        (
            "https://orcid.org/0000-0002-1825-0097",
            OtherKind,
            "an ORCID iD",
            "https://orcid.org/0000-0002-1825-0097",
            None,
        ),
        ("https://ror.org/05a28rw58", OtherKind, "a ROR id", "https://ror.org/05a28rw58", None),
        ("0000 0000 0000 0000", Placeholder, "made-up", "0000 0000 0000 0000", None),
        ("https://isni.org/isni/", Form, "no number", "https://isni.org/isni/", None),
        ("Carter, Angela", Form, "this is not an ISNI", "Carter, Angela", None),
        ("", Form, "blank", "", None),
    ];
    assert_faults("ISNI", isnis, |text| isni::parse(text).err());
}

#[test]
fn arxiv_identifiers_that_are_in_order() {
    let ids = [
        "arXiv:1310.2590",
        "arXiv:0912.0803",
        "0706.0001",
        "0706.0001v2",
        "arXiv:1501.00001v12",
        "2201.06719",
        "arxiv:2201.06719",
        "arXiv:hep-th/9901001",
        "hep-th/9901001v27",
        "math.GT/0309136",
        "math/0309136v1",
        "cond-mat.str-el/0412345",
        "astro-ph.CO/0701234",
        "astro-ph/9101001",
        "q-alg/9501001",
    ];
    assert_clean("arXiv", ids, |text| arxiv::parse(text).err());
    assert_eq!(arxiv::parse("0706.0001v2").expect("it is one").canonical(), "arXiv:0706.0001v2");
}

#[test]
fn faulty_arxiv_identifiers() {
    const MEANT: Option<&str> = Some("arXiv:2201.06719");
    let ids: &[Row] = &[
        ("arXiv:1513.00001", Impossible, "a month", "13", None),
        ("hep-th/9913001", Impossible, "a month", "13", None),
        ("0703.0001", Impossible, "since April 2007", "0703", None),
        ("hep-th/1201001", Impossible, "from 1991 to 2007", "12", None),
        ("1412.00001", Impossible, "four digits", "00001", None),
        ("9912.12345v2", Impossible, "since April 2007", "9912", None),
        ("1501.0001", Impossible, "five digits", "0001", None),
        ("https://arxiv.org/abs/2201.06719", Notation, "an address of arXiv", "https://arxiv.org/abs/", MEANT),
        ("http://arxiv.org/pdf/2201.06719.pdf", Notation, "an address of arXiv", "http://arxiv.org/pdf/", MEANT),
        ("10.48550/arXiv.2201.06719", Notation, "the DOI that arXiv gives", "10.48550/arXiv.", MEANT),
        ("arXiv: 2201.06719", Notation, "without a blank", "arXiv: ", MEANT),
        ("arXiv 2201.06719", Notation, "without a blank", "arXiv ", MEANT),
        ("arXiv:2201.06719 [math.GT]", Notation, "a remark", " [math.GT]", MEANT),
        ("arXiv:1310.2590v5[hep-th]", Notation, "a remark", "[hep-th]", Some("arXiv:1310.2590v5")),
        ("2201.06719; 2207.04779", Several, "two identifiers", "2207.04779", None),
        ("10.1000/182", OtherKind, "a DOI", "10.1000/182", None),
        ("https://example.org/a", OtherKind, "a web address", "https://example.org/a", None),
        ("arXiv:", Form, "no number", "arXiv:", None),
        ("2201.067", Form, "this is not an arXiv identifier", "2201.067", None),
        ("n/a", Placeholder, "no value", "n/a", None),
        ("", Form, "blank", "", None),
    ];
    assert_faults("arXiv", ids, |text| arxiv::parse(text).err());
}
