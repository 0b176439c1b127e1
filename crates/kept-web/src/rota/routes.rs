//! `GET /rota` and what is posted there.

use axum::extract::{Path, State};
use axum::response::Response;
use jiff::civil::Date;
use kept_app::domain::ids::{PersonId, QueueId};
use kept_app::domain::people::Role;
use kept_app::domain::queues::{Asker, Exception, Swap, may_take_back};
use kept_app::rota::{self as commands, Weeks};
use kept_app::store::people::ListedPerson;
use kept_app::{Error, ErrorKind, reading};

use super::views::{self, Differs, QueueWeeks, RotaPage};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::{Fields, Posted};
use crate::handover::routes::away;
use crate::inbox::routes::choices;
use crate::layout::{Section, Shell};
use crate::now::routes::name_of;
use crate::parts::{Choice, Flash, Tone};
use crate::respond::{done, show, show_with};
use crate::session::SignedIn;
use crate::web::Web;

/// The word in a form for everybody whose duty it is, and for nobody who has it.
const ALL: &str = "all";
const NOBODY: &str = "nobody";

/// `GET /rota`
pub(crate) async fn page(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let (shell, page) = load(&web, &who).await?;
    Ok(show(&shell, views::rota(&page, &shell)))
}

async fn load(web: &Web, who: &SignedIn) -> Result<(Shell, RotaPage), Failure> {
    let agents = reading::agents(&web.desk, &who.viewer).await?;
    let all = commands::weeks(&web.desk, &who.viewer).await?;
    let asker = Asker {
        person: who.viewer.person,
        dispatches: who.viewer.role >= Role::Dispatcher,
    };
    // A date half chosen must not be taken away by an update.
    let mut shell = who.shell(web, "On duty", Section::Elsewhere).await?;
    shell.live = None;
    let weeks = all.into_iter().map(|it| shown(it, asker, &agents));
    let weeks = weeks.collect();
    let (_, absences) = kept_app::handover::shown(&web.desk, &who.viewer).await?;
    let name = |person: PersonId| name_of(person, &agents);
    let away = absences.iter().map(|it| away(it, &name, &shell.clock));
    let page = RotaPage {
        weeks,
        away: away.collect(),
    };
    Ok((shell, page))
}

fn shown(it: Weeks, asker: Asker, agents: &[ListedPerson]) -> QueueWeeks {
    let name = |person: PersonId| name_of(person, agents);
    let members: Vec<(PersonId, String)> = it
        .queue
        .members
        .iter()
        .map(|member| (member.person, name(member.person)))
        .collect();
    let with_duty = |person: &PersonId| {
        let member = it.queue.members.iter().find(|it| it.person == *person);
        member.is_some_and(|member| !member.duties.is_empty())
    };
    let stands_in = |person: &PersonId| {
        let of = |it: &&kept_app::store::duty_exceptions::Kept| {
            it.exception.instead_of == Some(*person) && it.exception.person == Some(asker.person)
        };
        it.exceptions.iter().any(|kept| of(&kept))
    };
    let may = |person: &PersonId| asker.dispatches || *person == asker.person || stands_in(person);
    let everybody = Choice::new(ALL, "Everybody’s");
    let of_members = |fits: &dyn Fn(&PersonId) -> bool| -> Vec<Choice> {
        choices(
            members
                .iter()
                .filter(|(person, _)| fits(person))
                .map(|(person, name)| (*person, name.as_str())),
        )
    };
    let mut whose = of_members(&|person| with_duty(person) && may(person));
    let mut who = of_members(&|_| true);
    if asker.dispatches {
        whose.insert(0, everybody);
        who.push(Choice::new(NOBODY, "Nobody"));
    }
    QueueWeeks {
        swaps: of_members(&|person| with_duty(person)),
        differs: it
            .exceptions
            .iter()
            .map(|kept| Differs {
                id: kept.id,
                date: kept.exception.date,
                whose: kept.exception.instead_of.map(name),
                who: kept.exception.person.map(name),
                may_take_back: may_take_back(asker, &kept.exception),
            })
            .collect(),
        names: members,
        whose,
        who,
        weeks: it,
    }
}

/// `POST /rota/{queue}/changes`, with `date`, `instead_of` and `person`
pub(crate) async fn change(
    State(web): State<Web>,
    Path(queue): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let changed = match wanted(&posted.fields) {
        Ok(wanted) => commands::change(&web.desk, &posted.who.viewer, QueueId(queue), wanted).await,
        Err(error) => Err(error),
    };
    answer(&web, &posted, queue, changed, "Changed.").await
}

/// `POST /rota/{queue}/swaps`, with `date` and `instead_of`, `other_date` and `other`
pub(crate) async fn swap(
    State(web): State<Web>,
    Path(queue): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let fields = &posted.fields;
    let side = |day: &str, person: &str| -> Result<(Date, PersonId), Error> {
        let person = fields.number(person).map(PersonId);
        let person = person.ok_or_else(|| Error::invalid("person", "Choose who swaps"))?;
        Ok((date(fields, day)?, person))
    };
    let both = side("date", "instead_of").and_then(|one| {
        let other = side("other_date", "other")?;
        Ok(Swap { one, other })
    });
    let swapped = match both {
        Ok(wanted) => commands::swap(&web.desk, &posted.who.viewer, QueueId(queue), wanted).await,
        Err(error) => Err(error),
    };
    answer(&web, &posted, queue, swapped, "Swapped.").await
}

/// `POST /rota/{queue}/changes/{id}/removal`
pub(crate) async fn take_back(
    State(web): State<Web>,
    Path((queue, id)): Path<(i64, i64)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let taken = commands::take_back(&web.desk, &posted.who.viewer, QueueId(queue), id).await;
    answer(&web, &posted, queue, taken, "The weekly rota holds again.").await
}

fn wanted(fields: &Fields) -> Result<Exception, Error> {
    let person = |name: &str, none: &str, problem: &str| match fields.get(name) {
        text if text == none => Ok(None),
        _ => match fields.number(name) {
            Some(number) => Ok(Some(PersonId(number))),
            None => Err(Error::invalid("person", problem)),
        },
    };
    Ok(Exception {
        date: date(fields, "date")?,
        instead_of: person("instead_of", ALL, "Choose whose duty it is")?,
        person: person("person", NOBODY, "Choose who has it instead")?,
    })
}

fn date(fields: &Fields, name: &str) -> Result<Date, Error> {
    let date = fields.trimmed(name).parse();
    date.map_err(|_| Error::invalid("date", "Choose the date"))
}

async fn answer(
    web: &Web,
    posted: &Posted,
    queue: i64,
    result: Result<(), Error>,
    says: &str,
) -> Result<Response, Failure> {
    match result {
        Ok(()) => Ok(done(&format!("/rota#queue-{queue}"), says)),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let (mut shell, page) = load(web, &posted.who).await?;
            shell.flash = Some(Flash {
                tone: Tone::Wrong,
                says: sentence(&error.to_string()),
                undo: None,
            });
            let content = views::rota(&page, &shell);
            Ok(show_with(status_of(&error), &shell, content))
        }
        Err(error) => Err(error.into()),
    }
}
