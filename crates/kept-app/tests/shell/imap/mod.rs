//! Fetching from mailboxes elsewhere: nothing lost, nothing twice, whatever breaks and whatever others
//! do there meanwhile.

mod alarm;
mod oauth2;
mod server;

use kept_app::domain::ids::MailboxId;
use kept_app::mailboxes::imap::{self, Afterwards, BeginWith, Canary, Problem, Shown};
use kept_app::settings::mailboxes::{self as settings, GivenMailbox, GivenSignIn};
use kept_app::settings::relay::Security;

use crate::support::{World, mail, on_both};
use server::Server;

fn given(server: &Server) -> GivenMailbox {
    GivenMailbox {
        name: "Support".into(),
        is_on: true,
        server: "127.0.0.1".into(),
        port: server.port,
        security: Security::None,
        user: "support@fox.example".into(),
        sign_in: GivenSignIn::Password(Some("hush".into())),
        folder: "INBOX".into(),
        queue: None,
        afterwards: Afterwards::Keep,
        begin_with: BeginWith::Unread,
        poll_seconds: 60,
        canary: None,
    }
}

async fn add(world: &World, given: GivenMailbox) -> MailboxId {
    let added = settings::add(&world.desk, &world.ines, given).await;
    added.expect("the mailbox is added")
}

/// Visits until nothing is wrong any more.
async fn fetch(world: &World, id: MailboxId) {
    assert_eq!(visit(world, id).await, None);
}

async fn visit(world: &World, id: MailboxId) -> Option<Problem> {
    imap::once(&world.desk, id)
        .await
        .expect("the store answers")
}

async fn health(world: &World) -> Shown {
    let mut all = imap::shown(&world.desk).await.expect("the store answers");
    all.pop().expect("one mailbox")
}

fn letter(n: u32) -> Vec<u8> {
    let from = format!("Dana Fox <dana{n}@acme.example>");
    let mail = mail(&from, &format!("Printer {n}"), "It smells.").id(&format!("{n}@acme"));
    mail.bytes().to_vec()
}

#[test]
fn mail_in_a_mailbox_becomes_tickets_and_is_marked_as_read() {
    on_both(|world| async {
        let server = Server::open().await;
        server.deliver(letter(1));
        let id = add(&world, given(&server)).await;
        fetch(&world, id).await;
        server.deliver(letter(2));
        fetch(&world, id).await;
        fetch(&world, id).await;
        assert_eq!(world.rows("tickets").await, 2);
        assert_eq!(server.lying(), ["INBOX \\Seen", "INBOX \\Seen"]);
        assert_eq!(server.asked("UID FETCH 1 (UID BODY.PEEK[])"), 1);
        assert_eq!(world.rows("mailbox_mails").await, 0);
        world
    });
}

#[test]
fn where_fetching_begins_is_a_choice() {
    on_both(|world| async {
        for (begin_with, expected) in [
            (BeginWith::New, 1),
            (BeginWith::Unread, 2),
            (BeginWith::Everything, 3),
        ] {
            let server = Server::open().await;
            let n = expected * 10;
            server.deliver(letter(n));
            server.inside().mails[0].flags.push("\\Seen".into());
            server.deliver(letter(n + 1));
            let before = world.rows("tickets").await;
            let given = GivenMailbox {
                begin_with,
                user: format!("{begin_with:?}"),
                ..given(&server)
            };
            let id = add(&world, given).await;
            fetch(&world, id).await;
            server.deliver(letter(n + 2));
            fetch(&world, id).await;
            let came = world.rows("tickets").await - before;
            assert_eq!(came, i64::from(expected), "{begin_with:?}");
        }
        world
    });
}

#[test]
fn fetched_mail_is_moved_or_deleted_when_that_is_wanted() {
    on_both(|world| async {
        let server = Server::open().await;
        let folder = "Archive".to_owned();
        let given = GivenMailbox {
            afterwards: Afterwards::Move { folder },
            ..given(&server)
        };
        let id = add(&world, given.clone()).await;
        server.deliver(letter(1));
        fetch(&world, id).await;
        assert_eq!(server.lying(), ["Archive"]);
        let given = GivenMailbox {
            afterwards: Afterwards::Delete,
            ..given
        };
        let edited = settings::edit(&world.desk, &world.ines, id, given).await;
        edited.expect("is changed");
        server.deliver(letter(2));
        fetch(&world, id).await;
        assert_eq!(server.lying(), ["Archive"]);
        assert_eq!(world.rows("tickets").await, 2);
        world
    });
}

