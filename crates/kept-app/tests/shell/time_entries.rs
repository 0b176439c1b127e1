//! Time on tickets: logged alone and with what was written, put right, taken back, and where it goes when tickets change.

use jiff::tz::TimeZone;
use kept_app::calls::{self, Caller, Kind, NewCall, On};
use kept_app::doctor::{examine, rebuild};
use kept_app::domain::access::Viewer;
use kept_app::domain::calls::{How, Wanted};
use kept_app::domain::ids::{MessageId, TicketId};
use kept_app::domain::tickets::{AndThen, Ticket};
use kept_app::domain::time_entries::{Spent, When, WorkType};
use kept_app::store::time_entries::Listed;
use kept_app::tickets::{
    Change, Composed, Note, Reply, Split, merge, note_as, reply_as, split_out, take_back,
    undo_merge, withdraw,
};
use kept_app::time_entries::{self, NewEntry, Which};
use kept_app::{Error, ErrorKind, reading};

use crate::support::{World, mail, on_both};

const DANA: &str = "Dana Fox <dana@acme.example>";

async fn opened(world: &World) -> TicketId {
    world
        .opens(&mail(DANA, "Printer", "It jams.").id("1@acme"))
        .await
}

fn spent(text: &str) -> Spent {
    Spent::parse(text).expect("a length")
}

fn line(text: &str) -> NewEntry {
    NewEntry::of_line(text).expect("it begins with a time")
}

async fn try_log(world: &World, who: &Viewer, id: TicketId, text: &str) -> Result<Which, Error> {
    time_entries::log(&world.desk, who, id, line(text), TimeZone::UTC).await
}

async fn log(world: &World, id: TicketId, text: &str) -> Which {
    let logged = try_log(world, &world.ines, id, text).await;
    logged.expect("it is logged")
}

async fn change(
    world: &World,
    who: &Viewer,
    which: Which,
    to: &str,
    why: &str,
) -> Result<(), Error> {
    let (desk, why) = (&world.desk, why.to_owned());
    time_entries::change(desk, who, which, line(to), why, TimeZone::UTC).await
}

async fn remove(world: &World, who: &Viewer, which: Which, why: &str) -> Result<(), Error> {
    time_entries::remove(&world.desk, who, which, why.to_owned()).await
}

/// `15 min new roller`, the newest first, and all of it in seconds.
async fn sheet(world: &World, id: TicketId) -> (i64, Vec<String>) {
    let sheet = time_entries::of_ticket(&world.desk, &world.ines, id, 0, 9).await;
    let sheet = sheet.expect("it is read");
    let says = |it: &Listed| {
        let details = &it.entry.details;
        let text = details.text.as_deref().unwrap_or("-");
        format!("{} {text}", details.spent)
    };
    (sheet.total_seconds, sheet.listed.iter().map(says).collect())
}

async fn total(world: &World, id: TicketId) -> i64 {
    sheet(world, id).await.0
}

async fn ticket(world: &World, id: TicketId) -> Ticket {
    world.conversation(id).await.ticket
}

async fn findings(world: &World) -> Vec<String> {
    examine(&world.desk).await.expect("it looks").findings
}

fn taking(text: &str) -> Composed {
    Composed {
        can_undo: true,
        spent: Some(spent(text)),
        ..Composed::default()
    }
}

async fn reply(world: &World, id: TicketId, time: &str) -> MessageId {
    let reply = Reply {
        text: "We are on it.".into(),
        then: AndThen::Update,
        addressees: None,
        files: vec![],
    };
    let said = reply_as(&world.desk, &world.ines, id, reply, taking(time)).await;
    said.expect("it is said")
}

async fn note(world: &World, id: TicketId, time: &str) -> MessageId {
    let note = Note {
        text: "It is the roller.".into(),
        files: vec![],
    };
    let said = note_as(&world.desk, &world.ines, id, note, taking(time)).await;
    said.expect("it is noted")
}

#[test]
fn time_is_logged_without_a_message_and_moves_nothing() {
    on_both(|world| async {
        let id = opened(&world).await;
        world.reply(id, "Is it on?", AndThen::Ask).await;
        world.later(30);
        let before = ticket(&world, id).await;
        let said = world.said(id).await;
        let mails = world.outbox().await.len();
        let which = log(&world, id, "15m new roller").await;
        assert_eq!(which, (id, 1));
        assert_eq!(log(&world, id, "1:30").await, (id, 2));
        let expected = vec!["1 h 30 min -".to_owned(), "15 min new roller".to_owned()];
        assert_eq!(sheet(&world, id).await, (6300, expected));
        let after = ticket(&world, id).await;
        let stands = |it: &Ticket| (it.status, it.turn(), it.turn_since);
        assert_eq!(stands(&after), stands(&before));
        assert_eq!(world.said(id).await, said);
        assert_eq!(world.outbox().await.len(), mails);
        let told = world.told(id).await;
        assert!(
            told.contains(&"Logged 15 min: new roller".to_owned()),
            "{told:?}"
        );
        let found = time_entries::find(&world.desk, &world.ines, which).await;
        let when = found.expect("is there").details.when;
        assert!(matches!(when, When::Began(_)));
        assert_eq!(findings(&world).await, [""; 0]);
        world
    });
}

