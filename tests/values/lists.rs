//! Languages and licences, through the public API: what is in order, and what is said of what is not.

use proptest::prelude::*;
use reclint::value::Class::{Ambiguous, Form, Notation, Placeholder, Several};
use reclint::value::{Fault, language, license};

use super::{Row, assert_clean, assert_faults, assert_sound};

fn language_fault(form: language::Form) -> impl Fn(&str) -> Option<Fault> {
    move |text| language::parse(text, form).err()
}

fn license_fault(form: license::Form) -> impl Fn(&str) -> Option<Fault> {
    move |text| license::parse(text, form).err()
}

#[test]
fn languages_that_are_in_order_everywhere() {
    let values = [
        "en",
        "EN",
        "de",
        "sh",
        "eng",
        "ENG",
        "ger",
        "deu",
        "fre",
        "fra",
        "dut",
        "chi",
        "zho",
        "gsw",
        "oty",
        "yap",
        "ssf",
        "ple",
        "mul",
        "und",
        "zxx",
        "qaa",
        "roa",
        "en-US",
        "en-us",
        "pt-BR",
        "zh-Hans",
        "zh-Hant-TW",
        "sr-Latn-RS",
        "de-CH-1996",
        "es-419",
        "sl-rozaj-biske",
        "i-klingon",
        "x-own",
        "en-x-own",
        "de-u-co-phonebk",
        "sr-YU",
        "sq-XK",
        "zh-cmn-Hans-CN",
    ];
    for form in [language::Form::Any, language::Form::Bcp47, language::Form::Dspace] {
        assert_clean("language", values, language_fault(form));
    }
    assert_clean("language", ["en_US", "zh_Hans_CN", "pt_BR"], language_fault(language::Form::Any));
    assert_clean("language", ["en_US", "other", "Other"], language_fault(language::Form::Dspace));
    assert_eq!(language::parse("zh-Hant-TW", language::Form::Bcp47), Ok("zh"));
    assert_eq!(language::parse("en_US", language::Form::Any), Ok("en"));
}

#[test]
fn faulty_languages() {
    let rows: [Row; 25] = [
        ("jp", Form, "no language has the code jp", "jp", Some("ja")),
        ("vn", Form, "no language", "vn", Some("vi")),
        ("CZ", Form, "no language has the code cz", "CZ", Some("cs")),
        ("jp-JP", Form, "no language", "jp", Some("ja-JP")),
        ("iw", Form, "no language", "iw", Some("he")),
        ("scc", Form, "no language", "scc", Some("sr")),
        ("qq", Form, "no language", "qq", None),
        ("qzz", Form, "no language", "qzz", None),
        ("English", Notation, "name", "English", Some("en")),
        ("Englisch", Notation, "name", "Englisch", Some("en")),
        ("Deutsch", Notation, "name", "Deutsch", Some("de")),
        ("français", Notation, "name", "français", Some("fr")),
        ("English (United States)", Notation, "name", "English (United States)", Some("en")),
        ("eng;fre", Several, "several", "eng;fre", None),
        ("en, de", Several, "several", "en, de", None),
        ("English / German", Several, "several", "English / German", None),
        ("eng;", Form, "no code", "eng;", Some("eng")),
        (" en", Form, "white space", " ", Some("en")),
        ("en_UK", Form, "no country has the code UK", "UK", Some("en_GB")),
        ("en-YZ", Form, "no country has the code YZ", "YZ", None),
        ("n/a", Placeholder, "", "n/a", None),
        ("other", Placeholder, "names no language", "other", None),
        (
            "http://id.loc.gov/vocabulary/iso639-2/eng",
            Notation,
            "alone",
            "http://id.loc.gov/vocabulary/iso639-2/eng",
            Some("eng"),
        ),
        ("lang", Form, "no code", "lang", None),
        ("The text is in English", Notation, "no code", "The text is in English", None),
    ];
    assert_faults("language", &rows, language_fault(language::Form::Any));
    let rows: [Row; 2] = [
        ("en_US", Notation, "hyphens", "en_US", Some("en-US")),
        ("other", Placeholder, "names no language", "other", None),
    ];
    assert_faults("language", &rows, language_fault(language::Form::Bcp47));
}

