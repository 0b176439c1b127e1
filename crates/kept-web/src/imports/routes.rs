//! `GET /imports` takes a file, `GET /imports/{id}` shows what its columns mean, what would be and how far it is.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use kept_app::domain::imports::{Column, Kind, Outcome};
use kept_app::imports::{self as commands, Progress};
use kept_app::store::imports::{Import, Line, State as Stands};
use kept_app::{Error, ErrorKind};
use serde::Deserialize;

use super::views::{self, ColumnChoice, ImportPage, LineRow, ListPage, Past, Tally};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::Posted;
use crate::layout::Section;
use crate::numbers::{count, grouped};
use crate::parts::{Choice, Flash, Tab, Tone};
use crate::respond::{show, show_with, told};
use crate::session::SignedIn;
use crate::table_file;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    kind: String,
}

/// `GET /imports`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let shell = who.shell(&web, "Import", Section::Elsewhere).await?;
    let page = list(&web, &who, &wanted.kind).await?;
    Ok(show(&shell, views::list(&page, &shell)))
}

async fn list(web: &Web, who: &SignedIn, kind: &str) -> Result<ListPage, Failure> {
    let latest = commands::latest(&web.desk, &who.viewer).await?;
    let kind = Kind::from_text(kind).unwrap_or(Kind::People);
    Ok(ListPage {
        kind: kind.as_str(),
        error: None,
        past: latest.iter().map(past).collect(),
    })
}

fn past(it: &Import) -> Past {
    Past {
        id: count(it.id),
        kind: it.kind.as_str(),
        file_name: it.file_name.clone(),
        began: it.began,
        stands: match it.state {
            Stands::Mapping => "waits for its columns",
            Stands::Looking => "is looked at",
            Stands::Looked => "waits for you to begin",
            Stands::Doing => "is under way",
            Stands::Done => "is done",
        },
    }
}

