//! The acts on a ticket that are not writing: each is a noun one can post to.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::ids::{PersonId, QueueId, TicketId};
use kept_app::domain::messages::InvitationAnswer;
use kept_app::domain::tickets::{Kind, Priority, Tag};
use kept_app::tickets::{
    Change, answer_invitation, assigns_outright, change, merge as merge_tickets,
};
use kept_app::{Error, checklists, reading};

use super::not_done::{Form, refused_in};
use super::routes::{ask_to_resolve, refused};
use super::sorted::told;
use crate::bonds::routes::parts_left;
use crate::errors::Failure;
use crate::forms::Posted;
use crate::respond::{done, done_with_undo};
use crate::web::Web;

/// Changes the ticket and goes back to it, or says there why not.
async fn carry_out(
    web: &Web,
    number: i64,
    posted: &Posted,
    wish: Result<Change, Error>,
    says: &str,
    undo: Option<String>,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let changed = match wish {
        Ok(wish) => change(&web.desk, &posted.who.viewer, id, wish).await,
        Err(error) => Err(error),
    };
    match (changed, undo) {
        (Err(error), _) => refused(web, &posted.who, id, error).await,
        (Ok(_), None) => Ok(done(&posted.who.page_of(id), says)),
        (Ok(_), Some(undo)) => Ok(done_with_undo(&posted.who.page_of(id), says, undo)),
    }
}

/// The same for what sorts it, which the line of the history that says so takes back.
async fn sort(
    web: &Web,
    number: i64,
    posted: &Posted,
    wish: Result<Change, Error>,
    says: &str,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let sorted = match wish {
        Ok(wish) => change(&web.desk, &posted.who.viewer, id, wish).await,
        Err(error) => Err(error),
    };
    match sorted {
        Ok(line) => Ok(told(&posted.who.page_of(id), says, id, line)),
        Err(error) => refused(web, &posted.who, id, error).await,
    }
}

fn chosen(posted: &Posted, field: &'static str) -> Result<i64, Error> {
    let problem = || Error::invalid(field, "Choose one from the list");
    posted.fields.number(field).ok_or_else(problem)
}

/// `POST /tickets/{number}/subject`
pub(crate) async fn subject(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let wish = Ok(Change::Subject(posted.fields.trimmed("subject")));
    sort(&web, number, &posted, wish, "Changed the subject.").await
}

/// `POST /tickets/{number}/responsible`
pub(crate) async fn responsible(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let agent = chosen(&posted, "agent").map(PersonId);
    let agents = reading::agents(&web.desk, &posted.who.viewer).await?;
    let name = agents
        .iter()
        .find(|known| Ok(known.id) == agent.as_ref().copied().map_err(|_| ()));
    let viewer = &posted.who.viewer;
    let says = name.map_or_else(String::new, |agent| {
        match assigns_outright(viewer, agent.id) {
            true => format!("{} is responsible now.", agent.name),
            false => format!("{} is asked to take it.", agent.name),
        }
    });
    sort(&web, number, &posted, agent.map(Change::Assign), &says).await
}

/// `POST /tickets/{number}/queue`
pub(crate) async fn queue(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let wish = chosen(&posted, "queue").map(|id| Change::Queue(QueueId(id)));
    sort(&web, number, &posted, wish, "Moved to another queue.").await
}

/// `POST /tickets/{number}/priority`
pub(crate) async fn priority(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let wish = Priority::from_text(posted.fields.get("priority")).map(Change::Priority);
    let wish = wish.ok_or_else(|| Error::invalid("priority", "Choose a priority from the list"));
    sort(&web, number, &posted, wish, "Changed the priority.").await
}

/// `POST /tickets/{number}/kind`
pub(crate) async fn kind(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let wish = Kind::from_text(posted.fields.get("kind")).map(Change::Kind);
    let wish = wish.ok_or_else(|| Error::invalid("kind", "Choose a kind from the list"));
    sort(&web, number, &posted, wish, "Changed the kind.").await
}

/// `POST /tickets/{number}/tags`
pub(crate) async fn tag(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let wish = read_tag(posted.fields.get("tag"));
    let says = wish.as_ref().map(|tag| format!("Tagged it {tag}."));
    let says = says.unwrap_or_default();
    sort(&web, number, &posted, wish.map(Change::Tag), &says).await
}

