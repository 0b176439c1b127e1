//! `GET /bulk?q=&act=` looks, `POST /bulk` begins, `GET /bulk/{id}` tells how far it is, `POST /bulk/{id}/undoing` takes
//! it back.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use kept_app::bulk::{self, Preview, Progress, Scope};
use kept_app::domain::bulk::Outcome;
use kept_app::store::bulk::{Came, State as Stands};
use kept_app::{Error, ErrorKind};

use super::acts::imperative;
use super::views::{self, BulkPage, Line, Look, Under};
use super::{offered, read, words};
use crate::errors::{Failure, sentence};
use crate::forms::{Fields, Posted};
use crate::layout::Section;
use crate::numbers::{count, grouped};
use crate::parts::{Flash, Tone};
use crate::respond::{show, told};
use crate::session::SignedIn;
use crate::web::Web;

pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::of(query);
    let mut shell = who
        .shell(&web, "Act on many tickets", Section::Elsewhere)
        .await?;
    shell.query = fields.trimmed("q");
    let offered = offered(&web, &who).await?;
    let mut page = BulkPage {
        search: fields.trimmed("q"),
        act: fields.get("act").to_owned(),
        tag: fields.trimmed("tag"),
        problem: None,
        look: None,
        offered,
    };
    if !page.act.is_empty() {
        match look(&web, &who, &fields, &page, &shell.clock.zone).await {
            Ok(look) => page.look = Some(look),
            Err(Told::Problem(says)) => page.problem = Some(says),
            Err(Told::Failed(failure)) => return Err(failure),
        }
    }
    Ok(show(&shell, views::form(&page, &shell)))
}

enum Told {
    Problem(String),
    Failed(Failure),
}

impl From<Error> for Told {
    fn from(error: Error) -> Self {
        match error.kind() {
            ErrorKind::Invalid | ErrorKind::NotFound => Told::Problem(sentence(&error.to_string())),
            _ => Told::Failed(error.into()),
        }
    }
}

async fn look(
    web: &Web,
    who: &SignedIn,
    fields: &Fields,
    page: &BulkPage,
    zone: &jiff::tz::TimeZone,
) -> Result<Look, Told> {
    let act = read(fields).map_err(Told::Problem)?;
    let act = bulk::as_may(&who.viewer, act);
    let scope = Scope::Found(page.search.clone(), zone.clone());
    let found = bulk::preview(&web.desk, &who.viewer, scope, act.clone()).await?;
    let does = words(&act, &page.offered);
    Ok(Look {
        says: foreseen(&found, &does),
        lines: found.cannot.iter().map(cannot).collect(),
        will: found.will,
        button: format!("{} {}", imperative(&act), tickets(found.will)),
    })
}

/// `4,998 of 5,000 tickets will be closed.`
fn foreseen(found: &Preview, does: &str) -> String {
    let all = match (found.will, found.total) {
        (_, 0) => return "This search finds no tickets.".to_owned(),
        (0, total) => return format!("Nothing would change on these {}.", tickets(total)),
        (will, total) if will == total => format!("{} will be {does}.", tickets(will)),
        (will, total) => format!("{} of {} will be {does}.", grouped(will), tickets(total)),
    };
    match found.same {
        0 => all,
        same => format!("{all} {} so already.", is_are(same)),
    }
}

fn is_are(many: usize) -> String {
    format!("{} {}", grouped(many), if many == 1 { "is" } else { "are" })
}

fn tickets(many: usize) -> String {
    format!(
        "{} {}",
        grouped(many),
        if many == 1 { "ticket" } else { "tickets" }
    )
}

fn cannot((why, many, named): &(String, usize, Vec<kept_app::domain::ids::TicketId>)) -> Line {
    Line {
        says: format!("{} cannot, because {why}", grouped(*many)),
        tickets: named.iter().map(|id| count(id.0)).collect(),
        more: *many > named.len(),
    }
}

