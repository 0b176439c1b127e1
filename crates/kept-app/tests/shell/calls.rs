//! Calls: logged in seconds, sent to the caller as we understood them, confirmed or corrected by a link.

use jiff::{SignedDuration, Timestamp};
use kept_app::calls::{self, Caller, Kind, Logged, NewCall, On, Page};
use kept_app::domain::calls::{Answer, How, Wanted};
use kept_app::domain::clocks::Owed;
use kept_app::domain::ids::TicketId;
use kept_app::domain::messages::Channel;
use kept_app::domain::tickets::{AndThen, Status};
use kept_app::domain::turn::Turn;
use kept_app::settings::texts::{self, Text};
use kept_app::tickets::{self, Change, Upload};
use kept_app::{Error, ErrorKind, reading};

use crate::support::{World, address, mail, monday, on_both};

fn at(minutes: i64) -> Timestamp {
    monday() + SignedDuration::from_mins(minutes)
}

fn dana() -> Caller {
    Caller::Address(address("dana@acme.example"), "Dana Fox".into())
}

fn call(on: On, wanted: Wanted) -> NewCall {
    NewCall {
        on,
        caller: dana(),
        kind: Kind {
            how: How::TheyCalled,
            wanted,
        },
        said: "The toner is low. Bring some on Thursday.".into(),
        at: at(-5),
        spent: None,
        files: vec![],
    }
}

async fn new_one(world: &World) -> On {
    On::New {
        queue: world.queue().await,
        subject: String::new(),
    }
}

async fn try_log(world: &World, new: NewCall) -> Result<Logged, Error> {
    calls::log(&world.desk, &world.ines, new).await
}

async fn log(world: &World, on: On, wanted: Wanted) -> Logged {
    let logged = try_log(world, call(on, wanted)).await;
    logged.expect("it is logged")
}

/// The token in the link of the last mail.
async fn token(world: &World) -> String {
    let (_, mail) = world.last_sent().await;
    let (_, rest) = mail.text.split_once("/said/").expect("a link");
    rest.chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter))
        .collect()
}

async fn page(world: &World, token: &str) -> Page {
    let page = calls::by_link(&world.desk, token, "192.0.2.7").await;
    page.expect("the page opens")
}

async fn confirm(world: &World, token: &str) -> Result<(), Error> {
    calls::confirm(&world.desk, token, "192.0.2.7").await
}

async fn correct(world: &World, token: &str, words: &str, wanted: Wanted) -> Result<(), Error> {
    calls::correct(&world.desk, token, "192.0.2.7", words.into(), wanted).await
}

async fn stands(world: &World, ticket: TicketId) -> (Status, Turn) {
    let ticket = world.conversation(ticket).await.ticket;
    (ticket.status, ticket.turn())
}

/// Whether this is owed on the ticket now.
async fn owes(world: &World, ticket: TicketId, owed: Owed) -> bool {
    let zone = jiff::tz::TimeZone::UTC;
    let all = reading::owed(
        &world.desk,
        &world.ines,
        ticket,
        zone,
        reading::Depth::Usual,
    )
    .await;
    let all = all.expect("is read").all;
    all.iter().any(|it| it.owed == owed && it.is_owed)
}

#[test]
fn a_call_opens_a_ticket_and_the_caller_is_asked_in_writing() {
    on_both(|world| async {
        let on = new_one(&world).await;
        let logged = log(&world, on, Wanted::Act).await;
        assert_eq!(logged.asked.as_deref(), Some("dana@acme.example"));
        let read = world.conversation(logged.ticket).await;
        assert_eq!(read.ticket.subject, "The toner is low");
        assert_eq!(read.ticket.responsible, world.ines.person);
        let said = &read.said[0].message;
        assert_eq!((said.channel, said.id), (Channel::Call, logged.message));
        assert_eq!(said.author_name, "Dana Fox");
        assert_eq!(said.claimed_at, Some(at(-5)));
        let (_, mail) = world.last_sent().await;
        for words in [
            "You called us on Monday, 23 November at 08:55 (UTC)",
            "The toner is low. Bring some on Thursday.",
            "You want us to act on it.",
            "https://desk.example/said/",
        ] {
            assert!(mail.text.contains(words), "{words}: {}", mail.text);
        }
        assert_eq!(
            stands(&world, logged.ticket).await,
            (Status::Open, Turn::Desk)
        );
        world
    });
}

