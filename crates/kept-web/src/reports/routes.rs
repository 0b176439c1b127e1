//! `GET /reports`, the same as a file, and a report on its way to a dashboard.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kept_app::dashboards::{self, Change, Figures, OVERVIEW, Rows};
use kept_app::domain::dashboards::Shows;
use kept_app::domain::reports::{By, MOST_FIELDS, Report, Shape, Table};
use kept_app::reports::{self as counting, MOST_IN_A_FILE, MOST_SHOWN};
use kept_app::{Error, ErrorKind};

use super::views::{self, ReportPage};
use crate::errors::{Failure, sentence};
use crate::forms::{Fields, Posted};
use crate::layout::Section;
use crate::parts::Choice;
use crate::respond::{done, encoded, show};
use crate::session::SignedIn;
use crate::table_file;
use crate::web::Web;

/// The names of the fields of the form, one for each field tickets are counted by.
pub(super) const BY: [&str; MOST_FIELDS] = ["by1", "by2", "by3"];

/// What a form or an address asks for; anything unknown is left out.
pub(super) fn read(fields: &Fields) -> Report {
    let by = BY.iter().filter_map(|name| By::from_text(fields.get(name)));
    Report {
        search: fields.trimmed("q"),
        by: by.collect(),
        shape: Shape::from_text(fields.get("shape")).unwrap_or_default(),
    }
}

/// `q=is%3Aopen&by1=client&shape=bars`
pub(crate) fn address(report: &Report) -> String {
    let mut query = format!("q={}", encoded(&report.search));
    for (name, by) in BY.iter().zip(&report.by) {
        query.push_str(&format!("&{name}={}", by.as_str()));
    }
    format!("{query}&shape={}", report.shape.as_str())
}

/// The pairs of an address, so many of them at most.
type Pairs = Query<Vec<(String, String)>>;

fn asked(pairs: Vec<(String, String)>) -> Fields {
    const MOST: usize = 20;
    Fields::of(pairs.into_iter().take(MOST).collect())
}

/// `GET /reports`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Query(pairs): Pairs,
) -> Result<Response, Failure> {
    let is_asked = !pairs.is_empty();
    let report = read(&asked(pairs));
    let mut shell = who.shell(&web, "Report", Section::Dashboards).await?;
    shell.live = is_asked.then(|| "tickets".to_owned());
    let zone = shell.clock.zone.clone();
    let found = match is_asked {
        true => counting::figures(&web.desk, &who.viewer, report.clone(), zone, MOST_SHOWN).await,
        false => Ok((report.clone(), Table::default())),
    };
    let mut page = ReportPage {
        is_asked,
        report,
        table: Table::default(),
        problem: None,
        dashboards: mine(&web, &who).await?,
    };
    match found {
        Ok((report, table)) => (page.report, page.table) = (report, table),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            page.problem = Some(sentence(&error.to_string()));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(show(&shell, views::report(&page, &shell)))
}

/// The dashboards this reader may put something on.
async fn mine(web: &Web, who: &SignedIn) -> Result<Vec<Choice>, Failure> {
    let all = dashboards::all(&web.desk, &who.viewer).await?;
    let mine = all
        .into_iter()
        .filter(|it| it.id != OVERVIEW && it.is_changed_by(&who.viewer));
    Ok(mine
        .map(|it| Choice::new(it.id.to_string(), it.wish.name))
        .collect())
}

/// `GET /reports.csv`
pub(crate) async fn file(
    State(web): State<Web>,
    who: SignedIn,
    Query(pairs): Pairs,
) -> Result<Response, Failure> {
    let report = read(&asked(pairs));
    let back = format!("/reports?{}", address(&report));
    let zone = who.shell(&web, "", Section::Elsewhere).await?.clock.zone;
    let counted = counting::figures(&web.desk, &who.viewer, report, zone, MOST_IN_A_FILE).await;
    let (report, table) = match counted {
        Ok(found) => found,
        // The page says what is wrong with the search.
        Err(Error::Search(_)) => return Ok(Redirect::to(&back).into_response()),
        Err(error) => return Err(error.into()),
    };
    let rows = Rows::of(&Figures::Report { report, table });
    let lines = rows.lines.into_iter().map(|line| {
        let figures = line.figures.iter().map(|it| it.value.to_string());
        line.labels.iter().cloned().chain(figures).collect()
    });
    let lines = std::iter::once(rows.headings).chain(lines).collect();
    Ok(table_file::csv("report.csv", lines))
}

/// `POST /reports/cards`, with the report, a `title` and the `dashboard` it goes to; `new` makes one.
pub(crate) async fn keep(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let (desk, viewer, fields) = (&web.desk, &posted.who.viewer, &posted.fields);
    let report = read(fields);
    let back = format!("/reports?{}", address(&report));
    let back_to = |error: Error| Failure::from(error).back_to(&back, "Back to the report");
    let id = match fields.number("dashboard") {
        Some(id) => id,
        None => {
            let name = ("My dashboard".to_owned(), false);
            let made = dashboards::create(desk, viewer, name, None).await;
            made.map_err(&back_to)?
        }
    };
    let change = Change::Add {
        title: fields.trimmed("title"),
        shows: Shows::Report(report),
    };
    let added = dashboards::change(desk, viewer, id, change).await;
    added.map_err(&back_to)?;
    Ok(done(
        &format!("/dashboards/{id}"),
        "The report stands on the dashboard.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_survives_the_address() {
        let report = Report {
            search: "is:open or \"paper jam\" & more".into(),
            by: vec![By::Client, By::Turn],
            shape: Shape::Bars,
        };
        let pair = |part: &str| -> (String, String) {
            let (name, value) = part.split_once('=').expect("a pair");
            let uri = format!("/?{name}={value}").parse().expect("an address");
            let read: Pairs = Query::try_from_uri(&uri).expect("it reads");
            read.0.into_iter().next().expect("one pair")
        };
        let pairs = address(&report).split('&').map(pair).collect();
        assert_eq!(read(&asked(pairs)), report);
        let odd = vec![("by1".to_owned(), "colour".to_owned()); 50];
        assert_eq!(read(&asked(odd)), Report::default());
    }
}