const LICENSES: [&str; 41] = [
    "CC-BY-4.0",
    "cc-by-4.0",
    "CC0-1.0",
    "mit",
    "0BSD",
    "zlib-acknowledgement",
    "MIT OR Apache-2.0",
    "(MIT AND BSD-3-Clause) OR Apache-2.0",
    "GPL-2.0-only WITH Classpath-exception-2.0",
    "Apache-1.1+",
    "LicenseRef-own",
    "DocumentRef-spdx:LicenseRef-own",
    "CDDL-1.0+",
    "LGPL-2.1-only OR MIT OR BSD-3-Clause",
    "GPL-2.0-or-later WITH Bison-exception-2.2",
    "MIT AND (LGPL-2.1-or-later OR BSD-3-Clause)",
    "mit or apache-2.0",
    "https://creativecommons.org/licenses/by/4.0",
    "http://creativecommons.org/licenses/by/4.0/",
    "https://www.creativecommons.org/licenses/by-nc/4.0/legalcode",
    "http://creativecommons.org/licenses/by/4.0/deed.en_US",
    "https://creativecommons.org/licenses/by-sa/3.0/de/deed.de",
    "https://creativecommons.org/licenses/by-nd-nc/1.0/",
    "https://creativecommons.org/licenses/nc/1.0/",
    "https://creativecommons.org/licenses/by/3.0/igo/?ref=chooser",
    "https://creativecommons.org/publicdomain/zero/1.0/legalcode",
    "https://creativecommons.org/publicdomain/mark/1.0/",
    "https://spdx.org/licenses/MIT",
    "https://spdx.org/licenses/MIT.html",
    "http://spdx.org/licenses/gpl-3.0-only/",
    "http://rightsstatements.org/vocab/InC/1.0/",
    "https://rightsstatements.org/page/NoC-US/1.0/?language=en",
    "https://opensource.org/licenses/MIT",
    "https://www.gnu.org/licenses/gpl-3.0.html",
    "http://www.apache.org/licenses/LICENSE-2.0",
    "https://customlicense.org/licenses/by/4.0/",
    "http://purl.org/coar/access_right/c_abf2",
    "info:eu-repo/semantics/openAccess",
    "urn:nbn:de:101:1-2019",
    "ftp://example.org/licence.txt",
    "EUPL-1.2",
];

#[test]
fn licenses_that_are_in_order() {
    assert_clean("licence", LICENSES, license_fault(license::Form::Any));
    assert_clean("licence", LICENSES, license_fault(license::Form::Spdx));
    let in_words = ["restricted", "CC BY 4.0", "All rights reserved", "Publisher's own licence", "open", "abcdef"];
    assert_clean("licence", in_words, license_fault(license::Form::Any));
}

#[test]
fn faulty_licenses() {
    let rows: &[Row] = &[
        ("CC-BY", Ambiguous, "which version", "CC-BY", None),
        ("cc by-nc", Ambiguous, "CC-BY-NC-4.0", "cc by-nc", None),
        ("CC BY-NC-SA 4.0", Notation, "", "CC BY-NC-SA 4.0", Some("CC-BY-NC-SA-4.0")),
        ("CCBY4.0", Notation, "", "CCBY4.0", Some("CC-BY-4.0")),
        (
            "Creative Commons Attribution 4.0 International",
            Notation,
            "",
            "Creative Commons Attribution 4.0 International",
            Some("CC-BY-4.0"),
        ),
        ("cc0", Notation, "", "cc0", Some("CC0-1.0")),
        ("CC0 1.0 Universal", Notation, "", "CC0 1.0 Universal", Some("CC0-1.0")),
        ("CC-BY-5.0", Form, "no version 5.0", "CC-BY-5.0", None),
        ("GPL-3.0", Notation, "GPL-3.0-only, or GPL-3.0-or-later", "GPL-3.0", None),
        ("gpl-2.0+", Notation, "given up", "gpl-2.0+", Some("GPL-2.0-or-later")),
        ("GPLv3", Ambiguous, "GPL-3.0-only, or GPL-3.0-or-later", "GPLv3", None),
        ("GNU General Public License v3", Ambiguous, "GPL-3.0-only", "GNU General Public License v3", None),
        ("MIT OR LGPL-2.1", Notation, "LGPL-2.1-only", "MIT OR LGPL-2.1", None),
        ("Apache 2.0", Notation, "", "Apache 2.0", Some("Apache-2.0")),
        ("Apache License, Version 2.0", Notation, "", "Apache License, Version 2.0", Some("Apache-2.0")),
        ("Apache-2", Notation, "", "Apache-2", Some("Apache-2.0")),
        ("MIT License", Notation, "", "MIT License", Some("MIT")),
        ("BSD", Ambiguous, "which version", "BSD", None),
        ("Appache-2.0", Form, "no licence", "Appache-2.0", Some("Apache-2.0")),
        ("abcdef", Form, "no licence", "abcdef", None),
        ("UNLICENSED", Form, "nobody else may use", "UNLICENSED", None),
        ("NOASSERTION", Placeholder, "no value", "NOASSERTION", None),
        ("(MIT OR Apache-2.0", Form, "a bracket", "(MIT OR Apache-2.0", None),
        ("MIT) AND (ISC", Form, "a bracket", "MIT) AND (ISC", None),
        ("MIT OR OR Apache-2.0", Form, "no licence", "MIT OR OR Apache-2.0", None),
        ("MIT/Apache-2.0", Notation, "OR", "MIT/Apache-2.0", Some("MIT OR Apache-2.0")),
        (" MIT", Form, "white space", " ", Some("MIT")),
        ("n/a", Placeholder, "", "n/a", None),
        (
            "https://creativecommons.org/licenses/by/",
            Ambiguous,
            "which version",
            "https://creativecommons.org/licenses/by/",
            None,
        ),
        (
            "http://creativecommons.org/licenses/by-nd-nc/4.0/",
            Form,
            "no licence `by-nd-nc`",
            "http://creativecommons.org/licenses/by-nd-nc/4.0/",
            Some("http://creativecommons.org/licenses/by-nc-nd/4.0/"),
        ),
        (
            "https://creativecommons.org/licenses/by/4/",
            Form,
            "no version `4`",
            "https://creativecommons.org/licenses/by/4/",
            Some("https://creativecommons.org/licenses/by/4.0/"),
        ),
        ("https://creativecommons.org/", Form, "names no licence", "https://creativecommons.org/", None),
        (
            "https://creativecommons.org/publicdomain/zero",
            Form,
            "version is missing",
            "https://creativecommons.org/publicdomain/zero",
            Some("https://creativecommons.org/publicdomain/zero/1.0/"),
        ),
        (
            "https://spdx.org/licenses/MIT-License",
            Form,
            "",
            "https://spdx.org/licenses/MIT-License",
            Some("https://spdx.org/licenses/MIT"),
        ),
        (
            "https://spdx.org/licenses/GPL-3.0.html",
            Notation,
            "GPL-3.0-only",
            "https://spdx.org/licenses/GPL-3.0.html",
            None,
        ),
        (
            "https://spdx.org/licenses/BSD-2-Clause-FreeBSD.html",
            Notation,
            "given up",
            "https://spdx.org/licenses/BSD-2-Clause-FreeBSD.html",
            Some("https://spdx.org/licenses/BSD-2-Clause-Views"),
        ),
        (
            "http://rightsstatements.org/vocab/InCopyright/1.0/",
            Form,
            "no statement",
            "http://rightsstatements.org/vocab/InCopyright/1.0/",
            None,
        ),
    ];
    assert_faults("licence", rows, license_fault(license::Form::Spdx));
    let rows: [Row; 3] = [
        ("cc-by-nc", Ambiguous, "which version", "cc-by-nc", None),
        ("GPL-2.0", Notation, "given up", "GPL-2.0", None),
        ("Apache2", Notation, "", "Apache2", Some("Apache-2.0")),
    ];
    assert_faults("licence", &rows, license_fault(license::Form::Any));
}

