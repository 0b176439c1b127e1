//! The queues: their list, one with its rota, and the forms that change them.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::ids::{PersonId, QueueId};
use kept_app::domain::queues::{Chosen, Duty, Queue};
use kept_app::domain::scorecards::Of;
use kept_app::settings::queues::{self as commands, LONGEST_SENDER_NAME};
use kept_app::store::people::ListedPerson;
use kept_app::store::queues::QueueSettings;
use kept_app::{Error, ErrorKind, delegation, reading};

use maud::html;

use super::queue_form::{Filled, read, sender_styles};
use super::queues::{self, Member, PREVIEW, QueuePage, QueueRow};
use super::rota::{self, Hours};
use crate::errors::{Failure, status_of};
use crate::forms::{Posted, blame};
use crate::inbox::routes::choices;
use crate::layout::{Section, Shell};
use crate::now::routes::{name_of, next_holder};
use crate::numbers::count;
use crate::parts::{Clock, Field};
use crate::respond::{done, show, show_with};
use crate::scorecards::headline;
use crate::session::SignedIn;
use crate::web::Web;

/// `GET /settings/queues`
pub(crate) async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let (shell, rows, hours) = listed(&web, &who).await?;
    Ok(show(&shell, queues::queues(&rows, &hours, &shell)))
}

async fn listed(web: &Web, who: &SignedIn) -> Result<(Shell, Vec<QueueRow>, Field), Failure> {
    let all = reading::queues(&web.desk, &who.viewer).await?;
    let agents = reading::agents(&web.desk, &who.viewer).await?;
    let shell = shell(web, who).await?;
    let rows = all
        .iter()
        .map(|(queue, _)| row(queue, &agents, &shell.clock))
        .collect();
    let minutes = delegation::minutes(&web.desk).await?;
    let hours = Field::new("hours", "An offered ticket goes back after", in_hours(minutes))
        .required()
        .help("Hours of the queue’s duty time, unless whoever offers it says otherwise. Nobody accepted by then: both are told, and it stays where it is.");
    Ok((shell, rows, hours))
}

/// `4`, `1.5`.
fn in_hours(minutes: i64) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match rest {
        0 => hours.to_string(),
        rest => {
            let tenths = format!("{:02}", rest * 100 / 60);
            format!("{hours}.{}", tenths.trim_end_matches('0'))
        }
    }
}

/// `4`, `1.5` or `1,5` hours in minutes.
fn in_minutes(text: &str) -> Option<i64> {
    let text = text.trim().replace(',', ".");
    let (hours, part) = text.split_once('.').unwrap_or((&text, "0"));
    let hundredths: i64 = format!("{part:0<2}")
        .parse()
        .ok()
        .filter(|_| part.len() <= 2)?;
    let hours: i64 = hours.parse().ok().filter(|hours| *hours < 10_000)?;
    (hours >= 0 && hundredths >= 0).then_some(hours * 60 + (hundredths * 60 + 50) / 100)
}

/// `POST /settings/queues/offers`, with `hours`
pub(crate) async fn offers(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let minutes = in_minutes(posted.fields.get("hours"));
    match delegation::change_minutes(&web.desk, &posted.who.viewer, minutes).await {
        Ok(()) => Ok(done("/settings/queues", "Saved.")),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let (mut shell, rows, mut hours) = listed(&web, &posted.who).await?;
            hours.value = posted.fields.get("hours").to_owned();
            shell.flash = blame(&error, [&mut hours]);
            let content = queues::queues(&rows, &hours, &shell);
            Ok(show_with(status_of(&error), &shell, content))
        }
        Err(error) => Err(error.into()),
    }
}

async fn shell(web: &Web, who: &SignedIn) -> Result<Shell, Failure> {
    who.shell(web, "Queues", Section::Settings).await
}

fn row(queue: &Queue, agents: &[ListedPerson], clock: &Clock) -> QueueRow {
    let (name, chosen) = next_holder(queue, agents, clock);
    let why = match chosen {
        Chosen::OnDuty => "on duty",
        Chosen::Member => "fewest open tickets",
        Chosen::Dispatcher | Chosen::Opener => "dispatcher; nobody is on duty",
    };
    QueueRow {
        id: count(queue.id.0),
        name: queue.name.clone(),
        addresses: queue.addresses.iter().map(ToString::to_string).collect(),
        members: queue.members.len() as u64,
        next: format!("{name}, {why}"),
    }
}

