//! Writing an agreement: its form, what would follow, and saving it.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kept_app::agreements::{self as commands, Draft};
use kept_app::domain::agreements::{Scope, Version, Wording, WrittenDuty, Wrong, differences};
use kept_app::domain::ids::AgreementId;
use kept_app::{Error, ErrorKind, reading};
use serde::Deserialize;

use super::duties::{self, DutiesOf};
use super::editor::{self, Editor, PREVIEW, Preview};
use super::filled::{Filled, scope_named, wrong};
use super::routes::{name_in, page, shell};
use super::taking::{self, LOOK, TAKE, Taking};
use crate::errors::{Failure, status_of};
use crate::forms::Posted;
use crate::inbox::routes::choices;
use crate::parts::Choice;
use crate::respond::{done, show, show_with};
use crate::session::SignedIn;
use crate::web::Web;

const SAYS: &str = "Saving writes another version. The ones before it stay as they were, with the tickets that follow them.";

#[derive(Deserialize)]
pub(crate) struct Wish {
    whose: Option<String>,
}

/// Whose agreement is edited, and what it begins from.
struct Subject {
    /// Absent before the first version.
    id: Option<i64>,
    scope: Scope,
    /// What it is called before somebody gives it a name.
    name: String,
    before: Version,
}

/// `GET /settings/agreements/new`
pub(crate) async fn new(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let scope = wish
        .whose
        .as_deref()
        .and_then(scope_named)
        .ok_or(Failure::Nowhere)?;
    let subject = of_scope(&web, &who, scope).await?;
    form(&web, &who, &subject).await
}

/// `GET /settings/agreements/{id}/edit`
pub(crate) async fn edit(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let subject = of_id(&web, &who, id).await?;
    form(&web, &who, &subject).await
}

/// One that has its own agreement is edited, never written a second time.
async fn of_scope(web: &Web, who: &SignedIn, scope: Scope) -> Result<Subject, Failure> {
    let all = commands::all(&web.desk, &who.viewer).await?;
    if let Some(known) = all.iter().find(|it| it.scope == scope) {
        return of_id(web, who, known.id.0).await;
    }
    let (name, before) = commands::starting(&web.desk, &who.viewer, scope).await?;
    Ok(Subject {
        id: None,
        scope,
        name,
        before,
    })
}

async fn of_id(web: &Web, who: &SignedIn, id: i64) -> Result<Subject, Failure> {
    let found = commands::one(&web.desk, &who.viewer, AgreementId(id)).await?;
    let newest = found.newest().ok_or_else(|| Error::not_found("version"))?;
    Ok(Subject {
        id: Some(id),
        scope: found.scope,
        before: newest.version.clone(),
        name: found.name,
    })
}

async fn form(web: &Web, who: &SignedIn, subject: &Subject) -> Result<Response, Failure> {
    let filled = Filled::of(&subject.name, &subject.before.wording);
    answer(web, who, subject, Sheet::of(filled)).await
}

/// What is put on the page beside the fields.
struct Sheet {
    filled: Filled,
    wrong: Vec<Wrong>,
    preview: Option<Preview>,
    taking: Taking,
    status: StatusCode,
}

impl Sheet {
    fn of(filled: Filled) -> Self {
        Self {
            filled,
            wrong: vec![],
            preview: None,
            taking: Taking::default(),
            status: StatusCode::OK,
        }
    }
}

async fn answer(
    web: &Web,
    who: &SignedIn,
    subject: &Subject,
    sheet: Sheet,
) -> Result<Response, Failure> {
    let title = match subject.id {
        Some(_) => format!("Change {}", subject.name),
        None => format!("Agreement for {}", subject.name),
    };
    let shell = shell(web, who, &title).await?;
    let agents = reading::agents(&web.desk, &who.viewer).await?;
    let here = agents.iter().filter(|agent| !agent.has_left);
    let duties = duties_of(web, who, subject, &sheet.filled).await?;
    let page_of = Editor {
        id: subject.id,
        scope: subject.scope,
        filled: sheet.filled,
        wrong: sheet.wrong,
        agents: choices(here.map(|agent| (agent.id, &*agent.name))),
        preview: sheet.preview,
        taking: sheet.taking,
        duties,
    };
    let content = page(&shell, &title, SAYS, editor::editor(&page_of, &shell));
    Ok(match sheet.status {
        StatusCode::OK => show(&shell, content),
        status => show_with(status, &shell, content),
    })
}

/// Whom a client's duties can be asked of and by whom, and the coming days of each.
async fn duties_of(
    web: &Web,
    who: &SignedIn,
    subject: &Subject,
    filled: &Filled,
) -> Result<DutiesOf, Failure> {
    let Scope::Client(client) = subject.scope else {
        return Ok(DutiesOf::default());
    };
    let card = reading::client(&web.desk, &who.viewer, client).await?;
    let queues = reading::queues(&web.desk, &who.viewer).await?;
    let people = card.people.iter().filter(|it| !it.has_left);
    let coming = |(place, written): (usize, WrittenDuty)| {
        let known = (&subject.before, &filled.written.client);
        duties::coming(&written, place, known, web.desk.now())
    };
    Ok(DutiesOf {
        people: choices(people.map(|it| (it.id, &*it.name))),
        queues: queues
            .into_iter()
            .map(|(it, _)| Choice::new(it.id.to_string(), it.name))
            .collect(),
        coming: filled.duties().map(coming).collect(),
    })
}