#[test]
fn e41_a_mail_is_neither_lost_nor_doubled_when_the_line_breaks_anywhere() {
    on_both(|world| async {
        let server = Server::open().await;
        let id = add(&world, given(&server)).await;
        fetch(&world, id).await;
        let places = [
            "SELECT",
            "UID SEARCH",
            "UID FETCH 1:2 (UID RFC822.SIZE)",
            "UID FETCH 1 (UID BODY",
            "UID FETCH 2 (UID BODY",
            "UID STORE",
        ];
        server.deliver(letter(1));
        server.deliver(letter(2));
        for place in places {
            server.inside().hang_up_at = Some(place);
            // Some places are not reached once everything is there.
            visit(&world, id).await;
            world.later(5);
        }
        server.inside().hang_up_at = None;
        fetch(&world, id).await;
        assert_eq!(world.rows("tickets").await, 2);
        assert_eq!(world.rows("copies").await, 0);
        assert_eq!(server.lying(), ["INBOX \\Seen", "INBOX \\Seen"]);
        world
    });
}

#[test]
fn e41_a_mail_taken_before_a_crash_is_known_when_it_is_fetched_again() {
    on_both(|world| async {
        let server = Server::open().await;
        let id = add(&world, given(&server)).await;
        fetch(&world, id).await;
        server.deliver(letter(1));
        server.inside().hang_up_at = Some("UID STORE");
        assert!(visit(&world, id).await.is_some());
        // The crash came before it was written down that the mail is here.
        world
            .tamper("UPDATE mailbox_mails SET state = 'waiting'")
            .await;
        fetch(&world, id).await;
        assert_eq!(world.rows("tickets").await, 1);
        assert_eq!(server.lying(), ["INBOX \\Seen"]);
        world
    });
}

#[test]
fn e45_a_mail_a_human_has_read_is_still_taken_in() {
    on_both(|world| async {
        let server = Server::open().await;
        let id = add(&world, given(&server)).await;
        fetch(&world, id).await;
        server.deliver(letter(1));
        server.inside().mails[0].flags.push("\\Seen".into());
        fetch(&world, id).await;
        assert_eq!(world.rows("tickets").await, 1);
        world
    });
}

#[test]
fn e45_new_numbers_lose_nothing_and_double_nothing() {
    on_both(|world| async {
        for (n, begin_with) in BeginWith::ALL.into_iter().enumerate() {
            let n = 10 * u32::try_from(n).expect("small");
            let server = Server::open().await;
            let user = format!("{begin_with:?}");
            let id = add(
                &world,
                GivenMailbox {
                    begin_with,
                    user,
                    ..given(&server)
                },
            )
            .await;
            let before = world.rows("tickets").await;
            fetch(&world, id).await;
            server.deliver(letter(n));
            server.deliver(letter(n + 1));
            fetch(&world, id).await;
            // Came before the numbers changed, is seen only after, and a human has read it.
            server.deliver(letter(n + 2));
            server.inside().mails[2].flags.push("\\Seen".into());
            server.number_anew();
            fetch(&world, id).await;
            fetch(&world, id).await;
            let came = world.rows("tickets").await - before;
            assert_eq!(came, 3, "{begin_with:?}");
        }
        world
    });
}

#[test]
fn e45_a_mail_somebody_moved_away_holds_nothing_up() {
    on_both(|world| async {
        let server = Server::open().await;
        let id = add(&world, given(&server)).await;
        fetch(&world, id).await;
        server.deliver(letter(1));
        server.inside().hang_up_at = Some("UID FETCH");
        assert!(visit(&world, id).await.is_some());
        server.inside().mails.clear();
        server.deliver(letter(2));
        fetch(&world, id).await;
        assert_eq!(world.rows("tickets").await, 1);
        assert_eq!(world.rows("mailbox_mails").await, 0);
        world
    });
}

#[test]
fn a_refused_answer_is_never_taken_for_an_empty_mailbox() {
    on_both(|world| async {
        let server = Server::open().await;
        let id = add(&world, given(&server)).await;
        fetch(&world, id).await;
        server.deliver(letter(1));
        for refused in ["UID SEARCH", "UID FETCH 1 (UID RFC822"] {
            server.inside().refuse = Some(refused);
            assert!(visit(&world, id).await.is_some(), "{refused}");
        }
        fetch(&world, id).await;
        assert_eq!(world.rows("tickets").await, 1);
        world
    });
}

