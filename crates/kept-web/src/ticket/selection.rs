//! `POST /tickets/selection`: one act on several tickets of a list, all of which can be taken back. What can't be done is said.

use axum::extract::State;
use axum::response::Response;
use kept_app::bulk::{self, Progress, Scope};
use kept_app::domain::bulk::{BulkAct, Outcome};
use kept_app::domain::ids::{PersonId, TicketId};
use kept_app::tickets::merge;
use kept_app::{Error, ErrorKind};

use crate::bulk::{offered, words};
use crate::errors::{Failure, sentence};
use crate::forms::Posted;
use crate::numbers::number;
use crate::parts::{Flash, Tone, Undo};
use crate::respond::told;
use crate::web::Web;

/// Tickets in one go; a page of the inbox has no more.
const MOST: usize = 100;

enum Act {
    Each(BulkAct),
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
        (Ok(Act::Each(wish)), all) => change_all(&web, &posted, wish, all).await?,
    };
    Ok(told(posted.fields.get("back"), flash))
}

fn read(posted: &Posted) -> Result<Act, &'static str> {
    match posted.fields.get("act") {
        "assign" => match posted.fields.number("responsible") {
            Some(agent) => Ok(Act::Each(BulkAct::Assign {
                to: PersonId(agent),
            })),
            None => Err("Choose whom to assign them to first."),
        },
        "resolve" => Ok(Act::Each(BulkAct::Resolve)),
        "close" => Ok(Act::Each(BulkAct::Close)),
        "spam" => Ok(Act::Each(BulkAct::Spam)),
        "merge" => Ok(Act::Merge),
        _ => Err("Choose what to do with them."),
    }
}

/// All of it can be taken back with one press.
async fn change_all(
    web: &Web,
    posted: &Posted,
    act: BulkAct,
    all: &[TicketId],
) -> Result<Flash, Failure> {
    let viewer = &posted.who.viewer;
    let id = match bulk::begin(&web.desk, viewer, Scope::Ticked(all.to_vec()), act).await {
        Ok(id) => id,
        Err(error @ (Error::Invalid { .. } | Error::NotFound(_))) => {
            return Ok(wrong(&sentence(&error.to_string())));
        }
        Err(error) => return Err(error.into()),
    };
    let it = bulk::progress(&web.desk, viewer, id).await?;
    let does = words(&it.bulk.act, &offered(web, &posted.who).await?);
    Ok(said(&it, &does))
}

/// `3 tickets were closed. 1 was so already.`
fn said(it: &Progress, does: &str) -> Flash {
    let many = it.count(Outcome::Done);
    let were = |n: i64| if n == 1 { "was" } else { "were" };
    let mut says = match many {
        0 => "Nothing was changed.".to_owned(),
        1 => format!("1 ticket was {does}."),
        n => format!("{n} tickets were {does}."),
    };
    for came in &it.outcomes {
        let n = came.many;
        match came.outcome {
            Outcome::Same => says += &format!(" {n} {} so already.", were(n)),
            Outcome::Refused => {
                let why = came.why.as_deref().unwrap_or("it was refused");
                says += &format!(" {n} stayed as before, because {why}.");
            }
            _ => {}
        }
    }
    Flash {
        tone: match it.count(Outcome::Refused) {
            0 => Tone::Done,
            _ => Tone::Wrong,
        },
        says,
        undo: (many > 0).then(|| Undo {
            action: format!("/undo/bulk-{}", it.bulk.id),
            until_seconds: None,
        }),
    }
}

/// The oldest of them goes on; the others are told there.
async fn merge_all(
    web: &Web,
    posted: &Posted,
    into: TicketId,
    rest: &[TicketId],
) -> Result<Flash, Failure> {
    let mut outcome = Merged::default();
    for id in rest {
        outcome.add(merge(&web.desk, &posted.who.viewer, *id, into).await)?;
    }
    let mut flash = outcome.flash("Merged");
    flash.says.push_str(&format!(" They go on in #{into}."));
    Ok(flash)
}

#[derive(Default)]
struct Merged {
    done: usize,
    refused: usize,
    why: String,
}

impl Merged {
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
