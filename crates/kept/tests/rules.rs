//! The rules from the command line: listed in their order, and tried without changing anything.

use std::path::Path;
use std::process::{Command, Output};

/// Nothing of the machine's own settings counts.
fn kept(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kept"));
    let ours = std::env::vars_os().map(|(name, _)| name);
    for name in ours.filter(|name| name.to_string_lossy().starts_with("KEPT_")) {
        command.env_remove(name);
    }
    let command = command.args(arguments).current_dir(data);
    let output = command.env("KEPT_DATA", data.join("desk")).output();
    output.expect("kept runs")
}

fn says(output: &Output) -> String {
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{problem}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_sample_desk_has_its_mails_and_its_rule_can_be_listed_and_tried() {
    let folder = tempfile::tempdir().expect("a folder");
    says(&kept(folder.path(), &["demo"]));
    let list = says(&kept(folder.path(), &["rule", "list"]));
    assert!(list.contains("1  VPN gets a tag: when"), "{list}");
    let json = says(&kept(folder.path(), &["rule", "list", "--json"]));
    let rules: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(rules[0]["enabled"], true, "{rules}");
    assert_eq!(rules[0]["fired_30_days"], 1, "{rules}");
    let tried = says(&kept(folder.path(), &["rule", "try", "1"]));
    assert!(tried.contains("It would have fired 1 times on"), "{tried}");
    assert!(tried.contains("VPN drops"), "{tried}");
    let none = kept(folder.path(), &["rule", "try", "99"]);
    assert_eq!(none.status.code(), Some(65));
    let tickets = says(&kept(folder.path(), &["ticket", "list"]));
    for subject in [
        "Scanner in the archive",
        "No mail on the new phone",
        "Walk through",
    ] {
        assert!(tickets.contains(subject), "{tickets}");
    }
    let bounced = says(&kept(folder.path(), &["ticket", "list", "phone", "--json"]));
    assert!(bounced.contains("\"turn\":\"desk\""), "{bounced}");
}
