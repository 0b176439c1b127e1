//! `kept demo`: sample data to look at or to measure with.

use kept_app::clock::Clock;
use kept_app::config::Given;
use kept_app::people::person_with;
use kept_app::random::Random;
use kept_app::{Desk, Error, demo, sign_in};

use super::{configuration, few_threads, print, runtime, with_desk};
use crate::failure::Failure;

pub fn run(given: &Given, tickets: Option<usize>) -> Result<(), Failure> {
    match tickets {
        Some(tickets) => with_desk(given, async |desk| {
            demo::fill_many(&desk, tickets).await?;
            print(&format!("Added {tickets} tickets."))
        }),
        None => fill(given),
    }
}

fn fill(given: &Given) -> Result<(), Failure> {
    let config = configuration(given)?;
    let now = Clock::system().now();
    runtime(2)?.block_on(async {
        let (clock, hand) = Clock::standing(now - demo::BEGINS_BEFORE);
        let past = Desk::open_with(config.clone(), clock, Random::system(), &few_threads()).await?;
        if demo::is_filled(&past).await? {
            print("The sample data is here already.")?;
        } else if !sign_in::is_needed(&past).await? {
            past.close().await;
            return Err(Failure::data(
                "This desk is in use; sample data goes into a new data folder only",
            ));
        } else {
            demo::fill(&past, &hand, now).await?;
            print("Loaded a small desk in the middle of its week.")?;
        }
        past.close().await;
        let desk =
            Desk::open_with(config, Clock::system(), Random::system(), &few_threads()).await?;
        let person = person_with(&desk, demo::AGENT).await?;
        let person = person.ok_or_else(|| Error::not_found(demo::AGENT))?;
        let link = sign_in::new_link(&desk, person).await?;
        desk.close().await;
        print(&format!(
            "Sign in (this link works once, within a day): {link}"
        ))
    })
}
