//! `GET /tickets/{number}/completions`: what the composer offers after `/`, `@` and `#`, as a list of options whose
//! values go into the text.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use kept_app::domain::ids::{ReplyTemplateId, TicketId};
use kept_app::store::people::ListedPerson;
use kept_app::{ErrorKind, reading, reply_templates};
use maud::{Markup, html};
use serde::Deserialize;

use crate::errors::Failure;
use crate::session::SignedIn;
use crate::web::Web;

/// Options offered at once.
const MOST: usize = 8;

#[derive(Deserialize)]
pub(crate) struct Wish {
    /// `/`, `@` or `#`.
    #[serde(default)]
    key: String,
    /// What was typed after it.
    #[serde(default)]
    text: String,
}

/// One of the options: what goes into the text, its words, and a line about it.
struct Offered {
    value: String,
    words: String,
    says: String,
}

pub(crate) async fn offer(
    State(web): State<Web>,
    who: SignedIn,
    Path(number): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let typed = wish.text.trim().to_lowercase();
    let offered = match wish.key.as_str() {
        "/" => templates(&web, &who, TicketId(number), &typed).await?,
        "@" => colleagues(&web, &who, &typed).await?,
        "#" => tickets(&web, &who, &typed).await?,
        _ => vec![],
    };
    Ok(list(&offered).into_response())
}

fn list(offered: &[Offered]) -> Markup {
    html! {
        ul.completions role="listbox" aria-label="Suggestions" { @for it in offered {
            li role="option" data-value=(it.value) { b { (it.words) } span { (it.says) } }
        } }
    }
}

/// Every part of what was typed begins a word of the name, in any order.
fn fits(name: &str, typed: &str) -> bool {
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    typed
        .split_whitespace()
        .all(|part| words.iter().any(|word| word.starts_with(part)))
}

async fn templates(
    web: &Web,
    who: &SignedIn,
    ticket: TicketId,
    typed: &str,
) -> Result<Vec<Offered>, Failure> {
    let all = reply_templates::all(&web.desk, &who.viewer).await?;
    let mut offered = Vec::new();
    for it in all
        .into_iter()
        .filter(|it| fits(&it.name, typed))
        .take(MOST)
    {
        let value = filled(web, who, it.id, ticket).await?;
        let says = value.lines().next().unwrap_or_default().to_owned();
        let words = it.name;
        offered.push(Offered { value, words, says });
    }
    Ok(offered)
}

/// A template that can't be filled in for this ticket is given as it was written, to be mended by hand.
async fn filled(
    web: &Web,
    who: &SignedIn,
    id: ReplyTemplateId,
    ticket: TicketId,
) -> Result<String, Failure> {
    match reply_templates::filled(&web.desk, &who.viewer, id, ticket).await {
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let it = reply_templates::one(&web.desk, &who.viewer, id).await?;
            Ok(it.text)
        }
        filled => Ok(filled?),
    }
}

async fn colleagues(web: &Web, who: &SignedIn, typed: &str) -> Result<Vec<Offered>, Failure> {
    let mut agents = reading::agents(&web.desk, &who.viewer).await?;
    agents.retain(|it| !it.has_left);
    let fitting = agents.iter().filter(|it| fits(&it.name, typed));
    let offered = fitting.take(MOST).map(|it| Offered {
        value: format!("@{}", goes_by(it, &agents)),
        says: it.address.clone(),
        words: it.name.clone(),
    });
    Ok(offered.collect())
}

/// A name that two share would mention neither of them.
fn goes_by<'a>(one: &'a ListedPerson, all: &[ListedPerson]) -> &'a str {
    let name = one.name.to_lowercase();
    let mut others = all.iter().filter(|it| it.id != one.id);
    match others.any(|it| it.name.to_lowercase() == name) && !one.address.is_empty() {
        true => &one.address,
        false => &one.name,
    }
}

async fn tickets(web: &Web, who: &SignedIn, typed: &str) -> Result<Vec<Offered>, Failure> {
    let zone = who.clock(web).await?.zone;
    let found = match typed.parse::<i64>() {
        Ok(number) => reading::search(&web.desk, &who.viewer, &format!("#{number}"), zone).await,
        Err(_) => reading::search(&web.desk, &who.viewer, &quoted(typed), zone).await,
    };
    let found = match found {
        Err(error) if error.kind() == ErrorKind::Invalid => vec![],
        found => found?.found,
    };
    let offered = found.into_iter().take(MOST).map(|it| {
        let ticket = it.listed.ticket;
        Offered {
            value: format!("#{}", ticket.id),
            words: format!("#{}", ticket.id),
            says: ticket.subject,
        }
    });
    Ok(offered.collect())
}

/// Words alone, so that nothing typed is read as a field.
fn quoted(typed: &str) -> String {
    let words = typed.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use kept_app::domain::ids::PersonId;

    use super::*;

    #[test]
    fn a_name_is_found_by_the_beginnings_of_its_words() {
        for (name, typed, expected) in [
            ("Restart the scanner", "", true),
            ("Restart the scanner", "sca", true),
            ("Restart the scanner", "sc res", true),
            ("Restart the scanner", "canner", false),
            ("Zoë Ångström", "ång", true),
        ] {
            assert_eq!(fits(name, typed), expected, "{name} / {typed}");
        }
    }

    #[test]
    fn two_of_one_name_go_by_their_addresses() {
        let one = |id: i64, name: &str, address: &str| ListedPerson {
            id: PersonId(id),
            name: name.to_owned(),
            address: address.to_owned(),
            client: None,
            role: None,
            has_left: false,
        };
        let all = [
            one(1, "Jonas Petit", "jonas@desk.example"),
            one(2, "jonas petit", "petit@desk.example"),
            one(3, "Noor Haddad", "noor@desk.example"),
        ];
        let names: Vec<&str> = all.iter().map(|it| goes_by(it, &all)).collect();
        let expected = ["jonas@desk.example", "petit@desk.example", "Noor Haddad"];
        assert_eq!(names, expected);
    }

    #[test]
    fn what_is_typed_is_words_and_no_fields() {
        assert_eq!(quoted("is:late -x \"paper jam"), "is late x paper jam");
    }
}
