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
    let line = CommandLine::parse();
    logging::begin(line.task.is_server());
    match run(line) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(failure) => failure.tell(),
    }
}

fn run(line: CommandLine) -> Result<(), Failure> {
    let given = line.given();
    match line.task {
        Task::Serve => commands::serve::run(&given),
        Task::Mail { task: None } => commands::mail::take_in(&given),
        Task::Mail { task: Some(task) } => commands::mail::run(&given, task),
        Task::Ticket { task } => commands::ticket::run(&given, task),
        Task::Doctor { rebuild, json } => commands::doctor::run(&given, rebuild, json),
        Task::Migrate => commands::migrate::run(&given),
        Task::User { task } => commands::user::run(&given, task),
        Task::Demo { tickets } => commands::demo::run(&given, tickets),
        Task::Config => commands::config::run(&given),
        Task::Version => commands::version::run(),
    }
}
