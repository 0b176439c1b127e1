//! What clients do by their agreements: asked for once on its day, reminded of, done or not; never lost on the way.

use kept_app::agreements::{Draft, Mode, one, starting, write};
use kept_app::clocks;
use kept_app::domain::agreements::{Duty, Scope, Silence, WrittenDuty, WrittenHours};
use kept_app::domain::clocks::Target;
use kept_app::domain::duties::State;
use kept_app::domain::ids::{AgreementId, ClientId, PersonId, QueueId, TicketId};
use kept_app::domain::people::Domain;
use kept_app::domain::tickets::{AndThen, Status};
use kept_app::domain::turn::Turn;
use kept_app::duties::{self, Run};
use kept_app::people::{ClientCard, add_client};
use kept_app::tickets::{Change, take_end_back};
use kept_app::worker;
use kept_app::{ErrorKind, notifications};

use crate::intake::automatic::bounce_of;
use crate::support::{World, mail, on_both};

/// A client whose people write from fox.example; Dana is the first of them.
async fn fox(world: &World) -> ClientId {
    let client = alone(world).await;
    let first = mail("Dana Fox <dana@fox.example>", "Hello", "We are here.").id("0@fox");
    let ticket = world.opens(&first).await;
    world.change(ticket, Change::Close).await;
    world.work().await;
    client
}

async fn alone(world: &World) -> ClientId {
    let card = ClientCard {
        name: "Fox & Sons".into(),
        domains: vec![Domain::parse("fox.example").expect("a domain")],
        ..ClientCard::default()
    };
    let added = add_client(&world.desk, &world.ines, card).await;
    added.expect("is added")
}

fn list_of_users(every: &str, from: &str) -> WrittenDuty {
    WrittenDuty {
        what: "Send us the list of users".into(),
        text: "With **names** and addresses.".into(),
        every: every.into(),
        from: from.into(),
        within: "2 d".into(),
        ..WrittenDuty::default()
    }
}

/// Writes the client's agreement with these duties; its people work nine to five in UTC, except on the `closed` days.
async fn agree(
    world: &World,
    client: ClientId,
    written: &[WrittenDuty],
    closed: &str,
) -> AgreementId {
    let scope = Scope::Client(client);
    let (_, held) = starting(&world.desk, &world.ines, scope)
        .await
        .expect("one");
    let mut wording = held.wording.as_ref().clone();
    let hours = WrittenHours {
        days: closed.into(),
        ..WrittenHours::of(&wording.client)
    };
    wording.client = hours.read("client").expect("hours").into();
    let read = written.iter().map(|it| it.read(0).expect("a duty"));
    wording.duties = read.collect();
    let draft = Draft {
        scope,
        name: "Fox".into(),
        wording,
        from: None,
        mode: Mode::NewTickets,
    };
    write(&world.desk, &world.ines, draft).await.expect("saved")
}

/// All that was asked for, the oldest first.
async fn asked(world: &World, client: ClientId) -> Vec<Run> {
    let found = duties::of_client(&world.desk, &world.ines, client).await;
    let mut asked = found.expect("are read").asked;
    asked.reverse();
    asked
}

async fn days(world: &World, client: ClientId) -> Vec<String> {
    let asked = asked(world, client).await;
    asked.iter().map(|run| run.date.to_string()).collect()
}

fn ticket_of(run: &Run) -> TicketId {
    run.ticket.expect("a ticket")
}

async fn stands(world: &World, ticket: TicketId) -> (Status, Turn) {
    let ticket = world.conversation(ticket).await.ticket;
    (ticket.status, ticket.turn())
}

async fn mails_to(world: &World, to: &str) -> usize {
    let written = world.written().await;
    let theirs = written
        .iter()
        .filter(|mail| mail.to.iter().any(|it| it.address == to));
    theirs.count()
}

/// Until then, looking once an hour as a worker would be woken.
async fn until(world: &World, hours: u64) {
    for _ in 0..hours {
        world.later(60);
        world.work().await;
    }
}

