//! The desk's ladder on a whole desk: warned, told at the breach, told higher up; each once, in the hours of whoever hears.

use kept_app::agreements::{Draft, Mode, starting, write};
use kept_app::clocks;
use kept_app::doctor;
use kept_app::domain::access::Viewer;
use kept_app::domain::agreements::{Escalation, Scope, Wording};
use kept_app::domain::clocks::Target;
use kept_app::domain::event::Event;
use kept_app::domain::ids::TicketId;
use kept_app::domain::people::Role;
use kept_app::domain::queues::Duty;
use kept_app::domain::tickets::AndThen;
use kept_app::settings::agents::{self, NewAgent};
use kept_app::store::queues::{self, QueueSettings};
use kept_app::tickets::Change;

use crate::support::{World, address, mail, on_both};

/// A ticket that Noor answers for; Ines dispatches, and Ada is whom late things are brought before. Without an answer within
/// four business hours it is late; that is Monday at one.
async fn cast(world: &World) -> (TicketId, Viewer, Viewer) {
    // The first admin is whoever held everything so far.
    admin(world, "Ines Moreau", "ines@desk.example").await;
    let ada = admin(world, "Ada Lind", "ada@desk.example").await;
    let noor = world.agent("Noor Haddad", "noor@desk.example").await;
    let ticket = world
        .opens(&mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id("1@acme"))
        .await;
    world.change(ticket, Change::Assign(noor.person)).await;
    (ticket, noor, ada)
}

async fn admin(world: &World, name: &str, mail: &str) -> Viewer {
    let new = NewAgent {
        name: name.into(),
        address: address(mail),
        role: Role::Admin,
        password: "a long enough one".into(),
    };
    let person = agents::add_as(&world.desk, None, new).await;
    Viewer {
        person: person.expect("is added"),
        name: name.into(),
        role: Role::Admin,
    }
}

/// What somebody was told, the oldest first.
async fn told(world: &World, who: &Viewer) -> Vec<String> {
    let told = world.notices(who).await.into_iter();
    let mut words: Vec<String> = told.map(|it| it.words).collect();
    words.retain(|words| !words.starts_with("New") && !words.ends_with("made it yours"));
    words
}

async fn mailed(world: &World, to: &str) -> usize {
    let written = world.written().await;
    let theirs = written
        .iter()
        .filter(|mail| mail.to.iter().any(|it| it.address == to));
    theirs.count()
}

async fn ring(world: &World) {
    // Two nodes look at the same clocks, one of them after a restart.
    let node = world.again(|_| {}).await;
    for desk in [&world.desk, &node] {
        clocks::ring_due(desk).await.expect("are looked at");
    }
    node.close().await;
}

/// How often each rung stands in the history: warned, missed, escalated.
async fn rungs(world: &World, ticket: TicketId) -> (usize, usize, usize) {
    let happened = world.conversation(ticket).await.happened;
    let count = |is: fn(&Event) -> bool| {
        let lines = happened.iter();
        lines.filter(|line| is(&line.recorded.event)).count()
    };
    (
        count(|event| matches!(event, Event::Warned { .. })),
        count(|event| matches!(event, Event::Missed { .. })),
        count(|event| matches!(event, Event::Escalated { .. })),
    )
}

async fn change_agreement(world: &World, mode: Mode, change: impl FnOnce(&mut Wording)) {
    let (name, version) = starting(&world.desk, &world.ines, Scope::Everybody)
        .await
        .expect("one holds");
    let mut wording = Wording::clone(&version.wording);
    change(&mut wording);
    let draft = Draft {
        scope: Scope::Everybody,
        name,
        wording,
        from: None,
        mode,
    };
    write(&world.desk, &world.ines, draft).await.expect("saved");
}

#[test]
fn s18_each_rung_is_told_once_to_whom_it_concerns_across_restarts() {
    on_both(|world| async {
        let (ticket, noor, ada) = cast(&world).await;
        let ines = world.ines.clone();
        world.later(3 * 60 - 1);
        ring(&world).await;
        assert_eq!(rungs(&world, ticket).await, (0, 0, 0), "a minute early");
        world.later(1);
        ring(&world).await;
        assert_eq!(told(&world, &noor).await, ["Due soon: a first response"]);
        assert!(told(&world, &ines).await.is_empty());
        world.later(60);
        ring(&world).await;
        assert_eq!(
            rungs(&world, ticket).await,
            (1, 0, 0),
            "at one it can still be done in time"
        );
        world.later(1);
        ring(&world).await;
        let late = "Late: a first response";
        assert_eq!(
            told(&world, &noor).await,
            ["Due soon: a first response", late]
        );
        assert_eq!(told(&world, &ines).await, [late]);
        assert!(told(&world, &ada).await.is_empty());
        world.later(2 * 60);
        ring(&world).await;
        ring(&world).await;
        assert_eq!(told(&world, &ada).await, [late]);
        assert_eq!(rungs(&world, ticket).await, (1, 1, 1));
        assert_eq!(told(&world, &noor).await.len(), 2);
        assert_eq!(told(&world, &ines).await.len(), 1);
        world
    });
}