#[test]
fn an_answer_to_the_summary_is_ordinary_mail() {
    on_both(|world| async {
        let on = new_one(&world).await;
        let logged = log(&world, on, Wanted::Act).await;
        let (_, sent) = world.last_sent().await;
        let reply = mail("Dana Fox <dana@acme.example>", "Re: x", "Yes, exactly so.")
            .id("2@acme")
            .answering(sent.message_id.as_deref().expect("an id"));
        world.take(&reply).await;
        assert_eq!(world.said(logged.ticket).await.len(), 2);
        world
    });
}

#[test]
fn one_click_confirms_and_a_second_changes_nothing() {
    on_both(|world| async {
        let on = new_one(&world).await;
        let logged = log(&world, on, Wanted::Act).await;
        let token = token(&world).await;
        for _ in 0..3 {
            assert_eq!(
                page(&world, &token).await.call.answer,
                None,
                "to look is no answer"
            );
        }
        world.later(30);
        confirm(&world, &token).await.expect("confirmed");
        world.later(30);
        confirm(&world, &token)
            .await
            .expect("a second click is fine");
        let page = page(&world, &token).await;
        assert_eq!(page.call.answer, Some(Answer::Confirmed { at: at(30) }));
        assert_eq!(
            page.answered.as_deref(),
            Some("Monday, 23 November at 09:30 (UTC)")
        );
        let told = world.told(logged.ticket).await;
        let confirmed = told
            .iter()
            .filter(|it| it.starts_with("Confirmed what was said"));
        assert_eq!(confirmed.count(), 1, "{told:?}");
        world
    });
}

#[test]
fn to_know_owes_no_resolution_until_the_caller_corrects_it() {
    on_both(|world| async {
        let on = new_one(&world).await;
        let logged = log(&world, on, Wanted::Know).await;
        let ticket = logged.ticket;
        assert!(!owes(&world, ticket, Owed::Resolution).await);
        let token = token(&world).await;
        confirm(&world, &token).await.expect("confirmed");
        assert!(!owes(&world, ticket, Owed::Resolution).await);
        world
            .reply(ticket, "Which printer is it?", AndThen::Ask)
            .await;
        assert_eq!(stands(&world, ticket).await.1, Turn::Client);
        world.later(10);
        let words = "No: please bring toner, today.";
        correct(&world, &token, words, Wanted::Act)
            .await
            .expect("corrected");
        assert_eq!(stands(&world, ticket).await, (Status::Open, Turn::Desk));
        assert!(owes(&world, ticket, Owed::Resolution).await);
        assert_eq!(world.said(ticket).await.last().expect("words"), words);
        let page = page(&world, &token).await;
        assert_eq!(page.correction.as_deref(), Some(words));
        world
    });
}

#[test]
fn a_correction_is_taken_once_and_says_something() {
    on_both(|world| async {
        let on = new_one(&world).await;
        let logged = log(&world, on, Wanted::Act).await;
        let token = token(&world).await;
        let empty = correct(&world, &token, " \r\n ", Wanted::Act).await;
        assert_eq!(empty.expect_err("refused").kind(), ErrorKind::Invalid);
        let long = "a".repeat(20_000);
        let long = correct(&world, &token, &long, Wanted::Act).await;
        assert_eq!(long.expect_err("refused").kind(), ErrorKind::Invalid);
        correct(&world, &token, "Friday", Wanted::Act)
            .await
            .expect("corrected");
        let again = correct(&world, &token, "Saturday", Wanted::Act).await;
        let again = again.expect_err("refused");
        assert!(again.to_string().contains("answer our mail"), "{again}");
        let late = confirm(&world, &token).await.expect_err("refused");
        assert_eq!(late.kind(), ErrorKind::Conflict);
        assert_eq!(
            world.said(logged.ticket).await.len(),
            2,
            "no words of what was refused"
        );
        world
    });
}