#[test]
fn a_duty_is_asked_for_once_whoever_looks_and_however_often() {
    on_both(|world| async {
        let client = fox(&world).await;
        agree(&world, client, &[list_of_users("month", "2026-11-24")], "").await;
        let before = mails_to(&world, "dana@fox.example").await;
        let next = worker::next_due(&world.desk).await.expect("is told");
        assert_eq!(next, Some("2026-11-24T09:00:00Z".parse().expect("a time")));
        world.later(24 * 60 - 1);
        assert_eq!(days(&world, client).await, [""; 0], "not a minute early");
        world.later(1);
        // Two nodes, one of them after a restart.
        let node = world.again(|_| {}).await;
        for desk in [&world.desk, &node, &world.desk] {
            duties::open_due(desk).await.expect("are looked at");
        }
        node.close().await;
        assert_eq!(days(&world, client).await, ["2026-11-24"]);
        assert_eq!(mails_to(&world, "dana@fox.example").await, before + 1);
        let run = asked(&world, client).await.remove(0);
        let ticket = ticket_of(&run);
        assert_eq!(
            stands(&world, ticket).await,
            (Status::Waiting, Turn::Client)
        );
        assert_eq!(
            run.due,
            Some("2026-11-25T17:00:00Z".parse().expect("a time"))
        );
        let shown = world.conversation(ticket).await;
        assert_eq!(shown.ticket.subject, "Send us the list of users");
        let words = world.written().await.pop().expect("a mail").text;
        assert!(
            words.contains("by our agreement it is time for this"),
            "{words}"
        );
        assert!(
            words.contains("by Wednesday, 25 November at 17:00 (UTC)"),
            "{words}"
        );
        assert_eq!(
            world.told(ticket).await.last().map(String::as_str),
            Some("Asked the client for what they agreed to: Send us the list of users")
        );
        world
    });
}

#[test]
fn a_duty_is_asked_still_when_the_end_of_its_ticket_is_taken_back() {
    on_both(|world| async {
        let client = fox(&world).await;
        agree(&world, client, &[list_of_users("once", "2026-11-23")], "").await;
        world.work().await;
        let before = asked(&world, client).await.remove(0);
        let ticket = ticket_of(&before);
        for end in [Change::Resolve, Change::Close] {
            world.later(5);
            world.change(ticket, end.clone()).await;
            let back = take_end_back(&world.desk, &world.ines, ticket).await;
            back.expect("is taken back");
            let after = asked(&world, client).await.remove(0);
            assert_eq!(after.state, State::Asked, "{end:?}");
            assert_eq!(after, before, "{end:?}");
            let stand = (Status::Waiting, Turn::Client);
            assert_eq!(stands(&world, ticket).await, stand, "{end:?}");
        }
        world
    });
}

#[test]
fn what_the_client_sent_is_looked_at_and_said_to_be_done() {
    on_both(|world| async {
        let client = fox(&world).await;
        agree(&world, client, &[list_of_users("once", "2026-11-23")], "").await;
        world.work().await;
        let run = asked(&world, client).await.remove(0);
        let ticket = ticket_of(&run);
        world.later(60);
        let answer = mail("Dana Fox <dana@fox.example>", "Re: list", "Here it is.")
            .to(&world.reply_address(ticket));
        world.take(&answer).await;
        assert_eq!(stands(&world, ticket).await.1, Turn::Desk);
        // The desk takes its time; that is not the client's.
        until(&world, 7 * 24).await;
        let waiting = asked(&world, client).await.remove(0);
        assert_eq!(waiting.state, State::Asked);
        let ended = duties::done(&world.desk, &world.ines, run.id, true).await;
        assert_eq!(ended.expect("is done"), ticket);
        assert_eq!(asked(&world, client).await[0].state, State::Done);
        assert_eq!(stands(&world, ticket).await, (Status::Closed, Turn::Nobody));
        let again = duties::done(&world.desk, &world.ines, run.id, false).await;
        assert_eq!(again.expect_err("is over").kind(), ErrorKind::Conflict);
        world
    });
}