/// `POST /settings/agreements`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let scope = scope_named(posted.fields.get("whose")).ok_or(Failure::Nowhere)?;
    let subject = of_scope(&web, &posted.who, scope).await?;
    take(&web, &posted, &subject).await
}

/// `POST /settings/agreements/{id}`
pub(crate) async fn update(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let subject = of_id(&web, &posted.who, id).await?;
    take(&web, &posted, &subject).await
}

async fn take(web: &Web, posted: &Posted, subject: &Subject) -> Result<Response, Failure> {
    let mut sheet = Sheet::of(Filled::typed(&posted.fields));
    sheet.taking = Taking::typed(&posted.fields);
    match posted.fields.get("act") {
        LOOK => {
            let looked = look(web, posted, subject, &mut sheet).await?;
            return after(web, posted, subject, sheet, looked).await;
        }
        TAKE => {
            let taken = sheet.taking.take(&posted.fields, &mut sheet.filled);
            return after(web, posted, subject, sheet, taken).await;
        }
        _ => {}
    }
    let draft = match sheet.filled.draft(subject.scope) {
        Ok(draft) => draft,
        Err(wrong) => {
            sheet.wrong = wrong;
            sheet.status = StatusCode::UNPROCESSABLE_ENTITY;
            return answer(web, &posted.who, subject, sheet).await;
        }
    };
    if posted.fields.get("act") == PREVIEW {
        sheet.preview = Some(preview(web, &posted.who, subject, &draft).await?);
        return answer(web, &posted.who, subject, sheet).await;
    }
    match commands::write(&web.desk, &posted.who.viewer, draft).await {
        Ok(id) => Ok(done(&format!("/settings/agreements/{id}"), "Saved.")),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            sheet.status = status_of(&error);
            sheet.wrong.push(wrong(&error));
            answer(web, &posted.who, subject, sheet).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The calendar that was given, read beside what the form holds.
async fn look(
    web: &Web,
    posted: &Posted,
    subject: &Subject,
    sheet: &mut Sheet,
) -> Result<Result<(), Vec<Wrong>>, Failure> {
    let zone = subject.before.wording.desk.zone().clone();
    let today = web.desk.now().to_zoned(zone).date();
    if let Some(file) = posted.files.first() {
        sheet.taking.address.clear();
        return Ok(sheet.taking.look(&sheet.filled, &file.content, today));
    }
    if sheet.taking.address.is_empty() {
        return Ok(Err(vec![taking::nothing_given()]));
    }
    let address = sheet.taking.address.clone();
    match commands::fetch_holidays(&web.desk, &posted.who.viewer, &address).await {
        Ok(file) => Ok(sheet.taking.look(&sheet.filled, &file, today)),
        Err(error) if error.kind() == ErrorKind::Invalid => Ok(Err(vec![wrong(&error)])),
        Err(error) => Err(error.into()),
    }
}

/// The form after something about holidays, which saves nothing.
async fn after(
    web: &Web,
    posted: &Posted,
    subject: &Subject,
    mut sheet: Sheet,
    result: Result<(), Vec<Wrong>>,
) -> Result<Response, Failure> {
    if let Err(wrong) = result {
        sheet.wrong = wrong;
        sheet.status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer(web, &posted.who, subject, sheet).await
}

async fn preview(
    web: &Web,
    who: &SignedIn,
    subject: &Subject,
    draft: &Draft,
) -> Result<Preview, Failure> {
    let agents = reading::agents(&web.desk, &who.viewer).await?;
    let name = |person| name_in(&agents, person);
    let before = subject.before.wording.clauses(name);
    let after = draft.wording.clauses(name);
    Ok(Preview {
        differences: differences(&before, &after),
        effect: commands::effect(&web.desk, &who.viewer, draft).await?,
        years: years(&draft.wording, web),
    })
}

/// This year and the next of both sides; once when they are alike.
fn years(
    wording: &Wording,
    web: &Web,
) -> Vec<(kept_app::domain::hours::Calendar, &'static str, i16)> {
    let this = web.desk.now().to_zoned(wording.desk.zone().clone()).year();
    let mut sides = vec![(&wording.desk, "Our")];
    if wording.client != wording.desk {
        sides.push((&wording.client, "Their"));
    }
    let both = sides
        .into_iter()
        .flat_map(|(calendar, title)| [(calendar, title, this), (calendar, title, this + 1)]);
    both.map(|(calendar, title, year)| (calendar.as_ref().clone(), title, year))
        .collect()
}
