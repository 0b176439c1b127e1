//! `kept person`: who is known, for scripts and for people at a terminal.

use kept_app::config::Given;
use kept_app::domain::ids::PersonId;
use kept_app::reading;
use kept_app::store::people::ListedPerson;
use serde::Serialize;

use super::{everybody, print, print_json, with_existing_desk};
use crate::command_line::PersonTask;
use crate::failure::Failure;

pub fn run(given: &Given, task: PersonTask) -> Result<(), Failure> {
    match task {
        PersonTask::List { text, json } => list(given, &text.join(" "), json),
    }
}

#[derive(Serialize)]
struct PersonLine {
    number: i64,
    name: String,
    address: String,
    client: Option<String>,
    role: Option<&'static str>,
}

impl PersonLine {
    fn of(it: ListedPerson) -> Self {
        Self {
            number: it.id.0,
            name: it.name,
            address: it.address,
            client: it.client.map(|(_, name)| name),
            role: it.role.map(|role| role.as_str()),
        }
    }
}

impl std::fmt::Display for PersonLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}  {} <{}>", self.number, self.name, self.address)?;
        let belongs = self.role.or(self.client.as_deref());
        belongs.map_or(Ok(()), |belongs| write!(f, " · {belongs}"))
    }
}

fn list(given: &Given, text: &str, json: bool) -> Result<(), Failure> {
    with_existing_desk(given, async |desk| {
        let (mut all, mut after) = (Vec::new(), Some(PersonId(0)));
        while let Some(from) = after {
            let page = reading::people(&desk, &everybody(), text.to_owned(), None, from).await?;
            all.extend(page.0.into_iter().map(PersonLine::of));
            after = page.1;
        }
        if json {
            return print_json(&all);
        }
        all.iter().try_for_each(|line| print(&line.to_string()))
    })
}
