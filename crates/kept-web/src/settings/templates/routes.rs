//! The pages and forms of the templates for new tickets.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::ids::{QueueId, TemplateId};
use kept_app::domain::templates::{LONGEST_NAME, Template};
use kept_app::domain::tickets::{Kind, LONGEST_SUBJECT, Priority, Tag};
use kept_app::{Error, ErrorKind, reading, templates};
use maud::Markup;

use super::views::{self, Editor};
use crate::errors::{Failure, status_of};
use crate::forms::{Fields, Posted, blame, lines};
use crate::layout::{Section, Shell};
use crate::parts::{Choice, Field};
use crate::respond::{done, done_with_undo, show, show_with};
use crate::session::SignedIn;
use crate::settings::frame::framed;
use crate::ticket::{kinds, priorities};
use crate::web::Web;

const HERE: &str = "/settings/templates";

async fn shell(web: &Web, who: &SignedIn) -> Result<Shell, Failure> {
    who.shell(web, "Ticket templates", Section::Settings).await
}

fn page(title: &str, content: Markup) -> Markup {
    let says = "What a new ticket can begin with. Whoever opens one chooses it there, and may say everything otherwise.";
    framed(HERE, title, says, content)
}

/// `GET /settings/templates`
pub(crate) async fn index(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let all = templates::all(&web.desk, &who.viewer).await?;
    let shell = shell(&web, &who).await?;
    Ok(show(&shell, page("Ticket templates", views::list(&all))))
}

/// `GET /settings/templates/new`
pub(crate) async fn new(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let shell = shell(&web, &who).await?;
    let editor = editor(&web, &who, None, &Filled::default()).await?;
    Ok(show(
        &shell,
        page("New template", views::editor(&editor, &shell)),
    ))
}

/// `GET /settings/templates/{id}`
pub(crate) async fn one(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let known = templates::one(&web.desk, &who.viewer, TemplateId(id)).await?;
    let shell = shell(&web, &who).await?;
    let filled = Filled::of(&known.template);
    let editor = editor(&web, &who, Some(id), &filled).await?;
    let title = known.template.name;
    Ok(show(&shell, page(&title, views::editor(&editor, &shell))))
}

/// `POST /settings/templates`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    write(&web, &posted, None).await
}

/// `POST /settings/templates/{id}`
pub(crate) async fn update(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    write(&web, &posted, Some(id)).await
}

async fn write(web: &Web, posted: &Posted, id: Option<i64>) -> Result<Response, Failure> {
    let written = match read(&posted.fields) {
        Ok(template) => {
            let id = id.map(TemplateId);
            templates::write(&web.desk, &posted.who.viewer, id, template).await
        }
        Err(error) => Err(error),
    };
    match written {
        Ok(_) => Ok(done(HERE, "Saved the template.")),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            again(web, posted, id, &error).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The form as it was sent, with what was wrong.
async fn again(
    web: &Web,
    posted: &Posted,
    id: Option<i64>,
    error: &Error,
) -> Result<Response, Failure> {
    let mut shell = shell(web, &posted.who).await?;
    let mut editor = editor(web, &posted.who, id, &Filled::typed(&posted.fields)).await?;
    let fields = [
        &mut editor.name,
        &mut editor.subject,
        &mut editor.text,
        &mut editor.queue,
        &mut editor.tags,
        &mut editor.steps,
    ];
    shell.flash = blame(error, fields);
    let content = page("Template", views::editor(&editor, &shell));
    Ok(show_with(status_of(error), &shell, content))
}

/// `POST /settings/templates/{id}/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    templates::remove(&web.desk, &posted.who.viewer, TemplateId(id), false).await?;
    let undo = format!("/undo/beginning-{id}");
    Ok(done_with_undo(HERE, "Removed the template.", undo))
}

fn read(fields: &Fields) -> Result<Template, Error> {
    Ok(Template {
        name: fields.trimmed("name"),
        subject: fields.trimmed("subject"),
        text: fields.get("text").replace("\r\n", "\n"),
        queue: fields.number("queue").map(QueueId),
        kind: Kind::from_text(fields.get("kind")).unwrap_or(Kind::Request),
        priority: Priority::from_text(fields.get("priority")).unwrap_or(Priority::Normal),
        tags: tags(fields.get("tags"))?,
        steps: fields.get("steps").lines().map(str::to_owned).collect(),
    })
}

/// Tags as people write several.
///
/// # Errors
/// When one is none.
pub(crate) fn tags(text: &str) -> Result<BTreeSet<Tag>, Error> {
    let tags = lines(text).map(Tag::parse);
    let tags: Result<BTreeSet<Tag>, _> = tags.collect();
    tags.map_err(|problem| Error::invalid("tags", problem.to_string()))
}

/// What the fields hold.
#[derive(Debug, Default)]
struct Filled {
    name: String,
    subject: String,
    text: String,
    queue: String,
    kind: String,
    priority: String,
    tags: String,
    steps: String,
}

impl Filled {
    fn of(template: &Template) -> Self {
        let tags: Vec<&str> = template.tags.iter().map(Tag::as_str).collect();
        Self {
            name: template.name.clone(),
            subject: template.subject.clone(),
            text: template.text.clone(),
            queue: template
                .queue
                .map_or_else(String::new, |queue| queue.to_string()),
            kind: template.kind.as_str().to_owned(),
            priority: template.priority.as_str().to_owned(),
            tags: tags.join(", "),
            steps: template.steps.join("\n"),
        }
    }

    fn typed(fields: &Fields) -> Self {
        let get = |name: &str| fields.get(name).to_owned();
        Self {
            name: get("name"),
            subject: get("subject"),
            text: get("text"),
            queue: get("queue"),
            kind: get("kind"),
            priority: get("priority"),
            tags: get("tags"),
            steps: get("steps"),
        }
    }
}

async fn editor(
    web: &Web,
    who: &SignedIn,
    id: Option<i64>,
    filled: &Filled,
) -> Result<Editor, Failure> {
    let queues = reading::queues(&web.desk, &who.viewer).await?;
    let queues = queues
        .iter()
        .map(|(queue, _)| Choice::new(queue.id.to_string(), &*queue.name));
    let or = |given: &str, usual: &str| match given {
        "" => usual.to_owned(),
        given => given.to_owned(),
    };
    Ok(Editor {
        id,
        name: Field::new("name", "Name", &*filled.name)
            .required()
            .placeholder("New colleague")
            .most(LONGEST_NAME),
        subject: Field::new("subject", "Subject", &*filled.subject)
            .required()
            .most(LONGEST_SUBJECT),
        text: Field::new("text", "What it is about", &*filled.text)
            .help("For the desk. It stands in the form and can be changed there."),
        queue: Field::new("queue", "Queue", &*filled.queue),
        queues: std::iter::once(Choice::new("", "The first"))
            .chain(queues)
            .collect(),
        kind: Field::new("kind", "Type", or(&filled.kind, Kind::Request.as_str())),
        kinds: kinds(),
        priority: Field::new(
            "priority",
            "Priority",
            or(&filled.priority, Priority::Normal.as_str()),
        ),
        priorities: priorities(),
        tags: Field::new("tags", "Tags", &*filled.tags).placeholder("onboarding, hardware"),
        steps: Field::new("steps", "Checklist", &*filled.steps)
            .help("A step on each line.")
            .placeholder("Make the account"),
    })
}
