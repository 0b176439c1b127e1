//! `POST /undo/{what}`: takes back what was just done. Everything an undo needs is in its address.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::checklists::{Edit, edit};
use kept_app::dashboards;
use kept_app::domain::cards::CardOf;
use kept_app::domain::ids::{
    AssetId, ClientId, EventId, FieldId, MessageId, PersonId, RecurrenceId, ReplyTemplateId,
    TemplateId, TicketId, UnsortedId,
};
use kept_app::domain::turn::Turn;
use kept_app::intake::restore;
use kept_app::reply_templates;
use kept_app::tickets::{
    Change, ForwardAnswer, answer_forward, change, correct_turn, drop_draft, remove_participant,
    restore_participant, take_back, take_end_back, take_end_of_reply_back, undo_merge,
    undo_requester, withdraw,
};
use kept_app::time_entries::Which;

use crate::bonds::taking_back;
use crate::drafts::routes as drafts;
use crate::errors::Failure;
use crate::forms::Posted;
use crate::respond::done;
use crate::ticket::sorted;
use crate::time_entries::taking_back as time;
use crate::web::Web;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Undo {
    /// `merge-1043`: the ticket that was merged stands by itself again.
    Merge(TicketId),
    /// `move-7`: a message is where it was before it was moved last.
    Move(MessageId),
    /// `end-1042`: a ticket that was resolved or closed is as it was before.
    End(TicketId),
    /// `turn-1042`: it is our turn again.
    Turn(TicketId),
    /// `sorted-1042-77`: what that line of a ticket’s history changed is as it was before.
    Sorted(TicketId, EventId),
    /// `snooze-1042`: it is back among the reader’s own.
    Snooze(TicketId),
    /// `spam-1042`
    Spam(TicketId),
    /// `message-99`: what was just written waits in the composer again, and nothing goes out.
    Message(MessageId),
    /// `requester-1042`: the ticket is whose it was before.
    Requester(TicketId),
    /// `added-1042-7`: somebody is out of the conversation again.
    Added(TicketId, PersonId),
    /// `removed-1042-7`: somebody is back in it.
    Removed(TicketId, PersonId),
    /// `watched-1042-7`: somebody does not watch it after all.
    Watched(TicketId, PersonId),
    /// `unwatched-1042-7`: they do again.
    Unwatched(TicketId, PersonId),
    /// `tick-1042-3`: a step is to do again.
    Tick(TicketId, u32),
    /// `step-1042-3`: a step is back on the list.
    Step(TicketId, u32),
    /// `left-1042-31`: whose ticket it is is asked again.
    Left(TicketId, MessageId),
    /// `discard-7`: a mail waits in Unsorted again.
    Discard(UnsortedId),
    /// `template-3`: a reply template that was removed is there again.
    Template(ReplyTemplateId),
    /// `bulk-7`: every ticket of an act on many is as it was.
    Bulk(i64),
    /// `view-3`: a view that was deleted is there again.
    View(i64),
    /// `dashboard-3`: a dashboard that was deleted is there again.
    Dashboard(i64),
    /// `card-3-7`: so is a card on one.
    Card(i64, u32),
    /// `mailing-3`: a dashboard is mailed again.
    Mailing(i64),
    /// `stopping-3`: the reader gets it again.
    Stopping(i64),
    /// `absence-3`: somebody is away all the same.
    Absence(i64),
    /// `recurring-7`: a ticket recurs again.
    Recurring(RecurrenceId),
    /// `beginning-7`: a template for new tickets is offered again.
    Beginning(TemplateId),
    /// `retired-12`: an asset is in use again.
    Retired(AssetId),
    /// `asset-1042-12`: a ticket is about an asset again.
    Asset(TicketId, AssetId),
    /// `field-3`: a field that was retired is asked again.
    Field(FieldId),
    /// `twopeople-3-7`, `twoclients-3-7`: two cards are suggested as one again.
    Two(CardOf, CardOf),
    /// `joined-3`: a card that was merged into another stands by itself again.
    Joined(i64),
    /// `rule-17`: a rule is as it was before that change.
    Rule(i64),
    /// `related.blocks.1042.1043`: a link of a ticket is as it was before.
    Link(taking_back::Link),
    /// `timelogged-1042-3`: what was done with a time entry of a ticket is as if it had not been.
    Time(time::Did, Which),
    /// `draft-1042`: what was being written waits again; `draft-0` is for a ticket that is not opened yet.
    Draft(TicketId),
}

