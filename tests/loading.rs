//! Mistakes in a format, a rule or a profile: each is said at its place when the files are read.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use reclint::Linter;

const FORMAT: &str = r#"name = "shelf"
title = "Shelf"
describes = "Records of the Shelf repository."
link = "https://shelf.example/{id}"
envelope = ["/records[]"]

[[carrier]]
name = "export"
title = "Shelf record"
body = "/record"
bases = { head = "/head" }
schema = "shelf.schema.json#/$defs/record"
recognise = { has = ["/shelfVersion"] }

[[not-borne]]
fields = ["abstract"]
carriers = ["export"]
unless = "/full"
reason = "the export has no abstracts"
remedy = "ask for them"

[crosswalk]
id = ["@head/mark", "/mark"]
title = "/title"
issued = { at = "/published", form = "w3cdtf" }
creator = { at = "/authors[]", name = "name" }
subject = "/keywords/*"
"#;

const SCHEMA: &str = r#"{ "$defs": { "record": { "properties": {
  "mark": {},
  "title": { "type": "string" },
  "published": { "type": "string" },
  "authors": { "items": { "properties": { "name": {} } } },
  "keywords": { "items": {} }
} } } }"#;

const RULE: &str = r#"+++
name = "no-title"
category = "text"
severity = "info"
status = "preview"
summary = "No title."
field = "title"
formats = ["shelf"]
since = "0.1.0"
beats = ["missing-title"]
message = "No title."

[check]
kind = "missing"
unless = "draft"

[check.or-in]
shelf = ["abstract"]

[[case]]
formats = ["shelf"]
when = "in-review"
message = "Still no title."
+++
"#;

const PROFILE: &str = "name = \"strict\"\ndescribes = \"Strict.\"\nextends = \"datacite-4.7\"\n";

const FORMAT_PATH: &str = "schemas/shelf/format.toml";
const SCHEMA_PATH: &str = "schemas/shelf/shelf.schema.json";
const RULE_PATH: &str = "rules/text/no-title.md";
const PROFILE_PATH: &str = "rules/profiles/strict.toml";

