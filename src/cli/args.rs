//! What can be written on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::finding::Severity;

/// A fast linter for metadata records: DSpace, DataCite and more.
#[derive(Debug, Parser)]
#[command(name = "reclint", version, about, max_term_width = 100, disable_help_subcommand = true)]
pub(super) struct Arguments {
    /// Colours and drawn frames.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// When to draw in colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// In a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Judge records: files, folders, patterns, or `-` for standard input.
    Check(Box<Check>),
    /// Say what is new, fixed and remaining between two reports (json, ndjson).
    Compare(Compare),
    /// Say what a rule checks, why it matters and how to mend what it finds.
    Explain(Explain),
    /// List the rules.
    Rules(Rules),
    /// Run the examples in the files of rules.
    Test(Test),
    /// List the formats; of a file, say what it was taken for and why.
    Formats(Formats),
    /// Write a `reclint.toml` with every setting explained.
    Init(Init),
    /// Print what a shell needs to complete reclint's words.
    Completions(Completions),
    /// Print the manual page, or write one for each subcommand into a folder.
    Man(Man),
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(super) struct Check {
    /// Files, folders, patterns such as 'records/*.json', or - for standard input.
    #[arg(default_value = ".", value_name = "PATH")]
    pub(super) paths: Vec<String>,
    /// Only these rules: names, categories, beginnings such as missing-*, or all.
    #[arg(long, value_delimiter = ',', value_name = "RULES", help_heading = "Rules")]
    pub(super) select: Vec<String>,
    /// Also these rules.
    #[arg(long, value_delimiter = ',', value_name = "RULES", help_heading = "Rules")]
    pub(super) extend_select: Vec<String>,
    /// Not these rules.
    #[arg(long, value_delimiter = ',', value_name = "RULES", help_heading = "Rules")]
    pub(super) ignore: Vec<String>,
    #[command(flatten)]
    pub(super) ground: Ground,
    /// A JSON Schema of your own, to which every record is held, too.
    #[arg(long, value_name = "FILE", help_heading = "Rules")]
    pub(super) schema: Option<PathBuf>,
    /// The date by which records are judged, YYYY-MM-DD [default: `SOURCE_DATE_EPOCH`, else today]
    #[arg(long, value_name = "DATE", help_heading = "Rules")]
    pub(super) as_of: Option<String>,
    /// The form of the report; with --output-file repeatable, in pairs [default: pretty, in GitHub Actions with annotations]
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Report")]
    pub(super) output_format: Vec<OutputFormat>,
    /// Where the report goes, - for standard output [default: -]
    #[arg(short, long, value_name = "FILE", help_heading = "Report")]
    pub(super) output_file: Vec<PathBuf>,
    /// The template of `--output-format template`, in Jinja's language; its ending says how values are escaped.
    #[arg(long, value_name = "FILE", help_heading = "Report")]
    pub(super) template: Option<PathBuf>,
    /// For whom the report is: how much `pretty` and `concise` say.
    #[arg(long = "for", value_enum, default_value_t = For::Curator, value_name = "WHOM", help_heading = "Report")]
    pub(super) audience: For,
    /// Counts by rule and by field; in `pretty` and `concise` in the place of the findings.
    #[arg(long, help_heading = "Scale")]
    pub(super) statistics: bool,
    /// Statistics by the values of this field, too: collection, publisher, issued (by its year).
    #[arg(long, value_name = "FIELD", help_heading = "Scale")]
    pub(super) group_by: Option<String>,
    /// The score of all, and of each dimension with what it lost points for.
    #[arg(long, help_heading = "Scale")]
    pub(super) score: bool,
    /// Write no more than the first N findings of a rule; all are counted.
    #[arg(long, value_name = "N", help_heading = "Scale")]
    pub(super) max_findings_per_rule: Option<u64>,
    /// Say on standard error what each rule has cost.
    #[arg(long, help_heading = "Scale")]
    pub(super) timings: bool,
    /// No progress and no remarks on standard error.
    #[arg(short, long, help_heading = "Report")]
    pub(super) quiet: bool,
    /// Exit with 1 if something is at least this severe [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Gate")]
    pub(super) fail_on: Option<FailOn>,
    /// Tolerate a rule up to this share of the records, and fail above it: missing-license=0.1%
    #[arg(long, value_name = "RULE=SHARE", help_heading = "Gate")]
    pub(super) max_rate: Vec<String>,
    /// Exit with 1 if the score is below this, or that of a dimension: 80, completeness=90
    #[arg(long, value_delimiter = ',', value_name = "[DIMENSION=]N", help_heading = "Gate")]
    pub(super) min_score: Vec<String>,
    /// Exit with 0 whatever is found; 2 stays.
    #[arg(long, help_heading = "Gate")]
    pub(super) exit_zero: bool,
    /// What is in this file is not told of [default: `baseline` of the configuration]
    #[arg(long, value_name = "FILE", help_heading = "Adopting")]
    pub(super) baseline: Option<PathBuf>,
    /// Tell also of what is in the baseline.
    #[arg(long, conflicts_with_all = ["baseline", "write_baseline", "prune_baseline"], help_heading = "Adopting")]
    pub(super) no_baseline: bool,
    /// Write all that is found into the baseline, and no report [default: the one in use, else reclint-baseline.json
    /// beside the configuration]
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        require_equals = true,
        conflicts_with_all = ["prune_baseline", "output_format", "output_file", "changes"],
        help_heading = "Adopting"
    )]
    #[expect(clippy::option_option, reason = "clap's form of a word that may have a value")]
    pub(super) write_baseline: Option<Option<PathBuf>>,
    /// Take out of the baseline what is no longer found.
    #[arg(long, conflicts_with = "changes", help_heading = "Adopting")]
    pub(super) prune_baseline: bool,
    #[command(flatten)]
    pub(super) changes: Changes,
    /// The name of what comes from standard input.
    #[arg(long, value_name = "NAME", help_heading = "Files")]
    pub(super) stdin_filename: Option<String>,
    /// Leave excluded files out also where they are named.
    #[arg(long, help_heading = "Files")]
    pub(super) force_exclude: bool,
    /// Pass over files without records also where they are named, as on a walk: for hooks.
    #[arg(long, help_heading = "Files")]
    pub(super) pass_over: bool,
    /// How many threads work [default: `RAYON_NUM_THREADS`, else all]
    #[arg(long, value_name = "N", help_heading = "Files")]
    pub(super) threads: Option<usize>,
}

