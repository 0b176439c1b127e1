//! Who a mail comes from, asked of the program from outside: before it is taken in, and on its ticket.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

const PROVEN: &str = "Authentication-Results: mx.desk.example; dkim=pass header.d=acme.example\r\n\
    From: Dana Fox <dana@acme.example>\r\nTo: support@desk.example\r\n\
    Message-ID: <1@acme.example>\r\nSubject: VPN\r\n\r\nIt does not connect.\r\n";

/// Nothing of the machine's own settings counts.
fn kept(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kept"));
    let ours = std::env::vars_os().map(|(name, _)| name);
    for name in ours.filter(|name| name.to_string_lossy().starts_with("KEPT_")) {
        command.env_remove(name);
    }
    command
        .args(arguments)
        .current_dir(data)
        .env("KEPT_DATA", data.join("desk"));
    command
}

fn says(command: &mut Command) -> String {
    let output = command.output().expect("kept runs");
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{problem}");
    String::from_utf8(output.stdout).expect("text")
}

fn json_of(command: &mut Command) -> Value {
    serde_json::from_str(&says(command)).expect("JSON")
}

fn takes_in(mut command: Command, mail: &str) {
    let mut running = command.stdin(Stdio::piped()).spawn().expect("kept runs");
    let mut input = running.stdin.take().expect("its input");
    input.write_all(mail.as_bytes()).expect("it reads");
    drop(input);
    assert!(running.wait().expect("it ends").success());
}

fn proven() -> Value {
    json!({
        "verdict": "aligned",
        "domain": "acme.example",
        "by": { "how": "dkim", "domain": "acme.example" },
        "checked_by": "mx.desk.example",
        "checks": ["dkim=pass acme.example"],
    })
}

#[test]
fn only_a_trusted_servers_word_about_a_sender_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("vpn.eml");
    std::fs::write(&file, PROVEN).expect("is written");
    let file = file.to_str().expect("a path");
    let inspect = |more: &[&str]| {
        let arguments = [&["mail", "inspect", file], more].concat();
        kept(folder.path(), &arguments)
    };
    let trusted = ["--json", "--trusted", "mx.other.example,mx.desk.example"];
    assert_eq!(json_of(&mut inspect(&trusted))["authentic"], proven());
    let by_setting = json_of(inspect(&["--json"]).env("KEPT_TRUSTED_SERVERS", "mx.desk.example"));
    assert_eq!(by_setting["authentic"], proven());
    let words = says(&mut inspect(&["--trusted", "mx.desk.example"]));
    assert!(words.contains("\"verdict\": \"aligned\""), "{words}");
    for more in [&["--json"][..], &["--json", "--trusted", "desk.other"]] {
        assert_eq!(json_of(&mut inspect(more))["authentic"], Value::Null);
    }
}

#[test]
fn a_ticket_shows_who_its_mail_was_proven_to_come_from() {
    let folder = tempfile::tempdir().expect("a folder");
    let ask = |arguments: &[&str]| {
        let mut command = kept(folder.path(), arguments);
        command.env("KEPT_TRUSTED_SERVERS", "mx.desk.example");
        command
    };
    takes_in(ask(&["mail"]), PROVEN);
    let unproven = PROVEN.replace("mx.desk", "mx.evil").replace("<1@", "<2@");
    takes_in(ask(&["mail"]), &unproven);
    let on_ticket = |number: &str| {
        let shown = json_of(&mut ask(&["ticket", "show", number, "--json"]));
        let message = shown.pointer("/messages/0").cloned();
        message.expect("a message")["authentic"].clone()
    };
    assert_eq!(on_ticket("1"), proven());
    assert_eq!(on_ticket("2"), Value::Null);
}
