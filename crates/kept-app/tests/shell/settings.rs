//! How the desk works: its relay, its texts, its queues and cards; refused where it would not work.

use kept_app::domain::people::{Domain, Role};
use kept_app::people::{Card, ClientCard, add, add_client, edit, edit_client};
use kept_app::settings::queues;
use kept_app::settings::relay::{self, GivenRelay, Security};
use kept_app::settings::texts::{self, Text};
use kept_app::store::queues::QueueSettings;
use kept_app::store::settings as remembered;
use kept_app::{Error, ErrorKind};

use crate::support::{World, address, mail, on_both};

fn given(host: &str, port: u16, password: Option<&str>) -> GivenRelay {
    GivenRelay {
        host: host.into(),
        port,
        security: Security::None,
        user: String::new(),
        password: password.map(str::to_owned),
    }
}

fn refused<T: std::fmt::Debug>(answer: Result<T, Error>, kind: ErrorKind, words: &str) {
    let error = answer.expect_err(words);
    assert_eq!(error.kind(), kind, "{error}");
    assert!(error.to_string().contains(words), "{error}");
}

#[test]
fn a_relays_password_is_sealed_and_kept_when_it_is_not_typed_again() {
    on_both(|world| async {
        let change = async |given| relay::change(&world.desk, &world.ines, given).await;
        let stored = async || {
            let stored = world
                .desk
                .store()
                .read(|tx| remembered::get(tx, "mail.relay"))
                .await;
            let stored: Result<Option<String>, kept_app::store::StoreError> = stored;
            stored.expect("reads")
        };
        change(Some(given("127.0.0.1", 2525, Some("hush hush"))))
            .await
            .expect("is set");
        let first = stored().await.expect("it is stored");
        assert!(!first.contains("hush"), "{first}");
        change(Some(given("localhost", 2526, None)))
            .await
            .expect("is changed");
        let shown = relay::shown(&world.desk)
            .await
            .expect("reads")
            .expect("there is one");
        assert_eq!((shown.host.as_str(), shown.port), ("localhost", 2526));
        let sealed = |text: &str| text.split("sealed_password").nth(1).map(str::to_owned);
        assert_eq!(stored().await.as_deref().and_then(sealed), sealed(&first));
        refused(
            change(Some(given(" ", 25, None))).await,
            ErrorKind::Invalid,
            "relay's name",
        );
        change(None).await.expect("is removed");
        assert_eq!(stored().await, None);
        let test = relay::test(&world.desk, &world.ines).await;
        refused(test, ErrorKind::Conflict, "There is no relay yet");
        world
    });
}

#[test]
fn only_admins_change_how_the_desk_works() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let denied = ErrorKind::Denied;
        refused(
            relay::change(&world.desk, &noor, None).await,
            denied,
            "admins",
        );
        refused(
            texts::change(&world.desk, &noor, Text::Acknowledgement, "x".into()).await,
            denied,
            "admins",
        );
        let queue = queue(&world, "sales@desk.example");
        refused(
            queues::add(&world.desk, &noor, queue).await,
            denied,
            "admins",
        );
        assert_eq!(noor.role, Role::Agent);
        world
    });
}

#[test]
fn the_acknowledgement_is_as_the_desk_words_it() {
    on_both(|world| async {
        let change = async |text: &str| {
            texts::change(&world.desk, &world.ines, Text::Acknowledgement, text.into()).await
        };
        let wrong = ErrorKind::Invalid;
        refused(change("Hello {{ name").await, wrong, "can't be filled in");
        refused(
            change("{% for x in range(100000000) %}{% endfor %}").await,
            wrong,
            "filled in",
        );
        refused(change(&"x".repeat(10_001)).await, wrong, "too long");
        change("Hi {{ name }}: {{ queue }} has **#{{ number }}**.")
            .await
            .expect("is changed");
        world
            .opens(&mail("Dana Fox <dana@acme.example>", "Printer", "x"))
            .await;
        let (_, sent) = world.last_sent().await;
        assert!(
            sent.text.starts_with("Hi Dana Fox: Support has #1."),
            "{}",
            sent.text
        );
        let current = texts::current(&world.desk, Text::Acknowledgement)
            .await
            .expect("reads");
        assert!(current.starts_with("Hi {{ name }}"));
        world
    });
}

fn queue(world: &World, mail: &str) -> QueueSettings {
    QueueSettings {
        name: "Sales".into(),
        addresses: vec![address(mail)],
        members: vec![],
        dispatcher: world.ines.person,
        zone: "Europe/Lisbon".into(),
        signature: String::new(),
        sender: kept_app::domain::queues::Sender::default(),
    }
}