/// Judge only what has changed, in a git repository.
#[derive(Debug, Default, Args)]
#[group(id = "changes", multiple = false)]
pub(super) struct Changes {
    /// Only what is staged for the next commit, as it is staged.
    #[arg(long, help_heading = "Adopting")]
    pub(super) staged: bool,
    /// Only what differs from the last commit, and files that git does not know.
    #[arg(long, help_heading = "Adopting")]
    pub(super) changed: bool,
    /// Only what differs from where this branch left REF: origin/main.
    #[arg(long, value_name = "REF", help_heading = "Adopting")]
    pub(super) since: Option<String>,
    /// Only the repository's own records of software (CITATION.cff, codemeta.json, .zenodo.json, ro-crate-metadata.json), as
    /// git has them in its index.
    #[arg(long, help_heading = "Files")]
    pub(super) software: bool,
}

impl Changes {
    /// It is asked what has changed.
    pub(super) fn any(&self) -> bool {
        self.staged || self.changed || self.since.is_some()
    }
}

/// What rules there are.
#[derive(Debug, Args)]
pub(super) struct Ground {
    /// Rules of your own beside ours: a file, or a folder of them; repeatable.
    #[arg(long, value_name = "PATH", help_heading = "Rules")]
    pub(super) rules: Vec<PathBuf>,
    /// The demands of an institution or standard: a name, or a file of your own (.toml).
    #[arg(long, value_name = "NAME", help_heading = "Rules")]
    pub(super) profile: Option<String>,
    /// The configuration [default: the nearest reclint.toml upwards]
    #[arg(long, value_name = "FILE", conflicts_with = "isolated", help_heading = "Files")]
    pub(super) config: Option<PathBuf>,
    /// No configuration file.
    #[arg(long, help_heading = "Files")]
    pub(super) isolated: bool,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// Frames, for people.
    Pretty,
    /// One line a finding: path:line:column severity rule message.
    Concise,
    /// One JSON object.
    Json,
    /// One JSON finding a line.
    Ndjson,
    /// A worklist, one finding a row: CSV in UTF-8, for any spreadsheet.
    Csv,
    /// A spreadsheet with an overview, a worklist and all records; needs --output-file.
    Xlsx,
    /// A page to review records with: one file, to be opened in a browser.
    Html,
    /// For the summary of a CI step, or a merge request: counts, and findings folded up.
    Markdown,
    /// SARIF 2.1.0, for GitHub's code scanning and editors.
    Sarif,
    /// Annotations of GitHub Actions: ten of each severity, as it shows no more.
    Github,
    /// Code Quality of GitLab.
    Gitlab,
    /// Issues of Azure Pipelines.
    Azure,
    #[value(help = "JUnit XML: a suite a file, a test a record")]
    Junit,
    /// Checkstyle's XML.
    Checkstyle,
    /// The JSON of reviewdog.
    Rdjson,
    #[value(help = "The score, as the endpoint badge of shields.io reads it")]
    Badge,
    /// By a template of your own, see --template.
    Template,
}

