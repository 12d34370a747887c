//! Puts the formats, the rules and their vocabularies into the program, so that adding one is adding files.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

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

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut table = String::from("&[\n");
    for folder in ["rules", "schemas"] {
        println!("cargo::rerun-if-changed={folder}");
        let mut found = Vec::new();
        files(&root.join(folder), &mut found)?;
        found.sort();
        for path in found {
            let name = path.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
            writeln!(table, "    ({name:?}, include_str!({:?})),", path.to_string_lossy())?;
        }
    }
    table.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), table)?;
    Ok(())
}
