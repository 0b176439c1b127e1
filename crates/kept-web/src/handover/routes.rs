//! `GET /handover` and what is posted there.

use axum::extract::{Path, State};
use axum::response::Response;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use kept_app::domain::ids::{PersonId, QueueId};
use kept_app::domain::people::Role;
use kept_app::handover::{self, LONGEST_REASON, NewAbsence, NewHandover};
use kept_app::store::absences::{Absence, StandIn};
use kept_app::store::handovers::{Handover, Target};
use kept_app::{Error, ErrorKind, reading};

use super::views::{self, Away, HandoverPage, Progress};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::{Fields, Posted};
use crate::inbox::routes::choices;
use crate::layout::{Section, Shell};
use crate::now::routes::name_of;
use crate::numbers::{count, number};
use crate::parts::{Choice, Clock, Field, Flash, Tone};
use crate::respond::{done, done_with_undo, show, show_with};
use crate::session::SignedIn;
use crate::web::Web;

/// `GET /handover`
pub(crate) async fn page(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let (shell, page) = load(&web, &who).await?;
    Ok(show(&shell, views::handover(&page, &shell)))
}

async fn load(web: &Web, who: &SignedIn) -> Result<(Shell, HandoverPage), Failure> {
    let agents = reading::agents(&web.desk, &who.viewer).await?;
    let queues = reading::queues(&web.desk, &who.viewer).await?;
    let (latest, absences) = handover::shown(&web.desk, &who.viewer).await?;
    let mut shell = who.shell(web, "Hand over", Section::Elsewhere).await?;
    shell.live = Some("tickets".to_owned());
    let decides = who.viewer.role >= Role::Dispatcher;
    let me = who.viewer.person;
    let name = |person: PersonId| name_of(person, &agents);
    let queue_name = |id: QueueId| {
        let known = queues.iter().find(|(queue, _)| queue.id == id);
        known.map_or_else(String::new, |(queue, _)| format!("{}, shared", queue.name))
    };
    let progress = |it: &Handover| Progress {
        from: name(it.from),
        to: match it.to {
            Target::Agent(person) => name(person),
            Target::Queue(id) => queue_name(id),
        },
        reason: it.reason.clone(),
        outright: it.outright,
        moved: count(it.moved),
        stayed: count(it.stayed),
        total: count(it.total),
        began: it.began,
        ended: it.ended.is_some(),
    };
    let here = agents.iter().filter(|agent| !agent.has_left);
    let all = choices(here.map(|agent| (agent.id, &*agent.name)));
    let own = [(me, &*who.viewer.name)];
    let page = HandoverPage {
        from: Field::new("from", "What is held by", me.to_string()),
        holders: if decides { all.clone() } else { choices(own.into_iter()) },
        queues: queues
            .iter()
            .map(|(queue, _)| Choice::new(format!("queue-{}", queue.id), &*queue.name))
            .collect(),
        agents: all,
        reason: Field::new("reason", "Why", "").required().most(LONGEST_REASON).placeholder("on holiday"),
        until: Field::new("until", "Away until and with", "")
            .kind("date")
            .help("The last day, when they are away: until then they get no new tickets. Leave it empty for the end of a shift."),
        outright: decides,
        latest: latest.iter().map(progress).collect(),
        away: absences
            .iter()
            .map(|it| Away {
                mine_to_remove: decides || it.person == me,
                ..away(it, &name, &shell.clock)
            })
            .collect(),
    };
    Ok((shell, page))
}

/// An absence in words, for somebody who can't change it.
pub(crate) fn away(it: &Absence, name: &dyn Fn(PersonId) -> String, clock: &Clock) -> Away {
    let last = it.away.until.to_zoned(clock.zone.clone()).yesterday();
    Away {
        id: count(it.id),
        name: name(it.person),
        from: it.away.from,
        until: it.away.until,
        reason: it.reason.clone(),
        stand_in: it.stand_in.map(|it| (name(it.person), it.gives_back)),
        last: last.map_or_else(|_| String::new(), |day| day.date().to_string()),
        mine_to_remove: false,
    }
}

