//! `/notifications`: what the reader was told, and what they read of it.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kept_app::domain::ids::TicketId;
use kept_app::domain::notifications::Kind;
use kept_app::notifications::{self, From, Told};
use serde::Deserialize;

use super::views::{self, Group, Notice, NoticesPage};
use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::{Section, bell};
use crate::numbers::count;
use crate::parts::Tab;
use crate::respond::{done, local, show};
use crate::session::SignedIn;
use crate::web::Web;

const HERE: &str = "/notifications";

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wish {
    /// A kind, to see no other.
    only: Option<String>,
    /// The next page of what is new.
    new: Option<i64>,
    /// The next page of what was read.
    read: Option<i64>,
}

impl Wish {
    fn only(&self) -> Option<Kind> {
        self.only.as_deref().and_then(Kind::from_text)
    }

    fn from(&self) -> From {
        match (self.new, self.read) {
            (Some(new), _) => From::New(new),
            (None, Some(read)) => From::Read(read),
            (None, None) => From::Start,
        }
    }
}

/// `GET /notifications`, with `only` for one kind, and `new` or `read` for the next page
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let (viewer, only) = (&who.viewer, wish.only());
    let told = notifications::told(&web.desk, viewer, only, wish.from()).await?;
    let mut shell = who.shell(&web, "Notices", Section::Elsewhere).await?;
    shell.live = Some(shell.bell.topic.clone());
    let page = NoticesPage {
        // Only what was shown is marked as read.
        last: told.new.first().map(|it| it.notification.id),
        only: only.map(|kind| kind.as_str().to_owned()),
        tabs: vec![
            tab("Everything", HERE.to_owned(), only.is_none()),
            tab(
                "Mentions",
                path(Some(Kind::Mentioned), None),
                only == Some(Kind::Mentioned),
            ),
        ],
        new: groups(&told.new),
        read: groups(&told.read),
        next: told.next.map(|next| path(only, Some(next))),
        hook_fails: notifications::hook::fails(&web.desk, viewer).await?,
    };
    Ok(show(&shell, views::notices(&page, &shell)))
}

fn tab(words: &str, href: String, chosen: bool) -> Tab {
    Tab {
        href,
        words: words.to_owned(),
        count: 0,
        chosen,
    }
}

fn path(only: Option<Kind>, from: Option<From>) -> String {
    let only = only.map(|kind| format!("only={}", kind.as_str()));
    let from = from.and_then(|from| match from {
        From::Start => None,
        From::New(before) => Some(format!("new={before}")),
        From::Read(before) => Some(format!("read={before}")),
    });
    let wishes: Vec<String> = only.into_iter().chain(from).collect();
    match wishes.is_empty() {
        true => HERE.to_owned(),
        false => format!("{HERE}?{}", wishes.join("&")),
    }
}

/// By ticket, each where its newest stands.
fn groups(told: &[Told]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for it in told {
        let number = count(it.ticket.id.0);
        let notice = Notice {
            id: it.notification.id,
            words: it.notification.words.clone(),
            at: it.notification.at,
        };
        match groups.iter_mut().find(|group| group.number == number) {
            Some(group) => group.notices.push(notice),
            None => groups.push(Group {
                number,
                subject: it.ticket.subject.clone(),
                notices: vec![notice],
            }),
        }
    }
    groups
}

/// `GET /notifications/bell`: the bell alone, for a page that heard that it rings
pub(crate) async fn ring(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let unread = notifications::unseen(&web.desk, &who.viewer).await?;
    Ok(bell::bell(unread).into_response())
}

/// `POST /notifications/seen`, with `last` and perhaps `ticket`
pub(crate) async fn seen(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let last = posted.fields.get("last").parse().unwrap_or(0);
    let ticket = posted.fields.get("ticket").parse().ok().map(TicketId);
    let only = Kind::from_text(posted.fields.get("only"));
    notifications::see(&web.desk, &posted.who.viewer, (ticket, only), last).await?;
    Ok(match ticket {
        Some(_) => back(&posted),
        None => done(&path(only, None), "All read."),
    })
}

/// `POST /notifications/{id}/seen`
pub(crate) async fn see_one(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    notifications::see_one(&web.desk, &posted.who.viewer, id).await?;
    Ok(back(&posted))
}

/// To the page with the filter this came from.
fn back(posted: &Posted) -> Response {
    let from = posted.who.came_from();
    let to = from.filter(|from| from.starts_with(HERE)).unwrap_or(HERE);
    Redirect::to(local(to)).into_response()
}

/// `POST /notifications/{id}/opening`: reads it and goes to what it is about
pub(crate) async fn open(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let opened = notifications::open(&web.desk, &posted.who.viewer, id).await?;
    let place = opened.message.map(kept_app::reading::place);
    let to = format!("/tickets/{}{}", opened.ticket, place.unwrap_or_default());
    Ok(Redirect::to(&to).into_response())
}
