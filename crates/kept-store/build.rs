//! Puts the migrations into the binary, in the order of their numbers.
//! Stops the build when a file's name or the numbering is wrong.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error, fs};

fn main() -> Result<(), Box<dyn error::Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../migrations");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "sql"));
    files.sort();
    let list = Path::new(&env::var("OUT_DIR")?).join("migrations.rs");
    fs::write(list, written(&files)?)?;
    Ok(())
}

fn written(files: &[PathBuf]) -> Result<String, Box<dyn error::Error>> {
    let mut text =
        String::from("/// Every step, oldest first.\npub(crate) const ALL: &[Migration] = &[\n");
    let mut last = 0;
    for file in files {
        let stem = file
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        let (number, name) = stem
            .split_once('_')
            .ok_or("a migration is named NNNN_name.sql")?;
        // Numbers are given out before the work is done, so there may be gaps.
        let number: i64 = match (number.len(), number.parse()) {
            (4, Ok(number)) if number > last => number,
            _ => {
                return Err(
                    format!("{stem}.sql needs a number of its own, after {last:04}").into(),
                );
            }
        };
        last = number;
        let file = file.canonicalize()?;
        writeln!(
            text,
            "    Migration {{ number: {number}, name: {name:?}, sql: include_str!({file:?}) }},"
        )?;
    }
    text.push_str("];\n");
    Ok(text)
}
