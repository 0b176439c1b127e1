//! A ticket's page and what is written on it.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kept_app::calls::On;
use kept_app::domain::ids::{MessageId, ReplyTemplateId, TicketId};
use kept_app::domain::tickets::AndThen;
use kept_app::reading::{self, Conversation, Depth, View};
use kept_app::store::held::Held;
use kept_app::tickets::Upload;
use kept_app::{Error, ErrorKind, checklists, drafts, promises, reply_templates, tickets};
use serde::Deserialize;

use super::activity::{self, Asked};
use super::beside::{self, Beside};
use super::composer::{Composer, Mode};
use super::views::{self, TicketPage};
use super::writing::{self, Written};
use super::{handing_of, life, owed, passing, readers, show, watching};
use crate::bonds::routes::parts_left;
use crate::calls::routes as calls;
use crate::checklists::views::left;
use crate::errors::{Failure, sentence, status_of};
use crate::forms::{Fields, Posted};
use crate::layout::{Place, Section, Shell};
use crate::parts::{Flash, Tone};
use crate::respond::{show_with, told};
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    /// `all`: each obligation of a long ticket with its reasons.
    owed: Option<String>,
    /// The view of the inbox it was opened from.
    list: Option<String>,
    /// The reply that was just written, when it reads like a promise or asks something.
    said: Option<i64>,
    /// The reply template to begin with.
    template: Option<i64>,
    /// The message to quote.
    quote: Option<i64>,
    /// What to pass on: `last`, `all` or a message’s number.
    forward: Option<String>,
}

/// `GET /tickets/{number}`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Path(number): Path<i64>,
    Query(asked): Query<Asked>,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let depth = match wish.owed.as_deref() {
        Some("all") => Depth::Whole,
        _ => Depth::Usual,
    };
    let (mut shell, mut page) = load_part(&web, &who, TicketId(number), &asked, depth).await?;
    if let Some(said) = wish.said.map(MessageId) {
        page.offered = offered(&web, &who, TicketId(number), said).await?;
        page.left_asking = left_asking(&web, &who, TicketId(number), said).await?;
    }
    let kept = drafts::of(&web.desk, &who.viewer, Some(TicketId(number))).await?;
    if let Some(kept) = kept {
        page.composer = page.composer.map(|it| writing::with_unsent(it, &kept));
    }
    if let (Some(what), Some(composer)) = (&wish.forward, &mut page.composer)
        && let Some(passing) = passing::begun(&composer.passable, what)
    {
        composer.mode = Mode::Forward;
        composer.passing = Some(passing);
    }
    if let (Some(quoted), Some(composer)) = (wish.quote.map(MessageId), &mut page.composer) {
        let words = reading::words_of(&web.desk, &who.viewer, TicketId(number), quoted).await?;
        composer.text = writing::with_quote(&composer.text, &words);
    }
    if let (Some(template), Some(composer)) = (wish.template, &mut page.composer) {
        let (id, viewer) = (ReplyTemplateId(template), &who.viewer);
        composer.text = reply_templates::filled(&web.desk, viewer, id, TicketId(number)).await?;
    }
    if let Some(view) = wish.list.as_deref().and_then(View::from_text) {
        shell.place = place(&web, &who, view, TicketId(number)).await?;
    }
    shell.path = path(TicketId(number), &wish, &asked);
    shown(&web, &who, TicketId(number), (shell, page), StatusCode::OK).await
}

/// The page, which says who will read what stands in its composer.
async fn shown(
    web: &Web,
    who: &SignedIn,
    id: TicketId,
    (shell, mut page): (Shell, TicketPage),
    status: StatusCode,
) -> Result<Response, Failure> {
    if let Some(composer) = &mut page.composer {
        composer.readers = readers::of(web, who, id, composer).await?;
    }
    Ok(show_with(status, &shell, views::ticket(&page, &shell)))
}