#[test]
fn late_entries_are_taken_and_reopen_nothing() {
    on_both(|world| async {
        let id = opened(&world).await;
        world.change(id, Change::Resolve).await;
        world.change(id, Change::Close).await;
        let before = ticket(&world, id).await;
        log(&world, id, "1h on site").await;
        assert_eq!(ticket(&world, id).await.status, before.status);
        let spam = world
            .opens(&mail("x@spam.example", "Buy", "Now.").id("9@spam"))
            .await;
        world.change(spam, Change::MarkSpam).await;
        let refused = try_log(&world, &world.ines, spam, "1h").await;
        assert_eq!(refused.map_err(|it| it.kind()), Err(ErrorKind::Conflict));
        let nowhere = try_log(&world, &world.ines, TicketId(999), "1h").await;
        assert_eq!(nowhere.map_err(|it| it.kind()), Err(ErrorKind::NotFound));
        world
    });
}

#[test]
fn an_agent_puts_their_own_time_right_and_an_admin_says_why() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let jonas = world.agent("Jonas Weber", "jonas@desk.example").await;
        let id = opened(&world).await;
        let which = try_log(&world, &noor, id, "15m roller")
            .await
            .expect("logged");
        let kind = |tried: Result<(), Error>| tried.map_err(|it| it.kind());
        assert_eq!(
            kind(change(&world, &jonas, which, "1h", "x").await),
            Err(ErrorKind::Denied)
        );
        assert_eq!(
            kind(remove(&world, &jonas, which, "x").await),
            Err(ErrorKind::Denied)
        );
        assert_eq!(
            kind(change(&world, &world.ines, which, "1h", "").await),
            Err(ErrorKind::Invalid)
        );
        // Just now it was 15 minutes; that it was 20 begins earlier.
        change(&world, &noor, which, "20m roller", "")
            .await
            .expect("changed");
        change(&world, &world.ines, which, "25m roller", "by the log")
            .await
            .expect("changed");
        assert_eq!(
            sheet(&world, id).await,
            (1500, vec!["25 min roller".to_owned()])
        );
        let told = world.told(id).await;
        let expected = "Changed 20 min of work to 25 min: by the log".to_owned();
        assert!(told.contains(&expected), "{told:?}");
        time_entries::change_back(&world.desk, &world.ines, which)
            .await
            .expect("back");
        assert_eq!(total(&world, id).await, 1200);
        remove(&world, &noor, which, "").await.expect("off");
        assert_eq!(total(&world, id).await, 0);
        assert_eq!(
            kind(remove(&world, &noor, which, "").await),
            Err(ErrorKind::Conflict)
        );
        let gone = time_entries::find(&world.desk, &noor, which).await;
        assert_eq!(
            gone.map_err(|it| it.kind()).map(|_| ()),
            Err(ErrorKind::NotFound)
        );
        time_entries::restore(&world.desk, &noor, which)
            .await
            .expect("back");
        assert_eq!(total(&world, id).await, 1200);
        assert_eq!(findings(&world).await, [""; 0]);
        world
    });
}

#[test]
fn what_was_done_on_another_day_is_logged_on_that_day() {
    on_both(|world| async {
        let id = opened(&world).await;
        let on = |day: &str| NewEntry {
            when: Some(When::On(day.parse().expect("a day"))),
            work_type: WorkType::Travel,
            ..line("40m to Lyon")
        };
        let logged = |day: &'static str| {
            time_entries::log(&world.desk, &world.ines, id, on(day), TimeZone::UTC)
        };
        logged("2026-11-20").await.expect("logged");
        let refused = logged("2030-01-01").await.expect_err("to come");
        assert_eq!(refused.kind(), ErrorKind::Invalid);
        let told = world.told(id).await;
        assert!(
            told.contains(&"Logged 40 min of travel: to Lyon".to_owned()),
            "{told:?}"
        );
        assert_eq!(findings(&world).await, [""; 0]);
        world
    });
}

#[test]
fn the_time_of_a_reply_or_note_goes_when_it_is_taken_back() {
    on_both(|world| async {
        let id = opened(&world).await;
        let replied = reply(&world, id, "15m").await;
        assert_eq!(total(&world, id).await, 900);
        let before = ticket(&world, id).await;
        withdraw(&world.desk, &world.ines, replied)
            .await
            .expect("taken back");
        assert_eq!(total(&world, id).await, 0);
        assert_ne!(ticket(&world, id).await.status, before.status);
        // It waits in the composer again, with its time.
        let draft = reading::draft(&world.desk, &world.ines, id).await;
        let draft = draft.expect("is read").expect("waits");
        assert_eq!(draft.spent, Some(spent("15m")));
        let noted = note(&world, id, "5m").await;
        assert_eq!(total(&world, id).await, 300);
        withdraw(&world.desk, &world.ines, noted)
            .await
            .expect("taken back");
        assert_eq!(total(&world, id).await, 0);
        assert_eq!(findings(&world).await, [""; 0]);
        world
    });
}