async fn answer(
    web: &Web,
    posted: &Posted,
    result: Result<(), Error>,
    says: &str,
) -> Result<Response, Failure> {
    match result {
        Ok(()) => Ok(done("/handover", says)),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let (mut shell, mut page) = load(web, &posted.who).await?;
            page.reason.value = posted.fields.trimmed("reason");
            shell.flash = Some(Flash {
                tone: Tone::Wrong,
                says: sentence(&error.to_string()),
                undo: None,
            });
            let content = views::handover(&page, &shell);
            Ok(show_with(status_of(&error), &shell, content))
        }
        Err(error) => Err(error.into()),
    }
}

/// The clock of this reader: dates are those of their days.
async fn clock(web: &Web, who: &SignedIn) -> Result<Clock, Failure> {
    Ok(who.shell(web, "", Section::Elsewhere).await?.clock)
}

/// `POST /handover`
pub(crate) async fn begin(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let clock = clock(&web, &posted.who).await?;
    let begun = match read(&posted.fields, &clock) {
        Ok(new) => handover::begin(&web.desk, &posted.who.viewer, new).await,
        Err(error) => Err(error),
    };
    answer(&web, &posted, begun.map(drop), "The hand-over has begun.").await
}

fn read(fields: &Fields, clock: &Clock) -> Result<NewHandover, Error> {
    let to = match fields.get("to").strip_prefix("queue-") {
        Some(queue) => number(queue).map(|id| Target::Queue(QueueId(id))),
        None => fields.number("to").map(|id| Target::Agent(PersonId(id))),
    };
    let from = fields.number("from").map(PersonId);
    let away_until = match fields.get("until") {
        "" => None,
        _ => Some(day(fields, "until", clock, 1)?),
    };
    Ok(NewHandover {
        from: from.ok_or_else(|| Error::invalid("from", "Choose whose tickets"))?,
        to: to.ok_or_else(|| Error::invalid("to", "Choose who takes them"))?,
        reason: fields.trimmed("reason"),
        outright: fields.get("outright") == "yes",
        away_until,
    })
}

/// The beginning of a day, or of the one after it.
fn day(fields: &Fields, name: &'static str, clock: &Clock, later: i64) -> Result<Timestamp, Error> {
    let wrong = || Error::invalid(name, "Choose a day");
    let date: Date = fields.trimmed(name).parse().map_err(|_| wrong())?;
    let date = date.checked_add(later.days()).map_err(|_| wrong())?;
    let zoned = date.to_zoned(clock.zone.clone()).map_err(|_| wrong())?;
    Ok(zoned.timestamp())
}

/// `POST /absences`
pub(crate) async fn add_absence(
    State(web): State<Web>,
    posted: Posted,
) -> Result<Response, Failure> {
    let clock = clock(&web, &posted.who).await?;
    let added = match read_absence(&posted.fields, &clock) {
        Ok(new) => handover::add_absence(&web.desk, &posted.who.viewer, new).await,
        Err(error) => Err(error),
    };
    answer(&web, &posted, added, "Written down.").await
}

fn read_absence(fields: &Fields, clock: &Clock) -> Result<NewAbsence, Error> {
    let person = fields.number("person").map(PersonId);
    Ok(NewAbsence {
        person: person.ok_or_else(|| Error::invalid("person", "Choose who is away"))?,
        from: day(fields, "from", clock, 0)?,
        until: day(fields, "until", clock, 1)?,
        reason: fields.trimmed("reason"),
        stand_in: fields.number("stand_in").map(|person| StandIn {
            person: PersonId(person),
            outright: fields.get("outright") == "yes",
            gives_back: fields.get("gives_back") == "yes",
        }),
    })
}

/// `POST /absences/{id}`, with the last day: `until`
pub(crate) async fn change_absence(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let clock = clock(&web, &posted.who).await?;
    let changed = match day(&posted.fields, "until", &clock, 1) {
        Ok(until) => handover::end_absence_on(&web.desk, &posted.who.viewer, id, until).await,
        Err(error) => Err(error),
    };
    answer(&web, &posted, changed, "Changed.").await
}

/// `POST /absences/{id}/removal`
pub(crate) async fn remove_absence(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    handover::remove_absence(&web.desk, &posted.who.viewer, id).await?;
    let undo = format!("/undo/absence-{id}");
    Ok(done_with_undo("/handover", "They are here.", undo))
}
