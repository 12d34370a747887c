//! `reclint check`: judges records and writes the report.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::beside::Kinds;
use crate::engine::{Run, RunResult, Sieve};
use crate::input::{Found, SourceFile, Unread, find};
use crate::report::{Assembler, Capped, Look, Score, counted, grouped, plain_error, plain_remark, remark_frame};

use super::args::Check;
use super::baseline::{self, InUse};
use super::beside::{self, Shelf};
use super::clock;
use super::error::CliError;
use super::git::Index;
use super::outputs;
use super::renderers;
use super::scale;
use super::settings::Settings;
use super::terminal::Terminal;
use super::{FAILED, FOUND, git, progress};

/// Up to how many bytes one thread is quicker than several that have to be started.
const FEW_BYTES: u64 = 1024 * 1024;

/// Runs the subcommand; gives the exit code.
pub(super) fn run(check: &Check, terminal: &Terminal) -> Result<u8, CliError> {
    let as_of = clock::as_of(check.as_of.as_deref())?;
    let settings = Settings::new(check, as_of)?;
    let reports = outputs::wanted(check)?;
    let mut baseline = baseline::of(check, &settings)?;
    let mut found = sources(check, &settings, baseline.as_ref(), terminal.stderr_look())?;
    outputs::keep_apart(&reports, &mut found.files, &inputs(check, &settings, baseline.as_ref()), &settings.words)?;
    let renderers = renderers::of(check, &reports, terminal, &settings, &clock::written(as_of))?;
    let (renderers, outputs) = match &baseline {
        Some(baseline) if baseline.is_written() => {
            let (collector, output) = baseline.collector(&settings);
            (vec![collector], vec![output])
        }
        _ => {
            let outputs = outputs::open(&reports, &renderers, |inner| limited(inner, &settings))?;
            (renderers, outputs)
        }
    };
    let sources: Arc<[SourceFile]> = found.files.into();
    let sieve = Sieve::new(baseline.as_ref().and_then(InUse::known), &sources);
    let bytes = total_bytes(&sources);
    let threads = if bytes.is_some_and(|bytes| bytes <= FEW_BYTES) { 1 } else { check.threads.unwrap_or(0) };
    let bar = progress::Bar::new(bytes, terminal.shows_progress && !check.quiet);
    let run = Run {
        setup: &settings.linter.setup,
        sources: Arc::clone(&sources),
        renderers: &renderers,
        threads,
        measures: &settings.measures,
        sieve: &sieve,
        progress: &|bytes| bar.tell(bytes),
    };
    let result = run.go(outputs);
    bar.end();
    let look = terminal.stderr_look();
    let of_baseline = baseline.as_mut().map(|baseline| baseline.end(check, &settings, (&result, &sources), look));
    let is_written = baseline.as_ref().is_some_and(InUse::is_written);
    let code = finish(check, terminal, &settings, result)?;
    if let Some(said) = of_baseline.transpose()?.flatten() {
        say(check, &said);
    }
    // What was written is lived with.
    let code = if is_written && code == FOUND { 0 } else { code };
    // The process is about to end: that frees all of it at once.
    std::mem::forget(settings);
    Ok(code)
}

/// A report in which no more findings of a rule are than are wanted.
fn limited(inner: Box<dyn Assembler>, settings: &Settings) -> Box<dyn Assembler> {
    match settings.measures.most_per_rule {
        Some(most) => Box::new(Capped::new(inner, most, settings.linter.catalogue().rules().count())),
        None => inner,
    }
}

/// The files that are read beside what is judged, each with what it is.
fn inputs<'r>(check: &'r Check, settings: &'r Settings, baseline: Option<&'r InUse>) -> Vec<(&'static str, &'r Path)> {
    let config = Some(Path::new(&settings.config.path)).filter(|path| !path.as_os_str().is_empty());
    let files = [
        ("the baseline", baseline.map(InUse::path)),
        ("the configuration", config),
        ("the template", check.template.as_deref()),
    ];
    let files = files.into_iter().filter_map(|(what, path)| Some((what, path?)));
    files.chain(settings.files.iter().map(|path| ("read for this run", path.as_path()))).collect()
}

