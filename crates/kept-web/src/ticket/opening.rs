//! Opening a ticket by hand: the form, and what it sends.

use axum::extract::{Query, State};
use axum::response::Response;
use kept_app::domain::checklists::NewStep;
use kept_app::domain::ids::{FieldId, PersonId, QueueId, TemplateId};
use kept_app::domain::people::EmailAddress;
use kept_app::domain::tickets::{Kind, LONGEST_SUBJECT, Priority, Tag};
use kept_app::store::templates::Stored;
use kept_app::tickets::{NewTicket as Opening, open};
use kept_app::{Error, ErrorKind, drafts, fields, reading, templates};
use serde::Deserialize;

use super::new::{NewTicket, new_ticket};
use super::{fields as own_fields, mailboxes, show};
use crate::drafts::views::Unsent;
use crate::errors::{Failure, status_of};
use crate::forms::{Fields, Posted, blame};
use crate::layout::{Section, Shell};
use crate::numbers::number;
use crate::parts::{Choice, Field};
use crate::respond::{done, show as answer, show_with};
use crate::session::SignedIn;
use crate::settings::templates::routes::tags;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    requester: Option<i64>,
    /// A template to begin with; empty for none.
    #[serde(default)]
    template: String,
}

/// `GET /tickets/new`
pub(crate) async fn form(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let kept = drafts::of(&web.desk, &who.viewer, None).await?;
    // What is begun with a template or for somebody is something else than what was being written.
    let kept = kept.filter(|_| wish.requester.is_none() && wish.template.is_empty());
    let fields = kept.as_ref().map(|kept| crate::drafts::fields(&kept.draft));
    let mut page = page(&web, &who, &fields.unwrap_or_default()).await?;
    page.unsent = kept.as_ref().map(Unsent::of);
    if let Some(id) = number(&wish.template).map(TemplateId) {
        let known = templates::one(&web.desk, &who.viewer, id).await?;
        fill(&mut page, &known);
    }
    if let Some(person) = wish.requester {
        let card = reading::person(&web.desk, &who.viewer, PersonId(person)).await?;
        let address = card
            .person
            .addresses
            .first()
            .map_or_else(String::new, ToString::to_string);
        page.requester.value = address;
    }
    let shell = shell(&web, &who).await?;
    Ok(answer(&shell, new_ticket(&page, &shell)))
}

/// Puts what a template says into the fields.
fn fill(page: &mut NewTicket, known: &Stored) {
    let template = &known.template;
    let tags: Vec<&str> = template.tags.iter().map(Tag::as_str).collect();
    page.template = known.id.to_string();
    page.subject.value.clone_from(&template.subject);
    page.text.value.clone_from(&template.text);
    page.kind.value = template.kind.as_str().to_owned();
    page.priority.value = template.priority.as_str().to_owned();
    page.tags.value = tags.join(", ");
    page.steps.value = template.steps.join("\n");
    if let Some(queue) = template.queue {
        page.queue.value = queue.to_string();
    }
}

async fn shell(web: &Web, who: &SignedIn) -> Result<Shell, Failure> {
    let mut shell = who.shell(web, "New ticket", Section::Elsewhere).await?;
    shell.path = "/tickets/new".to_owned();
    Ok(shell)
}

