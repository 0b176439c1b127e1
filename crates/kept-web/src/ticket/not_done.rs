//! A small form of the ticket page that names another ticket, and could not be done: it stands open again with what was typed, and
//! says why.

use axum::http::StatusCode;
use axum::response::Response;
use kept_app::domain::ids::{MessageId, TicketId};
use kept_app::domain::tickets::Refused;
use kept_app::{Error, ErrorKind};
use maud::{Markup, html};

use super::conversation::Entry;
use super::routes::refused_with;
use super::views::TicketPage;
use crate::errors::{Failure, sentence, status_of};
use crate::numbers::count;
use crate::session::SignedIn;
use crate::web::Web;

/// Which form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    Merge,
    /// With what it should be to the other one.
    Link(String),
    /// Of this message.
    Join(MessageId),
}

/// What was typed, and why it was not done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotDone {
    pub typed: String,
    pub why: String,
}

/// The ticket's page, which says so in the form.
pub(crate) async fn refused_in(
    web: &Web,
    who: &SignedIn,
    id: TicketId,
    (form, typed): (Form, &str),
    error: Error,
) -> Result<Response, Failure> {
    use ErrorKind::{Conflict, Invalid, NotFound};
    if !matches!(error.kind(), Conflict | Invalid | NotFound) {
        return Err(error.into());
    }
    let not_done = NotDone {
        typed: typed.trim().to_owned(),
        why: sentence(&error.to_string()),
    };
    let place = |page: &mut TicketPage| put(page, form, not_done);
    refused_with(web, who, id, (&error, status(&error)), place).await
}

/// Another number would do.
fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound(_)
        | Error::Refused(
            Refused::MergeIntoItself | Refused::RelatesToItself | Refused::AlreadyThere(_),
        ) => StatusCode::UNPROCESSABLE_ENTITY,
        other => status_of(other),
    }
}

/// Whether the page has that form now.
fn put(page: &mut TicketPage, form: Form, not_done: NotDone) -> bool {
    match form {
        Form::Merge => {
            page.panel.merge_not_done = Some(not_done);
            page.panel.acts.merge
        }
        Form::Link(bond) => {
            page.panel.links.not_done = Some((bond, not_done));
            page.panel.links.can_change
        }
        Form::Join(message) => {
            let id = count(message.0);
            let mut entries = page.entries.iter_mut();
            let found = entries.find_map(|entry| match entry {
                Entry::Message(said) if said.id == id => Some(said),
                _ => None,
            });
            let Some(said) = found else { return false };
            said.folded = false;
            let on = said.elsewhere.as_mut();
            on.map(|on| on.not_done = Some(not_done)).is_some()
        }
    }
}

/// The words under the field `id`.
pub(crate) fn why(not_done: Option<&NotDone>, id: &str) -> Markup {
    html! {
        @if let Some(not_done) = not_done {
            p.field-error id={ (id) "-why" } role="alert" { (not_done.why) }
        }
    }
}
