//! `GET /now`, and `GET /`, which leads there.

use axum::extract::State;
use axum::response::{Redirect, Response};
use jiff::Timestamp;
use kept_app::domain::ids::PersonId;
use kept_app::domain::queues::{Chosen, Queue, responsible_for_new};
use kept_app::domain::turn::Turn;
use kept_app::reading::{self, Listed, Offered, View};
use kept_app::settings::relay;
use kept_app::store::people::ListedPerson;
use kept_app::{checklists, drafts, notifications};

use super::views::{self, Duty, NowPage};
use crate::errors::Failure;
use crate::inbox::listed;
use crate::inbox::row::Group;
use crate::layout::{Section, Shell};
use crate::numbers::count;
use crate::parts::Clock;
use crate::respond::show;
use crate::session::SignedIn;
use crate::web::Web;

/// `GET /`
pub(crate) async fn home() -> Redirect {
    Redirect::to("/now")
}

pub(crate) async fn page(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let (mine, more) = reading::due(&web.desk, &who.viewer).await?;
    let queues = reading::queues(&web.desk, &who.viewer).await?;
    let agents = reading::agents(&web.desk, &who.viewer).await?;
    let mut shell = who.shell(&web, "Now", Section::Now).await?;
    let told = notifications::topic(who.viewer.person);
    shell.live = Some(format!("tickets,unsorted,outbox,{told}"));
    let no_relay = shell.me.may_change_settings && !relay::is_set(&web.desk).await?;
    let (ours, others): (Vec<_>, Vec<_>) = mine
        .into_iter()
        .partition(|listed| listed.ticket.turn == Turn::Desk);
    let tasks = checklists::tasks(&web.desk, &who.viewer).await?;
    let offers = reading::offers(&web.desk, &who.viewer).await?;
    let page = NowPage {
        offered: offers
            .to_me
            .iter()
            .map(|it| offered(it, &shell.clock))
            .collect(),
        asked: Group {
            title: "You offered, not yet accepted".to_owned(),
            hot: false,
            rows: offers
                .by_me
                .iter()
                .map(|it| listed::row(&it.listed, &shell.clock))
                .collect(),
        },
        tasks,
        greeting: greeting(&who.viewer.name, &shell.clock),
        says: says(shell.counts.now),
        groups: groups(&ours, &shell.clock),
        waiting: Group {
            title: "Waiting on others".to_owned(),
            hot: false,
            rows: listed::rows_of(View::Mine, &others, &shell.clock),
        },
        drafts: drafts::all(&web.desk, &who.viewer).await?,
        more: more.then(|| "/inbox?view=mine".to_owned()),
        notices: notices(notifications::unseen(&web.desk, &who.viewer).await?),
        troubles: troubles(&shell, no_relay),
        on_duty: queues
            .iter()
            .map(|(queue, _)| duty(queue, &agents, &shell.clock))
            .collect(),
    };
    Ok(show(&shell, views::now(&page, &shell)))
}

fn offered(offered: &Offered, clock: &Clock) -> views::Offer {
    views::Offer {
        row: listed::row(&offered.listed, clock),
        by: offered.by.clone(),
        note: offered.note.clone(),
        due: offered.due,
    }
}

fn greeting(name: &str, clock: &Clock) -> String {
    let hour = clock.now.to_zoned(clock.zone.clone()).hour();
    let part = match hour {
        5..=11 => "Good morning",
        12..=17 => "Good afternoon",
        _ => "Good evening",
    };
    let first = name.split_whitespace().next().unwrap_or(name);
    format!("{part}, {first}")
}

fn says(ours: u64) -> String {
    match ours {
        0 => "Nothing waits for you.".to_owned(),
        1 => "One ticket waits for you.".to_owned(),
        many => format!("{many} tickets wait for you, what is due first at the top."),
    }
}

/// What is late, what is due before the day is over, and the rest, each by its due time.
fn groups(ours: &[Listed], clock: &Clock) -> Vec<Group> {
    let tomorrow = clock.tomorrow();
    let group = |title: &str, hot: bool, is: &dyn Fn(Timestamp) -> bool| {
        let due = |listed: &Listed| {
            listed
                .ticket
                .due
                .map_or(listed.ticket.turn_since, |due| due.at)
        };
        let those = ours.iter().filter(|listed| is(due(listed)));
        let those: Vec<Listed> = those.cloned().collect();
        Group {
            title: title.to_owned(),
            hot,
            rows: listed::rows_of(View::Mine, &those, clock),
        }
    };
    let now = clock.now;
    let all = [
        group("Late", true, &|due| due < now),
        group("Due today", false, &|due| now <= due && due < tomorrow),
        group("Due later", false, &|due| due >= tomorrow),
    ];
    all.into_iter()
        .filter(|group| !group.rows.is_empty())
        .collect()
}

/// The words of the way to unread notices; none when there are none.
fn notices(unseen: usize) -> Option<String> {
    match unseen {
        0 => None,
        1 => Some("One new notice".to_owned()),
        many if many > notifications::MOST_COUNTED => Some(format!(
            "More than {} new notices",
            notifications::MOST_COUNTED
        )),
        many => Some(format!("{many} new notices")),
    }
}

fn troubles(shell: &Shell, no_relay: bool) -> Vec<(String, String)> {
    let counts = &shell.counts;
    let failed = (counts.outbox_failed > 0).then(|| {
        let words = if counts.outbox_failed == 1 {
            "One mail was not delivered".to_owned()
        } else {
            format!("{} mails were not delivered", counts.outbox_failed)
        };
        (words, "/outbox?state=failed".to_owned())
    });
    let unsorted = (counts.unsorted > 0).then(|| {
        let words = if counts.unsorted == 1 {
            "One mail waits to be sorted".to_owned()
        } else {
            format!("{} mails wait to be sorted", counts.unsorted)
        };
        (words, "/unsorted".to_owned())
    });
    let relay = no_relay.then(|| {
        let words = "There is no mail relay yet: nobody gets what you send";
        (words.to_owned(), "/settings/mail".to_owned())
    });
    failed.into_iter().chain(relay).chain(unsorted).collect()
}

/// Who would get the next ticket of a queue, and why.
pub(crate) fn next_holder(
    queue: &Queue,
    agents: &[ListedPerson],
    clock: &Clock,
) -> (String, Chosen) {
    let (person, chosen) = responsible_for_new(queue, clock.now);
    (name_of(person, agents), chosen)
}

/// What somebody at the desk is called.
pub(crate) fn name_of(person: PersonId, agents: &[ListedPerson]) -> String {
    let known = agents.iter().find(|agent| agent.id == person);
    known.map_or_else(
        || format!("Person {}", count(person.0)),
        |agent| agent.name.clone(),
    )
}

fn duty(queue: &Queue, agents: &[ListedPerson], clock: &Clock) -> Duty {
    let (agent, chosen) = next_holder(queue, agents, clock);
    Duty {
        queue: queue.name.clone(),
        agent,
        on_duty: chosen == Chosen::OnDuty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_greeted_by_their_first_name_and_their_own_clock() {
        let clock = |zone: &str| Clock {
            now: "2026-11-23T13:38:00Z".parse().unwrap(),
            zone: jiff::tz::TimeZone::get(zone).unwrap(),
        };
        assert_eq!(
            greeting("Ines Moreau", &clock("Europe/Lisbon")),
            "Good afternoon, Ines"
        );
        assert_eq!(
            greeting("Aki", &clock("Pacific/Auckland")),
            "Good evening, Aki"
        );
        assert_eq!(greeting("", &clock("America/New_York")), "Good morning, ");
    }
}
