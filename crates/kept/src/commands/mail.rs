//! `kept mail`: takes a mail in from standard input, or shows how mails are understood.

use std::io::Read as _;
use std::path::Path;

use bytes::Bytes;
use kept_app::config::Given;
use kept_app::intake::{self, Envelope, Via};
use kept_domain::ids::UnsortedId;

use super::{configuration, is_there, no_desk, print, print_json, with_desk, with_existing_desk};
use crate::command_line::MailTask;
use crate::failure::Failure;
use crate::shown;

/// Takes one mail in. Whatever fails, the mail server is told to keep the mail and try again; only a
/// mail that is too large will never fit.
pub fn take_in(given: &Given) -> Result<(), Failure> {
    let taken = (|| {
        let config = configuration(given)?;
        // A mail server chooses the folder a command runs in: a desk is begun only where somebody said so.
        if !is_there(&config)? && !config.is_named() {
            return Err(no_desk(&config));
        }
        let largest = config.largest_mail_bytes;
        let mut raw = Vec::new();
        std::io::stdin()
            .lock()
            .take(largest as u64 + 1)
            .read_to_end(&mut raw)?;
        if raw.len() > largest {
            return Ok(Err(Failure::data(format!(
                "this mail is larger than the {} MB taken here",
                largest / (1024 * 1024)
            ))));
        }
        with_desk(given, async |desk| {
            let envelope = Envelope {
                from: None,
                to: vec![],
                via: Via::Pipe,
            };
            intake::take_in(&desk, Bytes::from(raw), envelope).await?;
            Ok(Ok(()))
        })
    })();
    taken.map_err(Failure::temporary)?
}

pub fn run(given: &Given, task: MailTask) -> Result<(), Failure> {
    match task {
        MailTask::Inspect {
            files,
            json,
            trusted,
        } => {
            let servers = trusted.unwrap_or_default();
            let servers = kept_app::authentic::names(&servers);
            files
                .iter()
                .try_for_each(|file| inspect(file, json, &servers))
        }
        MailTask::Unsorted { json } => unsorted(given, json),
    }
}

fn inspect(file: &Path, json: bool, servers: &[String]) -> Result<(), Failure> {
    let raw = std::fs::read(file).map_err(|e| Failure::file(format!("{}: {e}", file.display())))?;
    let inspection = kept_mail::inspect(&raw);
    let inspected = shown::Inspected {
        file: &file.display().to_string(),
        authentic: kept_mail::authentication::of(&inspection.mail, servers),
        mail: &inspection,
    };
    if json {
        print_json(&inspected)
    } else {
        print(&shown::inspection(&inspected))
    }
}

const AT_ONCE: usize = 500;

fn unsorted(given: &Given, json: bool) -> Result<(), Failure> {
    with_existing_desk(given, async |desk| {
        let mut after = UnsortedId(0);
        let mut all = Vec::new();
        loop {
            let mails = desk
                .store()
                .read(move |tx| shown::unsorted(tx, after, AT_ONCE))
                .await
                .map_err(Failure::from)?;
            let Some(last) = mails.last() else { break };
            after = UnsortedId(last.id);
            all.extend(mails);
        }
        if json {
            return print_json(&all);
        }
        all.iter().try_for_each(|mail| {
            print(&format!(
                "{:>6}  {}  {}  {}",
                mail.id, mail.reason, mail.from, mail.subject
            ))
        })
    })
}