fn read(what: &str) -> Option<Undo> {
    if let Some(link) = taking_back::read(what) {
        return Some(Undo::Link(link));
    }
    let (act, id) = what.split_once('-')?;
    if let Some((ticket, other)) = id.split_once('-') {
        return read_pair(act, TicketId(ticket.parse().ok()?), other.parse().ok()?);
    }
    let id = id.parse().ok()?;
    match act {
        "merge" => Some(Undo::Merge(TicketId(id))),
        "move" => Some(Undo::Move(MessageId(id))),
        "end" => Some(Undo::End(TicketId(id))),
        "message" => Some(Undo::Message(MessageId(id))),
        "turn" => Some(Undo::Turn(TicketId(id))),
        "snooze" => Some(Undo::Snooze(TicketId(id))),
        "spam" => Some(Undo::Spam(TicketId(id))),
        "requester" => Some(Undo::Requester(TicketId(id))),
        "bulk" => Some(Undo::Bulk(id)),
        "view" => Some(Undo::View(id)),
        "absence" => Some(Undo::Absence(id)),
        "dashboard" => Some(Undo::Dashboard(id)),
        "mailing" => Some(Undo::Mailing(id)),
        "stopping" => Some(Undo::Stopping(id)),
        "recurring" => Some(Undo::Recurring(RecurrenceId(id))),
        "beginning" => Some(Undo::Beginning(TemplateId(id))),
        "retired" => Some(Undo::Retired(AssetId(id))),
        "field" => Some(Undo::Field(FieldId(id))),
        "joined" => Some(Undo::Joined(id)),
        "rule" => Some(Undo::Rule(id)),
        "draft" => Some(Undo::Draft(TicketId(id))),
        "template" => Some(Undo::Template(ReplyTemplateId(id))),
        "discard" => Some(Undo::Discard(UnsortedId(id))),
        _ => None,
    }
}

fn read_pair(act: &str, ticket: TicketId, other: i64) -> Option<Undo> {
    if let Some((did, which)) = time::read(act, ticket, other) {
        return Some(Undo::Time(did, which));
    }
    match act {
        "added" => Some(Undo::Added(ticket, PersonId(other))),
        "removed" => Some(Undo::Removed(ticket, PersonId(other))),
        "watched" => Some(Undo::Watched(ticket, PersonId(other))),
        "unwatched" => Some(Undo::Unwatched(ticket, PersonId(other))),
        "tick" => Some(Undo::Tick(ticket, u32::try_from(other).ok()?)),
        "step" => Some(Undo::Step(ticket, u32::try_from(other).ok()?)),
        "asset" => Some(Undo::Asset(ticket, AssetId(other))),
        "card" => Some(Undo::Card(ticket.0, u32::try_from(other).ok()?)),
        "sorted" => Some(Undo::Sorted(ticket, EventId(other))),
        "left" => Some(Undo::Left(ticket, MessageId(other))),
        "twopeople" => Some(Undo::Two(
            CardOf::Person(PersonId(ticket.0)),
            CardOf::Person(PersonId(other)),
        )),
        "twoclients" => Some(Undo::Two(
            CardOf::Client(ClientId(ticket.0)),
            CardOf::Client(ClientId(other)),
        )),
        _ => None,
    }
}