/// What there is to judge; says what kept files from it.
fn sources(check: &Check, settings: &Settings, baseline: Option<&InUse>, look: Look) -> Result<Found, CliError> {
    let kinds = Kinds::built_in().map_err(Box::new)?;
    if check.changes.software {
        return software(check, settings, &kinds, look);
    }
    let changes = git::changes(&check.changes)?;
    let words = changes.as_ref().map(|changes| changes.to_find(&check.paths)).transpose()?;
    let words = words.as_deref().unwrap_or(&check.paths);
    let mut found = match words {
        [] => Found::default(),
        words => find(words, check.stdin_filename.as_deref(), &settings.exclusion)?,
    };
    if let Some(baseline) = baseline {
        baseline.leave_out(&mut found.files);
    }
    let had_files = !found.files.is_empty();
    if let Some(changes) = &changes {
        let left_out = changes.restrict(&mut found, &check.paths, &settings.exclusion)?;
        let left_out: String = left_out.iter().map(|why| plain_remark(why, None, look)).collect();
        say(check, &left_out);
    }
    if settings.linter.setup.plan.looks_beside() && found.files.iter().any(|file| kinds.rank(&file.shown).is_some()) {
        let index = if check.changes.staged { Some(index(&kinds)?) } else { None };
        put_beside(check, Shelf::new(&kinds, &settings.linter.setup, index.as_ref()), &mut found.files, look);
    }
    say(check, &of_unread(&found.unread, look));
    if found.files.is_empty() {
        let why = match (found.excluded, found.unread.len(), &changes) {
            (_, _, Some(changes)) if had_files || words.is_empty() => changes.nothing(),
            (0, 0, _) => "there are no files of a known kind",
            (0, ..) => "there are no files of a known kind that can be read",
            _ => "every file is excluded",
        };
        say(check, &format!("nothing to judge: {why}.\n"));
    }
    Ok(found)
}

/// Puts beside the records of software what lies there, and says what could not be had of it.
fn put_beside(check: &Check, mut shelf: Shelf<'_>, files: &mut [SourceFile], look: Look) {
    shelf.put(files, &check.paths);
    if let Some((top, why)) = shelf.refused.first() {
        let others = shelf.refused.len() - 1;
        let others =
            if others > 0 { format!(" (nor are those of {})", counted(others as u64, "other")) } else { String::new() };
        say(
            check,
            &plain_remark(&format!("the tags of `{top}` are not looked at: {why}{others}"), git::remedy(why), look),
        );
    }
}

/// What git has in its index of the files that can lie beside each other.
fn index(kinds: &Kinds) -> Result<Index, CliError> {
    let names: Vec<_> = kinds.records.iter().map(|name| &**name).chain(kinds.package_files()).collect();
    Index::here(&names)
}

/// The repository's own records of software, with what lies beside them, as git has them in its index.
fn software(check: &Check, settings: &Settings, kinds: &Kinds, look: Look) -> Result<Found, CliError> {
    let index = index(kinds)?;
    let (mut found, unmerged) = beside::software((kinds, &index), &check.paths, &settings.exclusion)?;
    for path in &unmerged {
        say(check, &plain_remark(&format!("`{path}` is not judged: its merge is not done"), None, look));
    }
    let shelf = Shelf::new(kinds, &settings.linter.setup, Some(&index));
    put_beside(check, shelf, &mut found.files, look);
    if found.files.is_empty() && unmerged.is_empty() {
        let why =
            if found.excluded > 0 { "every record of software is excluded" } else { "git has no record of software" };
        say(check, &format!("nothing to judge: {why}.\n"));
    }
    Ok(found)
}