/// `GET /settings/queues/new`
pub(crate) async fn new(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let filled = Filled {
        zone: jiff::tz::TimeZone::system()
            .iana_name()
            .unwrap_or("UTC")
            .to_owned(),
        dispatcher: who.viewer.person.to_string(),
        members: vec![who.viewer.person],
        ..Filled::default()
    };
    let (shell, page) = load(&web, &who, None, filled).await?;
    Ok(show(&shell, queues::queue(&page, &shell)))
}

/// `GET /settings/queues/{id}`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let (queue, signature) = find(&web, &who, QueueId(id)).await?;
    let (shell, page) = load(&web, &who, Some(&queue), Filled::of(&queue, signature)).await?;
    let scorecard = headline(&web, &who, Of::Queue(queue.id)).await?;
    let content = html! { (queues::queue(&page, &shell)) (scorecard) };
    Ok(show(&shell, content))
}

async fn find(web: &Web, who: &SignedIn, id: QueueId) -> Result<(Queue, String), Failure> {
    let all = reading::queues(&web.desk, &who.viewer).await?;
    let found = all.into_iter().find(|(queue, _)| queue.id == id);
    Ok(found.ok_or_else(|| Error::not_found("queue"))?)
}

async fn load(
    web: &Web,
    who: &SignedIn,
    queue: Option<&Queue>,
    filled: Filled,
) -> Result<(Shell, QueuePage), Failure> {
    let agents = reading::agents(&web.desk, &who.viewer).await?;
    let here: Vec<&ListedPerson> = agents.iter().filter(|agent| !agent.has_left).collect();
    let member = |agent: &&ListedPerson| Member {
        id: count(agent.id.0),
        name: agent.name.clone(),
        belongs: filled.members.contains(&agent.id),
    };
    let preview = filled.preview(&who.viewer.name);
    let page = QueuePage {
        id: queue.map(|queue| count(queue.id.0)),
        members: here.iter().map(member).collect(),
        name: Field::new("name", "Name", filled.name).required(),
        addresses: Field::new("addresses", "Addresses", filled.addresses)
            .required()
            .help("One on each line. Mail to any of them comes here; replies are sent from the first."),
        zone: Field::new("zone", "Time zone", filled.zone).required().help("Written like Europe/Lisbon."),
        dispatcher: Field::new("dispatcher", "Dispatcher", filled.dispatcher)
            .help("Holds what nobody else can."),
        signature: Field::new("signature", "Signature", filled.signature)
            .help("Stands under every reply from this queue. Markdown."),
        sender_style: Field::new("sender_style", "Mail is from", filled.sender_style),
        sender_styles: sender_styles(),
        sender_name: Field::new("sender_name", "What the desk calls itself", filled.sender_name)
            .placeholder("Example IT")
            .most(LONGEST_SENDER_NAME)
            .help("Without a name here agents write under their own, and the desk goes by the queue's."),
        preview,
        rota: queue.map_or_else(Vec::new, |queue| rota::shifts(queue, |person| name_of(person, &agents))),
        agents: choices(here.iter().map(|agent| (agent.id, &*agent.name))),
    };
    Ok((shell(web, who).await?, page))
}

/// `POST /settings/queues`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    if posted.fields.get("act") == PREVIEW {
        return preview(&web, &posted, None).await;
    }
    let added = match read(&posted.fields, None) {
        Ok(settings) => commands::add(&web.desk, &posted.who.viewer, settings).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(id) => Ok(done(&format!("/settings/queues/{id}"), "Added the queue.")),
        Err(error) => again(&web, &posted, None, error).await,
    }
}

/// `POST /settings/queues/{id}`
pub(crate) async fn update(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (queue, _) = find(&web, &posted.who, QueueId(id)).await?;
    if posted.fields.get("act") == PREVIEW {
        return preview(&web, &posted, Some(&queue)).await;
    }
    let saved = match read(&posted.fields, Some(&queue)) {
        Ok(settings) => commands::edit(&web.desk, &posted.who.viewer, queue.id, settings).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(done(&format!("/settings/queues/{id}"), "Saved.")),
        Err(error) => again(&web, &posted, Some(&queue), error).await,
    }
}

