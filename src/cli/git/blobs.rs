//! Contents that git keeps: small ones through one `git cat-file --batch`, large ones each as a stream of its own.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::cli::error::CliError;
use crate::input::Handed;

use super::{not_there, program, refused};

/// Up to so many bytes are had in one go.
const SMALL: u64 = 4 * 1024 * 1024;
/// How the file begins that git-lfs puts in the place of another.
const ELSEWHERE: &[u8] = b"version https://git-lfs.github.com/spec/";

/// Where contents come from.
#[derive(Debug)]
pub(super) struct Blobs {
    top: PathBuf,
    sizes: HashMap<String, u64>,
    batch: Mutex<Option<Batch>>,
}

/// A `git` that waits for names of contents.
#[derive(Debug)]
struct Batch {
    child: Child,
    /// Taken when it is to end.
    asks: Option<ChildStdin>,
    says: BufReader<ChildStdout>,
}

/// One content.
#[derive(Debug)]
pub(super) struct Blob {
    blobs: Arc<Blobs>,
    name: String,
    bytes: u64,
}

impl Blobs {
    /// The contents with these names.
    pub(super) fn new<'n>(top: &Path, names: impl Iterator<Item = &'n str>) -> Result<Arc<Self>, CliError> {
        let mut asked = String::new();
        for name in names {
            asked += name;
            asked.push('\n');
        }
        let mut sizes = HashMap::new();
        if !asked.is_empty() {
            let mut command = program(top);
            command.args(["cat-file", "--batch-check"]).stdin(Stdio::piped()).stderr(Stdio::null());
            let mut child = command.spawn().map_err(|error| not_there(&error))?;
            let stdin = child.stdin.take();
            // It answers while it is still being asked: one who only wrote would wait for ever.
            let writing = thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(asked.as_bytes())));
            let output = child.wait_with_output().map_err(|error| refused(&error.to_string()))?;
            let asked = writing.join().is_ok_and(|asked| asked.is_some_and(|asked| asked.is_ok()));
            if !asked || !output.status.success() {
                return Err(refused("it breaks off while it is asked for contents"));
            }
            for line in String::from_utf8_lossy(&output.stdout).lines() {
                if let [name, "blob", bytes] = line.split(' ').collect::<Vec<_>>()[..] {
                    sizes.insert(name.to_owned(), bytes.parse().unwrap_or_default());
                }
            }
        }
        Ok(Arc::new(Self { top: top.to_path_buf(), sizes, batch: Mutex::new(None) }))
    }

    /// The content with this name, if git has it.
    pub(super) fn get(self: &Arc<Self>, name: &str) -> Option<Blob> {
        let bytes = *self.sizes.get(name)?;
        Some(Blob { blobs: Arc::clone(self), name: name.to_owned(), bytes })
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let mut batch = self.batch.lock().unwrap_or_else(PoisonError::into_inner);
        let mut open = match batch.take() {
            Some(open) => open,
            None => Batch::open(&self.top)?,
        };
        // One that has failed is not asked again.
        let content = open.read(name)?;
        *batch = Some(open);
        Ok(content)
    }
}

impl Batch {
    fn open(top: &Path) -> io::Result<Self> {
        let mut command = program(top);
        let mut child = command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let broken = || io::Error::from(io::ErrorKind::BrokenPipe);
        let asks = Some(child.stdin.take().ok_or_else(broken)?);
        let says = BufReader::new(child.stdout.take().ok_or_else(broken)?);
        Ok(Self { child, asks, says })
    }

    fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
        if let Some(asks) = &mut self.asks {
            writeln!(asks, "{name}")?;
            asks.flush()?;
        }
        let mut head = String::new();
        self.says.read_line(&mut head)?;
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
        let size = size.ok_or_else(|| io::Error::other(format!("git has no content {name}")))?;
        let mut content = vec![0; size + 1];
        self.says.read_exact(&mut content)?;
        content.truncate(size);
        Ok(content)
    }
}

impl Drop for Batch {
    /// It ends when nothing more is asked.
    fn drop(&mut self) {
        drop(self.asks.take());
        let _ = self.child.wait();
    }
}

impl Blob {
    /// The content lies elsewhere, with git-lfs.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.bytes < 1024 && self.blobs.read(&self.name).is_ok_and(|content| content.starts_with(ELSEWHERE))
    }
}

impl Handed for Blob {
    fn bytes(&self) -> u64 {
        self.bytes
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        if self.bytes <= SMALL {
            return Ok(Box::new(Cursor::new(self.blobs.read(&self.name)?)));
        }
        let mut command = program(&self.blobs.top);
        let mut child = command.args(["cat-file", "blob", &self.name]).stderr(Stdio::null()).spawn()?;
        let says = child.stdout.take().ok_or_else(|| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(Box::new(Stream { child, says, left: self.bytes }))
    }
}

/// A content that git is telling.
struct Stream {
    child: Child,
    says: ChildStdout,
    /// So many bytes are still to come.
    left: u64,
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.says.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        // What breaks off is not the whole content.
        if read == 0 && self.left > 0 && !buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(read)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // It may still have much to say.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
