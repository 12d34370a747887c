//! The real binary, run in a folder of its own and an environment in which nothing is left to chance.

use std::collections::HashMap;
use std::fmt::{self, Display};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread::{self, ThreadId};

/// What a run came to.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.map_or_else(|| "a signal".to_owned(), |code| code.to_string());
        writeln!(f, "exit: {code}")?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                writeln!(f, "----- {name}\n{text}")?;
            }
        }
        Ok(())
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// A folder for one test.
pub(crate) struct Place {
    pub(crate) folder: PathBuf,
}

/// The folder of the project.
pub(crate) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program, to be run in `folder`: a terminal of 100 columns, a fixed day.
pub(crate) fn reclint(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_reclint"));
    command
        .current_dir(folder)
        .args(arguments)
        .env_clear()
        .env("COLUMNS", "100")
        .env("SOURCE_DATE_EPOCH", "1795305600") // 2026-11-22
        .env("RAYON_NUM_THREADS", "2");
    command
}

/// The code blocks of a language in a Markdown page.
pub(crate) fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).filter_map(|rest| rest.split("```\n").next()).collect()
}

/// Runs the program on the project's own files.
pub(crate) fn run(arguments: &[&str]) -> Run {
    reclint(project(), arguments).output().expect("the program starts").into()
}

impl Place {
    /// An empty folder by that name, which must be the test's own: tests run side by side.
    pub(crate) fn new(name: &str) -> Self {
        static OWNERS: LazyLock<Mutex<HashMap<String, ThreadId>>> = LazyLock::new(Mutex::default);
        let own = thread::current().id();
        let owner = *OWNERS.lock().unwrap_or_else(PoisonError::into_inner).entry(name.to_owned()).or_insert(own);
        assert_eq!(owner, own, "another test has a folder `{name}`");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        Self { folder }
    }

    /// With a file.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.join(path);
        std::fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder can be made");
        std::fs::write(path, content).expect("a file can be written");
        self
    }

    /// With a copy of one of the project's files.
    pub(crate) fn copy(self, path: &str, of: &str) -> Self {
        let content = std::fs::read(project().join(of)).expect(of);
        self.file(path, content)
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        reclint(&self.folder, arguments).output().expect("the program starts").into()
    }

    /// Runs the program with `input` on its standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
        let mut command = reclint(&self.folder, arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("it is piped");
        // A program that stops early closes its end: no concern of ours.
        let _ = stdin.write_all(input.as_ref());
        drop(stdin);
        child.wait_with_output().expect("the program ends").into()
    }

    /// The text of a file in the folder.
    pub(crate) fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.join(path)).expect(path)
    }
}

/// A DataCite record with nothing to remark on: whatever a rule asks for is there.
pub(crate) const CLEAN: &str = r#"{"doi":"10.5072/example-1","creators":[{"name":"Keller, Ruth"}],"titles":[{"title":"Snow depth"}],"publisher":{"name":"EnviDat"},"publicationYear":2024,"types":{"resourceTypeGeneral":"Dataset"},"rightsList":[{"rights":"CC0"}],"language":"en","version":"1.0","subjects":[{"subject":"snow"},{"subject":"time series"}],"descriptions":[{"description":"Daily measurements at one alpine station since 1936, homogenised, with the method.","descriptionType":"Abstract"}],"schemaVersion":"http://datacite.org/schema/kernel-4"}"#;

/// The same with a DOI that is none: one error.
pub(crate) const BROKEN: &str = r#"{"doi":"10.5072","creators":[{"name":"Keller, Ruth"}],"titles":[{"title":"Snow depth"}],"publisher":{"name":"EnviDat"},"publicationYear":2024,"types":{"resourceTypeGeneral":"Dataset"},"rightsList":[{"rights":"CC0"}],"language":"en","version":"1.0","subjects":[{"subject":"snow"},{"subject":"time series"}],"descriptions":[{"description":"Daily measurements at one alpine station since 1936, homogenised, with the method.","descriptionType":"Abstract"}],"schemaVersion":"http://datacite.org/schema/kernel-4"}"#;

/// Compressed, as `.gz` files are.
pub(crate) fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).expect("into memory");
    encoder.finish().expect("into memory")
}
