//! Somebody watches a ticket that is not theirs: they hear what is said and how it ends, once, and on their page.

use kept_app::doctor::{examine, rebuild};
use kept_app::domain::access::Viewer;
use kept_app::domain::ids::{PersonId, TicketId};
use kept_app::domain::people::Role;
use kept_app::domain::tickets::AndThen;
use kept_app::reading::{self, View};
use kept_app::tickets::{Change, Note, change, merge, note, undo_merge};
use kept_app::watching::{self, unwatch, watch};

use crate::support::{World, mail, on_both};

const DANA: &str = "Dana Fox <dana@acme.example>";

async fn opened(world: &World) -> TicketId {
    let mail = mail(DANA, "Printer", "It smells.");
    world.opens(&mail.id("1@acme")).await
}

async fn told(world: &World, who: &Viewer) -> Vec<String> {
    let said = world.notices(who).await.into_iter();
    said.map(|it| format!("{}: {}", it.kind.as_str(), it.words))
        .collect()
}

async fn notes(world: &World, by: &Viewer, id: TicketId, text: &str) {
    let new = Note {
        text: text.into(),
        files: vec![],
    };
    note(&world.desk, by, id, new).await.expect("is written");
}

async fn starts(world: &World, who: &Viewer, id: TicketId) {
    let watched = watch(&world.desk, who, id, who.person).await;
    watched.expect("watches");
}

async fn watchers(world: &World, id: TicketId) -> Vec<PersonId> {
    let all = watching::of_ticket(&world.desk, &world.ines, id).await;
    let all = all.expect("is read").into_iter();
    all.map(|(person, _)| person).collect()
}

async fn refused(world: &World, id: TicketId, person: PersonId) -> String {
    let said = watch(&world.desk, &world.ines, id, person).await;
    said.expect_err("is refused").to_string()
}

async fn findings(world: &World) -> Vec<String> {
    examine(&world.desk).await.expect("it looks").findings
}

#[test]
fn who_watches_hears_words_and_ends_but_not_their_own_nor_the_rest() {
    on_both(|world| async {
        let id = opened(&world).await;
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        notes(&world, &world.ines, id, "@Noor look").await;
        assert!(watchers(&world, id).await.is_empty(), "a name is no wish");
        for _ in 0..2 {
            starts(&world, &noor, id).await;
        }
        assert_eq!(watchers(&world, id).await, [noor.person]);
        assert_eq!(
            world.told(id).await.pop().as_deref(),
            Some("Made Noor Haddad a watcher")
        );
        notes(&world, &world.ines, id, "It hums").await;
        notes(&world, &world.ines, id, "@Noor again").await;
        notes(&world, &noor, id, "I see").await;
        let more = mail(DANA, "Re: Printer", "Still.");
        world.take(&more.id("2@acme").answering("1@acme")).await;
        world.change(id, Change::Subject("Smoke".into())).await;
        world.reply(id, "Done.", AndThen::Resolve).await;
        let heard = told(&world, &noor).await;
        assert_eq!(
            heard,
            [
                "mentioned: Ines Moreau names you in a note",
                "watched: Ines Moreau wrote a note",
                "mentioned: Ines Moreau names you in a note",
                "watched: Dana Fox wrote",
                "watched: Ines Moreau replied and resolved it",
            ]
        );
        world.work().await;
        let hers = |mail: &kept_app::mail::OutgoingMail| {
            let mut to = mail.to.iter();
            to.any(|it| it.address == "noor@desk.example") && !mail.subject.contains("names you")
        };
        let written = world.written().await;
        let subjects: Vec<_> = written.iter().filter(|it| hers(it)).collect();
        assert!(subjects.is_empty(), "it stands on the page: {subjects:?}");
        unwatch(&world.desk, &noor, id, noor.person)
            .await
            .expect("stops");
        world.change(id, Change::Confirm).await;
        assert_eq!(told(&world, &noor).await.len(), heard.len());
        assert_eq!(findings(&world).await, [""; 0]);
        world
    });
}

#[test]
fn whoever_is_responsible_hears_once() {
    on_both(|world| async {
        let id = opened(&world).await;
        starts(&world, &world.ines, id).await;
        world.later(5);
        let more = mail(DANA, "Re: Printer", "Still.");
        world.take(&more.id("2@acme").answering("1@acme")).await;
        let heard = told(&world, &world.ines).await;
        assert_eq!(
            heard,
            ["assigned: New, and yours", "client-wrote: Dana Fox wrote"]
        );
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        change(&world.desk, &noor, id, Change::Resolve)
            .await
            .expect("resolves");
        let last = told(&world, &world.ines).await.pop();
        assert_eq!(last.as_deref(), Some("watched: Noor Haddad resolved it"));
        world
    });
}

