//! The pages and forms of recurring tickets.

use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;
use kept_app::domain::ids::RecurrenceId;
use kept_app::domain::recurring::LONGEST_NAME;
use kept_app::recurring::Detail;
use kept_app::{Error, ErrorKind, reading, recurring, templates};
use maud::Markup;

use super::form::{self, Filled};
use super::views::{self, Editor};
use crate::errors::{Failure, status_of};
use crate::forms::{Posted, blame};
use crate::layout::{Section, Shell};
use crate::parts::{Choice, Field};
use crate::respond::{done, done_with_undo, show, show_with};
use crate::session::SignedIn;
use crate::settings::frame::framed;
use crate::web::Web;

const HERE: &str = "/settings/recurring";

async fn shell(web: &Web, who: &SignedIn) -> Result<Shell, Failure> {
    who.shell(web, "Recurring tickets", Section::Settings).await
}

fn page(title: &str, content: Markup) -> Markup {
    let says = "Tickets that open by themselves on their day, each date once, from a template.";
    framed(HERE, title, says, content)
}

/// `GET /settings/recurring`
pub(crate) async fn index(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let all = recurring::all(&web.desk, &who.viewer).await?;
    let has_templates = !templates::all(&web.desk, &who.viewer).await?.is_empty();
    let shell = shell(&web, &who).await?;
    let content = views::list(&all, has_templates, &shell.clock);
    Ok(show(&shell, page("Recurring tickets", content)))
}

/// `GET /settings/recurring/new`
pub(crate) async fn new(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let shell = shell(&web, &who).await?;
    let tomorrow = shell.clock.tomorrow().to_zoned(shell.clock.zone.clone());
    let filled = Filled {
        every: "month".to_owned(),
        first: tomorrow.date().to_string(),
        time: "08:00".to_owned(),
        ..Filled::default()
    };
    let editor = editor(&web, &who, &filled).await?;
    let content = views::editor(&editor, &shell);
    Ok(show(&shell, page("New recurring ticket", content)))
}

/// `GET /settings/recurring/{id}`
pub(crate) async fn one(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let detail = detail(&web, &who, id).await?;
    let shell = shell(&web, &who).await?;
    let filled = Filled {
        client: detail.client.clone().unwrap_or_default(),
        ..Filled::of(&detail.stored.recurrence)
    };
    let editor = known(editor(&web, &who, &filled).await?, &detail);
    let content = views::editor(&editor, &shell);
    Ok(show(&shell, page(&detail.stored.recurrence.name, content)))
}

async fn detail(web: &Web, who: &SignedIn, id: i64) -> Result<Detail, Failure> {
    Ok(recurring::one(&web.desk, &who.viewer, RecurrenceId(id)).await?)
}

fn known(editor: Editor, detail: &Detail) -> Editor {
    Editor {
        id: Some(detail.stored.id.0),
        is_paused: detail.stored.is_paused,
        coming: detail.coming.clone(),
        runs: detail.runs.clone(),
        ..editor
    }
}

/// `POST /settings/recurring`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    write(&web, &posted, None).await
}

/// `POST /settings/recurring/{id}`
pub(crate) async fn update(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    write(&web, &posted, Some(id)).await
}

/// Saves it, or only shows the dates it would have.
async fn write(web: &Web, posted: &Posted, id: Option<i64>) -> Result<Response, Failure> {
    let viewer = &posted.who.viewer;
    let zone = reading::zone(&web.desk).await?;
    let zone = zone.unwrap_or_else(|| "UTC".to_owned());
    let client = posted.fields.trimmed("client");
    let read = match recurring::client_named(&web.desk, viewer, client).await {
        Ok(client) => form::read(&posted.fields, client, &zone),
        Err(error) => Err(error),
    };
    if posted.fields.get("act") == "preview" {
        let coming = read.and_then(|it| recurring::coming(&web.desk, viewer, it));
        return again(web, posted, id, coming).await;
    }
    let written = match read {
        Ok(it) => recurring::write(&web.desk, viewer, id.map(RecurrenceId), it).await,
        Err(error) => Err(error),
    };
    match written {
        Ok(id) => Ok(done(
            &format!("{HERE}/{id}"),
            "Saved; these are the next dates.",
        )),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            again(web, posted, id, Err(error)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The form as it was sent, with its dates or with what was wrong.
async fn again(
    web: &Web,
    posted: &Posted,
    id: Option<i64>,
    coming: Result<Vec<Timestamp>, Error>,
) -> Result<Response, Failure> {
    let mut shell = shell(web, &posted.who).await?;
    let mut editor = editor(web, &posted.who, &Filled::typed(&posted.fields)).await?;
    if let Some(id) = id {
        editor = known(editor, &detail(web, &posted.who, id).await?);
    }
    let status = match coming {
        Ok(dates) => {
            editor.coming = dates;
            axum::http::StatusCode::OK
        }
        Err(error) => {
            let fields = [
                &mut editor.name,
                &mut editor.template,
                &mut editor.client,
                &mut editor.queue,
                &mut editor.rule,
                &mut editor.first,
                &mut editor.time,
            ];
            shell.flash = blame(&error, fields);
            status_of(&error)
        }
    };
    let content = page("Recurring ticket", views::editor(&editor, &shell));
    Ok(show_with(status, &shell, content))
}

/// `POST /settings/recurring/{id}/pause`, with `paused` saying yes or no
pub(crate) async fn pause(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let paused = posted.fields.get("paused") == "yes";
    recurring::pause(&web.desk, &posted.who.viewer, RecurrenceId(id), paused).await?;
    let says = match paused {
        true => "It opens nothing until it goes on.",
        false => "It goes on with the next date.",
    };
    Ok(done(&format!("{HERE}/{id}"), says))
}

/// `POST /settings/recurring/{id}/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    recurring::remove(&web.desk, &posted.who.viewer, RecurrenceId(id), false).await?;
    let undo = format!("/undo/recurring-{id}");
    Ok(done_with_undo(HERE, "Removed the recurring ticket.", undo))
}

async fn editor(web: &Web, who: &SignedIn, filled: &Filled) -> Result<Editor, Failure> {
    let templates = templates::all(&web.desk, &who.viewer).await?;
    let queues = reading::queues(&web.desk, &who.viewer).await?;
    let queues = queues
        .iter()
        .map(|(queue, _)| Choice::new(queue.id.to_string(), &*queue.name));
    let or = |words: &str| std::iter::once(Choice::new("", words));
    Ok(Editor {
        id: None,
        is_paused: false,
        name: Field::new("name", "Name", &*filled.name)
            .required()
            .placeholder("Test the restore")
            .most(LONGEST_NAME),
        template: Field::new("template", "Template", &*filled.template),
        templates: templates
            .iter()
            .map(|it| Choice::new(it.id.to_string(), &*it.template.name))
            .collect(),
        client: Field::new("client", "Client", &*filled.client).placeholder("the desk’s own work"),
        queue: Field::new("queue", "Queue", &*filled.queue),
        queues: or("As the template says").chain(queues).collect(),
        every: Field::new("every", "How often", &*filled.every),
        rule: Field::new("rule", "Rule", &*filled.rule)
            .placeholder("FREQ=MONTHLY;BYDAY=1MO")
            .help("Only for “By a rule” (RFC 5545): the first Monday of each month."),
        first: Field::new("first", "First on", &*filled.first)
            .kind("date")
            .required(),
        time: Field::new("time", "At", &*filled.time)
            .kind("time")
            .required(),
        coming: vec![],
        runs: vec![],
    })
}