/// The form with what was typed so far.
async fn page(web: &Web, who: &SignedIn, typed: &Fields) -> Result<NewTicket, Failure> {
    let queues = reading::queues(&web.desk, &who.viewer).await?;
    let queues: Vec<Choice> = queues
        .iter()
        .map(|(queue, _)| Choice::new(queue.id.to_string(), &*queue.name))
        .collect();
    let offered = templates::all(&web.desk, &who.viewer).await?;
    let own = fields::all(&web.desk, &who.viewer).await?;
    let or = |name: &str, otherwise: &str| match typed.get(name) {
        "" => otherwise.to_owned(),
        given => given.to_owned(),
    };
    Ok(NewTicket {
        requester: Field::new("requester", "Whose request is it?", typed.get("requester"))
            .first()
            .placeholder("Dana Fox <dana@example.com>")
            .help("Their e-mail address, known or new. Leave it empty for the desk’s own work."),
        subject: Field::new("subject", "Subject", typed.get("subject"))
            .required()
            .most(LONGEST_SUBJECT),
        text: Field::new("text", "What is it about?", typed.get("text"))
            .help("Only the desk reads this. Once the ticket is open you can write to them."),
        queue: Field::new(
            "queue",
            "Queue",
            or("queue", queues.first().map_or("", |first| &first.value)),
        ),
        fields: own_fields::to_ask(&own, typed, &queues),
        queues,
        kind: Field::new("type", "Type", or("type", "request")),
        kinds: [
            ("incident", "Incident"),
            ("request", "Request"),
            ("question", "Question"),
        ]
        .map(|(value, words)| Choice::new(value, words))
        .to_vec(),
        priority: Field::new("priority", "Priority", or("priority", "normal")),
        priorities: show::priorities(),
        tags: Field::new("tags", "Tags", typed.get("tags")).placeholder("vip, paper-jam"),
        steps: Field::new("steps", "Checklist", typed.get("steps")).help("A step on each line."),
        templates: offered
            .iter()
            .map(|it| Choice::new(it.id.to_string(), &*it.template.name))
            .collect(),
        template: String::new(),
        responsible: Field::new("responsible", "Responsible", or("responsible", "me")),
        agents: vec![
            Choice::new("me", "I take it"),
            Choice::new("duty", "Whoever is on duty"),
        ],
        unsent: None,
    })
}

/// `POST /tickets`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let viewer = &posted.who.viewer;
    let own = fields::all(&web.desk, viewer).await?;
    let opened = match read(&posted, own_fields::given(&own, &posted.fields)) {
        Ok(new) => open(&web.desk, viewer, new).await,
        Err(error) => Err(error),
    };
    match opened {
        Ok(id) => {
            drafts::finish(&web.desk, viewer, None).await?;
            Ok(done(&format!("/tickets/{id}"), format!("Opened #{id}.")))
        }
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let mut page = page(&web, &posted.who, &posted.fields).await?;
            let mut shell = shell(&web, &posted.who).await?;
            let fields = [
                &mut page.requester,
                &mut page.subject,
                &mut page.text,
                &mut page.queue,
                &mut page.priority,
                &mut page.tags,
                &mut page.steps,
            ];
            shell.flash = blame(&error, fields);
            Ok(show_with(
                status_of(&error),
                &shell,
                new_ticket(&page, &shell),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

fn read(posted: &Posted, own: Vec<(FieldId, String)>) -> Result<Opening, Error> {
    let fields = &posted.fields;
    let (requester, requester_name) = requester(fields.get("requester"))?;
    let subject = fields.trimmed("subject");
    if subject.is_empty() {
        return Err(Error::invalid(
            "subject",
            "A ticket needs a subject, so that people can find it again",
        ));
    }
    let queue = fields.number("queue").map(QueueId);
    Ok(Opening {
        subject,
        requester,
        requester_name,
        queue: queue.ok_or_else(|| Error::invalid("queue", "Choose a queue"))?,
        priority: Priority::from_text(fields.get("priority")).unwrap_or(Priority::Normal),
        kind: Kind::from_text(fields.get("type")).unwrap_or(Kind::Request),
        text: fields.get("text").replace("\r\n", "\n"),
        files: posted.files.clone(),
        tags: tags(fields.get("tags"))?,
        steps: steps(fields.get("steps")),
        fields: own,
        take: fields.get("responsible") != "duty",
    })
}

/// A step for each line.
fn steps(text: &str) -> Vec<NewStep> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let step = |what: &str| NewStep {
        what: what.to_owned(),
        ..NewStep::default()
    };
    lines.map(step).collect()
}

/// One mailbox, or nobody.
fn requester(text: &str) -> Result<(Option<EmailAddress>, String), Error> {
    let Some(mailbox) = mailboxes::mailboxes(text).into_iter().next() else {
        return Ok((None, String::new()));
    };
    let address = EmailAddress::parse(&mailbox.address);
    let address = address.map_err(|error| Error::invalid("requester", error.to_string()))?;
    Ok((Some(address), mailbox.name.unwrap_or_default()))
}