#[test]
fn a_colleague_is_asked_and_told_so_and_only_who_works_here() {
    on_both(|world| async {
        let id = opened(&world).await;
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        watch(&world.desk, &world.ines, id, noor.person)
            .await
            .expect("is asked");
        let asked = ["watched: Ines Moreau asks you to watch it"];
        assert_eq!(told(&world, &noor).await, asked);
        let dana = world.conversation(id).await.ticket.requester;
        let says = refused(&world, id, dana.expect("a requester")).await;
        assert!(says.contains("works at this desk"), "{says}");
        refused(&world, TicketId(99), noor.person).await;
        let twice = unwatch(&world.desk, &noor, id, world.ines.person).await;
        let says = twice.expect_err("she does not").to_string();
        assert!(says.contains("do not watch"), "{says}");
        world
    });
}

#[test]
fn who_left_or_may_read_no_more_is_told_no_more() {
    on_both(|world| async {
        let id = opened(&world).await;
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let jonas = world.agent("Jonas Berg", "jonas@desk.example").await;
        starts(&world, &noor, id).await;
        starts(&world, &jonas, id).await;
        let (left, outside) = (noor.person, jonas.person);
        let now = world.desk.now();
        let gone = world.desk.store().write(move |tx| {
            kept_store::people::set_left(tx, left, Some(now))?;
            kept_store::people::set_role(tx, outside, None)
        });
        gone.await.expect("is written");
        notes(&world, &world.ines, id, "It hums").await;
        let role = kept_store::people::set_role;
        let back = world.desk.store().write(move |tx| {
            kept_store::people::set_left(tx, left, None)?;
            role(tx, outside, Some(Role::Agent))
        });
        back.await.expect("is written");
        for who in [&noor, &jonas] {
            assert!(told(&world, who).await.is_empty(), "{}", who.name);
        }
        notes(&world, &world.ines, id, "It hums again").await;
        assert_eq!(told(&world, &noor).await.len(), 1, "back at the desk");
        world
    });
}

#[test]
fn who_watches_what_is_merged_hears_on_where_it_is_told() {
    on_both(|world| async {
        let id = opened(&world).await;
        let second = mail(DANA, "Toner", "Empty.").id("9@acme");
        let other = world.opens(&second).await;
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        starts(&world, &noor, id).await;
        merge(&world.desk, &world.ines, id, other)
            .await
            .expect("merges");
        notes(&world, &world.ines, other, "One printer").await;
        let says = format!("watched: Ines Moreau merged it into #{other}");
        let heard = told(&world, &noor).await;
        assert_eq!(heard, [&*says, "watched: Ines Moreau wrote a note"]);
        let shown = reading::inbox(&world.desk, &noor, View::Watching, None).await;
        let shown: Vec<_> = shown
            .expect("is read")
            .0
            .iter()
            .map(|it| it.ticket.id)
            .collect();
        assert_eq!(shown, [other]);
        let tally = reading::tally(&world.desk, noor.person).await;
        assert_eq!(tally.expect("is counted").watching, 1);
        starts(&world, &noor, other).await;
        assert_eq!(world.rows("watchers").await, 1, "she does already");
        undo_merge(&world.desk, &world.ines, id)
            .await
            .expect("apart");
        notes(&world, &world.ines, other, "Two printers").await;
        assert_eq!(told(&world, &noor).await.len(), 2, "no longer told there");
        merge(&world.desk, &world.ines, id, other)
            .await
            .expect("merges");
        unwatch(&world.desk, &noor, other, noor.person)
            .await
            .expect("stops where it is told");
        assert_eq!(world.rows("watchers").await, 0);
        assert_eq!(findings(&world).await, [""; 0]);
        world
    });
}

#[test]
fn the_doctor_sees_watchers_that_the_events_do_not_say_and_puts_them_right() {
    on_both(|world| async {
        let id = opened(&world).await;
        starts(&world, &world.ines, id).await;
        world.tamper("DELETE FROM watchers").await;
        let says = format!("#{id} is watched by others than its events say; rebuild it");
        assert_eq!(findings(&world).await, [says]);
        rebuild(&world.desk).await.expect("is put right");
        assert_eq!(findings(&world).await, [""; 0]);
        assert_eq!(watchers(&world, id).await, [world.ines.person]);
        world
    });
}
