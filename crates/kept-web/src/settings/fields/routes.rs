//! The pages and forms of the custom fields.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::fields::{Content, FieldKind, LONGEST_HELP, LONGEST_NAME};
use kept_app::domain::ids::{FieldId, QueueId};
use kept_app::domain::tickets::Kind;
use kept_app::{Error, ErrorKind, fields, reading};
use maud::Markup;

use super::views::{self, Editor};
use crate::errors::{Failure, status_of};
use crate::forms::{Fields, Posted, blame};
use crate::layout::{Section, Shell};
use crate::parts::{Choice, Field};
use crate::respond::{done, done_with_undo, show, show_with};
use crate::session::SignedIn;
use crate::settings::frame::framed;
use crate::ticket::kinds;
use crate::web::Web;

const HERE: &str = "/settings/fields";

async fn shell(web: &Web, who: &SignedIn) -> Result<Shell, Failure> {
    who.shell(web, "Custom fields", Section::Settings).await
}

fn page(title: &str, content: Markup) -> Markup {
    let says = "What your desk asks of its tickets besides what every ticket has. Nothing that was filled in is ever lost.";
    framed(HERE, title, says, content)
}

/// `GET /settings/fields`
pub(crate) async fn index(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let all = fields::all(&web.desk, &who.viewer).await?;
    let shell = shell(&web, &who).await?;
    let list = views::list(&all, &shell);
    Ok(show(&shell, page("Custom fields", list)))
}

/// `GET /settings/fields/new`
pub(crate) async fn new(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let shell = shell(&web, &who).await?;
    let content = Content::default();
    let editor = editor(&web, &who, FieldKind::Text, &content).await?;
    Ok(show(
        &shell,
        page("New field", views::editor(&editor, &shell)),
    ))
}

/// `GET /settings/fields/{id}`
pub(crate) async fn one(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let field = fields::one(&web.desk, &who.viewer, FieldId(id)).await?;
    let shell = shell(&web, &who).await?;
    let editor = Editor {
        id: Some(id),
        is_retired: field.is_retired,
        slug: Some(field.slug),
        ..editor(&web, &who, field.kind, &field.content).await?
    };
    let title = field.content.name;
    Ok(show(&shell, page(&title, views::editor(&editor, &shell))))
}

/// `POST /settings/fields`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let kind = FieldKind::from_text(posted.fields.get("kind")).unwrap_or(FieldKind::Text);
    let content = read(&posted.fields);
    match fields::add(&web.desk, &posted.who.viewer, kind, content).await {
        Ok(_) => Ok(done(HERE, "Saved the field.")),
        Err(error) => again(&web, &posted, None, kind, error).await,
    }
}

/// `POST /settings/fields/{id}`
pub(crate) async fn update(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let viewer = &posted.who.viewer;
    let known = fields::one(&web.desk, viewer, FieldId(id)).await?;
    match fields::change(&web.desk, viewer, known.id, read(&posted.fields)).await {
        Ok(()) => Ok(done(HERE, "Saved the field.")),
        Err(error) => again(&web, &posted, Some(id), known.kind, error).await,
    }
}

/// The form as it was sent, with what was wrong.
async fn again(
    web: &Web,
    posted: &Posted,
    id: Option<i64>,
    kind: FieldKind,
    error: Error,
) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let mut shell = shell(web, &posted.who).await?;
    let mut editor = editor(web, &posted.who, kind, &read(&posted.fields)).await?;
    editor.id = id;
    shell.flash = blame(
        &error,
        [&mut editor.name, &mut editor.help, &mut editor.choices],
    );
    let content = page("Custom field", views::editor(&editor, &shell));
    Ok(show_with(status_of(&error), &shell, content))
}

/// `POST /settings/fields/{id}/position`, with `way` saying up or down
pub(crate) async fn shift(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let up = posted.fields.get("way") == "up";
    fields::shift(&web.desk, &posted.who.viewer, FieldId(id), up).await?;
    Ok(done(HERE, "Put in another order."))
}

/// `POST /settings/fields/{id}/retirement`
pub(crate) async fn retire(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    fields::retire(&web.desk, &posted.who.viewer, FieldId(id), false).await?;
    let says = "Retired the field. What was filled in stays.";
    Ok(done_with_undo(HERE, says, format!("/undo/field-{id}")))
}

/// `POST /settings/fields/{id}/return`
pub(crate) async fn back(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    fields::retire(&web.desk, &posted.who.viewer, FieldId(id), true).await?;
    Ok(done(HERE, "The field is asked again."))
}

fn read(fields: &Fields) -> Content {
    let queues = fields.all("queue");
    let types = fields.all("type");
    Content {
        name: fields.trimmed("name"),
        help: fields.trimmed("help"),
        choices: fields.get("choices").lines().map(str::to_owned).collect(),
        queues: queues
            .filter_map(|it| it.parse().ok().map(QueueId))
            .collect(),
        types: types
            .filter_map(Kind::from_text)
            .map(|it| it.as_str().to_owned())
            .collect(),
        required: fields.get("required") == "yes",
    }
}

async fn editor(
    web: &Web,
    who: &SignedIn,
    kind: FieldKind,
    content: &Content,
) -> Result<Editor, Failure> {
    let queues = reading::queues(&web.desk, &who.viewer).await?;
    let queue = |queue: &kept_app::domain::queues::Queue| {
        let choice = Choice::new(queue.id.to_string(), &*queue.name);
        (choice, content.queues.contains(&queue.id))
    };
    let types = kinds().into_iter().map(|choice| {
        let ticked = content.types.contains(&choice.value);
        (choice, ticked)
    });
    let all = FieldKind::ALL.iter();
    Ok(Editor {
        id: None,
        is_retired: false,
        slug: None,
        name: Field::new("name", "Name", &*content.name)
            .required()
            .placeholder("Serial number")
            .most(LONGEST_NAME),
        help: Field::new("help", "A line below it", &*content.help)
            .placeholder("On the sticker at the back")
            .most(LONGEST_HELP),
        kind: Field::new("kind", "What is filled in", kind.as_str()),
        kinds: all.map(|it| Choice::new(it.as_str(), it.words())).collect(),
        choices: Field::new("choices", "To choose from", content.choices.join("\n"))
            .help("A line each, for one of several."),
        queues: queues.iter().map(|(it, _)| queue(it)).collect(),
        types: types.collect(),
        required: content.required,
    })
}