/// The page's own address, without what was said a moment ago.
fn path(id: TicketId, wish: &Wish, asked: &Asked) -> String {
    let view = wish.list.as_deref().and_then(View::from_text);
    let list = view.map(|view| format!("list={}", view.as_str()));
    let words: Vec<String> = list.into_iter().chain(asked.written()).collect();
    match words.is_empty() {
        true => format!("/tickets/{id}"),
        false => format!("/tickets/{id}?{}", words.join("&")),
    }
}

/// What a reply promises, offered to whoever may promise.
async fn offered(
    web: &Web,
    who: &SignedIn,
    id: TicketId,
    said: MessageId,
) -> Result<Option<promises::Offered>, Failure> {
    Ok(promises::offered(&web.desk, &who.viewer, id, said).await?)
}

/// What a reply that kept the turn asks all the same.
async fn left_asking(
    web: &Web,
    who: &SignedIn,
    id: TicketId,
    said: MessageId,
) -> Result<Option<String>, Failure> {
    Ok(tickets::left_asking(&web.desk, &who.viewer, id, said).await?)
}

/// Where the ticket stands in the list it was opened from, as far as its first page goes.
async fn place(
    web: &Web,
    who: &SignedIn,
    view: View,
    id: TicketId,
) -> Result<Option<Place>, Failure> {
    let (listed, more) = reading::inbox(&web.desk, &who.viewer, view, None).await?;
    let Some(at) = listed.iter().position(|it| it.ticket.id == id) else {
        return Ok(None);
    };
    let link = |at: usize| {
        let neighbour = listed.get(at)?.ticket.id;
        Some(format!("/tickets/{neighbour}?list={}", view.as_str()))
    };
    let open_end = if more.is_some() { "+" } else { "" };
    Ok(Some(Place {
        says: format!("{} of {}{open_end}", at + 1, listed.len()),
        previous: at.checked_sub(1).and_then(link),
        next: link(at + 1),
    }))
}

async fn load(web: &Web, who: &SignedIn, id: TicketId) -> Result<(Shell, TicketPage), Failure> {
    load_part(web, who, id, &Asked::default(), Depth::Usual).await
}

async fn load_part(
    web: &Web,
    who: &SignedIn,
    id: TicketId,
    asked: &Asked,
    depth: Depth,
) -> Result<(Shell, TicketPage), Failure> {
    let wish = asked.wish(web, who).await?;
    let (conversation, mut shell) = tokio::try_join!(
        async { Ok(reading::conversation_page(&web.desk, &who.viewer, id, wish).await?) },
        who.shell(web, "", Section::Inbox),
    )?;
    name(&mut shell, &conversation);
    let beside = beside::of(web, who, &conversation, (&shell, depth)).await?;
    let life = life::of(&conversation, &beside.owed, &beside.promised, &shell.clock);
    let (others, viewer) = (&beside.others, &who.viewer);
    let mut page = show::page(&conversation, life, others, viewer, &shell.clock);
    page.choosing = activity::choosing(web, who, wish.activity).await?;
    page.others = web.here.others(id, who.viewer.person, shell.clock.now);
    let minutes = beside.answer_minutes;
    handing_of::name_usual_time(&mut page, &conversation, minutes, &shell.clock);
    let held = beside.held;
    put_beside(&mut page, beside, id, who);
    undoable(web, who, &conversation, held, (&mut shell, &mut page)).await?;
    Ok((shell, page))
}

/// The panel, and what the composer begins with.
fn put_beside(page: &mut TicketPage, beside: Beside, id: TicketId, who: &SignedIn) {
    page.tell_promises(&beside.promised);
    page.offered_by_client = beside.by_client;
    let panel = &mut page.panel;
    panel.owed = owed::of(&beside.owed, id);
    panel.fields = beside.fields;
    panel.watching = watching::of(beside.watchers, who.viewer.person, &panel.agents);
    panel.steps = beside.steps;
    panel.time = beside.time;
    panel.assets = beside.assets;
    panel.snooze = beside.snooze;
    panel.duties = beside.duties;
    if let Some(mut composer) = page.composer.take() {
        composer.room_bytes = beside.room_bytes;
        let templates = beside.templates.into_iter();
        composer.templates = templates.map(|it| (it.id.0, it.name)).collect();
        page.composer = Some(match &beside.draft {
            Some(draft) => writing::with_draft(composer, draft),
            None => composer,
        });
    }
}

