//! `GET /search?q=`

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kept_app::domain::ids::TicketId;
use kept_app::domain::search::parse;
use kept_app::reading::{self, Found, Results};
use kept_app::{Error, ErrorKind};
use serde::Deserialize;

use super::matches::pieces;
use super::views::{self, Problem, SearchPage};
use crate::errors::Failure;
use crate::inbox::listed;
use crate::inbox::row::TicketRow;
use crate::layout::Section;
use crate::numbers::number;
use crate::parts::Clock;
use crate::respond::show;
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    q: String,
}

pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let text = wish.q.trim().to_owned();
    if let Some(id) = named(&web, &who, &text).await? {
        return Ok(Redirect::to(&format!("/tickets/{id}")).into_response());
    }
    let mut shell = who.shell(&web, "Search", Section::Elsewhere).await?;
    shell.query.clone_from(&text);
    let found = reading::search(&web.desk, &who.viewer, &text, shell.clock.zone.clone()).await;
    let mut page = SearchPage {
        query: text,
        rows: vec![],
        says: String::new(),
        instead: None,
        left_out: None,
        problem: None,
    };
    match found {
        Ok(found) => {
            page.says = says(&found);
            page.rows = rows(&found.found, &page.query, &shell.clock);
            page.instead = found.instead;
            page.left_out = found.left_out.map(|it| (it.like, it.instead));
        }
        Err(error) if error.kind() == ErrorKind::Invalid => {
            page.problem = Some(problem(&error, &page.query))
        }
        Err(error) => return Err(error.into()),
    }
    Ok(show(&shell, views::search(&page, &shell)))
}

/// A bare number is a ticket's, when there is one.
async fn named(web: &Web, who: &SignedIn, text: &str) -> Result<Option<TicketId>, Failure> {
    let Some(id) = number(text).map(TicketId) else {
        return Ok(None);
    };
    let exists = reading::exists(&web.desk, &who.viewer, id).await?;
    Ok(exists.then_some(id))
}

fn says(results: &Results) -> String {
    match (results.count, results.found.len()) {
        (0, _) => {
            "Nothing found. Fewer words find more; the beginning of a word is enough.".to_owned()
        }
        (1, _) => "1 ticket".to_owned(),
        (reading::MOST_COUNTED.., shown) => {
            format!(
                "The first {shown} of {} and more; add a word to see fewer.",
                reading::MOST_COUNTED
            )
        }
        (many, shown) if many > shown => {
            format!("The first {shown} of {many}; add a word to see fewer.")
        }
        (many, _) => format!("{many} tickets"),
    }
}

fn rows(found: &[Found], text: &str, clock: &Clock) -> Vec<TicketRow> {
    let query = parse(text).unwrap_or_default();
    let words = query.all_words();
    let row = |found: &Found| TicketRow {
        found: if found.excerpt.is_empty() {
            vec![]
        } else {
            pieces(&found.excerpt, &words)
        },
        found_at: found.message.map(reading::place),
        ..listed::row(&found.listed, clock)
    };
    found.iter().map(row).collect()
}

/// What is wrong, with the part of the search it is about.
fn problem(error: &Error, text: &str) -> Problem {
    let (at, instead) = match error {
        Error::Search(bad) => (
            text.floor_char_boundary(bad.at),
            bad.meant.as_ref().map(|meant| meant.instead.clone()),
        ),
        _ => (0, None),
    };
    let (before, rest) = text.split_at(at);
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (wrong, after) = rest.split_at(end);
    Problem {
        says: error.to_string(),
        instead,
        before: before.to_owned(),
        wrong: wrong.to_owned(),
        after: after.to_owned(),
    }
}
