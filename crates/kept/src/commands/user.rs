//! `kept user`

use std::io::BufRead as _;

use kept_app::config::Given;
use kept_app::people::person_with;
use kept_app::settings::agents::{self, NewAgent};
use kept_app::{Error, sign_in};
use kept_domain::people::EmailAddress;

use super::{print, with_desk, with_existing_desk};
use crate::command_line::UserTask;
use crate::failure::Failure;

pub fn run(given: &Given, task: UserTask) -> Result<(), Failure> {
    match task {
        UserTask::Add {
            email,
            name,
            role,
            password_stdin: _,
        } => {
            let address = EmailAddress::parse(&email).map_err(|e| Failure::data(e.to_string()))?;
            let mut password = String::new();
            std::io::stdin().lock().read_line(&mut password)?;
            let password = password.trim_end_matches(['\r', '\n']).to_owned();
            let new = NewAgent {
                name,
                address,
                role,
                password,
            };
            with_desk(given, async |desk| {
                let id = agents::add_as(&desk, None, new).await?;
                print(&format!(
                    "Added {email} as {} (person {id}).",
                    role.as_str()
                ))
            })
        }
        UserTask::Link { email } => with_existing_desk(given, async |desk| {
            let person = person_with(&desk, &email).await?;
            let person = person.ok_or_else(|| Error::not_found(format!("person with {email}")))?;
            print(&sign_in::new_link(&desk, person).await?)
        }),
    }
}
