//! The pages and forms of the rules.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_app::domain::ids::RuleId;
use kept_app::domain::rules::{LONGEST_NAME, Rule};
use kept_app::domain::search;
use kept_app::domain::tickets::Priority;
use kept_app::rules::{self as commands, Detail, Draft, Scope};
use kept_app::{Error, ErrorKind, hooks, reading};
use maud::{Markup, html};
use serde::Deserialize;

use super::editor::{self, Editor};
use super::form::{self, DISPATCHER, Filled, ON_DUTY};
use super::{list, trial};
use crate::errors::{Failure, status_of};
use crate::forms::{Posted, blame};
use crate::inbox::routes::choices;
use crate::layout::{Section, Shell};
use crate::parts::{Choice, Field};
use crate::respond::{done, done_with_undo, show, show_with};
use crate::session::SignedIn;
use crate::settings::frame::framed;
use crate::web::Web;

const SAYS: &str =
    "What the desk does by itself. Rules run in this order, as soon as something happens.";

async fn shell(web: &Web, who: &SignedIn) -> Result<Shell, Failure> {
    let mut shell = who.shell(web, "Rules", Section::Settings).await?;
    shell.live = None;
    Ok(shell)
}

/// Those who only look are not led to pages they may not see.
fn page(shell: &Shell, title: &str, content: Markup) -> Markup {
    if shell.me.may_change_settings {
        return framed("/settings/rules", title, SAYS, content);
    }
    html! {
        div.settings { div.settings-page { header.page-head { h1 { (title) } p.says { (SAYS) } } (content) } }
    }
}

/// `GET /settings/rules`
pub(crate) async fn index(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let rules = commands::list(&web.desk, &who.viewer).await?;
    let hosts = hooks::private_hosts(&web.desk, &who.viewer)
        .await?
        .join("\n");
    let shell = shell(&web, &who).await?;
    Ok(show(
        &shell,
        page(&shell, "Rules", list::list(&rules, &hosts, &shell)),
    ))
}

/// `GET /settings/rules/new`
pub(crate) async fn new(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let filled = Filled {
        on: true,
        when: vec!["opened".into()],
        ..Filled::default()
    };
    let shell = shell(&web, &who).await?;
    let editor = load(&web, &who, None, filled).await?;
    Ok(show(
        &shell,
        page(&shell, "New rule", editor::editor(&editor, None, &shell)),
    ))
}

/// `GET /settings/rules/{id}`
pub(crate) async fn one(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let detail = commands::one(&web.desk, &who.viewer, RuleId(id)).await?;
    let shell = shell(&web, &who).await?;
    let editor = load_known(&web, &who, &detail).await?;
    let content = editor::editor(&editor, Some(&detail), &shell);
    Ok(show(
        &shell,
        page(&shell, &detail.listed.rule.name, content),
    ))
}

async fn load_known(web: &Web, who: &SignedIn, detail: &Detail) -> Result<Editor, Failure> {
    let mut editor = load(
        web,
        who,
        Some(detail.listed.id.0),
        Filled::of(&detail.listed.rule),
    )
    .await?;
    editor.reading = Some(detail.listed.reading.clone());
    editor.problems.clone_from(&detail.listed.problems);
    editor.secret.value = detail.secret.clone().unwrap_or_default();
    Ok(editor)
}

async fn load(
    web: &Web,
    who: &SignedIn,
    id: Option<i64>,
    filled: Filled,
) -> Result<Editor, Failure> {
    let agents = reading::agents(&web.desk, &who.viewer).await?;
    let queues = reading::queues(&web.desk, &who.viewer).await?;
    let here = agents.iter().filter(|agent| !agent.has_left);
    let agents = choices(here.map(|agent| (agent.id, &*agent.name)));
    let leave = || vec![Choice::new("", "leave as it is")];
    let mut assignees = leave();
    assignees.push(Choice::new(ON_DUTY, "whoever is on duty"));
    assignees.push(Choice::new(DISPATCHER, "the queue’s dispatcher"));
    assignees.extend(agents.iter().cloned());
    let field = |name: &str, label: &str, value: &String| Field::new(name, label, value.clone());
    Ok(Editor {
        id,
        name: field("name", "Name", &filled.name).required().most(LONGEST_NAME),
        condition: field("if", "If", &filled.condition)
            .placeholder("printer client:acme -tag:vip")
            .most(search::LONGEST)
            .help("A search, as in the search box. Empty means always."),
        priority: field("priority", "Priority", &filled.priority),
        kind: field("kind", "Kind", &filled.kind),
        queue: field("queue", "Queue", &filled.queue),
        assign: field("assign", "Responsible", &filled.assign),
        tag: field("tag", "Add tags", &filled.tag).placeholder("vip, printer"),
        untag: field("untag", "Take tags off", &filled.untag),
        note: field("note", "Write a note", &filled.note),
        reply: field("reply", "Answer the client", &filled.reply)
            .help("Automatic mail: never to programs and lists, at most five a day to one address. Markdown."),
        hook: field("hook", "Tell a web-hook", &filled.hook).placeholder("https://chat.example.com/hooks/kept"),
        secret: Field::new("secret", "Its secret", "").help("Signs what is sent. Empty: one is made, or the known one kept."),
        queues: leave().into_iter().chain(queues.iter().map(|(queue, _)| Choice::new(queue.id.to_string(), &*queue.name))).collect(),
        priorities: leave().into_iter().chain(Priority::ALL.map(|it| Choice::new(it.as_str(), it.as_str()))).collect(),
        kinds: leave().into_iter().chain(crate::ticket::kinds()).collect(),
        assignees,
        agents,
        reading: None,
        problems: vec![],
        filled,
    })
}