#[test]
fn each_identifier_of_spdx_is_found() {
    let list = include_str!("../../rules/vocabularies/spdx-licenses.txt");
    let ids: Vec<_> = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .map(|id| id.trim_end_matches('~'))
        .collect();
    assert!(ids.len() > 600, "{}", ids.len());
    for id in ids {
        for written in [id.to_owned(), id.to_lowercase(), id.to_uppercase()] {
            let reason = license::parse(&written, license::Form::Spdx).err().map(|fault| fault.reason);
            assert!(reason.as_ref().is_none_or(|reason| reason.contains("given up")), "{written}: {reason:?}");
        }
        let other = format!("{id}q");
        assert!(license::parse(&other, license::Form::Spdx).is_err(), "{other}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is written, there is no panic, faults lie in the value, and what is said to be meant is in order.
    #[test]
    fn any_text_is_read(text in "([a-zA-Z]{0,4}[-_ ;/.é]?){0,4}|(CC|GPL|http://creativecommons.org/|https://spdx.org/licenses/)[a-z0-9./ +-]{0,12}|.{0,12}") {
        for form in [language::Form::Any, language::Form::Bcp47, language::Form::Dspace] {
            assert_sound(&text, language_fault(form));
        }
        for form in [license::Form::Any, license::Form::Spdx] {
            if let Err(fault) = license::parse(&text, form) {
                prop_assert!(text.get(fault.at.clone()).is_some(), "{text:?}: {fault:?}");
                // An identifier that SPDX has given up can be what is meant in an address.
                let again = fault.intended.as_ref().and_then(|meant| license::parse(meant, form).err());
                prop_assert!(again.is_none_or(|again| again.class == Notation), "{text:?}: {fault:?}");
            }
        }
    }

    /// The usual addresses are told at a glance, those with another host's letters are read in full: it is the same.
    #[test]
    fn addresses_of_creative_commons_mean_the_same_however_they_are_read(
        path in "(licenses/by|publicdomain/zero|licenses/)(-nc|-sa|-nd|x){0,2}(/[1-5]\\.[0-9]{0,2}x?([/?#][a-z]{0,3})?)?/?"
    ) {
        let read = |host: &str| license::parse(&format!("https://{host}/{path}"), license::Form::Any).map_err(|fault| fault.class);
        prop_assert_eq!(read("creativecommons.org"), read("CreativeCommons.org"), "{}", path);
    }
}