#[test]
fn what_was_not_done_counts_against_the_client_and_says_why() {
    on_both(|world| async {
        let client = fox(&world).await;
        agree(&world, client, &[list_of_users("once", "2026-11-23")], "").await;
        world.work().await;
        let run = asked(&world, client).await.remove(0);
        let ticket = ticket_of(&run);
        let end = |why: &str| duties::not_done(&world.desk, &world.ines, run.id, why.into(), false);
        assert_eq!(
            end(" ").await.expect_err("no reason").kind(),
            ErrorKind::Invalid
        );
        end("They keep none.").await.expect("is written down");
        assert_eq!(asked(&world, client).await[0].state, State::NotDone);
        assert_eq!(stands(&world, ticket).await.1, Turn::Desk);
        assert_eq!(
            world.told(ticket).await.last().map(String::as_str),
            Some("Said that the client did not do what they agreed to: They keep none.")
        );
        let missed = world
            .rows("obligations WHERE owed = 'duty' AND outcome = 'missed'")
            .await;
        assert_eq!(missed, 1);
        world
    });
}

#[test]
fn a_silent_client_is_reminded_in_time_then_parked_then_closed() {
    on_both(|world| async {
        let client = fox(&world).await;
        agree(&world, client, &[list_of_users("once", "2026-11-23")], "").await;
        world.work().await;
        let ticket = ticket_of(&asked(&world, client).await[0]);
        let before = mails_to(&world, "dana@fox.example").await;
        // 75 % of two days: Tuesday at one.
        until(&world, 27).await;
        assert_eq!(mails_to(&world, "dana@fox.example").await, before);
        until(&world, 2).await;
        assert_eq!(mails_to(&world, "dana@fox.example").await, before + 1);
        let words = world.written().await.pop().expect("a mail").text;
        assert!(words.contains("There is still time for it"), "{words}");
        until(&world, 24).await;
        assert_eq!(asked(&world, client).await[0].state, State::Late);
        assert_eq!(stands(&world, ticket).await.0, Status::Waiting);
        let silence = Silence::default();
        assert_eq!(silence.park_after, Some(Target::days(7)));
        until(&world, 8 * 24 + 72).await;
        assert_eq!(stands(&world, ticket).await.0, Status::Parked);
        until(&world, 25 * 24).await;
        assert_eq!(stands(&world, ticket).await.0, Status::Closed);
        let told = world.told(ticket).await;
        let reminded = told
            .iter()
            .filter(|it| *it == "Reminded the client: a duty");
        assert_eq!(reminded.count(), 3);
        let late = told.iter().filter(|it| *it == "Late: a duty");
        assert_eq!(late.count(), 1);
        assert!(!told.contains(&"Late: an answer".to_owned()), "{told:?}");
        assert_eq!(asked(&world, client).await[0].state, State::Dropped);
        world
    });
}

#[test]
fn asked_again_on_the_ticket_that_still_waits_and_its_ladder_begins_anew() {
    on_both(|world| async {
        let client = fox(&world).await;
        agree(&world, client, &[list_of_users("week", "2026-11-24")], "").await;
        until(&world, 15 * 24).await;
        let asked = asked(&world, client).await;
        let days: Vec<String> = asked.iter().map(|run| run.date.to_string()).collect();
        assert_eq!(days, ["2026-11-24", "2026-12-01", "2026-12-08"]);
        let states: Vec<State> = asked.iter().map(|run| run.state).collect();
        assert_eq!(states, [State::AskedAgain, State::AskedAgain, State::Asked]);
        assert!(asked.iter().all(|run| run.ticket == asked[0].ticket));
        let ticket = ticket_of(&asked[0]);
        assert_eq!(
            stands(&world, ticket).await,
            (Status::Waiting, Turn::Client)
        );
        // What was late stays late.
        let missed = world
            .rows("obligations WHERE owed = 'duty' AND outcome = 'missed'")
            .await;
        assert_eq!(missed, 2);
        let done = duties::done(&world.desk, &world.ines, asked[2].id, true).await;
        done.expect("is done");
        // Nothing waits any more: the next one has a ticket of its own.
        until(&world, 7 * 24).await;
        let last = self::asked(&world, client).await.pop().expect("a run");
        assert_ne!(last.ticket, Some(ticket));
        world
    });
}