/// `POST /bulk`
pub(crate) async fn begin(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let clock = posted.who.clock(&web).await?;
    let search = posted.fields.trimmed("q");
    let back = format!("/bulk?q={}", crate::respond::encoded(&search));
    let wrong = |says: String| {
        let flash = Flash {
            tone: Tone::Wrong,
            says,
            undo: None,
        };
        told(&back, flash)
    };
    let act = match read(&posted.fields) {
        Ok(act) => act,
        Err(problem) => return Ok(wrong(problem)),
    };
    let scope = Scope::Found(search, clock.zone);
    match bulk::begin(&web.desk, &posted.who.viewer, scope, act).await {
        // Its page says what was done and has the way back.
        Ok(id) => Ok(Redirect::to(&format!("/bulk/{id}")).into_response()),
        Err(error) => match Told::from(error) {
            Told::Problem(says) => Ok(wrong(says)),
            Told::Failed(failure) => Err(failure),
        },
    }
}

/// `GET /bulk/{id}`
pub(crate) async fn progress(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let it = bulk::progress(&web.desk, &who.viewer, id).await?;
    let offered = offered(&web, &who).await?;
    let title = "Act on many tickets";
    let mut shell = who.shell(&web, title, Section::Elsewhere).await?;
    shell.live = it.bulk.state.goes_on().then(|| format!("bulk:{id}"));
    Ok(show(
        &shell,
        views::progress(&under(&it, &words(&it.bulk.act, &offered)), &shell),
    ))
}

fn under(it: &Progress, does: &str) -> Under {
    let n = |outcome| count(it.count(outcome));
    let (done, undone) = (n(Outcome::Done), n(Outcome::Undone));
    let acted = done + undone + n(Outcome::Stayed);
    let total = count(it.total);
    let says = match it.bulk.state {
        Stands::Doing => format!(
            "{} of {} done",
            number(total - n(Outcome::Waiting)),
            number(total)
        ),
        Stands::Done => match acted {
            0 => "Nothing was changed.".to_owned(),
            1 => format!("1 ticket was {does}."),
            many => format!("{} tickets were {does}.", number(many)),
        },
        Stands::Undoing => format!("{} of {} put back", number(undone), number(acted)),
        Stands::Undone => match undone {
            1 => "1 ticket is as it was before.".to_owned(),
            many => format!("{} tickets are as they were before.", number(many)),
        },
    };
    let (passed, all) = match it.bulk.state {
        Stands::Undoing => (acted - done, acted),
        _ => (total - n(Outcome::Waiting), total),
    };
    Under {
        id: count(it.bulk.id),
        title: format!(
            "{} to be {does}",
            tickets(usize::try_from(total).unwrap_or(usize::MAX))
        ),
        search: it.bulk.search.clone(),
        says,
        passed,
        all,
        goes_on: it.bulk.state.goes_on(),
        may_undo: matches!(it.bulk.state, Stands::Doing | Stands::Done) && acted > 0,
        lines: it.outcomes.iter().filter_map(line).collect(),
    }
}

fn number(many: u64) -> String {
    grouped(usize::try_from(many).unwrap_or(usize::MAX))
}

/// What did not go as it should, one line a reason.
fn line(came: &Came) -> Option<Line> {
    let (many, why) = (
        count(came.many),
        came.why.as_deref().unwrap_or("it was refused"),
    );
    let says = match came.outcome {
        Outcome::Same => format!("{} so already", is_are(usize::try_from(many).unwrap_or(1))),
        Outcome::Refused => format!("{} left as before, because {why}", number(many)),
        Outcome::Stayed => format!("{} not put back, because {why}", number(many)),
        _ => return None,
    };
    Some(Line {
        says,
        tickets: vec![count(came.first.0)],
        more: many > 1,
    })
}

/// `POST /bulk/{id}/undoing`
pub(crate) async fn undo(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    bulk::undo(&web.desk, &posted.who.viewer, id).await?;
    Ok(crate::respond::done(
        &format!("/bulk/{id}"),
        "All of it is being put back.",
    ))
}
