//! Asks the clocks what other projects' public tests state as facts: `cargo run -p kept-domain --example clocks [FOLDER]`.
//!
//! The folder (default `$KEPT_CORPUS/clocks`, then `../shared/corpus/clocks`) is no part of this repository; its README says
//! what each line asks. Prints each miss and ends with one line of JSON a file. Fails when a share is below its floor.

#![allow(clippy::print_stdout, reason = "what is met is what this is run for")]

mod calendar;
mod sla;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::{Value, json};

/// What one question came to.
pub struct Asked {
    pub id: String,
    pub expected: Value,
    pub got: Value,
    pub met: bool,
    /// Why we answer otherwise than the origin, where we do.
    pub argued: Option<String>,
}

/// How the questions of a line are answered; none for a line that asks what the engine has no word for.
type Answer = fn(&Value) -> Vec<Asked>;

/// Each file with the share that must be met.
const FILES: [(&str, Answer, f64); 3] = [
    ("calendar", calendar::answer, 1.0),
    ("sla", sla::answer, 0.98),
    ("disputed", either, 0.98),
];

fn either(line: &Value) -> Vec<Asked> {
    match line["op"].is_null() {
        true => sla::answer(line),
        false => calendar::answer(line),
    }
}

fn main() -> ExitCode {
    let Some(folder) = folder() else {
        println!("SKIPPED clock corpus: no folder of it; name one, or set KEPT_CORPUS");
        return ExitCode::SUCCESS;
    };
    let mut content = true;
    for (file, answer, floor) in FILES {
        let path = folder.join(format!("{file}.jsonl"));
        let lines = std::fs::read_to_string(&path).unwrap_or_default();
        content &= report(file, &lines, answer, floor);
    }
    if content {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn report(file: &str, lines: &str, answer: Answer, floor: f64) -> bool {
    let lines: Vec<Value> = lines
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let asked: Vec<Asked> = lines.iter().flat_map(answer).collect();
    let misses: Vec<&Asked> = asked.iter().filter(|it| !it.met).collect();
    for (it, why) in asked
        .iter()
        .filter_map(|it| Some((it, it.argued.as_ref()?)))
    {
        println!("  other {file} {}: {} here; origin: {why}", it.id, it.got);
    }
    for miss in &misses {
        println!(
            "  miss  {file} {}: expected {}, got {}",
            miss.id, miss.expected, miss.got
        );
    }
    let met = asked.len() - misses.len();
    println!(
        "{}",
        json!({"purpose": file, "cases": lines.len(), "expected": asked.len(), "met": met})
    );
    met as f64 >= asked.len() as f64 * floor
}

fn folder() -> Option<PathBuf> {
    let named = std::env::args().nth(1).map(PathBuf::from);
    let corpus = std::env::var_os("KEPT_CORPUS").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let places = [
        named.clone(),
        named.map(|it| it.join("clocks")),
        Some(corpus.unwrap_or(beside).join("clocks")),
    ];
    places
        .into_iter()
        .flatten()
        .find(|it| it.join("calendar.jsonl").is_file())
}
