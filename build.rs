//! Puts the formats, the rules and their vocabularies into the program, so that adding one is adding files.
//!
//! Their TOML is read here, by the same code that reads a user's, and goes into the program as trees: every start would
//! else read all of it again.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use document::Arena;

/// The part of the library that makes trees.
#[path = "src/document"]
#[allow(dead_code, unreachable_pub, reason = "the program uses the rest")]
mod document {
    mod arena;
    mod key;
    mod node;

    pub(crate) use arena::Arena;
    pub(crate) use key::hash;
    pub(crate) use node::{DECODED, Kind, QUOTED};
}

#[path = "src/syntax"]
#[allow(unreachable_pub, reason = "the library shows it")]
mod syntax {
    pub(crate) mod toml;
}

#[path = "src/rule"]
#[allow(dead_code, unreachable_pub, reason = "the program uses the rest")]
mod rule {
    pub(crate) mod markdown;
}

type Anything<T> = Result<T, Box<dyn std::error::Error>>;

fn files(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, found)?;
        } else if path
            .extension()
            .is_some_and(|extension| ["toml", "json", "md"].iter().any(|known| extension == *known))
        {
            found.push(path);
        }
    }
    Ok(())
}

/// The tree of a file's TOML, as Rust; `None` for other files.
fn tree(name: &str, text: &str) -> Anything<String> {
    let toml = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("toml") => text,
        Some("md") => rule::markdown::RuleFile::split(text).map_err(|(message, _)| format!("{name}: {message}"))?.front,
        _ => return Ok("None".to_owned()),
    };
    let mut arena = Arena::new();
    syntax::toml::read(toml, &mut arena).map_err(|fault| {
        let line = toml.get(..fault.span.start).unwrap_or_default().lines().count();
        format!("{name}: {} (line {line} of its TOML)", fault.message)
    })?;
    let mut code = String::from("Some(Tree { nodes: &[");
    for node in &arena.nodes {
        write!(
            code,
            "node({},{},{},{},Kind::{:?},{}),",
            node.start, node.end, node.next, node.data, node.kind, node.flags
        )?;
    }
    code.push_str("], decoded: &[");
    for text in &arena.decoded {
        write!(code, "Decoded {{ node: {}, start: {}, end: {} }},", text.node, text.start, text.end)?;
    }
    write!(code, "], scratch: {:?} }})", arena.scratch)?;
    Ok(code)
}

fn main() -> Anything<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut table = String::from("&[\n");
    for code in ["src/document", "src/syntax/toml.rs", "src/rule/markdown.rs"] {
        println!("cargo::rerun-if-changed={code}");
    }
    for folder in ["rules", "schemas"] {
        println!("cargo::rerun-if-changed={folder}");
        let mut found = Vec::new();
        files(&root.join(folder), &mut found)?;
        found.sort();
        for path in found {
            let name = path.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
            let tree = tree(&name, &fs::read_to_string(&path)?)?;
            let path = path.to_string_lossy();
            writeln!(table, "    File {{ path: {name:?}, text: include_str!({path:?}), tree: {tree} }},")?;
        }
    }
    table.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), table)?;
    Ok(())
}