#[test]
fn a_queue_that_could_not_work_is_refused() {
    on_both(|world| async {
        let add = async |settings| queues::add(&world.desk, &world.ines, settings).await;
        let good = || queue(&world, "sales@desk.example");
        let nobody = kept_app::domain::ids::PersonId(4711);
        let wrong = ErrorKind::Invalid;
        refused(
            add(QueueSettings {
                name: " ".into(),
                ..good()
            })
            .await,
            wrong,
            "name",
        );
        refused(
            add(QueueSettings {
                addresses: vec![],
                ..good()
            })
            .await,
            wrong,
            "one address",
        );
        refused(
            add(QueueSettings {
                zone: "Lisbon".into(),
                ..good()
            })
            .await,
            wrong,
            "time zone",
        );
        refused(
            add(queue(&world, "support@localhost")).await,
            wrong,
            "another queue",
        );
        refused(
            add(QueueSettings {
                dispatcher: nobody,
                ..good()
            })
            .await,
            wrong,
            "works at this desk",
        );
        let members = vec![(nobody, vec![])];
        refused(
            add(QueueSettings { members, ..good() }).await,
            wrong,
            "Every member",
        );
        let ines = world.ines.person;
        let twice = QueueSettings {
            addresses: vec![address("sales@desk.example"), address("Sales@desk.example")],
            members: vec![(ines, vec![]), (ines, vec![])],
            ..good()
        };
        let sales = add(twice).await.expect("twice is once");
        let nowhere = kept_app::domain::ids::QueueId(4711);
        let lost = queues::edit(&world.desk, &world.ines, nowhere, good()).await;
        refused(lost, ErrorKind::NotFound, "queue");
        queues::edit(&world.desk, &world.ines, sales, good())
            .await
            .expect("is changed");
        world
    });
}

fn card(name: &str, mails: &[&str]) -> Card {
    Card {
        name: name.into(),
        addresses: mails.iter().map(|mail| address(mail)).collect(),
        client: None,
        ..Card::default()
    }
}

#[test]
fn a_card_needs_a_name_and_addresses_of_nobody_else() {
    on_both(|world| async {
        let (desk, ines) = (&world.desk, &world.ines);
        let wrong = ErrorKind::Invalid;
        let dana = add(desk, ines, card("Dana", &["dana@acme.example"]))
            .await
            .expect("is added");
        refused(
            add(desk, ines, card(" \0", &["x@y.example"])).await,
            wrong,
            "name",
        );
        refused(
            add(desk, ines, card("Lee", &[])).await,
            wrong,
            "at least one",
        );
        let taken = card("Lee", &["lee@acme.example", "Dana@acme.example"]);
        refused(
            add(desk, ines, taken).await,
            wrong,
            "belongs to Dana already",
        );
        let twice = card("Lee", &["lee@acme.example", "LEE@acme.example"]);
        let lee = add(desk, ines, twice).await.expect("twice is once");
        let taken = card("Lee", &["dana@acme.example"]);
        refused(
            edit(desk, ines, lee, taken).await,
            wrong,
            "belongs to Dana already",
        );
        edit(desk, ines, dana, card("Dana Fox", &["fox@acme.example"]))
            .await
            .expect("is changed");
        edit(desk, ines, lee, card("Lee", &["dana@acme.example"]))
            .await
            .expect("it is free now");
        let nobody = kept_app::domain::ids::PersonId(4711);
        let lost = edit(desk, ines, nobody, card("X", &["x@y.example"])).await;
        refused(lost, ErrorKind::NotFound, "person");
        world
    });
}

#[test]
fn a_client_needs_a_name_and_domains_of_nobody_else() {
    on_both(|world| async {
        let (desk, ines) = (&world.desk, &world.ines);
        let card = |name: &str, domains: &[&str]| ClientCard {
            name: name.into(),
            domains: domains
                .iter()
                .map(|d| Domain::parse(d).expect("a domain"))
                .collect(),
            ..ClientCard::default()
        };
        let wrong = ErrorKind::Invalid;
        let acme = add_client(desk, ines, card("Acme", &["acme.example", "ACME.example"])).await;
        let acme = acme.expect("twice is once");
        refused(add_client(desk, ines, card("", &[])).await, wrong, "name");
        let taken = add_client(desk, ines, card("Lab", &["acme.example"])).await;
        refused(taken, wrong, "belongs to Acme already");
        edit_client(desk, ines, acme, card("Acme", &["lab.example"]))
            .await
            .expect("is changed");
        add_client(desk, ines, card("Lab", &["acme.example"]))
            .await
            .expect("it is free now");
        world
    });
}
