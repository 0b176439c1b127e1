//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use kept_app::config::Given;
use kept_domain::people::Role;

/// Kept, the help desk where both sides keep their word.
#[derive(Debug, Parser)]
#[command(name = "kept", version, disable_version_flag = true)]
pub struct CommandLine {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    pub task: Task,
}

/// Where the desk is. Each is also read from the environment and from kept.toml in the data folder.
#[derive(Debug, Args)]
struct Place {
    /// The data folder [KEPT_DATA; default: data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Address of the web pages [KEPT_HTTP; default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "ADDR")]
    http: Option<String>,
    /// Address that takes mail, SMTP and LMTP [KEPT_MAIL; default: 127.0.0.1:2525]
    #[arg(long, global = true, value_name = "ADDR")]
    mail: Option<String>,
    /// postgres://… [KEPT_DATABASE; default: SQLite in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Task {
    /// Run the desk: web pages, mail in, mail out
    Serve,
    /// Take one mail in from standard input, as a mail server's alias does
    Mail {
        #[command(subcommand)]
        task: Option<MailTask>,
    },
    /// Read tickets, also beside a running server
    Ticket {
        #[command(subcommand)]
        task: TicketTask,
    },
    /// Look at the rules and what they would have done
    Rule {
        #[command(subcommand)]
        task: RuleTask,
    },
    /// Look who is known
    Person {
        #[command(subcommand)]
        task: PersonTask,
    },
    /// Bring people, clients or assets in from a table
    Import {
        /// people, clients or assets
        #[arg(value_name = "KIND")]
        kind: String,
        /// CSV with headers in its first line
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Only tell what would become of each line
        #[arg(long)]
        dry_run: bool,
    },
    /// Look whether everything is whole
    Doctor {
        /// Work stored columns and counts out again from the history first
        #[arg(long)]
        rebuild: bool,
        #[arg(long)]
        json: bool,
    },
    /// Bring the database up to date
    Migrate,
    /// Add somebody who works here, or let them in again
    User {
        #[command(subcommand)]
        task: UserTask,
    },
    /// Load sample data and print a sign-in link
    Demo {
        /// Add this many tickets from many senders instead, for measuring
        #[arg(long, value_name = "N")]
        tickets: Option<usize>,
    },
    /// Show the effective configuration and where each value came from
    Config,
    /// Show the version
    Version,
}

#[derive(Debug, Subcommand)]
pub enum MailTask {
    /// Show how a mail is understood, without taking it in
    Inspect {
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// One JSON object a line and file
        #[arg(long)]
        json: bool,
        /// Servers whose Authentication-Results count, separated by commas
        #[arg(long, value_name = "SERVERS", env = "KEPT_TRUSTED_SERVERS")]
        trusted: Option<String>,
    },
    /// List the mail that waits in Unsorted or was settled there
    Unsorted {
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum TicketTask {
    /// List tickets: all, or those a search finds
    List {
        #[arg(value_name = "SEARCH")]
        search: Vec<String>,
        #[arg(long)]
        json: bool,
    },
    /// Show everything a ticket holds
    Show {
        #[arg(required = true, value_name = "N")]
        numbers: Vec<i64>,
        #[arg(long)]
        json: bool,
    },
    /// List the time that was logged on a ticket, or log some
    Time {
        #[arg(value_name = "N")]
        number: i64,
        /// How long, and what was done: "15m new roller"
        #[arg(long, value_name = "LINE", requires = "agent")]
        log: Option<String>,
        /// Who worked, by their address
        #[arg(long = "as", value_name = "ADDRESS")]
        agent: Option<String>,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum PersonTask {
    /// List people: all, or those whose name or address contains a text
    List {
        #[arg(value_name = "TEXT")]
        text: Vec<String>,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum RuleTask {
    /// List the rules in the order they run
    List {
        #[arg(long)]
        json: bool,
    },
    /// Tell what a rule would have done to past tickets; changes nothing
    Try {
        /// The number of the rule, as `kept rule list` shows it
        #[arg(value_name = "N")]
        number: i64,
        /// The newest tickets to look at
        #[arg(long, default_value_t = 500)]
        tickets: usize,
        /// How many days to look back
        #[arg(long, default_value_t = 30)]
        days: u16,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum UserTask {
    /// Let somebody work here
    Add {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// agent, dispatcher or admin
        #[arg(long, default_value = "agent")]
        role: Role,
        /// Read the password from standard input
        #[arg(long, required = true)]
        password_stdin: bool,
    },
    /// Print a link that signs somebody in once, for when a password is lost
    Link {
        #[arg(long)]
        email: String,
    },
}

impl Task {
    /// Whether this runs for long and speaks through its log.
    pub fn is_server(&self) -> bool {
        matches!(self, Task::Serve)
    }
}

impl CommandLine {
    pub fn given(&self) -> Given {
        Given {
            data: self.place.data.clone(),
            http: self.place.http.clone(),
            mail: self.place.mail.clone(),
            database: self.place.database.clone(),
        }
    }
}