/// `POST /tickets/{number}/tags/{tag}/removal`
pub(crate) async fn untag(
    State(web): State<Web>,
    Path((number, tag)): Path<(i64, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let wish = read_tag(&tag).map(Change::Untag);
    let says = format!("Took the tag {tag} off.");
    sort(&web, number, &posted, wish, &says).await
}

fn read_tag(text: &str) -> Result<Tag, Error> {
    Tag::parse(text).map_err(|problem| Error::invalid("tag", problem.to_string()))
}

/// `POST /tickets/{number}/resolution`; with open steps it asks once, and `anyway` says yes
pub(crate) async fn resolution(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let open = checklists::open_steps(&web.desk, &posted.who.viewer, id).await?;
    if open > 0 && posted.fields.get("anyway") != "yes" {
        return ask_to_resolve(&web, &posted.who, id, open).await;
    }
    let parts = parts_left(&web, &posted.who.viewer, id).await?;
    let says = match parts {
        Some(left) => format!("Resolved #{number}. {left}"),
        None => format!("Resolved #{number}."),
    };
    let undo = Some(format!("/undo/end-{number}"));
    carry_out(&web, number, &posted, Ok(Change::Resolve), &says, undo).await
}

/// `POST /tickets/{number}/closing`
pub(crate) async fn closing(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let says = format!("Confirmed and closed #{number}.");
    let undo = Some(format!("/undo/end-{number}"));
    carry_out(&web, number, &posted, Ok(Change::Confirm), &says, undo).await
}

/// `POST /tickets/{number}/reopening`
pub(crate) async fn reopening(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let says = format!("#{number} is open again.");
    carry_out(&web, number, &posted, Ok(Change::Reopen), &says, None).await
}

/// `POST /tickets/{number}/spam`, with `spam` saying yes or no
pub(crate) async fn spam(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    if posted.fields.get("spam") == "no" {
        let says = format!("#{number} is a ticket again.");
        return carry_out(&web, number, &posted, Ok(Change::UnmarkSpam), &says, None).await;
    }
    let says = format!("#{number} is spam.");
    let undo = Some(format!("/undo/spam-{number}"));
    carry_out(&web, number, &posted, Ok(Change::MarkSpam), &says, undo).await
}

/// `POST /tickets/{number}/reachable`, with `address`: mail is sent there again, whatever came back before.
pub(crate) async fn reachable(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let address = posted.fields.trimmed("address");
    match kept_app::undelivered::clear(&web.desk, &posted.who.viewer, &address).await {
        Ok(()) => Ok(done(
            &posted.who.page_of(id),
            format!("The next mail goes to {address} again."),
        )),
        Err(error) => refused(&web, &posted.who, id, error).await,
    }
}

/// `POST /tickets/{number}/merge`, with `into` naming the other ticket
pub(crate) async fn merge(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let source = TicketId(number);
    let target = posted.fields.number("into").map(TicketId);
    let target = target
        .ok_or_else(|| Error::invalid("into", "Write the number of the other ticket, like #1038"));
    let merged = match target {
        Ok(target) => merge_tickets(&web.desk, &posted.who.viewer, source, target)
            .await
            .map(|()| target),
        Err(error) => Err(error),
    };
    match merged {
        Ok(target) => {
            let says = format!("Merged #{source} into #{target}.");
            Ok(done_with_undo(
                &format!("/tickets/{target}"),
                says,
                format!("/undo/merge-{source}"),
            ))
        }
        Err(error) => {
            let typed = (Form::Merge, posted.fields.get("into"));
            refused_in(&web, &posted.who, source, typed, error).await
        }
    }
}

/// `POST /attachments/{id}/answer`, with `answer` saying whether the desk comes
pub(crate) async fn invitation(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let viewer = &posted.who.viewer;
    let ticket = reading::ticket_of_file(&web.desk, viewer, id).await?;
    let answer = InvitationAnswer::from_text(posted.fields.get("answer"));
    let answer = answer.ok_or_else(|| Error::invalid("answer", "Choose one of the three answers"));
    let answered = match answer {
        Ok(answer) => answer_invitation(&web.desk, viewer, id, answer).await,
        Err(error) => Err(error),
    };
    match answered {
        Ok(ticket) => Ok(done(
            &posted.who.page_of(ticket),
            "The organizer is told now.",
        )),
        Err(error) => refused(&web, &posted.who, ticket, error).await,
    }
}