pub(crate) async fn undo(
    State(web): State<Web>,
    Path(what): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let viewer = &posted.who.viewer;
    let back = |id: TicketId| posted.who.page_of(id);
    match read(&what).ok_or(Failure::Nowhere)? {
        Undo::Merge(id) => {
            undo_merge(&web.desk, viewer, id)
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), format!("#{id} stands by itself again.")))
        }
        Undo::Move(id) => {
            let home = take_back(&web.desk, viewer, id)
                .await
                .map_err(|e| led_back(e, "/inbox"))?;
            let says = format!("It is back on #{home}.");
            Ok(done(&format!("/tickets/{home}#message-{id}"), says))
        }
        Undo::End(id) => {
            take_end_back(&web.desk, viewer, id)
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), format!("#{id} is as it was.")))
        }
        Undo::Template(id) => {
            let name = reply_templates::restore(&web.desk, viewer, id).await?;
            let says = format!("“{name}” is there again.");
            Ok(done("/reply-templates", says))
        }
        Undo::Turn(id) => {
            let why = "that was taken back".to_owned();
            correct_turn(&web.desk, viewer, id, Turn::Desk, why)
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), "It is our turn again."))
        }
        Undo::Spam(id) => {
            change(&web.desk, viewer, id, Change::UnmarkSpam)
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), format!("#{id} is a ticket again.")))
        }
        Undo::Sorted(id, line) => sorted::put_back(&web, &posted, id, line).await,
        Undo::Snooze(id) => {
            kept_app::snoozes::wake(&web.desk, viewer, id)
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), "It is back in your Now and Inbox."))
        }
        Undo::Message(id) => {
            let ticket = match withdraw(&web.desk, viewer, id).await {
                Ok(ticket) => ticket,
                Err(late) => return end_of_reply(&web, &posted, id, late).await,
            };
            let to = format!("{}#composer-words", back(ticket));
            Ok(done(&to, "Taken back; nothing went out."))
        }
        Undo::Requester(id) => {
            undo_requester(&web.desk, viewer, id)
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), format!("#{id} is whose it was before.")))
        }
        Undo::Added(id, person) => {
            remove_participant(&web.desk, viewer, id, person)
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), "They are out of the conversation again."))
        }
        Undo::Removed(id, person) => {
            restore_participant(&web.desk, viewer, id, person)
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), "They are in the conversation again."))
        }
        Undo::Watched(id, person) => {
            kept_app::watching::unwatch(&web.desk, viewer, id, person)
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), "It is not watched after all."))
        }
        Undo::Unwatched(id, person) => {
            kept_app::watching::watch(&web.desk, viewer, id, person)
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), "It is watched again."))
        }
        Undo::Tick(id, step) => {
            edit(&web.desk, viewer, id, Edit::Untick(step))
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), "It is to do again."))
        }
        Undo::Step(id, step) => {
            edit(&web.desk, viewer, id, Edit::Restore(step))
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), "The step is back."))
        }
        Undo::Left(id, message) => {
            let again = ForwardAnswer::AskAgain;
            answer_forward(&web.desk, viewer, id, message, again)
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), "The question stands again."))
        }
        Undo::Bulk(id) => {
            kept_app::bulk::undo(&web.desk, viewer, id)
                .await
                .map_err(|e| led_back(e, &format!("/bulk/{id}")))?;
            let page = format!("/bulk/{id}");
            let from = posted.who.came_from().filter(|from| *from != page);
            match from.filter(|from| !from.starts_with("/tickets/")) {
                Some(back) if !is_large(&web, viewer, id).await? => {
                    Ok(done(back, "All of it is as it was before."))
                }
                _ => Ok(done(&page, "All of it is being put back.")),
            }
        }
        Undo::View(id) => {
            let view = kept_app::views::remove(&web.desk, viewer, id, false)
                .await
                .map_err(|e| led_back(e, "/inbox"))?;
            let says = format!("The view “{}” is here again.", view.wish.name);
            Ok(done(&format!("/views/{id}"), says))
        }
        Undo::Absence(id) => {
            kept_app::handover::restore_absence(&web.desk, viewer, id)
                .await
                .map_err(|e| led_back(e, "/handover"))?;
            Ok(done("/handover", "They are away all the same."))
        }
        Undo::Dashboard(id) => {
            let name = dashboards::remove(&web.desk, viewer, id, false)
                .await
                .map_err(|e| led_back(e, "/dashboards"))?;
            let says = format!("The dashboard “{name}” is here again.");
            Ok(done(&format!("/dashboards/{id}"), says))
        }
        Undo::Card(id, card) => {
            let page = format!("/dashboards/{id}/edit");
            let change = dashboards::Change::Remove {
                card,
                removed: false,
            };
            dashboards::change(&web.desk, viewer, id, change)
                .await
                .map_err(|e| led_back(e, &page))?;
            Ok(done(&page, "The card is back."))
        }
        Undo::Mailing(id) => {
            let dashboard = dashboards::end_mailing(&web.desk, viewer, id, false)
                .await
                .map_err(|e| led_back(e, "/dashboards"))?;
            let page = format!("/dashboards/{dashboard}/mail");
            Ok(done(&page, "It is mailed again."))
        }
        Undo::Stopping(id) => {
            let page = format!("/mailings/{id}");
            dashboards::stop(&web.desk, viewer, id, false)
                .await
                .map_err(|e| led_back(e, &page))?;
            Ok(done(&page, "You get it again."))
        }
        Undo::Recurring(id) => {
            kept_app::recurring::remove(&web.desk, viewer, id, true)
                .await
                .map_err(|e| led_back(e, "/settings/recurring"))?;
            Ok(done("/settings/recurring", "It recurs again."))
        }
        Undo::Field(id) => {
            kept_app::fields::retire(&web.desk, viewer, id, true)
                .await
                .map_err(|e| led_back(e, "/settings/fields"))?;
            Ok(done("/settings/fields", "The field is asked again."))
        }
        Undo::Beginning(id) => {
            kept_app::templates::remove(&web.desk, viewer, id, true)
                .await
                .map_err(|e| led_back(e, "/settings/templates"))?;
            Ok(done("/settings/templates", "The template is back."))
        }
        Undo::Rule(id) => {
            kept_app::rules::undo(&web.desk, viewer, id)
                .await
                .map_err(|e| led_back(e, "/settings/rules"))?;
            Ok(done("/settings/rules", "The rule is as it was before."))
        }
        Undo::Link(link) => taking_back::take_back(&web, &posted, link)
            .await
            .map_err(|e| led_back(e, &back(link.on))),
        Undo::Time(did, which) => time::take_back(&web, &posted, (did, which))
            .await
            .map_err(|e| led_back(e, &back(which.0))),
        Undo::Draft(id) => drafts::restore(&web, &posted.who, id).await,
        Undo::Two(one, other) => {
            crate::joining::duplicates::undo(&web, &posted.who, one, other).await
        }
        Undo::Joined(id) => crate::joining::routes::undo(&web, &posted.who, id).await,
        Undo::Retired(id) => {
            kept_app::assets::retire(&web.desk, viewer, id, false)
                .await
                .map_err(|e| led_back(e, "/inventory"))?;
            Ok(done(&format!("/inventory/{id}"), "It is in use again."))
        }
        Undo::Asset(id, asset) => {
            kept_app::assets::link(&web.desk, viewer, id, format!("#{asset}"))
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), "The ticket is about it again."))
        }
        Undo::Discard(id) => {
            restore(&web.desk, viewer, id)
                .await
                .map_err(|e| led_back(e, "/unsorted"))?;
            Ok(done("/unsorted", "The mail waits here again."))
        }
    }
}