#[test]
fn s18_what_is_done_in_time_or_put_aside_rings_no_more() {
    on_both(|world| async {
        let (ticket, noor, _) = cast(&world).await;
        let spam = world
            .opens(&mail("win@prizes.example", "You won", "Click.").id("2@prizes"))
            .await;
        world.later(60);
        world.change(spam, Change::MarkSpam).await;
        world.reply(ticket, "I am on it.", AndThen::Update).await;
        // By four in the afternoon the first response would be late and escalated; the next is not due yet.
        world.later(6 * 60);
        ring(&world).await;
        assert_eq!(rungs(&world, spam).await, (0, 0, 0));
        assert_eq!(rungs(&world, ticket).await, (0, 0, 0));
        assert!(told(&world, &noor).await.is_empty());
        world
    });
}

#[test]
fn s18_another_agreement_withdraws_the_steps_of_the_one_before() {
    on_both(|world| async {
        let (ticket, noor, ada) = cast(&world).await;
        world.later(5);
        let slower = |wording: &mut Wording| {
            for row in &mut wording.rows {
                row.targets.first_response = Target::business(40 * 60);
            }
        };
        change_agreement(&world, Mode::OpenFromStart, slower).await;
        world.work().await;
        world.later(7 * 60);
        ring(&world).await;
        assert_eq!(rungs(&world, ticket).await, (0, 0, 0));
        assert!(told(&world, &noor).await.is_empty());
        assert!(told(&world, &ada).await.is_empty());
        world
    });
}

#[test]
fn s18_what_is_late_once_more_by_another_agreement_is_written_down_and_not_told_again() {
    on_both(|world| async {
        let (ticket, noor, _) = cast(&world).await;
        for minutes in [4 * 60 + 1, 2 * 60] {
            world.later(minutes);
            ring(&world).await;
        }
        assert_eq!(rungs(&world, ticket).await, (0, 1, 1));
        let heard = told(&world, &noor).await;
        // Twelve business hours are over on Tuesday at one, and a solution has a month.
        let slower = |wording: &mut Wording| {
            for row in &mut wording.rows {
                row.targets.first_response = Target::business(12 * 60);
                row.targets.resolution = Target::days(20);
            }
        };
        change_agreement(&world, Mode::OpenFromStart, slower).await;
        world.work().await;
        world.later(22 * 60);
        ring(&world).await;
        let report = doctor::examine(&world.desk).await.expect("it looks");
        assert!(report.is_content(), "{:#?}", report.findings);
        assert_eq!(rungs(&world, ticket).await, (0, 1, 1));
        assert_eq!(told(&world, &noor).await, heard);
        world
    });
}

#[test]
fn s18_mail_waits_for_the_hours_of_whoever_hears_but_not_for_who_is_on_duty() {
    on_both(|world| async {
        // Late things are brought higher up six real hours later: Monday at seven in the evening.
        change_agreement(&world, Mode::NewTickets, |wording| {
            wording.escalation = Some(Escalation {
                after: Target::real(6 * 60),
                to: None,
            });
        })
        .await;
        for on_duty in [false, true] {
            let (ticket, _, ada) = match on_duty {
                false => cast(&world).await,
                true => again(&world).await,
            };
            world.later(10 * 60);
            if on_duty {
                serves_at_night(&world, &ada).await;
            }
            let before = mailed(&world, "ada@desk.example").await;
            world.work().await;
            assert_eq!(rungs(&world, ticket).await.2, 1);
            let at_once = mailed(&world, "ada@desk.example").await - before;
            assert_eq!(at_once, usize::from(on_duty));
            // The next morning.
            world.later(14 * 60);
            world.work().await;
            assert_eq!(mailed(&world, "ada@desk.example").await - before, 1);
        }
        world
    });
}

/// The same a day later.
async fn again(world: &World) -> (TicketId, Viewer, Viewer) {
    let agents = kept_app::reading::agents(&world.desk, &world.ines)
        .await
        .expect("are read");
    let known = |name: &str, role: Role| {
        let agent = agents.iter().find(|agent| agent.name == name);
        Viewer {
            person: agent.expect("works here").id,
            name: name.into(),
            role,
        }
    };
    let (noor, ada) = (
        known("Noor Haddad", Role::Agent),
        known("Ada Lind", Role::Admin),
    );
    let ticket = world
        .opens(&mail("dana@acme.example", "Monitor", "It is dark.").id("3@acme"))
        .await;
    world.change(ticket, Change::Assign(noor.person)).await;
    (ticket, noor, ada)
}

/// On duty every evening and night.
async fn serves_at_night(world: &World, who: &Viewer) {
    let (queue, person) = (world.queue().await, who.person);
    let duties: Vec<Duty> = (1..=7)
        .map(|weekday| Duty {
            weekday,
            from_minute: 18 * 60,
            to_minute: 8 * 60,
        })
        .collect();
    let joined = world.desk.store().write(move |tx| {
        let known = queues::all(tx)?.into_iter().find(|it| it.id == queue);
        let mut settings = QueueSettings::of(known.expect("the queue"), String::new());
        settings.members.retain(|(known, _)| *known != person);
        settings.members.push((person, duties.clone()));
        queues::update(tx, queue, &settings)
    });
    let joined: Result<(), kept_app::store::StoreError> = joined.await;
    joined.expect("joins");
}