/// Offers to take back what this reader wrote a moment ago, beside it and in a word of its own.
async fn undoable(
    web: &Web,
    who: &SignedIn,
    conversation: &Conversation,
    held: Option<Held>,
    (shell, page): (&mut Shell, &mut TicketPage),
) -> Result<(), Failure> {
    if let Some(held) = held {
        page.offer_undo(held.message);
    }
    let note = reading::fresh_note(&web.desk, &who.viewer, conversation).await?;
    if let Some((note, left)) = note {
        page.offer_undo(note.id);
        let undo = format!("/undo/message-{}", note.id);
        let seconds = u32::try_from(left).unwrap_or_default();
        shell.flash = shell
            .flash
            .take()
            .or_else(|| Some(Flash::until("Note added.", undo, seconds)));
    }
    Ok(())
}

/// What the frame says of the ticket in it.
fn name(shell: &mut Shell, conversation: &Conversation) {
    let ticket = &conversation.ticket;
    shell.title = format!("#{} {}", ticket.id, ticket.subject);
    let live: Vec<String> = std::iter::once(ticket.id)
        .chain(conversation.absorbed.iter().copied())
        .map(|id| format!("ticket:{id}"))
        .collect();
    shell.live = Some(format!("{},presence:{}", live.join(","), ticket.id));
    shell.path = format!("/tickets/{}", ticket.id);
}

/// The ticket's page again, saying why what was asked was not done.
pub(crate) async fn refused(
    web: &Web,
    who: &SignedIn,
    id: TicketId,
    error: Error,
) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    refused_with(web, who, id, (&error, status_of(&error)), |_| false).await
}

/// The same where `place` puts the words into the page; it tells whether there was a place for them.
pub(super) async fn refused_with(
    web: &Web,
    who: &SignedIn,
    id: TicketId,
    (error, status): (&Error, StatusCode),
    place: impl FnOnce(&mut TicketPage) -> bool,
) -> Result<Response, Failure> {
    let (mut shell, mut page) = load(web, who, id).await?;
    if !place(&mut page) {
        shell.flash = Some(Flash {
            tone: Tone::Wrong,
            says: sentence(&error.to_string()),
            undo: None,
        });
    }
    shown(web, who, id, (shell, page), status).await
}

/// What the composer's form carried.
struct Sent<'a> {
    fields: &'a Fields,
    /// The names of its files.
    files: Vec<String>,
}

/// `POST /tickets/{number}/messages`
pub(crate) async fn write(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let viewer = &posted.who.viewer;
    let sent = Sent {
        fields: &posted.fields,
        files: posted.files.iter().map(|it| it.filename.clone()).collect(),
    };
    if writing::is_call(&posted.fields) {
        return call(&web, &posted.who, (&sent, posted.files), id).await;
    }
    let written = writing::read(&posted.fields, posted.files);
    let resolves = matches!(&written, Written::Reply(reply) if reply.then == AndThen::Resolve);
    let written = match (writing::composed(&posted.fields), written) {
        (Err(error), _) => Err(error),
        (Ok(composed), Written::Reply(reply)) => {
            let who = &posted.who;
            if let Some(open) = steps_left(&web, who, sent.fields, id, reply.then).await? {
                return steps_are_open(&web, who, &sent, id, open).await;
            }
            tickets::reply_as(&web.desk, viewer, id, reply, composed).await
        }
        (Ok(composed), Written::Forward(forward)) => {
            tickets::forward(&web.desk, viewer, id, forward, composed).await
        }
        (Ok(composed), Written::Note(note)) => {
            tickets::note_as(&web.desk, viewer, id, note, composed).await
        }
    };
    match written {
        Ok(message) => {
            let mut page = posted.who.page_of(id);
            let who = &posted.who;
            let asks = !writing::chose(&posted.fields)
                && left_asking(&web, who, id, message).await?.is_some();
            if asks || offered(&web, who, id, message).await?.is_some() {
                let join = if page.contains('?') { '&' } else { '?' };
                page = format!("{page}{join}said={message}");
            }
            let page = format!("{page}#message-{message}");
            match resolves {
                true => resolved(&web, who, id, &page).await,
                false => Ok(Redirect::to(&page).into_response()),
            }
        }
        Err(error) => not_written(&web, &posted.who, &sent, id, error).await,
    }
}

