//! YAML through the front door: the examples of CITATION.cff, what is ours on a walk, other formats written so.

use crate::support::{Place, gzip, run};

const ZENODO: &str =
    "title: Snow depth\nupload_type: software\ncreators:\n- name: Keller, Ruth\n  orcid: 0000-0002-1825-0098\n";
const DATACITE: &str = "doi: 10.5061/dryad.8515\r\ncreators:\r\n- name: \"\"\r\ntitles:\r\n- title: Schneehöhe\r\n\
                        publisher: EnviDat\r\npublicationYear: 2018\r\ntypes: {resourceTypeGeneral: Dataset}\r\n";

#[test]
fn the_examples() {
    insta::assert_snapshot!(run(&["check", "--isolated", "examples/cff"]));
    insta::assert_snapshot!(run(&["formats", "examples/cff/sound/CITATION.cff", "--fields"]));
}

#[test]
fn what_is_ours_and_what_is_passed_over() {
    let place = Place::new("yaml")
        .file("ci.yml", "on: push\njobs: {}\n")
        .file("broken.yaml", "a: [\n")
        .file("latin.cff", b"caf\xE9: 1\n")
        .file("CITATION.cff", "cff-version: 1.2.0\ntitle: a: b\n")
        .file("b/CITATION.cff", "\u{feff}cff-version: 1.3.0\ntitle: ü\n")
        .file("b/CITATION.cff.gz", gzip("Please cite us.\n"))
        .file("zenodo.yml", ZENODO)
        .file("datacite.yaml", DATACITE);
    let words = ["check", "--output-format", "concise", "--for", "auditor"];
    insta::assert_snapshot!(place.run(&[&words[..], &["."]].concat()));
    insta::assert_snapshot!(place.run(&[&words[..], &["ci.yml", "broken.yaml", "latin.cff"]].concat()));
    insta::assert_snapshot!(place.run_with(&["check", "--stdin-filename", "x.yaml", "-"], DATACITE));
}

#[test]
fn a_block_that_is_the_whole_file() {
    let place = Place::new("yaml-block").file("CITATION.cff", " >-\n");
    let run = place.run(&["check", ".", "--isolated", "--output-format", "concise"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stdout.contains("CITATION.cff:1:2 warning unknown-format"), "{run}");
}

#[test]
fn a_date_of_release_is_asked_for_as_a_whole_day() {
    for date in ["2025-02-31", "soon"] {
        let place = Place::new("yaml-day").file("CITATION.cff", format!("cff-version: 1.2.0\ndate-released: {date}\n"));
        let run = place.run(&["check", ".", "--isolated"]);
        assert!(run.stdout.contains("whole day is wanted here"), "{run}");
        assert!(!run.stdout.contains("the year and month alone"), "{run}");
    }
}
