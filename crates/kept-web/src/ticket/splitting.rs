//! The page on which several messages of a ticket are made one of their own.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_app::domain::ids::{MessageId, QueueId, TicketId};
use kept_app::tickets::{SplitLine, SplitWish, Splittable, split_several, splittable};
use kept_app::{Error, ErrorKind};
use maud::{Markup, html};
use serde::Deserialize;

use crate::errors::{Failure, sentence, status_of};
use crate::forms::Posted;
use crate::layout::{Section, Shell};
use crate::numbers::count;
use crate::parts::{Choice, choices, post_with};
use crate::respond::{done_with_undo, show, show_with};
use crate::session::SignedIn;
use crate::web::Web;

/// What the page shows.
#[derive(Debug, Clone)]
pub struct SplitPage {
    pub number: u64,
    pub of: Splittable,
    /// Only what was said before this message is listed.
    pub before: Option<MessageId>,
    /// What was ticked and written, when it is shown again.
    pub ticked: Vec<MessageId>,
    pub subject: String,
    pub queue: String,
    pub error: Option<String>,
}

/// The content of the page.
pub fn split(page: &SplitPage, shell: &Shell) -> Markup {
    let here = format!("/tickets/{}", page.number);
    let queues = page.of.queues.iter();
    let queues: Vec<Choice> = queues
        .map(|queue| Choice::new(queue.id.to_string(), &*queue.name))
        .collect();
    html! {
        div.sheet-page {
            header.page-head {
                h1 { "Split messages off #" (page.number) }
                p.says { a href=(here) { (page.of.subject) } }
            }
            @if let Some(error) = &page.error { p.field-error role="alert" { (error) } }
            @if page.of.lines.is_empty() {
                p.dim { "There is nothing here that could become a ticket of its own." }
            } @else {
                p.dim { "Tick what becomes a ticket of its own, and what comes next of its thread follows." }
                (post_with(&format!("{here}/split"), &shell.csrf, "stack", html! {
                    @if let Some(before) = page.before { input type="hidden" name="before" value=(before); }
                    fieldset.split-lines {
                        legend.visually-hidden { "Messages" }
                        @for it in &page.of.lines { (line(it, page, shell)) }
                    }
                    label { "Subject" input type="text" name="subject" value=(page.subject) maxlength="200" placeholder="As its first mail says"; }
                    label { "Queue" select name="queue" { (choices(&queues, &page.queue)) } }
                    div.form-foot { button.btn.btn-1 { "Make them a ticket" } a.btn href=(here) { "Cancel" } }
                }))
            }
            (pages(page, &here))
        }
    }
}

fn line(it: &SplitLine, page: &SplitPage, shell: &Shell) -> Markup {
    html! {
        label.tick {
            input type="checkbox" name="message" value=(it.message) checked[page.ticked.contains(&it.message)];
            span {
                b { (it.who) } " " small.dim { (shell.clock.short(it.at)) @if it.is_note { " · note" } }
                br; (it.words)
            }
        }
    }
}

/// Each page is a form of its own: what is ticked here goes by itself.
fn pages(page: &SplitPage, here: &str) -> Markup {
    html! {
        @if page.before.is_some() || page.of.older.is_some() {
            p {
                @if let Some(older) = page.of.older { a href={ (here) "/split?before=" (older) } { "Older messages" } }
                @if page.before.is_some() && page.of.older.is_some() { " · " }
                @if page.before.is_some() { a href={ (here) "/split" } { "The newest" } }
            }
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Wish {
    before: Option<i64>,
}

/// `GET /tickets/{number}/split?before=`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Path(number): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let before = wish.before.map(MessageId);
    let of = splittable(&web.desk, &who.viewer, TicketId(number), before).await?;
    let shell = shell(&web, &who, number).await?;
    let page = SplitPage {
        number: count(number),
        queue: of.queue.to_string(),
        of,
        before,
        ticked: vec![],
        subject: String::new(),
        error: None,
    };
    Ok(show(&shell, split(&page, &shell)))
}

async fn shell(web: &Web, who: &SignedIn, number: i64) -> Result<Shell, Failure> {
    let title = format!("Split messages off #{number}");
    who.shell(web, title, Section::Inbox).await
}

/// `POST /tickets/{number}/split`, with `message` for each that goes, `subject` and `queue`
pub(crate) async fn create(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let wish = SplitWish {
        messages: ticked(&posted),
        subject: posted.fields.trimmed("subject"),
        queue: QueueId(posted.fields.number("queue").unwrap_or_default()),
    };
    let first = wish.messages.first().map_or(0, |message| message.0);
    match split_several(&web.desk, &posted.who.viewer, id, wish).await {
        Ok(ticket) => Ok(done_with_undo(
            &format!("/tickets/{ticket}"),
            format!("#{ticket} is a ticket of its own."),
            format!("/undo/move-{first}"),
        )),
        Err(error) => again(&web, &posted, number, error).await,
    }
}

fn ticked(posted: &Posted) -> Vec<MessageId> {
    let all = posted.fields.all("message");
    all.filter_map(|text| text.parse().ok().map(MessageId))
        .collect()
}

/// The page again with what was ticked, saying why they stay.
async fn again(web: &Web, posted: &Posted, number: i64, error: Error) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let before = posted.fields.number("before").map(MessageId);
    let of = splittable(&web.desk, &posted.who.viewer, TicketId(number), before).await?;
    let shell = shell(web, &posted.who, number).await?;
    let page = SplitPage {
        number: count(number),
        of,
        before,
        ticked: ticked(posted),
        subject: posted.fields.trimmed("subject"),
        queue: posted.fields.get("queue").to_owned(),
        error: Some(sentence(&error.to_string())),
    };
    Ok(show_with(status_of(&error), &shell, split(&page, &shell)))
}