/// To the page, which says how many parts are still open and offers to take the reply back as it would anyhow.
async fn resolved(
    web: &Web,
    who: &SignedIn,
    id: TicketId,
    page: &str,
) -> Result<Response, Failure> {
    let Some(left) = parts_left(web, &who.viewer, id).await? else {
        return Ok(Redirect::to(page).into_response());
    };
    let says = format!("Resolved #{id}. {left}");
    let flash = match reading::held(&web.desk, &who.viewer).await? {
        Some(held) => {
            let seconds = held.until.duration_since(web.desk.now()).as_secs();
            let undo = format!("/undo/message-{}", held.message);
            Flash::until(says, undo, u32::try_from(seconds).unwrap_or_default())
        }
        None => Flash {
            tone: Tone::Done,
            says,
            undo: None,
        },
    };
    Ok(told(page, flash))
}

/// How many steps are to do on a ticket that this would resolve; asked once.
async fn steps_left(
    web: &Web,
    who: &SignedIn,
    fields: &Fields,
    id: TicketId,
    then: AndThen,
) -> Result<Option<usize>, Failure> {
    if then != AndThen::Resolve || fields.get("anyway") == "yes" {
        return Ok(None);
    }
    let open = checklists::open_steps(&web.desk, &who.viewer, id).await?;
    Ok(Some(open).filter(|open| *open > 0))
}

/// The page again with what was typed; sent again, it resolves.
async fn steps_are_open(
    web: &Web,
    who: &SignedIn,
    sent: &Sent<'_>,
    id: TicketId,
    open: usize,
) -> Result<Response, Failure> {
    let (shell, mut page) = load(web, who, id).await?;
    let words = format!("{}. Send again to resolve anyway.", left(open));
    page.composer = page.composer.map(|composer| Composer {
        anyway: true,
        ..writing::again(composer, sent.fields, &sent.files, words)
    });
    shown(web, who, id, (shell, page), StatusCode::CONFLICT).await
}

/// The ticket's page, asking whether to resolve it although steps are to do.
pub(crate) async fn ask_to_resolve(
    web: &Web,
    who: &SignedIn,
    id: TicketId,
    open: usize,
) -> Result<Response, Failure> {
    let (shell, mut page) = load(web, who, id).await?;
    page.asks_to_resolve = Some(open);
    shown(web, who, id, (shell, page), StatusCode::CONFLICT).await
}

/// Writes a call down that was logged in the composer.
async fn call(
    web: &Web,
    who: &SignedIn,
    (sent, files): (&Sent<'_>, Vec<Upload>),
    id: TicketId,
) -> Result<Response, Failure> {
    match calls::log(web, who, (sent.fields, files), On::Ticket(id)).await {
        Ok(logged) => {
            drafts::finish(&web.desk, &who.viewer, Some(id)).await?;
            Ok(calls::told(&logged, &who.page_of(id)))
        }
        Err(Failure::Refused { error, .. }) => not_written(web, who, sent, id, error).await,
        Err(other) => Err(other),
    }
}

/// The page again with what was typed, and why it can't be written so.
async fn not_written(
    web: &Web,
    who: &SignedIn,
    sent: &Sent<'_>,
    id: TicketId,
    error: Error,
) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let (shell, mut page) = load(web, who, id).await?;
    let words = sentence(&error.to_string());
    page.composer = page
        .composer
        .map(|composer| writing::again(composer, sent.fields, &sent.files, words));
    shown(web, who, id, (shell, page), status_of(&error)).await
}
