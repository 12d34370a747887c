//! Running a program: how long it takes, how much memory it has, how many instructions it needs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use reclint_steps::Anything;
use wait4::{ResourceUsage, Wait4};

/// The exit code from which on a program has not done its work: 1 says that something was found.
const FAILED: i32 = 2;
const MIB: f64 = 1024.0 * 1024.0;

/// A program.
pub struct Program(PathBuf);

impl Program {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Runs it with what it writes thrown away.
    fn run(&self, arguments: &[&str]) -> Anything<(f64, ResourceUsage)> {
        let start = Instant::now();
        let mut command = Command::new(&self.0);
        let mut child = command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let done = child.wait4()?;
        let seconds = start.elapsed().as_secs_f64();
        if done.status.code().is_none_or(|code| code >= FAILED) {
            return Err(format!("{} {}: {}", self.0.display(), arguments.join(" "), done.status).into());
        }
        Ok((seconds, done.rusage))
    }

    /// How long it takes, from start to finish.
    pub fn seconds(&self, arguments: &[&str]) -> Anything<f64> {
        Ok(self.run(arguments)?.0)
    }

    /// How much of it is resident at most, in MiB.
    pub fn resident(&self, arguments: &[&str]) -> Anything<f64> {
        let bytes = u32::try_from(self.run(arguments)?.1.maxrss / 1024)?;
        Ok(f64::from(bytes) * 1024.0 / MIB)
    }

    /// Has it go over its data twice, and gives the seconds of the second pass, which it prints.
    pub fn warm_pass(&self, arguments: &[&str]) -> Anything<f64> {
        let output = Command::new(&self.0).args(arguments).args(["--passes", "2"]).stderr(Stdio::inherit()).output()?;
        let printed = String::from_utf8(output.stdout)?;
        let last = printed.lines().last().ok_or_else(|| format!("{} printed nothing", self.0.display()))?;
        Ok(last.parse()?)
    }
}

/// How many instructions a program executes, as callgrind counts them.
pub fn instructions<'a>(program: &Path, arguments: impl Iterator<Item = &'a str>) -> Anything<f64> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
    let output = command.args(arguments.map(OsStr::new)).output()?;
    let said = String::from_utf8(output.stderr)?;
    let count = said.lines().find_map(|line| line.split_once("Collected : ")).map(|(_, count)| count.trim());
    Ok(count.ok_or("callgrind counted nothing")?.parse()?)
}
