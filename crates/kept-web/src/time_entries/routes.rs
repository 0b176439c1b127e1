//! `/tickets/{number}/time`: all of it, one more entry, and each entry to be put right.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_app::domain::ids::TicketId;
use kept_app::domain::time_entries::{LONGEST_TEXT, TimeEntry};
use kept_app::time_entries::{self as commands, Which};
use kept_app::{Error, ErrorKind, reading};
use serde::Deserialize;

use super::form;
use super::views::{self, EntryPage, TimePage};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::{Fields, Posted};
use crate::layout::{Section, Shell};
use crate::numbers::count;
use crate::parts::Field;
use crate::respond::{done_with_undo, show, show_with};
use crate::session::SignedIn;
use crate::ticket::routes::refused;
use crate::web::Web;

/// Entries on one page.
const AT_ONCE: usize = 100;

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    skip: usize,
}

/// `GET /tickets/{number}/time?skip=`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Path(number): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let skip = wish.skip.min(1_000_000);
    let subject = reading::subject(&web.desk, &who.viewer, id).await?;
    let sheet = commands::of_ticket(&web.desk, &who.viewer, id, skip, AT_ONCE).await?;
    let shown = skip + sheet.listed.len();
    let more = i64::try_from(shown).is_ok_and(|shown| shown < sheet.many);
    let page = TimePage {
        number: count(number),
        subject,
        sheet,
        older: more.then_some(shown),
    };
    let shell = shell(&web, &who, number, "time").await?;
    Ok(show(&shell, views::page(&page, &shell)))
}

async fn shell(web: &Web, who: &SignedIn, number: i64, at: &str) -> Result<Shell, Failure> {
    let title = format!("Time on #{number}");
    let mut shell = who.shell(web, title, Section::Inbox).await?;
    shell.path = format!("/tickets/{number}/{at}");
    Ok(shell)
}

/// `POST /tickets/{number}/time`, with `line`, `type` and `day`
pub(crate) async fn log(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (id, viewer) = (TicketId(number), &posted.who.viewer);
    let zone = posted.who.clock(&web).await?.zone;
    let logged = match form::read_line(&posted.fields) {
        Ok(new) => {
            let spent = new.spent;
            let logged = commands::log(&web.desk, viewer, id, new, zone).await;
            logged.map(|which| (which, spent))
        }
        Err(error) => Err(error),
    };
    match logged {
        Ok(((on, entry), spent)) => Ok(done_with_undo(
            &posted.who.page_of(on),
            format!("Logged {spent}."),
            format!("/undo/timelogged-{on}-{entry}"),
        )),
        Err(error) => refused(&web, &posted.who, id, error).await,
    }
}

/// `GET /tickets/{number}/time/{entry}`
pub(crate) async fn one(
    State(web): State<Web>,
    who: SignedIn,
    Path((number, entry)): Path<(i64, u32)>,
) -> Result<Response, Failure> {
    let which = (TicketId(number), entry);
    let known = commands::find(&web.desk, &who.viewer, which).await?;
    let shell = shell(&web, &who, number, &format!("time/{entry}")).await?;
    let page = entry_page(&web, &who, which, &known, &typed(&known, &shell)).await?;
    Ok(show(&shell, views::edit(&page, &shell)))
}

/// An entry as its form sends it.
fn typed(entry: &TimeEntry, shell: &Shell) -> Fields {
    let details = &entry.details;
    let day = form::day_of(details.when, &shell.clock).to_string();
    let text = details.text.clone().unwrap_or_default();
    let pairs = [
        ("time", details.spent.typed()),
        ("type", details.work_type.as_str().to_owned()),
        ("day", day),
        ("text", text),
    ];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value));
    Fields::of(pairs.to_vec())
}

async fn entry_page(
    web: &Web,
    who: &SignedIn,
    (on, entry): Which,
    known: &TimeEntry,
    fields: &Fields,
) -> Result<EntryPage, Failure> {
    let is_own = known.person == who.viewer.person;
    let agents = reading::agents(&web.desk, &who.viewer).await?;
    let name = agents.into_iter().find(|agent| agent.id == known.person);
    let name = name.map_or_else(|| "a colleague".to_owned(), |agent| agent.name);
    Ok(EntryPage {
        number: count(on.0),
        entry,
        time: Field::new("time", "How long", fields.get("time"))
            .required()
            .autocomplete("off"),
        work_type: Field::new("type", "Kind of work", fields.get("type")),
        types: form::work_types(),
        text: Field::new("text", "What was done", fields.get("text"))
            .help("In words the client may read.")
            .most(LONGEST_TEXT),
        day: Field::new("day", "Day", fields.get("day")).kind("date"),
        why: views::why(fields.get("why"), is_own),
        of: (!is_own).then_some(name),
        error: None,
    })
}

/// `POST /tickets/{number}/time/{entry}`, with `time`, `type`, `day`, `text` and `why`
pub(crate) async fn change(
    State(web): State<Web>,
    Path((number, entry)): Path<(i64, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (which, who) = ((TicketId(number), entry), &posted.who);
    let known = commands::find(&web.desk, &who.viewer, which).await?;
    let clock = who.clock(&web).await?;
    let changed = match form::read(&posted.fields, &known, &clock) {
        Ok(new) => {
            let why = posted.fields.trimmed("why");
            commands::change(&web.desk, &who.viewer, which, new, why, clock.zone).await
        }
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(done_with_undo(
            &format!("/tickets/{number}/time"),
            "Changed.",
            format!("/undo/timechanged-{number}-{entry}"),
        )),
        Err(error) => again(&web, &posted, which, &known, error).await,
    }
}

/// `POST /tickets/{number}/time/{entry}/removal`, with `why`
pub(crate) async fn remove(
    State(web): State<Web>,
    Path((number, entry)): Path<(i64, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (which, who) = ((TicketId(number), entry), &posted.who);
    let known = commands::find(&web.desk, &who.viewer, which).await?;
    let why = posted.fields.trimmed("why");
    match commands::remove(&web.desk, &who.viewer, which, why).await {
        Ok(()) => Ok(done_with_undo(
            &format!("/tickets/{number}/time"),
            format!("Took {} off.", known.details.spent),
            format!("/undo/timeremoved-{number}-{entry}"),
        )),
        Err(error) => again(&web, &posted, which, &known, error).await,
    }
}

/// The form again with what was typed, and why it can't be so.
async fn again(
    web: &Web,
    posted: &Posted,
    which: Which,
    known: &TimeEntry,
    error: Error,
) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let (number, entry) = (which.0.0, which.1);
    let shell = shell(web, &posted.who, number, &format!("time/{entry}")).await?;
    let page = EntryPage {
        error: Some(sentence(&error.to_string())),
        ..entry_page(web, &posted.who, which, known, &posted.fields).await?
    };
    Ok(show_with(
        status_of(&error),
        &shell,
        views::edit(&page, &shell),
    ))
}