/// What is said when in the file at `path` the first `right` is `wrong`.
fn said((path, right, wrong): (&str, &str, &'static str)) -> String {
    let all = [(FORMAT_PATH, FORMAT), (SCHEMA_PATH, SCHEMA), (RULE_PATH, RULE), (PROFILE_PATH, PROFILE)];
    let files = all.map(|(known, text)| {
        assert!(known != path || text.contains(right), "{path} has no {right}");
        (known, if known == path { &*text.replacen(right, wrong, 1).leak() } else { text })
    });
    let built = Linter::builder().files(files).build().and_then(|linter| linter.verify());
    let said = built.map_or_else(|error| error.to_string(), |()| "nothing".to_owned());
    format!("{wrong}\n{said}\n")
}

/// What is said of each mistake of a table.
fn all_said<const N: usize>(path: &'static str, mistakes: [(&'static str, &'static str); N]) -> String {
    mistakes.map(|(right, wrong)| said((path, right, wrong))).join("\n")
}

#[test]
fn of_right_files_nothing_is_said() {
    assert_eq!(said((FORMAT_PATH, "name = \"shelf\"", "name = \"shelf\"")), "name = \"shelf\"\nnothing\n");
}

#[test]
fn an_error_does_not_carry_the_file_along() {
    let error = Linter::builder().files([(FORMAT_PATH, "nome = \"shelf\"")]).build().expect_err("it is no format");
    assert!(!format!("{error:?}").contains("nome ="), "{error:?}");
}

#[test]
fn schemas_that_are_not_there_or_do_not_compile() {
    let named = all_said(
        FORMAT_PATH,
        [
            ("\"shelf.schema.json#/$defs/record\"", "\"shelve.schema.json#/$defs/record\""),
            ("#/$defs/record", "#/$defs/item"),
            ("title = \"/title\"", "title = \"/titel\""),
            ("\"/authors[]\"", "\"/authors[][kind!=Role]\""),
            ("\"/authors[]\"", "\"/authors[][^=https://x/][*=y][name!=z]\""),
        ],
    );
    let written = all_said(
        SCHEMA_PATH,
        [
            ("\"mark\": {},", "\"mark\": {}"),
            ("\"type\": \"string\"", "\"type\": \"sting\""),
            ("\"mark\": {}", "\"mark\": { \"$ref\": \"#/$defs/mark\" }"),
        ],
    );
    insta::assert_snapshot!(format!("{named}\n{written}"));
}

#[test]
fn a_record_that_its_schema_could_not_judge_is_not_clean() {
    let schema = SCHEMA.replace("\"mark\": {}", "\"mark\": { \"$ref\": \"#/$defs/mark\" }").leak();
    let linter = Linter::builder().files([(FORMAT_PATH, FORMAT), (SCHEMA_PATH, schema)]).build();
    let linter = linter.unwrap_or_else(|error| panic!("{error}"));
    let report = linter.check("a.json", br#"{ "shelfVersion": 2, "record": { "title": 7 } }"#);
    let found = report.findings.iter().find(|finding| &*finding.rule == "internal-error").expect("it is said");
    assert!(found.message.contains("shelf.schema.json:2:21: this reference leads nowhere"), "{}", found.message);
}

/// What stands in CONTRIBUTING.md between the first `begin` behind `heading` and the next `end`.
fn of_contributing(heading: &str, begin: &str, end: &str) -> &'static str {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/CONTRIBUTING.md")).expect("it is there");
    let behind = page.split_once(heading).and_then(|(_, behind)| behind.split_once(begin)).expect("it is in it").1;
    behind.split_once(end).expect("it ends").0.to_owned().leak()
}

#[test]
fn the_format_of_contributing_is_right() {
    let format = of_contributing("`schemas/shelf/format.toml`:", "```toml\n", "```\n");
    let schema = of_contributing("`schemas/shelf/shelf.schema.json`:", "```json\n", "```\n");
    let record = of_contributing("records look so:", "```json\n", "```\n");
    let linter = Linter::builder().files([(FORMAT_PATH, format), (SCHEMA_PATH, schema)]).build();
    let linter = linter.unwrap_or_else(|error| panic!("{error}"));
    linter.verify().unwrap_or_else(|error| panic!("{error}"));
    let report = linter.check("a.json", record.as_bytes());
    assert_eq!(report.summary.records_by_carrier.get("shelf/export"), Some(&1), "{report:?}");
    assert!(report.findings.iter().all(|finding| &*finding.rule != "schema-violation"), "{report:?}");
}

#[test]
fn names_in_a_format_that_stand_for_nothing() {
    let said = all_said(
        FORMAT_PATH,
        [
            ("name = \"shelf\"", "name = \"shelve\""),
            ("shelf.example/{id}", "shelf.example/{ids}"),
            ("shelf.example/{id}", "shelf.example/id"),
            ("envelope = [\"/records[]\"]", "envelope = [\"@root/records[]\"]"),
            ("{ has = [\"/shelfVersion\"] }", "{ has = [\"@id\"] }"),
            ("{ has = [\"/shelfVersion\"] }", "{ equals = { \"@type\" = \"Shelf\" } }"),
            ("{ has = [\"/shelfVersion\"] }", "{ has = [\"/shelfVersion\"], some = [\"/mark\", \"/title\"] }"),
            ("{ has = [\"/shelfVersion\"] }", "{ some = [\"/mark\", \"/title\"], at-least = 3 }"),
            ("carriers = [\"export\"]", "carriers = [\"exprot\"]"),
            ("unless = \"/full\"", "unless = \"@head/full\""),
            ("body = \"/record\"", "body = \"/record\"\nlook-up = { in = \"/parts[][@]\", by = \"id\" }"),
            ("body = \"/record\"", "body = \"/record\"\nlook-up = { in = \"/parts[]\" }"),
        ],
    );
    insta::assert_snapshot!(said);
}

#[test]
fn crosswalks() {
    let said = all_said(
        FORMAT_PATH,
        [
            ("form = \"w3cdtf\"", "frm = \"w3cdtf\""),
            ("at = \"/authors[]\"", "att = \"/authors[]\""),
            ("name = \"name\"", "nmae = \"name\""),
            ("issued = {", "version-numb = {"),
            ("\"@head/mark\"", "\"@id\""),
            ("\"/title\"", "\"/[type=main]\""),
            ("\"/title\"", "\"/[]/title\""),
            ("\"/title\"", "\"/names/*[^=]/title\""),
            ("\"/title\"", "\"/names/*[=main]\""),
            ("\"/title\"", "\"/names[type/title\""),
            ("\"/title\"", "\"/names//title\""),
            ("name = \"name\"", "name = \"given//name\""),
            ("name = \"name\"", "name = \"work[@]/name\""),
        ],
    );
    insta::assert_snapshot!(said);
}

#[test]
fn names_in_a_rule_that_stand_for_nothing() {
    let said = all_said(
        RULE_PATH,
        [
            ("formats = [\"shelf\"]", "formats = [\"shelve\"]"),
            ("beats = [\"missing-title\"]", "beats = [\"mising-title\"]"),
            ("shelf = [\"abstract\"]", "shlef = [\"abstract\"]"),
            ("shelf = [\"abstract\"]", "shelf = \"abstrct\""),
            ("formats = [\"shelf\"]\nwhen", "formats = [\"shlef\"]\nwhen"),
        ],
    );
    let profile = all_said(PROFILE_PATH, [("datacite-4.7", "datacite-4.6"), ("datacite-4.7", "strict")]);
    insta::assert_snapshot!(format!("{said}\n{profile}"));
}

#[test]
fn rules_that_could_never_fire() {
    let said = all_said(
        RULE_PATH,
        [
            ("field = \"title\"", "field = \"version-number\""),
            ("unless = \"draft\"", "when = \"issued and version-number\""),
            ("unless = \"draft\"", "unless = \"draft or not draft\""),
            ("[[case]]\nformats = [\"shelf\"]\n", "[[case]]\nseverity = \"info\"\n\n[[case]]\nformats = [\"shelf\"]\n"),
        ],
    );
    insta::assert_snapshot!(said);
}

#[test]
fn conditions_and_words() {
    let said = all_said(
        RULE_PATH,
        [
            ("unless = \"draft\"", "unless = \"draft = true\""),
            ("unless = \"draft\"", "unless = 'draft not in [\"a\"]'"),
            ("unless = \"draft\"", "unless = \"draft withdrawn\""),
            ("unless = \"draft\"", "unless = \"version-numb\""),
            ("unless = \"draft\"", "unless = \"version > today\""),
            ("\"No title.\"\n\n", "\"Not \\\"{titel}\\\".\"\n\n"),
            ("\"No title.\"\n\n", "\"Not {version-numb}.\"\n\n"),
            ("\"No title.\"\n\n", "\"Not {nought}.\"\n\n"),
            ("\"No title.\"\n\n", "\"There is[ {related}].\"\n\n"),
            ("\"Still no title.\"", "\"There is {related}.\""),
        ],
    );
    insta::assert_snapshot!(said);
}
