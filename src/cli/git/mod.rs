//! What has changed in a git repository, what would be committed, and its tags: it is asked of the program `git`, and nothing of it is written.

mod blobs;
mod changes;
mod index;
mod restrict;
mod tags;

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::args;
use super::error::CliError;

pub(super) use changes::Changes;
pub(super) use index::Index;
pub(super) use tags::tags;

/// A repository with a work tree.
#[derive(Debug)]
struct Repository {
    /// The top folder of its work tree.
    top: PathBuf,
}

/// What git has said: what is on its standard output, or why it does not.
type Said = Result<Vec<u8>, String>;

/// The files below the working folder's repository that git has, and leaves out of the folders (`git sparse-checkout`); none
/// where there is no git, or no repository.
pub(super) fn skipped(here: &Path) -> HashSet<PathBuf> {
    let Ok(Ok(top)) = ask(here, &["rev-parse", "--show-toplevel"]) else { return HashSet::new() };
    let top = path_of(top.strip_suffix(b"\n").unwrap_or(&top));
    let Ok(Ok(said)) = ask(&top, &["ls-files", "-t", "-z"]) else { return HashSet::new() };
    let skipped = said.split(|byte| *byte == 0).filter_map(|entry| entry.strip_prefix(b"S "));
    skipped.map(|path| top.join(path_of(path))).collect()
}

/// What has changed, if only that is to be judged.
pub(super) fn changes(wanted: &args::Changes) -> Result<Option<Changes>, CliError> {
    if !wanted.any() {
        return Ok(None);
    }
    let repository = Repository::here()?;
    let head = repository.commit("HEAD")?;
    match &wanted.since {
        Some(reference) if head.is_none() => {
            Err(CliError::said(format!("there is no commit yet, and so nothing since `{reference}`"))
                .help("`--staged` and `--changed` judge what there is"))
        }
        Some(reference) => Changes::since(repository, reference).map(Some),
        None if wanted.staged => Changes::staged(repository).map(Some),
        None => Changes::in_work_tree(repository, head).map(Some),
    }
}

/// The program, in a folder, so that it touches nothing and speaks English.
fn program(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn not_there(error: &io::Error) -> CliError {
    let message = match error.kind() {
        io::ErrorKind::NotFound => "the program `git` is not there".to_owned(),
        _ => format!("the program `git` cannot be run: {error}"),
    };
    CliError::said(message)
        .help("--staged, --changed, --since and --software ask it; install it, or name the files instead")
}

fn ask(folder: &Path, words: &[&str]) -> Result<Said, CliError> {
    said(program(folder).args(words))
}

/// Asks git; what it refuses is said by its own first line.
fn said(program: &mut Command) -> Result<Said, CliError> {
    let output = program.output().map_err(|error| not_there(&error))?;
    if output.status.success() {
        return Ok(Ok(output.stdout));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it gives no reason").trim();
    Ok(Err(line.strip_prefix("fatal: ").unwrap_or(line).to_owned()))
}

fn refused(why: &str) -> CliError {
    let error = CliError::said(format!("git does not say what has changed: {why}"));
    match remedy(why) {
        Some(remedy) => error.help(remedy),
        None => error,
    }
}

/// What to do where git refuses for this reason.
pub(super) fn remedy(why: &str) -> Option<&'static str> {
    const TRUST: &str = "the folder belongs to another user, as in a container: `git config --global --add safe.directory PATH` trusts it";
    why.contains("dubious ownership").then_some(TRUST)
}

/// A path as git gives it.
fn path_of(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
    }
    #[cfg(not(unix))]
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}

impl Repository {
    /// That of the working folder.
    fn here() -> Result<Self, CliError> {
        match ask(Path::new("."), &["rev-parse", "--show-toplevel"])? {
            Ok(top) => {
                let top = path_of(top.strip_suffix(b"\n").unwrap_or(&top));
                Ok(Self { top: std::fs::canonicalize(&top).unwrap_or(top) })
            }
            Err(why) if why.contains("not a git repository") => {
                Err(CliError::said("this is no git repository, so that nobody knows what has changed")
                    .help("run reclint within one, or without --staged, --changed, --since and --software"))
            }
            Err(why) if why.contains("work tree") => {
                Err(CliError::said("this git repository has no work tree").help("run reclint in a clone that has one"))
            }
            Err(why) => Err(refused(&why)),
        }
    }

    fn ask(&self, words: &[&str]) -> Result<Said, CliError> {
        ask(&self.top, words)
    }

    fn must(&self, words: &[&str]) -> Result<Vec<u8>, CliError> {
        self.ask(words)?.map_err(|why| refused(&why))
    }

    /// The commit that a word names, if there is one.
    fn commit(&self, reference: &str) -> Result<Option<String>, CliError> {
        let wanted = format!("{reference}^{{commit}}");
        let said = self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])?;
        Ok(said.ok().map(|commit| text_of(&commit)))
    }

    /// History was left out when it was cloned.
    fn is_shallow(&self) -> Result<bool, CliError> {
        Ok(self.ask(&["rev-parse", "--is-shallow-repository"])?.is_ok_and(|said| text_of(&said) == "true"))
    }

    /// Where the history of `reference` and that of the last commit part.
    fn parting(&self, reference: &str) -> Result<String, CliError> {
        const DEEPER: &str = "fetch all of the history: `fetch-depth: 0` of actions/checkout, `GIT_DEPTH: 0` of GitLab, `git fetch --unshallow`";
        let shallow = self.is_shallow()?;
        let Some(commit) = self.commit(reference)? else {
            let help = if shallow {
                DEEPER
            } else {
                "look at the spelling; a branch of the server is fetched first and called `origin/main`"
            };
            return Err(CliError::said(format!("git knows no commit `{reference}`")).help(help));
        };
        if let Ok(base) = self.ask(&["merge-base", &commit, "HEAD"])? {
            return Ok(text_of(&base));
        }
        let message = format!("`{reference}` and this branch have no commit in common");
        Err(if shallow {
            CliError::said(format!("{message}, as this is a shallow clone")).help(DEEPER)
        } else {
            CliError::said(message).help("name a branch from which this one comes")
        })
    }
}
