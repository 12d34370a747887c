//! Versions of releases, and licences as they are compared across files.

use reclint::value::license::choices;
use reclint::value::release::Release;

#[test]
fn releases_are_dotted_numbers() {
    let read = |text: &str| Release::read(text).expect(text);
    for (one, other) in [("1.2", "v1.2.0"), ("V24.04", "24.4"), (" 2 ", "2.0.0.0")] {
        assert!(read(one) == read(other), "{one} {other}");
    }
    for (older, newer) in [("1.9", "1.10"), ("v0.9.9", "1"), ("1.2", "1.2.0.1"), ("2019.1", "2020")] {
        assert!(read(older) < read(newer), "{older} {newer}");
    }
    let in_the_making = ["1.3.0-rc.1", "1.3.0.dev0", "2.0a1", "1.0-SNAPSHOT", "0.1.0.9000", "1.2.3+build", "1.2.3-4"];
    let other = ["", "v", "1..2", "2024-01-15", "main", "-1", "1.x", "99999999999999999999999"];
    for text in in_the_making.into_iter().chain(other) {
        assert!(Release::read(text).is_none(), "{text}");
    }
}

#[test]
fn licences_are_the_same_however_a_file_has_to_write_them() {
    let goes = |one: &str, other: &str| {
        let (one, other) = (choices(one).expect(one), choices(other).expect(other));
        one.iter().any(|one| other.iter().any(|other| one.goes_with(other)))
    };
    for (one, other) in [
        ("MIT", "mit"),
        ("MIT", "MIT + file LICENSE"),
        ("MIT License", "https://spdx.org/licenses/MIT.html"),
        ("MIT", "https://opensource.org/license/mit"),
        ("Apache-2.0", "Apache License (>= 2)"),
        ("Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
        ("Apache-2.0", "https://opensource.org/licenses/apache-2-0"),
        ("MIT OR Apache-2.0", "Apache-2.0"),
        ("MIT/Apache-2.0", "(Apache-2.0 OR MIT) AND Unicode-DFS-2016"),
        ("GPL-3.0", "GPL-3.0-only"),
        ("GPL-3.0-or-later", "GPL (>= 2) | file LICENSE"),
        ("GPL-3", "https://www.gnu.org/licenses/gpl-3.0.en.html"),
        ("GPL-2 | GPL-3", "GPL-3.0-only"),
        ("GPLv2+", "GPL-3.0-only"),
        ("LGPL (>= 2.1)", "LGPL-3.0"),
        ("BSD-3-Clause", "BSD_3_clause + file LICENSE"),
        ("Apache-2.0 WITH LLVM-exception", "Apache-2.0"),
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/legalcode"),
        ("cc-by-4.0", "CC BY 4.0"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ] {
        assert!(goes(one, other), "{one} {other}");
    }
    for (one, other) in [
        ("MIT", "Apache-2.0"),
        ("GPL-2.0-only", "GPL-3.0-or-later"),
        ("GPL-3.0", "LGPL-3.0"),
        ("CC-BY-4.0", "CC-BY-SA-4.0"),
        ("BSD-2-Clause", "BSD-3-Clause"),
    ] {
        assert!(!goes(one, other), "{one} {other}");
    }
    let unknown = [
        "",
        "LICENSE",
        "file LICENSE",
        "SEE LICENSE IN LICENSE",
        "UNLICENSED",
        "BSD",
        "Proprietary",
        "other-open",
        "https://github.com/a/b/blob/main/LICENSE",
        "MIT or what the file says",
    ];
    for text in unknown {
        assert!(choices(text).is_none(), "{text}: {:?}", choices(text));
    }
}
