//! What of a conversation is shown: all of it, only words, notes or events; and the places of a long one.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::ids::{EventId, MessageId, TicketId};
use kept_app::reading::{self, Activity, At, Gap, MOST_LEFT_OUT, Part, Wish};
use kept_app::settings::activity;
use maud::{Markup, html};
use serde::Deserialize;

use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::Shell;
use crate::parts::post_with;
use crate::respond::{done, local};
use crate::session::SignedIn;
use crate::web::Web;

/// Where in a conversation, as an address says it.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    before: Option<i64>,
    after: Option<i64>,
    /// A message that should be on the page.
    at: Option<i64>,
    show: Option<String>,
}

impl Asked {
    /// What is wanted by this reader, who may have chosen once what to see.
    pub(super) async fn wish(&self, web: &Web, who: &SignedIn) -> Result<Wish, Failure> {
        let named = self.show.as_deref().and_then(Activity::from_text);
        let activity = match named {
            Some(named) => named,
            // Somebody who follows a link to certain words wants to see them.
            None if self.at.is_some() => Activity::All,
            None => activity::of(&web.desk, &who.viewer).await?,
        };
        let at = match (self.at, self.before, self.after) {
            (Some(message), ..) => At::Message(MessageId(message)),
            (_, Some(line), _) => At::Before(EventId(line)),
            (_, _, Some(line)) => At::After(EventId(line)),
            _ => At::Newest,
        };
        Ok(Wish { at, activity })
    }

    /// Its own part of the page's address.
    pub(super) fn written(&self) -> Vec<String> {
        let numbers = [
            ("before", self.before),
            ("after", self.after),
            ("at", self.at),
        ];
        let numbers = numbers
            .into_iter()
            .filter_map(|(name, it)| Some(format!("{name}={}", it?)));
        let show = self.show.as_deref().and_then(Activity::from_text);
        let show = show.map(|it| format!("show={}", it.as_str()));
        numbers.chain(show).collect()
    }
}

/// Which choice is shown, and whether it is the one remembered.
#[derive(Debug, Clone, Default)]
pub struct Choosing {
    pub shown: Activity,
    pub remembered: Activity,
}

pub(super) async fn choosing(
    web: &Web,
    who: &SignedIn,
    shown: Activity,
) -> Result<Choosing, Failure> {
    let remembered = activity::of(&web.desk, &who.viewer).await?;
    Ok(Choosing { shown, remembered })
}

/// `POST /tickets/{number}/activity`, with `show`: this is how the reader wants tickets from now on.
pub(crate) async fn remember(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let shown = Activity::from_text(posted.fields.get("show")).unwrap_or_default();
    activity::remember(&web.desk, &posted.who.viewer, shown).await?;
    let says = match shown {
        Activity::All => "You see everything on tickets from now on.".to_owned(),
        _ => format!("You see {} on tickets from now on.", words(shown)),
    };
    Ok(done(local(&format!("/tickets/{number}")), says))
}

fn label(activity: Activity) -> &'static str {
    match activity {
        Activity::All => "All",
        Activity::Words => "Words",
        Activity::Notes => "Notes",
        Activity::Events => "Events",
    }
}

fn words(activity: Activity) -> &'static str {
    match activity {
        Activity::All => "everything",
        Activity::Words => "only what was said",
        Activity::Notes => "only notes",
        Activity::Events => "only what happened",
    }
}

/// The choices, as links above the conversation.
pub fn choices(choosing: &Choosing, number: u64, shell: &Shell) -> Markup {
    html! {
        div.activity {
            nav aria-label="What to show of the conversation" {
                @for it in Activity::ALL {
                    a href={ "/tickets/" (number) "?show=" (it.as_str()) } title={ "Show " (words(it)) }
                        aria-current=[(it == choosing.shown).then_some("true")] { (label(it)) }
                }
            }
            @if choosing.shown != choosing.remembered {
                (post_with(&format!("/tickets/{number}/activity"), &shell.csrf, "inline-form", html! {
                    input type="hidden" name="show" value=(choosing.shown.as_str());
                    button.link { "Always show " (words(choosing.shown)) }
                }))
            }
        }
    }
}

/// A place where lines are left out, and the ways to them.
#[derive(Debug, Clone)]
pub struct LeftOut {
    pub says: String,
    /// (address, words)
    pub links: Vec<(String, &'static str)>,
}

/// Before the lines shown.
pub(super) fn earlier(part: &Part, number: TicketId) -> Option<(EventId, LeftOut)> {
    let gap = part.earlier?;
    let show = part.activity.as_str();
    let links = vec![
        (
            format!("/tickets/{number}?show={show}&before={}", gap.edge),
            "Show those before",
        ),
        (
            format!("/tickets/{number}?show={show}&after=0"),
            "From the beginning",
        ),
    ];
    let says = says(&gap, part.activity, "left out here");
    Some((gap.edge, LeftOut { says, links }))
}

/// After them.
pub(super) fn later(part: &Part, number: TicketId) -> Option<LeftOut> {
    let gap = part.later?;
    let show = part.activity.as_str();
    let links = vec![
        (
            format!("/tickets/{number}?show={show}&after={}", gap.edge),
            "Show those after",
        ),
        (format!("/tickets/{number}?show={show}"), "To the newest"),
    ];
    let says = says(&gap, part.activity, "after this");
    Some(LeftOut { says, links })
}

fn says(gap: &Gap, activity: Activity, place: &str) -> String {
    let more = if gap.many >= MOST_LEFT_OUT {
        "More than "
    } else {
        ""
    };
    match (gap.many, activity) {
        (0, _) => format!("Some events {place}"),
        (1, Activity::Events) => format!("1 event {place}"),
        (1, _) => format!("1 message {place}"),
        (many, Activity::Events) => format!("{more}{many} events {place}"),
        (many, _) => format!("{more}{many} messages {place}"),
    }
}

/// The line that says so.
pub fn left_out(it: &LeftOut) -> Markup {
    html! {
        div.left-out {
            p { (it.says) }
            @for (href, words) in &it.links { a href=(href) { (words) } }
        }
    }
}

/// Where a message is read, whatever page of its ticket it stands on.
pub(crate) fn place_of(ticket: TicketId, message: MessageId) -> String {
    format!("/tickets/{ticket}{}", reading::place(message))
}