/// Whom a report is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum For {
    /// Who wrote the record: errors and warnings.
    Submitter,
    /// Who reviews records: also, in a line, what is not given.
    Curator,
    /// Who wants to see everything, each in its frame.
    Auditor,
}

/// From which severity on a run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Info,
}

impl From<FailOn> for Severity {
    fn from(least: FailOn) -> Self {
        match least {
            FailOn::Error => Self::Error,
            FailOn::Warning => Self::Warning,
            FailOn::Info => Self::Info,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Compare {
    /// The earlier report.
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,
    /// The later report.
    #[arg(value_name = "NEW")]
    pub(super) new: PathBuf,
    /// The form of the comparison.
    #[arg(long, value_enum, default_value_t = CompareFormat::Pretty, value_name = "FORMAT")]
    pub(super) output_format: CompareFormat,
    /// Exit with 1 if something is new that is at least this severe.
    #[arg(long, value_enum, value_name = "SEVERITY", num_args = 0..=1, require_equals = true, default_missing_value = "info")]
    pub(super) fail_on_new: Option<FailOn>,
}

/// The form of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CompareFormat {
    /// A line for what is new (+) or fixed (-), and the counts.
    Pretty,
    /// One JSON object.
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The rule's name.
    #[arg(value_name = "RULE")]
    pub(super) rule: String,
    #[command(flatten)]
    pub(super) ground: Ground,
}

#[derive(Debug, Args)]
pub(super) struct Test {
    /// Files or folders of rules, or names of rules [default: the rules of the configuration]
    #[arg(value_name = "RULES")]
    pub(super) named: Vec<String>,
    #[command(flatten)]
    pub(super) ground: Ground,
}

#[derive(Debug, Args)]
pub(super) struct Rules {
    /// As the page `docs/rules.md`.
    #[arg(long)]
    pub(super) markdown: bool,
    #[command(flatten)]
    pub(super) ground: Ground,
}

#[derive(Debug, Args)]
pub(super) struct Formats {
    /// A file to be recognised, or - for standard input.
    #[arg(value_name = "FILE")]
    pub(super) file: Option<String>,
    /// With FILE: each record as it was understood, field by field. Without: the fields.
    #[arg(long)]
    pub(super) fields: bool,
    /// The configuration, for the labels of pages in it [default: the nearest reclint.toml upwards]
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(super) config: Option<PathBuf>,
    /// No configuration file.
    #[arg(long)]
    pub(super) isolated: bool,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder in which it is written.
    #[arg(default_value = ".", value_name = "FOLDER")]
    pub(super) folder: PathBuf,
    /// Print the JSON Schema of `reclint.toml` instead, for editors.
    #[arg(long, conflicts_with = "folder")]
    pub(super) schema: bool,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// The folder into which the pages are written.
    #[arg(long, value_name = "FOLDER")]
    pub(super) dir: Option<PathBuf>,
}