#[test]
fn a_mail_the_server_does_not_give_holds_no_other_up_and_is_tried_again() {
    on_both(|world| async {
        let server = Server::open().await;
        let id = add(&world, given(&server)).await;
        fetch(&world, id).await;
        server.deliver(letter(1));
        server.deliver(letter(2));
        server.inside().refuse = Some("UID FETCH 1 (UID BODY");
        fetch(&world, id).await;
        assert_eq!(world.rows("tickets").await, 1);
        let shown = health(&world).await;
        assert_eq!((shown.waiting, shown.stuck.len()), (1, 1));
        assert!(shown.stuck[0].error.contains("not today"), "{shown:?}");
        server.deliver(letter(3));
        server.inside().hang_up_at = Some("UID FETCH 3 (UID BODY");
        assert!(visit(&world, id).await.is_some());
        server.deliver(letter(4));
        fetch(&world, id).await;
        assert_eq!(world.rows("tickets").await, 2);
        world.later(2);
        fetch(&world, id).await;
        assert_eq!(world.rows("tickets").await, 4);
        assert!(health(&world).await.mailbox.health.trouble.is_none());
        world
    });
}

#[test]
fn mail_that_is_addressed_to_no_queue_goes_where_its_mailbox_says() {
    on_both(|world| async {
        let server = Server::open().await;
        let sales = kept_app::store::queues::QueueSettings {
            name: "Sales".into(),
            addresses: vec![crate::support::address("sales@desk.example")],
            members: vec![],
            dispatcher: world.ines.person,
            zone: "UTC".into(),
            signature: String::new(),
            sender: kept_app::domain::queues::Sender::default(),
        };
        let sales = kept_app::settings::queues::add(&world.desk, &world.ines, sales).await;
        let sales = sales.expect("a queue");
        let given = GivenMailbox {
            queue: Some(sales),
            ..given(&server)
        };
        let id = add(&world, given).await;
        let hidden = mail("Dana <dana@acme.example>", "Price", "How much?").id("1@acme");
        server.deliver(hidden.with("To", "undisclosed-recipients:;").bytes());
        server.deliver(letter(2));
        fetch(&world, id).await;
        let queue = async |n| {
            let ticket = kept_app::domain::ids::TicketId(n);
            world.conversation(ticket).await.ticket.queue
        };
        assert_eq!(queue(1).await, sales);
        assert_eq!(queue(2).await, world.queue().await);
        world
    });
}

#[test]
fn what_can_not_work_is_refused_when_it_is_typed() {
    on_both(|world| async {
        let server = Server::open().await;
        let check = async |change: fn(&mut GivenMailbox), words: &str| {
            let mut given = given(&server);
            change(&mut given);
            let refused = settings::add(&world.desk, &world.ines, given).await;
            let error = refused.expect_err(words).to_string();
            assert!(error.contains(words), "{error}");
        };
        check(|it| it.name = " ".into(), "name").await;
        check(
            |it| it.server = "mail.fox.example".into(),
            "Without encryption",
        )
        .await;
        check(|it| it.server = "a b".into(), "imap.example.com").await;
        check(|it| it.sign_in = GivenSignIn::Password(None), "password").await;
        check(|it| it.poll_seconds = 1, "10 to 3600").await;
        check(
            |it| {
                it.afterwards = Afterwards::Move {
                    folder: "inbox".into(),
                }
            },
            "another folder",
        )
        .await;
        check(
            |it| {
                it.canary = Some(Canary {
                    address: "support".into(),
                    every_hours: 1,
                    within_minutes: 1,
                });
            },
            "support",
        )
        .await;
        add(&world, given(&server)).await;
        check(|_| {}, "already").await;
        world
    });
}

#[test]
fn a_test_says_in_words_what_is_there_and_what_is_wrong() {
    on_both(|world| async {
        let server = Server::open().await;
        server.deliver(letter(1));
        let id = add(&world, given(&server)).await;
        let test = async || settings::test(&world.desk, &world.ines, id).await;
        let found = test().await.expect("it works");
        assert!(found.contains("1 mails, 1 unread"), "{found}");
        assert!(found.contains("tells at once"), "{found}");
        server.inside().password = "other".into();
        let wrong = test().await.expect_err("it does not work").to_string();
        assert!(wrong.contains("wrong password"), "{wrong}");
        assert!(!wrong.contains("info:"), "{wrong}");
        assert_eq!(world.rows("tickets").await, 0);
        world
    });
}
