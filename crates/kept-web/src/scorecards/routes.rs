//! `GET /scorecards`, and the lists and files behind its figures.

use axum::extract::{Query, State};
use axum::response::Response;
use kept_app::domain::access::{Act, Viewer, allow};
use kept_app::domain::scorecards::{Of, Period};
use kept_app::scorecards::{self, MOST_IN_A_FILE, MOST_SHOWN};
use kept_app::{ErrorKind, reading};
use maud::{Markup, html};

use super::choice::{self, Wish};
use super::views::{self, ScorePage};
use super::{lists, sharing};
use crate::errors::{Failure, sentence};
use crate::layout::{Section, Shell};
use crate::parts::Choice;
use crate::respond::show;
use crate::session::SignedIn;
use crate::table_file;
use crate::web::Web;

/// `GET /scorecards`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let shell = shell(&web, &who).await?;
    let page = load(&web, &who, &wish, &shell, None).await?;
    Ok(show(&shell, views::page(&page)))
}

pub(super) async fn shell(web: &Web, who: &SignedIn) -> Result<Shell, Failure> {
    who.shell(web, "Scorecards", Section::Scorecards).await
}

/// The page; `made` is the address of a link that was made just now.
pub(super) async fn load(
    web: &Web,
    who: &SignedIn,
    wish: &Wish,
    shell: &Shell,
    made: Option<&str>,
) -> Result<ScorePage, Failure> {
    let of = wish.of();
    let found = match wish.period() {
        Ok(period) => scorecards::scorecard(&web.desk, &who.viewer, of, period).await,
        Err(error) => Err(error),
    };
    let (scorecard, error) = match found {
        Ok(scorecard) => (Some(scorecard), None),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            (None, Some(sentence(&error.to_string())))
        }
        Err(error) => return Err(error.into()),
    };
    let days = scorecard.as_ref().map(|it| &it.within);
    let (from, to) = match days {
        Some(days) => (days.first.to_string(), days.last.to_string()),
        None => (wish.from.clone(), wish.to.clone()),
    };
    let period = wish.period().unwrap_or(Period::ThisMonth);
    Ok(ScorePage {
        of: whose(web, &who.viewer).await?,
        chosen: choice::word(of),
        period: period.as_str().to_owned(),
        from,
        to,
        query: choice::query(of, period),
        sharing: match of {
            Of::Client(client) => sharing::section(web, &who.viewer, client, shell, made).await?,
            _ => None,
        },
        scorecard,
        error,
    })
}

/// Whose scorecards the viewer may choose.
async fn whose(web: &Web, viewer: &Viewer) -> Result<Vec<(&'static str, Vec<Choice>)>, Failure> {
    let choice = |of: Of, name: &str| Choice::new(choice::word(of), name);
    let clients = reading::client_names(&web.desk, viewer).await?;
    let clients = clients
        .iter()
        .map(|(id, name)| choice(Of::Client(*id), name));
    let queues = reading::queues(&web.desk, viewer).await?;
    let queues = queues
        .iter()
        .map(|(it, _)| choice(Of::Queue(it.id), &it.name));
    let sees_all = allow(viewer, Act::SeeColleaguesScorecards).is_ok();
    let agents = reading::agents(&web.desk, viewer).await?;
    let agents = agents
        .iter()
        .filter(|it| sees_all || it.id == viewer.person);
    let agents = agents.map(|it| choice(Of::Agent(it.id), &it.name));
    Ok(vec![
        ("", vec![choice(Of::Desk, "The whole desk")]),
        ("Clients", clients.collect()),
        ("Queues", queues.collect()),
        ("Agents", agents.collect()),
    ])
}

/// `GET /scorecards/tickets`
pub(crate) async fn tickets(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let (name, found) = behind(&web, &who, &wish, MOST_SHOWN).await?;
    let shell = shell(&web, &who).await?;
    let content = lists::behind(&name, &found, &wish, &shell)?;
    Ok(show(&shell, content))
}

/// `GET /scorecards/tickets.csv`
pub(crate) async fn tickets_file(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let (_, found) = behind(&web, &who, &wish, MOST_IN_A_FILE).await?;
    Ok(table_file::csv(
        "scorecard.csv",
        lists::behind_lines(&found),
    ))
}

async fn behind(
    web: &Web,
    who: &SignedIn,
    wish: &Wish,
    most: usize,
) -> Result<(String, Vec<kept_app::store::scorecards::Behind>), Failure> {
    let asked = (wish.of(), wish.period()?);
    Ok(scorecards::behind(&web.desk, &who.viewer, asked, wish.wanted(), most).await?)
}

/// `GET /scorecards/time`
pub(crate) async fn time(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let asked = (wish.of(), wish.period()?);
    let found = scorecards::held(&web.desk, &who.viewer, asked, wish.whose(), MOST_SHOWN).await?;
    let shell = shell(&web, &who).await?;
    let content = lists::held(&found.0, &found.1, &wish)?;
    Ok(show(&shell, content))
}

/// `GET /scorecards/time.csv`
pub(crate) async fn time_file(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let (asked, most) = ((wish.of(), wish.period()?), MOST_IN_A_FILE);
    let (_, found) = scorecards::held(&web.desk, &who.viewer, asked, wish.whose(), most).await?;
    Ok(table_file::csv("time.csv", lists::held_lines(&found)))
}

/// For a card: this month in one line, nothing for whoever may not see it.
pub(crate) async fn headline(web: &Web, who: &SignedIn, of: Of) -> Result<Markup, Failure> {
    let period = Period::ThisMonth;
    match scorecards::scorecard(&web.desk, &who.viewer, of, period).await {
        Ok(scorecard) => Ok(views::headline(&scorecard, &choice::query(of, period))),
        Err(error) if error.kind() == ErrorKind::Denied => Ok(html! {}),
        Err(error) => Err(error.into()),
    }
}