#[test]
fn a_reply_that_is_refused_logs_nothing() {
    on_both(|world| async {
        let id = opened(&world).await;
        let empty = Reply {
            text: " ".into(),
            then: AndThen::Update,
            addressees: None,
            files: vec![],
        };
        let refused = reply_as(&world.desk, &world.ines, id, empty, taking("15m")).await;
        assert!(refused.is_err());
        let nobody = Reply {
            text: "We are on it.".into(),
            then: AndThen::Update,
            addressees: Some(kept_app::tickets::Addressees::default()),
            files: vec![],
        };
        let refused = reply_as(&world.desk, &world.ines, id, nobody, taking("15m")).await;
        assert!(refused.is_err());
        assert_eq!(total(&world, id).await, 0);
        world
    });
}

#[test]
fn a_call_is_as_long_as_it_was() {
    on_both(|world| async {
        let id = opened(&world).await;
        world.later(60);
        let began = world.desk.now() - jiff::SignedDuration::from_mins(30);
        let call = |at, time| NewCall {
            on: On::Ticket(id),
            caller: Caller::Name("Dana".into()),
            kind: Kind {
                how: How::TheyCalled,
                wanted: Wanted::Act,
            },
            said: "The toner is low.".into(),
            at,
            spent: time,
            files: vec![],
        };
        let logged = |call| calls::log(&world.desk, &world.ines, call);
        logged(call(began, Some(spent("10m"))))
            .await
            .expect("logged");
        let entry = time_entries::find(&world.desk, &world.ines, (id, 1)).await;
        let details = entry.expect("is there").details;
        assert_eq!(details.work_type, WorkType::Call);
        assert!(matches!(details.when, When::Began(at) if at == began));
        // A call that is logged as it ends began before.
        logged(call(world.desk.now(), Some(spent("5m"))))
            .await
            .expect("logged");
        logged(call(world.desk.now(), None)).await.expect("logged");
        assert_eq!(total(&world, id).await, 900);
        assert_eq!(findings(&world).await, [""; 0]);
        world
    });
}

#[test]
fn a_merged_ticket_keeps_its_time_and_both_are_shown_as_one() {
    on_both(|world| async {
        let one = opened(&world).await;
        let two = world
            .opens(&mail(DANA, "Printer again", "Still.").id("2@acme"))
            .await;
        log(&world, one, "15m").await;
        let theirs = log(&world, two, "10m").await;
        merge(&world.desk, &world.ines, two, one)
            .await
            .expect("merged");
        assert_eq!(total(&world, one).await, 1500);
        // Its own entry can still be put right, and more is logged where it is told now.
        change(&world, &world.ines, theirs, "20m", "")
            .await
            .expect("changed");
        assert_eq!(log(&world, two, "5m").await, (one, 2));
        assert_eq!(total(&world, one).await, 2400);
        undo_merge(&world.desk, &world.ines, two)
            .await
            .expect("apart");
        assert_eq!(
            (total(&world, one).await, total(&world, two).await),
            (1200, 1200)
        );
        assert_eq!(findings(&world).await, [""; 0]);
        world
    });
}

#[test]
fn the_time_of_a_message_goes_where_the_message_goes() {
    on_both(|world| async {
        let old = opened(&world).await;
        log(&world, old, "1h by hand").await;
        world.later(5);
        let second = mail(DANA, "Re: Printer", "My phone is broken too.")
            .id("2@acme")
            .answering("1@acme");
        world.take(&second).await;
        let phone = world
            .conversation(old)
            .await
            .said
            .last()
            .expect("a mail")
            .message
            .id;
        world.later(5);
        reply(&world, old, "15m").await;
        let split = split_out(&world.desk, &world.ines, phone, Split::ThisAndAfter).await;
        let new = split.expect("it is split");
        assert_eq!(
            (total(&world, old).await, total(&world, new).await),
            (3600, 900)
        );
        assert_eq!(findings(&world).await, [""; 0]);
        world.later(1);
        take_back(&world.desk, &world.ines, phone)
            .await
            .expect("back");
        assert_eq!(total(&world, old).await, 4500);
        assert_eq!(findings(&world).await, [""; 0]);
        world
    });
}

#[test]
fn the_doctor_sees_and_mends_entries_that_are_not_as_told() {
    on_both(|world| async {
        let id = opened(&world).await;
        log(&world, id, "15m").await;
        let with = reply(&world, id, "10m").await;
        withdraw(&world.desk, &world.ines, with)
            .await
            .expect("taken back");
        assert_eq!(findings(&world).await, [""; 0]);
        world.tamper("UPDATE time_entries SET seconds = 1").await;
        let found = findings(&world).await;
        assert!(found[0].contains("other time entries"), "{found:?}");
        rebuild(&world.desk).await.expect("rebuilt");
        assert_eq!(findings(&world).await, [""; 0]);
        assert_eq!(total(&world, id).await, 900);
        world
    });
}
