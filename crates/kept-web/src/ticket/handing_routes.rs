//! The acts that hand a ticket about: correcting the turn, waiting for others, offering and answering offers.

use axum::extract::{Path, State};
use axum::response::Response;
use jiff::SignedDuration;
use kept_app::delegation::{self, NewOffer, OfferTo};
use kept_app::domain::ids::{PersonId, QueueId, TicketId};
use kept_app::domain::turn::Turn;
use kept_app::{Error, reading, tickets};

use super::routes::refused;
use super::sorted::told;
use super::waiting;
use crate::errors::Failure;
use crate::forms::{Fields, Posted};
use crate::numbers::number as read_number;
use crate::respond::{done, done_with_undo};
use crate::web::Web;

/// Back to the ticket, with what was done or why not.
async fn answer(
    web: &Web,
    posted: &Posted,
    id: TicketId,
    result: Result<(), Error>,
    says: &str,
) -> Result<Response, Failure> {
    match result {
        Ok(()) => Ok(done(&back(posted, id), says)),
        Err(error) => refused(web, &posted.who, id, error).await,
    }
}

/// An offer is answered from Now as well.
fn back(posted: &Posted, id: TicketId) -> String {
    match posted.who.came_from() {
        Some("/now") => "/now".to_owned(),
        _ => posted.who.page_of(id),
    }
}

/// `POST /tickets/{number}/turn`, with `to` and `why`
pub(crate) async fn turn(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (id, why) = (TicketId(number), posted.fields.trimmed("why"));
    let corrected = match Turn::from_text(posted.fields.get("to")) {
        Some(to) => tickets::correct_turn(&web.desk, &posted.who.viewer, id, to, why).await,
        None => Err(Error::invalid("to", "Choose whose turn it is")),
    };
    match (posted.fields.get("to"), &corrected) {
        ("client", Ok(())) => Ok(done_with_undo(
            &posted.who.page_of(id),
            "It is the client’s turn.",
            format!("/undo/turn-{id}"),
        )),
        _ => answer(&web, &posted, id, corrected, "Corrected the turn.").await,
    }
}

/// `POST /tickets/{number}/wait`
pub(crate) async fn wait(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let waits = match waiting::read(&posted.fields) {
        Ok(new) => tickets::wait_for(&web.desk, &posted.who.viewer, id, new).await,
        Err(error) => Err(error),
    };
    answer(&web, &posted, id, waits, "The ticket waits for them.").await
}

/// `POST /tickets/{number}/wait/end`
pub(crate) async fn end_wait(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let ended = tickets::end_wait(&web.desk, &posted.who.viewer, id).await;
    answer(&web, &posted, id, ended, "It waits for nobody else now.").await
}

/// `POST /tickets/{number}/delegation`, with `agent` (or `queue-2`), `note` and `until` in minutes from now
pub(crate) async fn offer(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let viewer = &posted.who.viewer;
    let offered = match read_offer(&posted.fields, web.desk.now()) {
        Ok(new) => delegation::offer(&web.desk, viewer, id, new).await,
        Err(error) => Err(error),
    };
    let agents = reading::agents(&web.desk, viewer).await?;
    let (to, line) = match offered {
        Ok(offered) => offered,
        Err(error) => return refused(&web, &posted.who, id, error).await,
    };
    let name = agents.into_iter().find(|agent| agent.id == to);
    let name = name.map_or_else(String::new, |agent| agent.name);
    let says = format!("{name} is asked to take it.");
    Ok(told(&back(&posted, id), &says, id, line))
}

fn read_offer(fields: &Fields, now: jiff::Timestamp) -> Result<NewOffer, Error> {
    let whom = fields.get("agent");
    let to = match whom.strip_prefix("queue-") {
        Some(queue) => read_number(queue).map(|id| OfferTo::Queue(QueueId(id))),
        None => read_number(whom).map(|id| OfferTo::Agent(PersonId(id))),
    };
    let minutes = fields
        .number("until")
        .map(|minutes| minutes.clamp(1, 60 * 24 * 30));
    Ok(NewOffer {
        to: to.ok_or_else(|| Error::invalid("agent", "Choose whom to ask"))?,
        note: fields.trimmed("note"),
        due: minutes.map(|minutes| now + SignedDuration::from_mins(minutes)),
    })
}

/// `POST /tickets/{number}/delegation/acceptance`
pub(crate) async fn accept(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    match delegation::accept(&web.desk, &posted.who.viewer, id).await {
        Ok(line) => {
            let says = format!("#{number} is yours now.");
            Ok(told(&back(&posted, id), &says, id, line))
        }
        Err(error) => refused(&web, &posted.who, id, error).await,
    }
}

/// `POST /tickets/{number}/delegation/refusal`, with `why`
pub(crate) async fn decline(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (id, why) = (TicketId(number), posted.fields.trimmed("why"));
    let declined = delegation::decline(&web.desk, &posted.who.viewer, id, why).await;
    answer(
        &web,
        &posted,
        id,
        declined,
        "Declined; whoever asked is told why.",
    )
    .await
}

/// `POST /tickets/{number}/delegation/withdrawal`
pub(crate) async fn withdraw(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let withdrawn = delegation::withdraw(&web.desk, &posted.who.viewer, id).await;
    answer(&web, &posted, id, withdrawn, "Nobody is asked any more.").await
}