/// `POST /imports`, with `kind` and a file.
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let kind = posted.fields.get("kind").to_owned();
    let taken = match (Kind::from_text(&kind), posted.files.first()) {
        (Some(kind), Some(file)) => {
            let file = (file.filename.clone(), file.content.as_ref());
            commands::upload(&web.desk, &posted.who.viewer, kind, file).await
        }
        _ => Err(Error::invalid("file", "Choose a file")),
    };
    match taken {
        Ok(id) => Ok(Redirect::to(&format!("/imports/{id}")).into_response()),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let shell = posted.who.shell(&web, "Import", Section::Elsewhere).await?;
            let mut page = list(&web, &posted.who, &kind).await?;
            page.error = Some(sentence(&error.to_string()));
            Ok(show_with(
                status_of(&error),
                &shell,
                views::list(&page, &shell),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
pub(crate) struct Wish {
    /// Lines of one outcome.
    #[serde(default)]
    which: String,
    #[serde(default)]
    after: i64,
}

/// `GET /imports/{id}`
pub(crate) async fn one(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let chosen = Outcome::from_text(&wish.which);
    let which = chosen.map_or_else(|| ALL.to_vec(), |one| vec![one]);
    let it = commands::progress(&web.desk, &who.viewer, id, which, wish.after).await?;
    let mut shell = who.shell(&web, "Import", Section::Elsewhere).await?;
    shell.live = it.import.state.goes_on().then(|| format!("import:{id}"));
    Ok(show(&shell, views::one(&page_of(&it, chosen), &shell)))
}

const ALL: [Outcome; 7] = [
    Outcome::Waiting,
    Outcome::Make,
    Outcome::Change,
    Outcome::Same,
    Outcome::Refused,
    Outcome::Made,
    Outcome::Changed,
];

fn page_of(it: &Progress, chosen: Option<Outcome>) -> ImportPage {
    let import = &it.import;
    let id = count(import.id);
    let within = chosen.map_or_else(String::new, |one| format!("which={}&", one.as_str()));
    ImportPage {
        id,
        kind: import.kind.as_str(),
        file_name: import.file_name.clone(),
        stands: import.state,
        says: says(it),
        passed: count(passed(it)),
        all: count(it.total()),
        columns: columns(it),
        headers: import.headers.clone(),
        tally: Tally {
            will: count(it.count(Outcome::Make) + it.count(Outcome::Change)),
            refused: count(it.count(Outcome::Refused)),
        },
        tabs: tabs(it, chosen),
        lines: it.lines.iter().map(|line| row(import, line)).collect(),
        next: it
            .next
            .map(|next| format!("/imports/{id}?{within}after={next}#lines")),
    }
}

/// Lines that were looked at, or done.
fn passed(it: &Progress) -> i64 {
    let left: &[Outcome] = match it.import.state {
        Stands::Doing => &[Outcome::Make, Outcome::Change],
        _ => &[Outcome::Waiting],
    };
    it.total() - left.iter().map(|one| it.count(*one)).sum::<i64>()
}

fn says(it: &Progress) -> String {
    let n = |outcome| grouped(usize::try_from(it.count(outcome)).unwrap_or(0));
    let of = |outcome| it.count(outcome);
    let all = grouped(usize::try_from(it.total()).unwrap_or(0));
    match it.import.state {
        Stands::Mapping => format!(
            "{all} lines. Say what their columns mean, then look what would become of them."
        ),
        Stands::Looking => format!(
            "{} of {all} lines looked at",
            grouped(usize::try_from(passed(it)).unwrap_or(0))
        ),
        Stands::Looked => format!(
            "{} would be new, {} changed, {} as they are already; {} can’t be taken.",
            n(Outcome::Make),
            n(Outcome::Change),
            n(Outcome::Same),
            n(Outcome::Refused)
        ),
        Stands::Doing => format!(
            "{} of {all} lines done",
            grouped(usize::try_from(passed(it)).unwrap_or(0))
        ),
        Stands::Done if of(Outcome::Made) + of(Outcome::Changed) == 0 => {
            "Nothing was changed.".to_owned()
        }
        Stands::Done => format!(
            "{} new, {} changed, {} as they were; {} were not taken.",
            n(Outcome::Made),
            n(Outcome::Changed),
            n(Outcome::Same),
            n(Outcome::Refused)
        ),
    }
}

/// One choice for each column, with the first line as an example.
fn columns(it: &Progress) -> Vec<ColumnChoice> {
    let kind = it.import.kind;
    let none = Choice::new("", "Leave aside");
    let known = kind.columns().iter().map(|column| {
        let words = column.words();
        let needed = if kind.needs().contains(column) {
            " (needed)"
        } else {
            ""
        };
        Choice::new(column.as_str(), format!("{words}{needed}"))
    });
    let offered: Vec<Choice> = std::iter::once(none).chain(known).collect();
    let example = |at: usize| {
        let first = it.lines.first().and_then(|line| line.cells.get(at));
        first.cloned().unwrap_or_default()
    };
    let choice = |(at, header): (usize, &String)| ColumnChoice {
        header: header.clone(),
        example: example(at),
        chosen: it
            .import
            .mapping
            .0
            .get(at)
            .copied()
            .flatten()
            .map_or("", Column::as_str),
        offered: offered.clone(),
    };
    it.import.headers.iter().enumerate().map(choice).collect()
}

fn tabs(it: &Progress, chosen: Option<Outcome>) -> Vec<Tab> {
    let tab = |which: Option<Outcome>, words: &str, many: i64| Tab {
        href: match which {
            Some(one) => format!("/imports/{}?which={}#lines", it.import.id, one.as_str()),
            None => format!("/imports/{}#lines", it.import.id),
        },
        words: words.to_owned(),
        count: count(many),
        chosen: which == chosen,
    };
    let some = ALL.into_iter().filter(|one| it.count(*one) > 0);
    let some = some.map(|one| tab(Some(one), words(one), it.count(one)));
    std::iter::once(tab(None, "All lines", it.total()))
        .chain(some)
        .collect()
}

fn words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Waiting => "Waiting",
        Outcome::Make => "Would be new",
        Outcome::Change => "Would change",
        Outcome::Same => "As they are",
        Outcome::Refused => "Can’t be taken",
        Outcome::Made => "New",
        Outcome::Changed => "Changed",
    }
}

fn row(import: &Import, line: &Line) -> LineRow {
    let room = match import.kind {
        Kind::People => "people",
        Kind::Clients => "clients",
        Kind::Assets => "inventory",
    };
    LineRow {
        line: count(line.line),
        cells: line.cells.clone(),
        outcome: words(line.outcome),
        is_refused: line.outcome == Outcome::Refused,
        says: sentence(&line.says),
        href: line.card.map(|card| format!("/{room}/{card}")),
    }
}

/// `POST /imports/{id}/columns`, with one `column` for each of the table.
pub(crate) async fn look(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let columns = posted.fields.all("column").map(Column::from_text).collect();
    let looked = commands::look(&web.desk, &posted.who.viewer, id, columns).await;
    answered(id, looked)
}

/// `POST /imports/{id}/beginning`
pub(crate) async fn begin(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    answered(id, commands::begin(&web.desk, &posted.who.viewer, id).await)
}

/// Back to the page of the import, which says how it stands.
fn answered(id: i64, done: Result<(), Error>) -> Result<Response, Failure> {
    let here = format!("/imports/{id}");
    match done {
        Ok(()) => Ok(Redirect::to(&here).into_response()),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let flash = Flash {
                tone: Tone::Wrong,
                says: sentence(&error.to_string()),
                undo: None,
            };
            Ok(told(&here, flash))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /imports/{id}/refused.csv`: the lines that were not taken, each with why.
pub(crate) async fn refused(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let (mut headers, lines) = commands::refused(&web.desk, &who.viewer, id).await?;
    let width = headers.len();
    headers.push("Why it was not taken".to_owned());
    let line = |line: Line| {
        let mut cells = line.cells;
        cells.resize(width, String::new());
        cells.push(line.says);
        cells
    };
    let all = std::iter::once(headers).chain(lines.into_iter().map(line));
    Ok(table_file::csv("refused.csv", all.collect()))
}
