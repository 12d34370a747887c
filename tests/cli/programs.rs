//! Reports for other programs: each is what its readers take, says the same as `ndjson`, and lets no record through.

use std::collections::HashSet;
use std::fmt::Write;

use serde_json::Value;

use crate::support::{BROKEN, CLEAN, Place, Run, blocks, gzip, project, reclint, run};

/// All formats but those for people and spreadsheets, which have tests of their own.
const FORMATS: [&str; 9] =
    ["sarif", "github", "gitlab", "azure", "junit", "checkstyle", "rdjson", "markdown", "template"];

/// The records that golden reports are of: in lines, one of them cut short, one alone, and in a table.
const EXAMPLES: [&str; 3] =
    ["examples/datacite/records.ndjson", "examples/dspace/in-review.json", "examples/dspace/export.csv"];

/// A title that would be markup, a command or a reference if it were let.
const EVIL: &str = "::error::x | `tick` <script>alert(1)</script> ]]> @octocat #1 %0A \\u0007\\u0000 ##vso[task.complete]\\n::error::y";

fn said(format: &str) -> String {
    run(&[&["check", "--output-format", format], &EXAMPLES[..]].concat()).stdout
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

/// Weird records in weird places: a name to be encoded, the same twice, nothing but a beginning, a suggestion.
fn weird(name: &str) -> Place {
    // A letter of two bytes stands before the date.
    let dated = doubtful().replace("Ruth", "Rüth");
    Place::new(name)
        .file("a b/größe,1:2;%.json", BROKEN.replace("Snow depth", EVIL))
        .file("twice.ndjson", format!("{BROKEN}\n").repeat(3))
        .file("cut.json", "{\"doi\":")
        .file("dated.json", dated)
        .file("clean.json", CLEAN)
        .file("list.md.j2", "{% for f in findings %}\n{{ f.rule }}\n{% endfor %}\n")
}

/// A run over all of that; of a template a line a finding.
fn report(place: &Place, format: &str, more: &[&str]) -> Run {
    let template: &[&str] = if format == "template" { &["--template", "list.md.j2"] } else { &[] };
    place.run(&[&["check", ".", "--output-format", format], template, more].concat())
}

/// The findings as `ndjson` has them.
fn findings(place: &Place) -> Vec<Value> {
    let run = report(place, "ndjson", &[]);
    run.stdout.lines().map(json).filter(|line| line.get("rule").is_some()).collect()
}

#[test]
fn golden_reports() {
    for format in ["github", "gitlab", "azure", "junit", "checkstyle", "rdjson", "markdown"] {
        insta::assert_snapshot!(format!("as_{format}"), said(format));
    }
}

#[test]
fn golden_sarif() {
    let mut report = json(&said("sarif"));
    let rules = report["runs"][0]["tool"]["driver"]["rules"].as_array_mut().expect("there are rules");
    for rule in rules.iter_mut().skip(1) {
        *rule = rule["id"].take();
    }
    insta::assert_snapshot!("as_sarif", serde_json::to_string_pretty(&report).expect("it is plain data"));
}

#[test]
fn sarif_keeps_the_schema_of_its_standard() {
    let schema = std::fs::read(project().join("tests/data/sarif/sarif-schema-2.1.0.json")).expect("it is there");
    let schema: Value = serde_json::from_slice(&schema).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let holds = |text: &str| {
        let report = json(text);
        let wrong: Vec<_> =
            validator.iter_errors(&report).map(|error| format!("{error} {}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        report
    };
    let mut examples = holds(&said("sarif"));
    examples["runs"][0]["columnKind"] = "bytes".into();
    assert!(!validator.is_valid(&examples), "the schema says something");
    let place = weird("sarif").file("broken.ndjson.gz", &gzip(&format!("{BROKEN}\n").repeat(1000))[..120]);
    let report = holds(&report(&place, "sarif", &[]).stdout);
    let invocation = &report["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert!(
        invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().expect("a text").contains("broken")
    );
    let empty =
        holds(&Place::new("sarif-empty").file("a.json", CLEAN).run(&["check", "--output-format", "sarif"]).stdout);
    let run = &empty["runs"][0];
    assert_eq!(
        (run["results"].as_array().map(Vec::len), &run["invocations"][0]["executionSuccessful"]),
        (Some(0), &true.into())
    );
}

#[test]
fn sarif_leads_to_the_place() {
    let place = weird("sarif-places");
    let report = json(&report(&place, "sarif", &[]).stdout);
    let run = &report["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("a list");
    let results = run["results"].as_array().expect("a list");
    assert_eq!(results.len(), findings(&place).len());
    let mut texts = HashSet::new();
    for result in results {
        let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("a number");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place_of = &result["locations"][0]["physicalLocation"];
        let uri = place_of["artifactLocation"]["uri"].as_str().expect("a text");
        texts.insert(uri.to_owned());
        let path = if uri.starts_with("a%20b/") { "a b/größe,1:2;%.json" } else { uri };
        // Bytes and characters lead to the same stretch.
        let (text, region) = (place.text(path), &place_of["region"]);
        let number = |name: &str| usize::try_from(region[name].as_u64().expect(name)).expect("it is small");
        let bytes = &text[number("byteOffset")..number("byteOffset") + number("byteLength")];
        let line = text.lines().nth(number("startLine") - 1).expect("the line is there");
        if number("startLine") == number("endLine") {
            let characters =
                line.chars().skip(number("startColumn") - 1).take(number("endColumn") - number("startColumn"));
            assert_eq!(characters.collect::<String>(), bytes);
        }
    }
    assert!(texts.contains("a%20b/gr%C3%B6%C3%9Fe%2C1%3A2%3B%25.json"), "{texts:?}");
    let levels: Vec<_> = results.iter().map(|result| result["level"].as_str().expect("a text")).collect();
    assert!(levels.is_sorted_by_key(|level| ["error", "warning", "note"].iter().position(|known| known == level)));
}

#[test]
fn sarif_gives_no_bytes_that_are_not_those_of_the_file() {
    let page = "Water under the glacier\nDate\n07.04.2017\nAuthors\nKüller, Ruth\nPublisher\nEnviDat\nURI\nx\n";
    let recoded: Vec<u8> = page.chars().map(|letter| u8::try_from(u32::from(letter)).expect("it is Latin-1")).collect();
    let place = Place::new("sarif-bytes")
        .file("utf8", page)
        .file("western", recoded)
        .file("packed.json.gz", crate::support::gzip(BROKEN))
        .file("a.json", BROKEN);
    for (path, has_bytes) in [("utf8", true), ("western", false), ("packed.json.gz", false), ("a.json", true)] {
        let run = place.run(&["check", "--isolated", path, "--output-format", "sarif"]);
        let report = json(&run.stdout);
        let results = report["runs"][0]["results"].as_array().expect("a list");
        assert!(!results.is_empty(), "{path}: {run}");
        for result in results {
            let region = &result["locations"][0]["physicalLocation"]["region"];
            assert_eq!(region["byteOffset"].is_u64(), has_bytes, "{path}: {region}");
            assert!(region["startColumn"].is_u64(), "{path}: {region}");
        }
    }
}

#[test]
fn sarif_gives_no_bytes_of_packed_standard_input() {
    let place = Place::new("sarif-packed-input");
    for (input, has_bytes) in [(gzip(BROKEN), false), (BROKEN.as_bytes().to_vec(), true)] {
        let run = place.run_with(&["check", "--isolated", "-", "--output-format", "sarif"], input);
        let region = &json(&run.stdout)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
        assert!(region["startColumn"].is_u64() && region["byteOffset"].is_u64() == has_bytes, "{region}");
    }
}

#[test]
fn sarif_of_an_earlier_version_is_written_anew() {
    let place = Place::new("sarif-earlier").file("a.json", BROKEN);
    let words = ["check", "--isolated", ".", "--output-format", "sarif", "-o", "r.sarif.json"];
    assert_eq!(place.run(&words).code, Some(1));
    let earlier = place.text("r.sarif.json").replace(env!("CARGO_PKG_VERSION"), "0.0.9");
    let place = place.file("r.sarif.json", earlier);
    let run = place.run(&words);
    assert!(run.code == Some(1) && !place.text("r.sarif.json").contains("0.0.9"), "{run}");
}

#[test]
fn a_suggestion_is_an_exact_edit() {
    let place = weird("edits");
    let text = place.text("dated.json");
    let report_of = |format| {
        json(&place.run(&["check", "dated.json", "--select", "malformed-date", "--output-format", format]).stdout)
    };
    let change = &report_of("sarif")["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
    let replacement = &change["replacements"][0];
    let number = |name: &str| usize::try_from(replacement["deletedRegion"][name].as_u64().expect(name)).expect("small");
    let mut mended = text.clone();
    let written = replacement["insertedContent"]["text"].as_str().expect("a text");
    mended.replace_range(number("byteOffset")..number("byteOffset") + number("byteLength"), written);
    assert_eq!(mended, text.replace("07.04.2017", "2017-04-07"));
    // reviewdog counts bytes: the letter before is two.
    let suggestion = report_of("rdjson")["diagnostics"][0]["suggestions"][0].take();
    let column = suggestion["range"]["start"]["column"].as_u64().expect("a number");
    assert_eq!(
        (suggestion["text"].as_str(), column),
        (Some("\"2017-04-07\""), text.find("\"07.04.").expect("it is there") as u64 + 1)
    );
}

#[test]
fn gitlab_tells_the_same_thrice_apart() {
    let place = weird("gitlab");
    let report = json(&report(&place, "gitlab", &[]).stdout);
    let problems = report.as_array().expect("a list");
    assert_eq!(problems.len(), findings(&place).len());
    let fingerprints: HashSet<_> =
        problems.iter().map(|problem| problem["fingerprint"].as_str().expect("a text")).collect();
    assert_eq!(fingerprints.len(), problems.len());
    for problem in problems {
        let severity = problem["severity"].as_str().expect("a text");
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        assert!(problem["location"]["lines"]["begin"].as_u64().is_some_and(|line| line > 0));
        assert!(problem["location"]["path"].as_str().is_some_and(|path| !path.starts_with("./")));
        let (name, said) = (problem["check_name"].as_str(), problem["description"].as_str());
        assert!(said.expect("a text").starts_with(name.expect("a text")));
    }
}

#[test]
fn rdjson_has_what_reviewdog_reads() {
    let place = weird("rdjson");
    let report = json(&report(&place, "rdjson", &[]).stdout);
    let diagnostics = report["diagnostics"].as_array().expect("a list");
    assert_eq!((report["source"]["name"].as_str(), diagnostics.len()), (Some("reclint"), findings(&place).len()));
    let schema = json(include_str!("../data/rdjson/rdjson.schema.json"));
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let broken: Vec<_> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(diagnostics.iter().any(|diagnostic| diagnostic["suggestions"].is_array()), "one has an edit");
}

#[test]
fn junit_reads_back() {
    let place = weird("junit").file("broken.ndjson.gz", &gzip(&format!("{BROKEN}\n").repeat(1000))[..120]);
    let read = |fail_on| {
        let text = report(&place, "junit", &["--fail-on", fail_on]).stdout;
        roxmltree::Document::parse(&text).expect("it is XML");
        quick_junit::Report::deserialize_from_str(&text).expect("it is JUnit")
    };
    // Six records, four of them with an error, and an archive that breaks. What is cut short is not ours on a walk.
    let strict = read("error");
    assert_eq!((strict.tests, strict.failures, strict.errors), (7, 4, 1));
    let stricter = read("warning");
    assert_eq!((stricter.tests, stricter.failures, stricter.errors), (7, 5, 1));
    for suite in &strict.test_suites {
        let names: HashSet<_> = suite.test_cases.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(names.len(), suite.test_cases.len(), "readers tell cases by their names");
        assert_eq!(suite.tests, suite.test_cases.len());
    }
    let dated = |report: &quick_junit::Report| {
        let suite = report.test_suites.iter().find(|suite| suite.name.as_str() == "dated.json").expect("it is there");
        let out = suite.test_cases[0].system_out.as_ref().map(|out| out.as_str().to_owned());
        (suite.failures, out.is_some_and(|out| out.contains("malformed-date")))
    };
    assert_eq!((dated(&strict), dated(&stricter)), ((0, true), (1, false)));
}

#[test]
fn junit_judges_a_rate_as_a_whole() {
    let place = Place::new("junit-rate").file("a.ndjson", format!("{BROKEN}\n{CLEAN}\n"));
    for (rate, failures, code) in [("50%", 0, 0), ("40%", 1, 1)] {
        let rate = format!("invalid-doi={rate}");
        let run = place.run(&["check", "a.ndjson", "--output-format", "junit", "--max-rate", &rate]);
        let report = quick_junit::Report::deserialize_from_str(&run.stdout).expect("it is JUnit");
        assert_eq!((report.tests, report.failures, run.code), (3, failures, Some(code)), "{run}");
    }
    // What is not written fails nonetheless.
    let run = place.run(&["check", "a.ndjson", "--output-format", "junit", "--max-findings-per-rule", "0"]);
    let report = quick_junit::Report::deserialize_from_str(&run.stdout).expect("it is JUnit");
    assert_eq!((report.tests, report.failures), (2, 1), "{run}");
}

#[test]
fn checkstyle_is_xml() {
    let place = weird("checkstyle");
    let text = report(&place, "checkstyle", &[]).stdout;
    let document = roxmltree::Document::parse(&text).expect("it is XML");
    let named = |name: &'static str| document.descendants().filter(move |node| node.has_tag_name(name));
    assert_eq!(named("error").count(), findings(&place).len());
    let files: Vec<_> = named("file").filter_map(|file| file.attribute("name")).collect();
    let mut told: Vec<_> =
        findings(&place).iter().map(|one| one["path"].as_str().expect("a text").to_owned()).collect();
    told.dedup();
    assert_eq!(files, told);
    assert!(named("error").all(|error| error.attribute("line").is_some_and(|line| line.parse::<u64>().is_ok())));
}

#[test]
fn no_record_is_a_command_or_markup() {
    let place = weird("evil");
    for (format, begins) in [("github", "::"), ("azure", "##vso[")] {
        let text = report(&place, format, &[]).stdout;
        let (commands, rest): (Vec<_>, Vec<_>) = text.lines().partition(|line| line.starts_with(begins));
        assert!(commands.iter().all(|line| line.contains("file=") || line.contains("sourcepath=")), "{text}");
        assert!(
            commands.len() > 5 && !rest.iter().any(|line| line.contains("error::") || line.contains("##")),
            "{text}"
        );
    }
    let github = report(&place, "github", &[]).stdout;
    assert!(github.contains("file=a b/größe%2C1%3A2;%25.json,"), "{github}");
    let azure = report(&place, "azure", &[]).stdout;
    assert!(azure.contains("sourcepath=a b/größe,1:2%3B%AZP25.json;"), "{azure}");
    let markdown = report(&place, "markdown", &[]).stdout;
    assert!(!markdown.contains("<script") && !markdown.contains("@octocat") && !markdown.contains(" #1"), "{markdown}");
    // Where Markdown is read, there are our words alone.
    let (mut in_html, mut evil) = (false, 0);
    for line in markdown.lines() {
        in_html = (in_html || line.starts_with("<details>") || line.starts_with("<ul>")) && !line.is_empty();
        evil += usize::from(line.contains("octocat"));
        assert!(in_html || !line.contains("octocat"), "{line}");
    }
    assert!(evil > 0);
}

#[test]
fn text_in_a_log_is_no_command() {
    let place = weird("log");
    let run = |variable: &str, value: &str| -> Run {
        let mut command = reclint(&place.folder, &["check", "a b", "--output-format", "pretty"]);
        command.env(variable, value).output().expect("the program starts").into()
    };
    let is_command = |line: &str| line.trim_start().starts_with("::") || line.contains("##vso[");
    assert!(run("TERM", "dumb").stdout.lines().any(is_command), "the test would notice");
    for (variable, value) in [("GITHUB_ACTIONS", "true"), ("TF_BUILD", "True")] {
        let said = run(variable, value);
        assert!(!said.stdout.lines().any(is_command), "{said}");
    }
}

#[test]
fn github_shows_ten_of_each_and_says_so() {
    let place = Place::new("github-many").file("many.ndjson", format!("{BROKEN}\n").repeat(30));
    let run = place.run(&["check", "--output-format", "github"]);
    let begins = |begin: &str| run.stdout.lines().filter(|line| line.starts_with(begin)).count();
    assert_eq!((begins("::error "), begins("::warning "), begins("::notice ")), (10, 0, 0), "{run}");
    let last: Vec<_> = run.stdout.lines().skip(10).collect();
    insta::assert_snapshot!(format!("{}\n{}", last.join("\n"), run.stderr));
    // Errors come first, wherever they stand.
    let place =
        Place::new("github-late").file("a.ndjson", format!("{}{BROKEN}\n", format!("{}\n", doubtful()).repeat(30)));
    let run = place.run(&["check", "--output-format", "github"]);
    assert!(run.stdout.starts_with("::error file=a.ndjson,line=31,"), "{run}");
}

/// A record with a warning and no error.
fn doubtful() -> String {
    CLEAN.replace(r#""publicationYear""#, r#""dates":[{"date":"07.04.2017","dateType":"Issued"}],"publicationYear""#)
}

#[test]
fn thirty_thousand_findings() {
    let mut many = String::new();
    for number in 0..30_000 {
        let record = if number % 10 == 9 { BROKEN.to_owned() } else { doubtful() };
        let _ = writeln!(many, "{}", record.replace("Snow depth", &format!("Snow depth {number}")));
    }
    let place = Place::new("thirty-thousand")
        .file("many.ndjson", many)
        .file("list.md.j2", "{{ findings|length }} {{ left_out }}\n");
    let sarif = report(&place, "sarif", &["--select", "invalid-doi,malformed-date"]);
    let run = &json(&sarif.stdout)["runs"][0];
    let results = run["results"].as_array().expect("a list");
    let errors = results.iter().filter(|result| result["level"] == "error").count();
    assert_eq!((results.len(), errors), (25_000, 3_000));
    let note = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert!(note.as_str().is_some_and(|note| note.starts_with("5,000 warnings")), "{note}");
    assert!(sarif.stderr.contains("5,000 warnings"), "{}", sarif.stderr);
    assert_eq!(run["properties"]["summary"]["findings"]["warning"], 27_000);
    let quiet = report(&place, "sarif", &["--select", "invalid-doi,malformed-date", "-q"]);
    assert_eq!(quiet.stderr, "");
    let markdown = report(&place, "markdown", &["--select", "invalid-doi,malformed-date"]);
    assert!(markdown.stdout.len() < 1_000_000);
    assert!(markdown.stdout.contains("| `malformed-date` | warning | 27,000 |"), "{}", markdown.stdout.len());
    assert!(markdown.stdout.contains("29,800 findings not shown"), "{}", markdown.stderr);
    let listed = report(&place, "template", &["--select", "invalid-doi,malformed-date"]);
    assert_eq!(listed.stdout, "25000 5000\n", "{}", listed.stderr);
    let one = report(&place, "gitlab", &["--threads", "1", "--select", "invalid-doi"]).stdout;
    assert!(one == report(&place, "gitlab", &["--threads", "5", "--select", "invalid-doi"]).stdout);
}

#[test]
fn long_texts_keep_the_summary_small() {
    let long = BROKEN.replace("Snow depth", &"<é> & long ".repeat(400));
    let place = Place::new("long-markdown").file("a.ndjson", format!("{long}\n").repeat(200));
    for rules in ["all", "invalid-doi"] {
        let run = place.run(&["check", "--extend-select", rules, "--output-format", "markdown"]);
        assert!(run.stdout.len() <= 1_000_000 && run.stdout.ends_with("</ul>\n"), "{}", run.stdout.len());
    }
}

#[test]
fn no_report_changes_the_exit_code() {
    let place = Place::new("all-codes")
        .file("clean.json", CLEAN)
        .file("doubtful.json", doubtful())
        .file("bad.json", BROKEN)
        .file("cut.json", "{")
        .file("broken.ndjson.gz", &gzip(&format!("{BROKEN}\n").repeat(1000))[..120])
        .file("list.md.j2", "{{ summary.records }}\n");
    let thresholds: [&[&str]; 6] = [
        &[],
        &["--fail-on", "warning"],
        &["--fail-on", "info"],
        &["--exit-zero"],
        &["--max-rate", "invalid-doi=100%"],
        &["--max-findings-per-rule", "0"],
    ];
    let codes = |file: &str| match file {
        "clean.json" => [0, 0, 0, 0, 0, 0],
        "doubtful.json" => [0, 1, 1, 0, 0, 0],
        "bad.json" => [1, 1, 1, 0, 0, 1],
        "cut.json" => [1, 1, 1, 0, 1, 1],
        _ => [2; 6],
    };
    for file in ["clean.json", "doubtful.json", "bad.json", "cut.json", "broken.ndjson.gz", "none.json"] {
        for (threshold, code) in thresholds.iter().zip(codes(file)) {
            for format in FORMATS.into_iter().chain(["pretty", "concise", "json", "ndjson", "csv", "html"]) {
                let template: &[&str] = if format == "template" { &["--template", "list.md.j2"] } else { &[] };
                let words = [
                    &["check", file, "--select", "invalid-doi,malformed-date,syntax-error", "--output-format", format],
                    template,
                    threshold,
                ]
                .concat();
                let run = place.run(&words);
                assert_eq!(run.code, Some(code), "{words:?}\n{run}");
            }
        }
    }
}

#[test]
fn nothing_found_is_a_report_too() {
    let place = Place::new("nothing").file("a.json", CLEAN).file("list.md.j2", "none\n").file("none.txt", "");
    let said: Vec<_> = FORMATS
        .into_iter()
        .filter(|format| *format != "sarif")
        .map(|format| format!("# {format}\n{}", report(&place, format, &[]).stdout))
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn standard_input_has_its_name() {
    let place = Place::new("from-stdin");
    for (name, shown) in [(None, "&lt;stdin&gt;"), (Some("one.json"), "one.json")] {
        let named: Vec<_> = name.into_iter().flat_map(|name| ["--stdin-filename", name]).collect();
        let run = place.run_with(&[&["check", "-", "--output-format", "checkstyle"], &named[..]].concat(), BROKEN);
        assert!(run.stdout.contains(&format!("<file name=\"{shown}\">")), "{run}");
    }
}

#[test]
fn in_github_actions_annotations_stand_beside_the_text() {
    let place = Place::new("in-ci").file("a.json", BROKEN);
    let in_ci = |variable: &str, more: &[&str]| -> Run {
        let mut command = reclint(&place.folder, &[&["check", "a.json"], more].concat());
        command.env(variable, "true").output().expect("the program starts").into()
    };
    let plain = place.run(&["check", "a.json"]);
    let beside = in_ci("GITHUB_ACTIONS", &[]);
    let annotations = beside.stdout.strip_prefix(&*plain.stdout).expect("the text stands first");
    assert_eq!(annotations.lines().filter(|line| line.starts_with("::error file=a.json,")).count(), 1, "{beside}");
    assert!(annotations.lines().all(|line| line.starts_with("::")), "{beside}");
    assert_eq!(beside.code, plain.code);
    // Who says what is wanted gets that.
    for more in [&["--output-format", "pretty"][..], &["-o", "report.txt"], &["--statistics"]] {
        assert!(!in_ci("GITHUB_ACTIONS", more).stdout.contains("::error"), "{more:?}");
    }
    assert_eq!(in_ci("GITLAB_CI", &[]).stdout, plain.stdout);
}

#[test]
fn a_template_of_the_users() {
    let template = "{{ summary.records }} record as of {{ as_of }}\n{% for finding in findings %}\n- {{ finding.rule }} {{ finding.record.title }}\n{% endfor %}\n";
    let place = Place::new("template")
        .file("a.json", BROKEN.replace("Snow depth", "Snow & <ice>"))
        .file("list.txt", template)
        .file("list.html", template)
        .file("list.html.j2", template)
        .file("list.json", "[{% for finding in findings %}{{ finding.record.title }}{% endfor %}]\n");
    for (name, title) in [
        ("list.txt", "Snow & <ice>"),
        ("list.html", "Snow &amp; &lt;ice&gt;"),
        ("list.html.j2", "Snow &amp; &lt;ice&gt;"),
    ] {
        let run = place.run(&["check", "a.json", "--output-format", "template", "--template", name]);
        assert_eq!(run.stdout, format!("1 record as of 2026-11-22\n- invalid-doi {title}\n"), "{run}");
    }
    let run = place.run(&["check", "a.json", "--output-format", "template", "--template", "list.json"]);
    assert_eq!(json(&run.stdout), serde_json::json!(["Snow & <ice>"]));
}

#[test]
fn mistakes_in_templates_are_said() {
    let mistakes = [
        "{% for x %}\n",
        "{{ 'a }}\n",
        "{% include 'head.txt' %}\n",
        "line\n{{ finding.rule }}\n",
        "{% for f in findings %}\n{{ f.mesage }}\n{% endfor %}\n",
        "{{ findings|nope }}\n",
        "{{ nope() }}\n",
    ];
    let mut said = String::new();
    for (number, mistake) in mistakes.into_iter().enumerate() {
        let place = Place::new(&format!("template-{number}")).file("a.json", BROKEN).file("own.md", mistake);
        let run = place.run(&["check", "a.json", "--output-format", "template", "--template", "own.md"]);
        assert_eq!((run.code, &*run.stdout), (Some(2), ""), "{run}");
        assert!(run.stderr.contains("own.md:"), "{run}");
        let _ = writeln!(said, "{mistake}{}", run.stderr);
    }
    let place = Place::new("no-template").file("a.json", BROKEN).file("own.md", "");
    for words in [
        &["--output-format", "template"][..],
        &["--output-format", "template", "--template", "none.md"],
        &["--template", "own.md"],
    ] {
        let run = place.run(&[&["check", "a.json"], words].concat());
        assert_eq!(run.code, Some(2), "{run}");
        said.push_str(&run.stderr);
    }
    insta::assert_snapshot!(said);
}

#[test]
fn the_last_report_is_written_anew() {
    for (format, name) in [("sarif", "a.json"), ("gitlab", "gl-code-quality-report.json"), ("rdjson", "b.json")] {
        let place = Place::new(&format!("again-{format}")).file("in.json", BROKEN);
        let words = ["check", ".", "--output-format", format, "-o", name];
        assert_eq!(place.run(&words).code, Some(1));
        let before = place.text(name);
        let run = place.run(&words);
        assert_eq!((run.code, place.text(name)), (Some(1), before), "{run}");
    }
}

#[test]
fn several_of_them_in_one_run() {
    let place = weird("several-programs");
    let words = [
        "check",
        ".",
        "--output-format",
        "sarif",
        "-o",
        "out/a.sarif",
        "--output-format",
        "junit",
        "-o",
        "out/a.xml",
        "--output-format",
        "github",
    ];
    std::fs::create_dir(place.folder.join("out")).expect("a folder can be made");
    let run = place.run(&words);
    assert!(run.stdout.starts_with("::error "), "{run}");
    for (format, name) in [("sarif", "out/a.sarif"), ("junit", "out/a.xml")] {
        assert_eq!(place.text(name), report(&place, format, &[]).stdout);
    }
}

/// A line of the page is one of the report, in its order; `…` stands for what is left out.
fn is_excerpt(shown: &str, said: &str) -> bool {
    let mut lines = said.lines();
    shown.lines().all(|wanted| {
        let begin = wanted.strip_suffix('…');
        lines.any(|line| begin.map_or(line == wanted, |begin| line.starts_with(begin)))
    })
}

#[test]
fn the_page_on_reports_shows_what_is_said() {
    let page = std::fs::read_to_string(project().join("docs/reports.md")).expect("it is there");
    let mut seen = HashSet::new();
    for block in blocks(&page, "console") {
        let (command, shown) = block.split_once('\n').expect("a command stands first");
        let words: Vec<_> = command.strip_prefix("$ reclint ").expect("it is ours").split(' ').collect();
        let said = run(&words);
        assert_ne!(said.code, Some(2), "{said}");
        assert!(is_excerpt(shown, &said.stdout), "{shown}\n{said}");
        seen.extend(words.iter().skip_while(|word| **word != "--output-format").nth(1).map(|word| (*word).to_owned()));
    }
    for format in FORMATS.into_iter().chain(["pretty", "concise", "json", "ndjson", "csv"]) {
        assert!(seen.contains(format), "there is nothing of {format}");
    }
    for format in ["xlsx", "html"] {
        assert!(page.contains(&format!("`{format}`")), "there is nothing of {format}");
    }
}

#[test]
fn a_run_that_is_refused_leaves_the_last_report() {
    let place = Place::new("refused").file("in.json", BROKEN).file("keep.json", "the last one").file("own.md", "x");
    let run = place.run(&[
        "check",
        "in.json",
        "--output-format",
        "json",
        "-o",
        "keep.json",
        "--output-format",
        "csv",
        "-o",
        "no/b.csv",
    ]);
    assert_eq!((run.code, &*place.text("keep.json")), (Some(2), "the last one"), "{run}");
    let run = place.run(&["check", "in.json", "--output-format", "template", "--template", "own.md", "-o", "own.md"]);
    assert!(run.code == Some(2) && run.stderr.contains("is the template and would be overwritten"), "{run}");
    assert_eq!(place.text("own.md"), "x");
}

#[test]
fn what_xml_cannot_have_is_not_in_it() {
    let place = Place::new("no-xml").file("in.json", BROKEN.replace("Snow depth", "Snow \\uffff\\u0001 depth"));
    for format in ["junit", "checkstyle"] {
        let run = report(&place, format, &[]);
        assert!(!run.stdout.contains('\u{FFFF}'), "{format}: {run}");
        roxmltree::Document::parse(&run.stdout).unwrap_or_else(|error| panic!("{format}: {error}\n{run}"));
    }
}

#[test]
fn a_score_that_is_too_low_is_told_by_every_report() {
    let place = Place::new("low").file("in.json", BROKEN);
    for format in ["sarif", "github", "azure", "junit", "markdown"] {
        let run = report(&place, format, &["--min-score", "99", "--exit-zero"]);
        assert!(run.stdout.contains("at least 99.0 is asked for"), "{format}: {run}");
    }
}
