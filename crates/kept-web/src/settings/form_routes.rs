//! Which addresses are web forms: saved from the mail settings.

use axum::extract::State;
use axum::response::Response;
use kept_app::domain::people::EmailAddress;
use kept_app::settings::forms;
use kept_app::{Error, ErrorKind};

use super::mail_routes::with_forms;
use crate::errors::Failure;
use crate::forms::{Posted, lines};
use crate::respond::done;
use crate::web::Web;

/// `POST /settings/mail/forms`
pub(crate) async fn change(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let typed = posted.fields.get("forms");
    let saved = match read(typed) {
        Ok(addresses) => forms::change(&web.desk, &posted.who.viewer, addresses).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(done("/settings/mail", "Saved.")),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            with_forms(&web, &posted.who, typed, &error).await
        }
        Err(error) => Err(error.into()),
    }
}

fn read(typed: &str) -> Result<Vec<EmailAddress>, Error> {
    lines(typed)
        .map(|line| {
            EmailAddress::parse(line).map_err(|error| Error::invalid("forms", error.to_string()))
        })
        .collect()
}