/// Says on standard error what kept files from being judged, and gives the exit code.
fn finish(check: &Check, terminal: &Terminal, settings: &Settings, result: RunResult) -> Result<u8, CliError> {
    let look = terminal.stderr_look();
    let fails = result.fails_at(settings.fail_on);
    let mut failed = result.summary.internal_errors > 0;
    for failure in &result.failures {
        let message = format!("`{}` cannot be read: {}", failure.path, failure.error);
        if failure.fails() {
            failed = true;
            let help = failure.is_break().then_some("what could be read of it before the break was judged");
            outputs::tell(&plain_error(&message, help, look));
        } else {
            say(check, &plain_remark(&message, None, look));
        }
    }
    if result.summary.internal_errors > 0 {
        let message = "reclint itself failed on some records (internal-error)";
        outputs::tell(&plain_error(message, Some("please report them"), look));
    }
    if let Some(timings) = scale::timings(&result, settings.linter.catalogue()) {
        outputs::tell(&timings);
    }
    // The reader of the report may have seen enough.
    let reader_gone = match result.write_error {
        Some(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(CliError::Write(error)),
        gone => gone.is_some(),
    };
    // What a report lacks is no matter of those who wanted none on standard error.
    say(check, &result.lacks.iter().map(|lacks| plain_remark(lacks, None, look)).collect::<String>());
    let shortfalls = result.summary.score.as_ref().map(Score::shortfalls).unwrap_or_default();
    say(check, &shortfalls.iter().map(|shortfall| plain_remark(shortfall, None, look)).collect::<String>());
    let remarks = settings.config.unused(&settings.linter.setup.overrides.0);
    let remarks: Vec<_> = remarks.iter().map(|unused| remark_frame(unused, look)).collect();
    // What was not judged may have needed them.
    if !reader_gone {
        say(check, &remarks.join("\n"));
    }
    Ok(match (failed, fails && !check.exit_zero) {
        (true, _) => FAILED,
        (false, true) => FOUND,
        (false, false) => 0,
    })
}

/// What a walk could not read: the first few, and how many more.
fn of_unread(unread: &[Unread], look: Look) -> String {
    const NAMED: usize = 5;
    let said = |unread: &Unread| format!("`{}` cannot be read: {}", unread.shown(), unread.error);
    let mut said: Vec<_> = unread.iter().take(NAMED).map(said).collect();
    if unread.len() > NAMED {
        said.push(format!("{} more files or folders cannot be read", grouped((unread.len() - NAMED) as u64)));
    }
    said.iter().map(|message| plain_remark(message, None, look)).collect()
}

/// A remark on standard error.
fn say(check: &Check, text: &str) {
    if !check.quiet {
        outputs::tell(text);
    }
}

/// How many bytes there are to judge, if that is known.
fn total_bytes(sources: &[SourceFile]) -> Option<u64> {
    sources.iter().map(SourceFile::bytes).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

    use clap::Parser;

    use super::*;
    use crate::cli::args::{Arguments, Color, Command};
    use crate::report::{Counts, Summary};

    fn exit_code(words: &[&str], errors: u64, internal_errors: u64) -> u8 {
        let arguments = [&["reclint", "check", "--isolated"], words].concat();
        let Command::Check(check) = Arguments::try_parse_from(arguments).expect("the words are known").command else {
            panic!("it is a check")
        };
        let terminal = Terminal::new(Color::Never);
        let as_of = clock::as_of(Some("2026-01-01")).expect("it is a date");
        let settings = Settings::new(&check, as_of).expect("there is no configuration");
        let findings = Counts { error: errors, ..Counts::default() };
        let summary = Summary { findings, internal_errors, ..Summary::default() };
        finish(&check, &terminal, &settings, RunResult::of(summary)).expect("it was written")
    }

    #[test]
    fn a_fault_of_our_own_wins_over_findings() {
        assert_eq!(exit_code(&[], 0, 0), 0);
        assert_eq!(exit_code(&[], 1, 0), FOUND);
        assert_eq!(exit_code(&["--exit-zero"], 1, 0), 0);
        for words in [&[][..], &["--exit-zero"], &["--fail-on", "warning"]] {
            assert_eq!(exit_code(words, 1, 1), FAILED, "{words:?}");
        }
    }
}