/// The form as it was typed, with how its mail would look. Nothing is saved.
async fn preview(web: &Web, posted: &Posted, queue: Option<&Queue>) -> Result<Response, Failure> {
    let (shell, page) = load(web, &posted.who, queue, Filled::typed(&posted.fields)).await?;
    Ok(show(&shell, queues::queue(&page, &shell)))
}

/// The form as it was sent, with what was wrong.
async fn again(
    web: &Web,
    posted: &Posted,
    queue: Option<&Queue>,
    error: Error,
) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let (mut shell, mut page) =
        load(web, &posted.who, queue, Filled::typed(&posted.fields)).await?;
    let fields = [
        &mut page.name,
        &mut page.addresses,
        &mut page.zone,
        &mut page.dispatcher,
        &mut page.signature,
        &mut page.sender_style,
        &mut page.sender_name,
    ];
    shell.flash = blame(&error, fields);
    Ok(show_with(
        status_of(&error),
        &shell,
        queues::queue(&page, &shell),
    ))
}

/// `POST /settings/queues/{id}/rota`
pub(crate) async fn add_shift(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (person, duties) = match rota::read(&posted.fields) {
        Ok(shift) => shift,
        Err(error) => return rota_again(&web, &posted, QueueId(id), error).await,
    };
    let add = |members: &mut Vec<(PersonId, Vec<Duty>)>| {
        if !members.iter().any(|(member, _)| *member == person) {
            members.push((person, vec![]));
        }
        let hers = members.iter_mut().filter(|(member, _)| *member == person);
        hers.for_each(|(_, known)| {
            known.extend(&duties);
            known.sort_by_key(|duty| (duty.weekday, duty.from_minute, duty.to_minute));
            known.dedup();
        });
    };
    change_members(&web, &posted, QueueId(id), "Added to the rota.", add).await
}

/// `POST /settings/queues/{id}/rota/{shift}/removal`
pub(crate) async fn remove_shift(
    State(web): State<Web>,
    Path((id, shift)): Path<(i64, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let hours = Hours::read(&shift).ok_or(Failure::Nowhere)?;
    let remove = |members: &mut Vec<(PersonId, Vec<Duty>)>| {
        for (person, duties) in members {
            duties.retain(|duty| !hours.covers(*person, *duty));
        }
    };
    change_members(&web, &posted, QueueId(id), "Removed from the rota.", remove).await
}

async fn change_members(
    web: &Web,
    posted: &Posted,
    id: QueueId,
    says: &str,
    change: impl FnOnce(&mut Vec<(PersonId, Vec<Duty>)>),
) -> Result<Response, Failure> {
    let (queue, signature) = find(web, &posted.who, id).await?;
    let mut settings = QueueSettings::of(queue, signature);
    change(&mut settings.members);
    match commands::edit(&web.desk, &posted.who.viewer, id, settings).await {
        Ok(()) => Ok(done(&format!("/settings/queues/{id}"), says)),
        Err(error) => rota_again(web, posted, id, error).await,
    }
}

async fn rota_again(
    web: &Web,
    posted: &Posted,
    id: QueueId,
    error: Error,
) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let (queue, signature) = find(web, &posted.who, id).await?;
    let (mut shell, page) = load(
        web,
        &posted.who,
        Some(&queue),
        Filled::of(&queue, signature),
    )
    .await?;
    shell.flash = blame(&error, []);
    Ok(show_with(
        status_of(&error),
        &shell,
        queues::queue(&page, &shell),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_and_shown_as_people_write_them() {
        for (text, minutes) in [("4", 240), ("1.5", 90), ("0.25", 15), ("0.1", 6)] {
            assert_eq!(in_minutes(text), Some(minutes), "{text}");
            assert_eq!(in_hours(minutes), text, "{text}");
        }
        assert_eq!(in_minutes(" 1,5 "), Some(90));
        for broken in ["", "four", "-1", "1.234", "1.x", "99999999999"] {
            assert_eq!(in_minutes(broken), None, "{broken}");
        }
    }
}
