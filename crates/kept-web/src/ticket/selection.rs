//! `POST /tickets/selection`: one act on several tickets of a list. Each is its own command; what can't be done is said.

use axum::extract::State;
use axum::response::Response;
use kept_app::domain::ids::{PersonId, TicketId};
use kept_app::tickets::{Change, change, merge};
use kept_app::{Error, ErrorKind};

use crate::errors::{Failure, sentence};
use crate::forms::Posted;
use crate::numbers::number;
use crate::parts::{Flash, Tone};
use crate::respond::told;
use crate::web::Web;

/// Tickets in one go; a page of the inbox has no more.
const MOST: usize = 100;

enum Act {
    Each(Change),
    Merge,
}

pub(crate) async fn act(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let mut chosen: Vec<TicketId> = posted
        .fields
        .all("ticket")
        .filter_map(number)
        .map(TicketId)
        .collect();
    chosen.sort_unstable();
    chosen.dedup();
    chosen.truncate(MOST);
    let flash = match (read(&posted), chosen.as_slice()) {
        (Err(problem), _) => wrong(problem),
        (_, []) => wrong("Tick some tickets first."),
        (Ok(Act::Merge), [_]) => wrong("Tick two tickets or more to merge them."),
        (Ok(Act::Merge), [first, rest @ ..]) => merge_all(&web, &posted, *first, rest).await?,
        (Ok(Act::Each(wish)), all) => change_all(&web, &posted, &wish, all).await?,
    };
    Ok(told(posted.fields.get("back"), flash))
}

fn read(posted: &Posted) -> Result<Act, &'static str> {
    match posted.fields.get("act") {
        "assign" => match posted.fields.number("responsible") {
            Some(agent) => Ok(Act::Each(Change::Assign(PersonId(agent)))),
            None => Err("Choose whom to assign them to first."),
        },
        "resolve" => Ok(Act::Each(Change::Resolve)),
        "spam" => Ok(Act::Each(Change::MarkSpam)),
        "merge" => Ok(Act::Merge),
        _ => Err("Choose what to do with them."),
    }
}

async fn change_all(
    web: &Web,
    posted: &Posted,
    wish: &Change,
    all: &[TicketId],
) -> Result<Flash, Failure> {
    let mut outcome = Outcome::default();
    for id in all {
        let changed = change(&web.desk, &posted.who.viewer, *id, wish.clone()).await;
        outcome.add(changed.map(drop))?;
    }
    let verb = match wish {
        Change::Assign(_) => "Assigned",
        Change::Resolve => "Resolved",
        _ => "Marked as spam:",
    };
    Ok(outcome.flash(verb))
}

/// The oldest of them goes on; the others are told there.
async fn merge_all(
    web: &Web,
    posted: &Posted,
    into: TicketId,
    rest: &[TicketId],
) -> Result<Flash, Failure> {
    let mut outcome = Outcome::default();
    for id in rest {
        outcome.add(merge(&web.desk, &posted.who.viewer, *id, into).await)?;
    }
    let mut flash = outcome.flash("Merged");
    flash.says.push_str(&format!(" They go on in #{into}."));
    Ok(flash)
}

#[derive(Default)]
struct Outcome {
    done: usize,
    refused: usize,
    why: String,
}

impl Outcome {
    /// Counts a refusal; anything else that went wrong ends it all.
    fn add(&mut self, result: Result<(), Error>) -> Result<(), Failure> {
        match result {
            Ok(()) => self.done += 1,
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::Ours | ErrorKind::Busy | ErrorKind::Denied
                ) =>
            {
                return Err(error.into());
            }
            Err(error) => {
                self.refused += 1;
                self.why = sentence(&error.to_string());
            }
        }
        Ok(())
    }

    fn flash(self, verb: &str) -> Flash {
        let tickets = |n: usize| {
            if n == 1 {
                "1 ticket".to_owned()
            } else {
                format!("{n} tickets")
            }
        };
        let done = format!("{verb} {}.", tickets(self.done));
        match self.refused {
            0 => Flash {
                tone: Tone::Done,
                says: done,
                undo: None,
            },
            n => wrong(&format!(
                "{done} Left {} as before: {}",
                tickets(n),
                self.why
            )),
        }
    }
}

fn wrong(says: &str) -> Flash {
    Flash {
        tone: Tone::Wrong,
        says: says.to_owned(),
        undo: None,
    }
}