#[test]
fn a_late_answer_wakes_the_ticket_or_says_what_to_do() {
    on_both(|world| async {
        let on = new_one(&world).await;
        let ticket = log(&world, on, Wanted::Act).await.ticket;
        let first = token(&world).await;
        world.change(ticket, Change::Close).await;
        confirm(&world, &first)
            .await
            .expect("to confirm is never too late");
        assert_eq!(stands(&world, ticket).await.0, Status::Closed);
        correct(&world, &first, "Not Thursday", Wanted::Act)
            .await
            .expect("corrected");
        assert_eq!(stands(&world, ticket).await, (Status::Open, Turn::Desk));
        log(&world, On::Ticket(ticket), Wanted::Know).await;
        let second = token(&world).await;
        world.change(ticket, Change::Close).await;
        world.later(60 * 24 * 15);
        let late = correct(&world, &second, "Not at all", Wanted::Act).await;
        let late = late.expect_err("refused").to_string();
        assert!(late.contains("write to us"), "{late}");
        assert_eq!(stands(&world, ticket).await.0, Status::Closed);
        world
    });
}

#[test]
fn the_answer_to_a_merged_call_goes_where_it_is_told() {
    on_both(|world| async {
        let on = new_one(&world).await;
        let ticket = log(&world, on, Wanted::Act).await.ticket;
        let token = token(&world).await;
        let other = world
            .opens(&mail("Dana Fox <dana@acme.example>", "Toner", "Low.").id("2@acme"))
            .await;
        tickets::merge(&world.desk, &world.ines, ticket, other)
            .await
            .expect("merged");
        world.reply(other, "Which one?", AndThen::Ask).await;
        confirm(&world, &token).await.expect("confirmed");
        correct(&world, &token, "The blue one", Wanted::Act)
            .await
            .expect("corrected");
        assert_eq!(stands(&world, other).await.1, Turn::Desk);
        assert_eq!(page(&world, &token).await.number, other.0);
        assert_eq!(
            world.said(other).await.last().expect("words"),
            "The blue one"
        );
        world
    });
}

#[test]
fn a_call_on_a_ticket_goes_on_with_it_and_brings_the_caller_in() {
    on_both(|world| async {
        let ticket = world
            .opens(&mail("Dana Fox <dana@acme.example>", "Toner", "Low.").id("1@acme"))
            .await;
        world.reply(ticket, "Which one?", AndThen::Ask).await;
        let new = NewCall {
            caller: Caller::Address(address("leo@acme.example"), "Leo Fox".into()),
            ..call(On::Ticket(ticket), Wanted::Act)
        };
        try_log(&world, new).await.expect("logged");
        assert_eq!(stands(&world, ticket).await, (Status::Open, Turn::Desk));
        let read = world.conversation(ticket).await;
        assert!(read.participants.iter().any(|it| it.name == "Leo Fox"));
        world.change(ticket, Change::Close).await;
        log(&world, On::Ticket(ticket), Wanted::Know).await;
        assert_eq!(stands(&world, ticket).await.0, Status::Closed);
        log(&world, On::Ticket(ticket), Wanted::Decide).await;
        assert_eq!(stands(&world, ticket).await, (Status::Open, Turn::Desk));
        world
    });
}

#[test]
fn the_picture_somebody_takes_belongs_to_the_call_and_is_mailed_to_nobody() {
    on_both(|world| async {
        let picture = Upload {
            filename: "rack.png".into(),
            content_type: "image/png".into(),
            content: "PNG".into(),
        };
        let new = NewCall {
            files: vec![picture.clone()],
            ..call(new_one(&world).await, Wanted::Act)
        };
        let logged = try_log(&world, new).await.expect("logged");
        let read = world.conversation(logged.ticket).await;
        let names = read.said[0].files.iter().map(|it| &*it.filename);
        assert_eq!(names.collect::<Vec<_>>(), ["rack.png"]);
        let (_, mail) = world.last_sent().await;
        assert!(mail.attachments.is_empty(), "{:?}", mail.attachments);
        let too_many = NewCall {
            files: vec![picture; 51],
            ..call(On::Ticket(logged.ticket), Wanted::Act)
        };
        let refused = try_log(&world, too_many).await.expect_err("too many");
        assert_eq!(refused.kind(), ErrorKind::Invalid);
        assert_eq!(world.said(logged.ticket).await.len(), 1);
        world
    });
}