#[test]
fn the_31st_is_the_last_day_of_each_month_and_a_holiday_puts_it_off() {
    on_both(|world| async {
        let client = fox(&world).await;
        let duty = list_of_users("month", "2026-10-31");
        agree(
            &world,
            client,
            &[duty],
            "2026-12-31 closed\n2027-01-01 closed",
        )
        .await;
        for (wait, expected) in [(8, 1), (31, 1), (4, 2)] {
            world.later(wait * 24 * 60);
            world.work().await;
            assert_eq!(asked(&world, client).await.len(), expected, "{wait}");
        }
        assert_eq!(days(&world, client).await, ["2026-11-30", "2026-12-31"]);
        // Thursday and Friday are holidays: Monday.
        let at = asked(&world, client).await[1].asked_at;
        assert!(
            at >= "2027-01-04T09:00:00Z".parse().expect("a time"),
            "{at}"
        );
        world
    });
}

#[test]
fn days_that_went_by_while_nobody_looked_are_asked_for_once() {
    on_both(|world| async {
        let client = fox(&world).await;
        agree(&world, client, &[list_of_users("week", "2026-11-24")], "").await;
        world.later(22 * 24 * 60);
        world.work().await;
        assert_eq!(days(&world, client).await, ["2026-12-15"]);
        world
    });
}

#[test]
fn another_version_changes_a_duty_midway_and_one_taken_out_is_not_asked_for() {
    on_both(|world| async {
        let client = fox(&world).await;
        let monthly = list_of_users("month", "2026-11-24");
        let restore = WrittenDuty {
            what: "Test the restore".into(),
            ..list_of_users("month", "2026-12-15")
        };
        let id = agree(&world, client, &[monthly.clone(), restore.clone()], "").await;
        until(&world, 25).await;
        assert_eq!(days(&world, client).await, ["2026-11-24"]);
        let numbers = || async {
            let shown = one(&world.desk, &world.ines, id).await.expect("is there");
            let duties = &shown.versions[0].version.wording.duties;
            duties.iter().map(|duty| duty.number).collect::<Vec<_>>()
        };
        assert_eq!(numbers().await, [1, 2]);
        // The list comes every quarter from now on, the restore no more, and something new takes no old number.
        let quarterly = WrittenDuty {
            number: "1".into(),
            ..list_of_users("quarter", "2026-11-24")
        };
        let patches = WrittenDuty {
            what: "Restart after the patches".into(),
            ..list_of_users("once", "2026-12-15")
        };
        agree(&world, client, &[quarterly, patches], "").await;
        assert_eq!(numbers().await, [1, 3]);
        world.later(22 * 24 * 60);
        world.work().await;
        let asked = asked(&world, client).await;
        let what: Vec<(&str, i64)> = asked.iter().map(|run| (&*run.what, run.duty)).collect();
        assert_eq!(
            what,
            [
                ("Send us the list of users", 1),
                ("Restart after the patches", 3)
            ]
        );
        world
    });
}

#[test]
fn nobody_to_ask_is_the_desks_to_mend_and_never_lost() {
    on_both(|world| async {
        let client = alone(&world).await;
        agree(&world, client, &[list_of_users("once", "2026-11-23")], "").await;
        world.work().await;
        let run = asked(&world, client).await.remove(0);
        assert_eq!(run.state, State::Unheard);
        let ticket = ticket_of(&run);
        assert_eq!(stands(&world, ticket).await, (Status::New, Turn::Desk));
        let told = notifications::told(&world.desk, &world.ines, None, notifications::From::Start)
            .await
            .expect("are read")
            .new;
        let words: Vec<&str> = told
            .iter()
            .map(|it| it.notification.words.as_str())
            .collect();
        assert!(
            words.contains(&"Nobody to ask: Send us the list of users"),
            "{words:?}"
        );
        assert!(world.written().await.is_empty());
        let end = duties::done(&world.desk, &world.ines, run.id, true).await;
        end.expect("they told us on the phone");
        assert_eq!(asked(&world, client).await[0].state, State::Done);
        world
    });
}