/// `POST /settings/rules`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let added = match form::read(&posted.fields) {
        Ok(draft) => commands::add(&web.desk, &posted.who.viewer, draft).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(id) => Ok(done(&format!("/settings/rules/{id}"), "Added the rule.")),
        Err(error) => again(&web, &posted, None, error).await,
    }
}

/// `POST /settings/rules/{id}`
pub(crate) async fn update(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let saved = match form::read(&posted.fields) {
        Ok(draft) => commands::edit(&web.desk, &posted.who.viewer, RuleId(id), draft).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(change) => Ok(undoable(&format!("/settings/rules/{id}"), "Saved.", change)),
        Err(error) => again(&web, &posted, Some(id), error).await,
    }
}

fn undoable(to: &str, says: &str, change: i64) -> Response {
    done_with_undo(to, says, format!("/undo/rule-{change}"))
}

/// The form as it was sent, with what was wrong.
async fn again(
    web: &Web,
    posted: &Posted,
    id: Option<i64>,
    error: Error,
) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let mut shell = shell(web, &posted.who).await?;
    let mut editor = load(web, &posted.who, id, Filled::typed(&posted.fields)).await?;
    let fields = [
        &mut editor.name,
        &mut editor.condition,
        &mut editor.tag,
        &mut editor.untag,
        &mut editor.note,
        &mut editor.reply,
        &mut editor.hook,
        &mut editor.secret,
    ];
    shell.flash = blame(&error, fields);
    let content = page(&shell, "Rule", editor::editor(&editor, None, &shell));
    Ok(show_with(status_of(&error), &shell, content))
}

/// `POST /settings/rules/{id}/position`, with `move` saying up or down
pub(crate) async fn shift(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let up = posted.fields.get("move") != "down";
    commands::shift(&web.desk, &posted.who.viewer, RuleId(id), up).await?;
    Ok(done("/settings/rules", "Moved."))
}

/// `POST /settings/rules/{id}/state`, with `state` saying on or off
pub(crate) async fn switch(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let on = posted.fields.get("state") == "on";
    let change = commands::switch(&web.desk, &posted.who.viewer, RuleId(id), on).await?;
    let says = if on { "Switched on." } else { "Switched off." };
    Ok(undoable("/settings/rules", says, change))
}

/// `POST /settings/rules/{id}/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let change = commands::remove(&web.desk, &posted.who.viewer, RuleId(id)).await?;
    Ok(undoable("/settings/rules", "Removed the rule.", change))
}

/// `POST /settings/rules/private-hosts`
pub(crate) async fn hosts(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let hosts = posted
        .fields
        .get("hosts")
        .split_whitespace()
        .map(str::to_owned);
    hooks::change_private_hosts(&web.desk, &posted.who.viewer, hosts.collect()).await?;
    Ok(done("/settings/rules", "Saved."))
}

/// How far a dry run looks back.
const DAYS: u16 = 90;
const SCOPE: Scope = Scope {
    tickets: 1_000,
    days: DAYS,
};

/// `GET /settings/rules/{id}/trial`
pub(crate) async fn try_known(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let detail = commands::one(&web.desk, &who.viewer, RuleId(id)).await?;
    let rule = detail.listed.rule.clone();
    let tried = commands::try_rule(&web.desk, &who.viewer, rule, Some(RuleId(id)), SCOPE).await?;
    let shell = shell(&web, &who).await?;
    let editor = load_known(&web, &who, &detail).await?;
    let content =
        html! { (trial::trial(&tried, DAYS, &shell)) (editor::editor(&editor, None, &shell)) };
    Ok(show(
        &shell,
        page(&shell, &detail.listed.rule.name, content),
    ))
}

#[derive(Deserialize)]
pub(crate) struct Known {
    rule: Option<i64>,
}

/// `POST /settings/rules/trial`: tries what the form says, without keeping it
pub(crate) async fn try_typed(
    State(web): State<Web>,
    Query(known): Query<Known>,
    posted: Posted,
) -> Result<Response, Failure> {
    match try_form(&web, &posted, known.rule).await {
        Ok(content) => {
            let shell = shell(&web, &posted.who).await?;
            Ok(show(&shell, page(&shell, "Dry run", content)))
        }
        Err(Failure::Refused { error, .. }) => again(&web, &posted, known.rule, error).await,
        Err(failure) => Err(failure),
    }
}

async fn try_form(web: &Web, posted: &Posted, id: Option<i64>) -> Result<Markup, Failure> {
    let Draft { rule, .. } = form::read(&posted.fields)?;
    let viewer = &posted.who.viewer;
    let (reading, problems) = commands::problems(&web.desk, viewer, Rule::clone(&rule)).await?;
    let tried = commands::try_rule(&web.desk, viewer, rule, id.map(RuleId), SCOPE).await?;
    let shell = shell(web, &posted.who).await?;
    let mut editor = load(web, &posted.who, id, Filled::typed(&posted.fields)).await?;
    editor.reading = Some(reading);
    editor.problems = problems;
    Ok(html! { (trial::trial(&tried, DAYS, &shell)) (editor::editor(&editor, None, &shell)) })
}