#[test]
fn a_caller_without_an_address_is_logged_and_nothing_is_sent() {
    on_both(|world| async {
        let before = world.outbox().await.len();
        let new = NewCall {
            caller: Caller::Name("The man from the lift".into()),
            ..call(new_one(&world).await, Wanted::Act)
        };
        let logged = try_log(&world, new).await.expect("logged");
        assert_eq!(logged.asked, None);
        assert_eq!(world.outbox().await.len(), before);
        let read = world.conversation(logged.ticket).await;
        assert_eq!(read.said[0].message.author_name, "The man from the lift");
        let nobody = NewCall {
            caller: Caller::Name("  ".into()),
            ..call(new_one(&world).await, Wanted::Act)
        };
        let nobody = try_log(&world, nobody).await.expect_err("refused");
        assert_eq!(nobody.kind(), ErrorKind::Invalid);
        world
    });
}

#[test]
fn what_can_not_be_logged_is_refused_with_words() {
    on_both(|world| async {
        let spam = world
            .opens(&mail("Dana Fox <dana@acme.example>", "Toner", "Low.").id("1@acme"))
            .await;
        world.change(spam, Change::MarkSpam).await;
        let fine = call(new_one(&world).await, Wanted::Act);
        for (wrong, words) in [
            (
                NewCall {
                    said: " ".into(),
                    ..fine.clone()
                },
                "write what was said",
            ),
            (
                NewCall {
                    at: at(30),
                    ..fine.clone()
                },
                "still to come",
            ),
            (
                NewCall {
                    at: at(-60 * 24 * 40),
                    ..fine.clone()
                },
                "days ago",
            ),
            (
                NewCall {
                    on: On::Ticket(spam),
                    ..fine.clone()
                },
                "spam",
            ),
            (
                NewCall {
                    on: On::Ticket(TicketId(99)),
                    ..fine
                },
                "no ticket #99",
            ),
        ] {
            let why = try_log(&world, wrong).await.expect_err(words).to_string();
            assert!(why.contains(words), "{why}");
        }
        world
    });
}

/// An agent calls back instead of writing: that is an answer once it is in writing.
#[test]
fn s08_a_call_is_a_first_response_only_with_its_summary() {
    on_both(|world| async {
        let ticket = world
            .opens(&mail("Dana Fox <dana@acme.example>", "Toner", "Low.").id("1@acme"))
            .await;
        let silent = NewCall {
            caller: Caller::Name("Dana".into()),
            ..call(On::Ticket(ticket), Wanted::Act)
        };
        try_log(&world, silent).await.expect("logged");
        assert!(owes(&world, ticket, Owed::FirstResponse).await);
        log(&world, On::Ticket(ticket), Wanted::Act).await;
        assert!(!owes(&world, ticket, Owed::FirstResponse).await);
        world
    });
}

#[test]
fn the_text_of_the_summary_is_edited_but_keeps_its_link() {
    on_both(|world| async {
        let change = |text: &'static str| {
            texts::change(&world.desk, &world.ines, Text::CallSummary, text.into())
        };
        let without = change("We heard: {{ said }}").await.expect_err("refused");
        assert!(without.to_string().contains("{{ link }}"), "{without}");
        change("We heard:\n\n{{ said }}\n\nSee <{{ link }}>.")
            .await
            .expect("changed");
        let on = new_one(&world).await;
        log(&world, on, Wanted::Act).await;
        let (_, mail) = world.last_sent().await;
        assert!(mail.text.starts_with("We heard:"), "{}", mail.text);
        let token = token(&world).await;
        confirm(&world, &token).await.expect("the link works");
        world
    });
}

#[test]
fn a_call_stays_on_the_ticket_it_was_logged_on() {
    on_both(|world| async {
        let ticket = world
            .opens(&mail("Dana Fox <dana@acme.example>", "Toner", "Low.").id("1@acme"))
            .await;
        let other = world
            .opens(&mail("Dana Fox <dana@acme.example>", "Paper", "None.").id("2@acme"))
            .await;
        let call = log(&world, On::Ticket(ticket), Wanted::Act).await.message;
        let moved = tickets::join_to(&world.desk, &world.ines, call, other).await;
        let why = moved.expect_err("refused").to_string();
        assert!(why.contains("a call stays"), "{why}");
        world
    });
}
