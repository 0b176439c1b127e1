//! Finds and loads the corpus: one case a line, one raw file each.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// Every folder of the corpus.
pub const PURPOSES: [&str; 10] = [
    "autoreplies",
    "bounces",
    "broken",
    "calendar",
    "charsets",
    "forwarded",
    "parse",
    "replies",
    "threading",
    "tnef",
];

/// A file with what its origin expects of it.
pub struct Case {
    pub purpose: String,
    pub file: String,
    pub expected: Option<Value>,
    /// What the case is given beside the file.
    pub inputs: Value,
    /// Patterns found in the file, such as `uuencode`.
    pub tags: Vec<String>,
    pub raw: Vec<u8>,
}

impl Case {
    pub fn name(&self) -> String {
        format!("{}/{}", self.purpose, self.file)
    }
}

/// The cases of these folders, or `None` (said on the console) when the corpus is not at hand.
pub fn of(purposes: &[&str]) -> Option<Vec<Case>> {
    let Some(root) = root() else {
        println!("SKIPPED: no mail corpus. Set KEPT_CORPUS to its folder to run this test.");
        return None;
    };
    Some(
        purposes
            .iter()
            .flat_map(|purpose| load(&root, purpose))
            .collect(),
    )
}

fn root() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let root = std::env::var_os("KEPT_CORPUS").map_or(beside, PathBuf::from);
    let mail = root.join("mail");
    mail.is_dir().then_some(mail)
}

fn load(root: &Path, purpose: &str) -> Vec<Case> {
    let folder = root.join(purpose);
    let list = std::fs::read_to_string(folder.join("cases.jsonl"))
        .expect("the corpus folder has its list");
    let lines = list
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("each line is JSON"));
    let cases = lines.map(|mut line| Case {
        purpose: purpose.to_owned(),
        file: line["file"]
            .as_str()
            .expect("each case names its file")
            .to_owned(),
        raw: std::fs::read(folder.join(line["file"].as_str().unwrap_or_default()))
            .expect("the file is there"),
        tags: tags(&line),
        inputs: line["inputs"].clone(),
        expected: line.get_mut("expected").map(Value::take),
    });
    cases.collect()
}

fn tags(line: &Value) -> Vec<String> {
    let tags = line["tags"].as_array().into_iter().flatten();
    tags.filter_map(Value::as_str).map(str::to_owned).collect()
}