/// What is on its way already stays said; the end that went with it is taken back all the same.
async fn end_of_reply(
    web: &Web,
    posted: &Posted,
    id: MessageId,
    late: kept_app::Error,
) -> Result<Response, Failure> {
    let viewer = &posted.who.viewer;
    let conflicts = late.kind() == kept_app::ErrorKind::Conflict;
    let open = match conflicts {
        true => take_end_of_reply_back(&web.desk, viewer, id).await?,
        false => None,
    };
    match open {
        Some(ticket) => {
            let says = format!(
                "Your words are on their way already; #{ticket} is no longer resolved by them."
            );
            Ok(done(&posted.who.page_of(ticket), says))
        }
        None => Err(led_back(late, "/outbox")),
    }
}

/// `POST /drafts/{id}/discarding`: what was taken back is not to be said at all.
pub(crate) async fn discard_draft(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    drop_draft(&web.desk, &posted.who.viewer, MessageId(id)).await?;
    let back = posted.who.came_from().unwrap_or("/now");
    Ok(done(back, "Discarded."))
}

/// Whether it is still being put back, or something stayed: its page tells how far it is.
async fn is_large(
    web: &Web,
    viewer: &kept_app::domain::access::Viewer,
    id: i64,
) -> Result<bool, Failure> {
    let it = kept_app::bulk::progress(&web.desk, viewer, id).await?;
    let stayed = it.count(kept_app::domain::bulk::Outcome::Stayed);
    Ok(it.bulk.state.goes_on() || stayed > 0)
}

fn led_back(error: kept_app::Error, to: &str) -> Failure {
    Failure::from(error).back_to(to, "Look at it as it is now")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undo_says_what_it_takes_back() {
        assert_eq!(read("merge-1043"), Some(Undo::Merge(TicketId(1043))));
        assert_eq!(read("move-7"), Some(Undo::Move(MessageId(7))));
        assert_eq!(read("discard-7"), Some(Undo::Discard(UnsortedId(7))));
        assert_eq!(
            read("removed-1042-7"),
            Some(Undo::Removed(TicketId(1042), PersonId(7)))
        );
        assert_eq!(
            read("sorted-1042-77"),
            Some(Undo::Sorted(TicketId(1042), EventId(77)))
        );
        for nothing in ["", "merge", "merge-", "merge-x", "explode-1"] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
    }
}
