//! How many automatic answers go out, and where bounces come back to: two forms of the mail settings.

use axum::extract::State;
use axum::response::Response;
use kept_app::domain::intake::budget::Limits;
use kept_app::settings::answers;
use kept_app::{Error, ErrorKind};

use super::mail::{self, AnswersForm};
use super::mail_routes::{HERE, load, stored};
use crate::errors::{Failure, status_of};
use crate::forms::{Posted, blame};
use crate::parts::Field;
use crate::respond::{done, show_with};
use crate::web::Web;

/// The fields as they are stored or were typed.
pub(super) fn form([address_day, domain_hour, desk_hour]: [String; 3]) -> AnswersForm {
    let number = |name, label, typed| Field::new(name, label, typed).kind("number").required();
    AnswersForm {
        address_day: number("address_day", "To one address in a day", address_day),
        domain_hour: number("domain_hour", "To one domain in an hour", domain_hour),
        desk_hour: number("desk_hour", "To everybody in an hour", desk_hour),
    }
}

pub(super) fn shown(limits: Limits) -> [String; 3] {
    [limits.address_day, limits.domain_hour, limits.desk_hour].map(|number| number.to_string())
}

/// `POST /settings/mail/answers`
pub(crate) async fn limits(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let typed = ["address_day", "domain_hour", "desk_hour"].map(|name| posted.fields.trimmed(name));
    let changed = match read(&typed) {
        Ok(limits) => answers::change_limits(&web.desk, &posted.who.viewer, limits).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(done(HERE, "Saved.")),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let (mut shell, mut page) = load(&web, &posted.who, stored(&web).await?).await?;
            page.answers = form(typed);
            let answers = &mut page.answers;
            let fields = [
                &mut answers.address_day,
                &mut answers.domain_hour,
                &mut answers.desk_hour,
            ];
            shell.flash = blame(&error, fields);
            let content = mail::mail(&page, &shell);
            Ok(show_with(status_of(&error), &shell, content))
        }
        Err(error) => Err(error.into()),
    }
}

fn read([address_day, domain_hour, desk_hour]: &[String; 3]) -> Result<Limits, Error> {
    let number = |name: &'static str, typed: &String| {
        let problem = "Write a number; 0 sends no automatic answers at all";
        typed.parse().map_err(|_| Error::invalid(name, problem))
    };
    Ok(Limits {
        address_day: number("address_day", address_day)?,
        domain_hour: number("domain_hour", domain_hour)?,
        desk_hour: number("desk_hour", desk_hour)?,
    })
}

/// `POST /settings/mail/bounces`, with `return_path` being `ticket` or `plain`
pub(crate) async fn bounces(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let named = posted.fields.get("return_path") != "plain";
    answers::let_bounces_name_tickets(&web.desk, &posted.who.viewer, named).await?;
    Ok(done(HERE, "Saved."))
}