#[test]
fn while_the_desk_waits_for_an_answer_as_well_the_client_has_one_ladder() {
    on_both(|world| async {
        let client = fox(&world).await;
        agree(&world, client, &[list_of_users("once", "2026-11-23")], "").await;
        world.work().await;
        let ticket = ticket_of(&asked(&world, client).await[0]);
        let question = mail("Dana Fox <dana@fox.example>", "Re: list", "Which users?")
            .to(&world.reply_address(ticket));
        world.take(&question).await;
        world.reply(ticket, "All of them?", AndThen::Ask).await;
        until(&world, 50).await;
        let told = world.told(ticket).await;
        let reminded: Vec<&String> = told
            .iter()
            .filter(|it| it.starts_with("Reminded"))
            .collect();
        assert_eq!(reminded, ["Reminded the client: an answer"]);
        clocks::ring_due(&world.desk).await.expect("are looked at");
        world
    });
}

#[test]
fn merged_into_another_ticket_it_is_owed_and_done_there() {
    on_both(|world| async {
        let client = fox(&world).await;
        agree(&world, client, &[list_of_users("once", "2026-11-23")], "").await;
        world.work().await;
        let run = asked(&world, client).await.remove(0);
        let other = world
            .opens(&mail("Dana Fox <dana@fox.example>", "Users", "New ones.").id("1@fox"))
            .await;
        let merged = kept_app::tickets::merge(&world.desk, &world.ines, ticket_of(&run), other);
        merged.await.expect("are merged");
        assert_eq!(asked(&world, client).await[0].state, State::Asked);
        let here = duties::of_ticket(&world.desk, &world.ines, other).await;
        assert_eq!(here.expect("are read").len(), 1);
        let told_at = duties::done(&world.desk, &world.ines, run.id, false).await;
        assert_eq!(told_at.expect("is done"), other);
        assert_eq!(asked(&world, client).await[0].state, State::Done);
        world
    });
}

#[test]
fn duties_are_a_clients_and_asked_of_its_own_people_by_queues_that_are_there() {
    on_both(|world| async {
        let client = fox(&world).await;
        let stranger = world
            .opens(&mail("tom@else.example", "VPN", "Gone.").id("9@else"))
            .await;
        let stranger = world.conversation(stranger).await.ticket.requester;
        let refused = |scope, who: Option<PersonId>, queue| {
            let world = &world;
            async move {
                let (_, held) = starting(&world.desk, &world.ines, scope)
                    .await
                    .expect("one");
                let mut wording = held.wording.as_ref().clone();
                wording.duties = vec![Duty {
                    who,
                    queue,
                    ..list_of_users("once", "2026-12-01").read(0).expect("a duty")
                }];
                let draft = Draft {
                    scope,
                    name: "Fox".into(),
                    wording,
                    from: None,
                    mode: Mode::NewTickets,
                };
                let written = write(&world.desk, &world.ines, draft).await;
                written.expect_err("is refused").to_string()
            }
        };
        let own = Scope::Client(client);
        assert!(
            refused(Scope::Everybody, None, None)
                .await
                .contains("a client’s own agreement")
        );
        assert!(
            refused(own, stranger, None)
                .await
                .contains("belongs to this client")
        );
        assert!(
            refused(own, None, Some(QueueId(99)))
                .await
                .contains("a queue that exists")
        );
        world
    });
}

#[test]
fn a_mail_that_comes_back_asked_nobody_and_the_desk_has_the_turn() {
    on_both(|world| async {
        let client = fox(&world).await;
        agree(&world, client, &[list_of_users("once", "2026-11-23")], "").await;
        world.work().await;
        let ticket = ticket_of(&asked(&world, client).await[0]);
        let (_, sent) = world.last_sent().await;
        let about = sent.message_id.expect("an id");
        world.take(&bounce_of(&about, "dana@fox.example")).await;
        assert_eq!(asked(&world, client).await[0].state, State::Unheard);
        assert_eq!(stands(&world, ticket).await.1, Turn::Desk);
        // Nobody is reminded of what they never heard of.
        let before = mails_to(&world, "dana@fox.example").await;
        until(&world, 5 * 24).await;
        assert_eq!(mails_to(&world, "dana@fox.example").await, before);
        let owed = world.rows("obligations WHERE owed = 'duty'").await;
        assert_eq!(owed, 0);
        world
    });
}
