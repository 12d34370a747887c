//! Where the reports go: formats and files in pairs, none of them over what is judged or over another.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::engine::Output;
use crate::format::Words;
use crate::input::SourceFile;
use crate::report::{Assembler, Renderer};

use super::args::{Check, OutputFormat};
use super::earlier::is_report;
use super::error::CliError;
use super::inert::Inert;

/// A report that is wanted, and its file; without one it goes to standard output.
pub(super) type Wanted = (OutputFormat, Option<PathBuf>);

/// The reports that are wanted: the first formats have the files.
pub(super) fn wanted(check: &Check) -> Result<Vec<Wanted>, CliError> {
    if check.output_format.is_empty() && check.output_file.is_empty() && in_github_actions() && !check.statistics {
        // The frames say everything to who opens the log, the annotations after them show it at the lines of a change.
        return Ok(vec![(OutputFormat::Pretty, None), (OutputFormat::Github, None)]);
    }
    let formats = if check.output_format.is_empty() { vec![OutputFormat::Pretty] } else { check.output_format.clone() };
    if check.output_file.len() > formats.len() {
        return Err(CliError::said("there are more --output-file than --output-format")
            .help("give them in pairs: --output-format json --output-file report.json"));
    }
    let files = check.output_file.iter().map(|path| Some(path.clone()).filter(|path| path.as_os_str() != "-"));
    let wanted: Vec<_> = formats.into_iter().zip(files.chain(std::iter::repeat(None))).collect();
    if let (true, Some(path)) = (check.output_format.is_empty(), check.output_file.first())
        && let Some(format) = meant(path)
    {
        let path = path.display();
        return Err(CliError::said(format!("`{path}` is called as another report is, and this one is for people"))
            .help(format!("--output-format {format} writes that; --output-format pretty this")));
    }
    if wanted.contains(&(OutputFormat::Xlsx, None)) {
        return Err(CliError::said("a spreadsheet (xlsx) goes to a file, and none is named")
            .help("name one: --output-format xlsx --output-file worklist.xlsx"));
    }
    if wanted.iter().filter(|(_, file)| file.is_none()).count() > 1 {
        return Err(CliError::said("two reports cannot both go to standard output")
            .help("give each but one its --output-file: --output-format json --output-file report.json"));
    }
    Ok(wanted)
}

/// The format of which a file's ending speaks, if it is not that for people.
fn meant(path: &Path) -> Option<&'static str> {
    const ENDINGS: [(&str, &str); 9] = [
        ("sarif", "sarif"),
        ("json", "json"),
        ("ndjson", "ndjson"),
        ("jsonl", "ndjson"),
        ("csv", "csv"),
        ("xlsx", "xlsx"),
        ("html", "html"),
        ("md", "markdown"),
        ("xml", "junit"),
    ];
    let ending = path.extension()?;
    ENDINGS.into_iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, format)| format)
}

/// The run is a step of a workflow of GitHub's.
fn in_github_actions() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// Standard output is a log in which there can be commands: that of GitHub Actions, or of Azure Pipelines.
fn is_log() -> bool {
    in_github_actions() || std::env::var_os("TF_BUILD").is_some()
}

/// Its lines are read by people, and none of them is to be a command.
fn is_for_people(format: OutputFormat) -> bool {
    matches!(format, OutputFormat::Pretty | OutputFormat::Concise)
}

/// Standard output, for people.
pub(super) fn for_people() -> Box<dyn Write + Send> {
    let out = BufWriter::new(io::stdout());
    if is_log() { Box::new(Inert::new(out)) } else { Box::new(out) }
}

/// Says it on standard error. There is nobody to tell if that is gone.
pub(super) fn tell(text: &str) {
    let _ = if is_log() {
        Inert::new(io::stderr()).write_all(text.as_bytes())
    } else {
        io::stderr().write_all(text.as_bytes())
    };
}

/// Refuses a report that would overwrite what is judged, another report, or one of the files that the run reads, each with
/// what it is. What a walk found and is the last run's report is no source: to run twice must not be an error.
pub(super) fn keep_apart(
    wanted: &[Wanted],
    sources: &mut Vec<SourceFile>,
    inputs: &[(&str, &Path)],
    words: &Words,
) -> Result<(), CliError> {
    let mut taken: Vec<PathBuf> = Vec::new();
    let inputs: Vec<_> = inputs.iter().filter_map(|(what, path)| Some((what, real_file(path)?))).collect();
    for path in wanted.iter().filter_map(|(_, file)| file.as_deref()) {
        let Some(real) = real_file(path) else { continue };
        if taken.contains(&real) {
            return Err(CliError::said(format!("two reports cannot both go to `{}`", path.display()))
                .help("give each a file of its own"));
        }
        if let Some((what, _)) = inputs.iter().find(|(_, input)| *input == real) {
            return Err(CliError::said(format!("`{}` is {what} and would be overwritten by a report", path.display()))
                .help("give the report another --output-file"));
        }
        taken.push(real);
    }
    taken.retain(|path| path.exists());
    if taken.is_empty() {
        return Ok(());
    }
    let mut overwritten = None;
    sources.retain(|source| {
        let real = source.path().and_then(|path| fs::canonicalize(path).ok());
        let Some(real) = real.filter(|real| taken.contains(real)) else { return true };
        let is_ours = !source.named && is_report(&real, words);
        if !is_ours {
            overwritten.get_or_insert_with(|| source.shown.to_string());
        }
        !is_ours
    });
    match overwritten {
        None => Ok(()),
        Some(path) => Err(CliError::said(format!("`{path}` is to be judged and would be overwritten by its report"))
            .help("give the report another --output-file")),
    }
}

/// The one path of a file, there or not; none for a device or a pipe, which more than one may write to.
fn real_file(path: &Path) -> Option<PathBuf> {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => None,
        Ok(_) => fs::canonicalize(path).ok(),
        Err(_) => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
            Some(folder.join(path.file_name()?))
        }
    }
}

/// A file that is made anew when the first of its report comes: one of which nothing comes, as its template is mistaken,
/// stays what it was.
struct Anew {
    file: File,
    has_begun: bool,
}

impl Anew {
    fn begin(&mut self) -> io::Result<()> {
        // A pipe or a device has nothing to be taken away.
        if !self.has_begun && self.file.metadata()?.is_file() {
            self.file.set_len(0)?;
        }
        self.has_begun = true;
        Ok(())
    }
}

impl Write for Anew {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begin()?;
        self.file.write(bytes)
    }

    /// A report that has come to its end may be empty.
    fn flush(&mut self) -> io::Result<()> {
        self.begin()?;
        self.file.flush()
    }
}

/// Opens what is written to, all of it before anything is.
pub(super) fn open(
    wanted: &[Wanted],
    renderers: &[Box<dyn Renderer>],
    limit: impl Fn(Box<dyn Assembler>) -> Box<dyn Assembler>,
) -> Result<Vec<Output>, CliError> {
    let mut outputs = Vec::new();
    for ((format, file), renderer) in wanted.iter().zip(renderers) {
        let to: Box<dyn Write + Send> = match file {
            None if is_for_people(*format) => for_people(),
            None => Box::new(BufWriter::new(io::stdout())),
            Some(path) => {
                let opened = OpenOptions::new().write(true).create(true).truncate(false).open(path);
                let opened = opened.map_err(|error| {
                    CliError::said(format!("`{}` cannot be written: {error}", path.display())).help("look at the path")
                })?;
                Box::new(BufWriter::new(Anew { file: opened, has_begun: false }))
            }
        };
        outputs.push(Output::new(limit(renderer.assembler()), to));
    }
    Ok(outputs)
}
