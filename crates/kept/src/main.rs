//! The one binary: a server, the doors mail comes in by, and the tools an administrator needs.

mod command_line;
mod commands;
mod failure;
mod logging;
mod shown;

use clap::Parser as _;

use command_line::{CommandLine, Task};
use failure::Failure;

fn main() -> std::process::ExitCode {
    // What we write is mail: for this user's eyes only.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) => return not_understood(&error),
    };
    logging::begin(line.task.is_server());
    match run(line) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(failure) => failure.tell(),
    }
}

/// A mail server that calls us wrongly must keep the mail, not return it to its sender.
fn not_understood(error: &clap::Error) -> std::process::ExitCode {
    let _ = error.print();
    let takes_mail = std::env::args().nth(1).is_some_and(|word| word == "mail");
    if takes_mail && error.use_stderr() {
        return std::process::ExitCode::from(failure::TEMPORARY);
    }
    std::process::ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn run(line: CommandLine) -> Result<(), Failure> {
    let given = line.given();
    match line.task {
        Task::Serve => commands::serve::run(&given),
        Task::Mail { task: None } => commands::mail::take_in(&given),
        Task::Mail { task: Some(task) } => commands::mail::run(&given, task),
        Task::Ticket { task } => commands::ticket::run(&given, task),
        Task::Rule { task } => commands::rule::run(&given, task),
        Task::Person { task } => commands::person::run(&given, task),
        Task::Import {
            kind,
            file,
            dry_run,
        } => commands::import::run(&given, &kind, &file, dry_run),
        Task::Doctor { rebuild, json } => commands::doctor::run(&given, rebuild, json),
        Task::Migrate => commands::migrate::run(&given),
        Task::User { task } => commands::user::run(&given, task),
        Task::Demo { tickets } => commands::demo::run(&given, tickets),
        Task::Config => commands::config::run(&given),
        Task::Version => commands::version::run(),
    }
}
