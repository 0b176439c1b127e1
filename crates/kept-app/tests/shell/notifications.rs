//! What people of the desk are told of tickets: once, as each chose, and never of what they did themselves.

use jiff::SignedDuration;
use kept_app::clocks;
use kept_app::delegation::{self, NewOffer, OfferTo};
use kept_app::domain::access::Viewer;
use kept_app::domain::ids::TicketId;
use kept_app::domain::notifications::{How, Kind, Ways};
use kept_app::domain::tickets::AndThen;
use kept_app::notifications::{self, From};
use kept_app::promises::{self, NewPromise};
use kept_app::tickets::{Change, Note, Split, note, split_out};

use crate::support::{World, mail, monday, on_both};

async fn noor(world: &World) -> Viewer {
    world.agent("Noor Haddad", "noor@desk.example").await
}

async fn opened(world: &World) -> TicketId {
    world
        .opens(&mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id("1@acme"))
        .await
}

/// Kind and words of everything somebody was told, the oldest first.
async fn told(world: &World, who: &Viewer) -> Vec<String> {
    let said = world.notices(who).await.into_iter();
    said.map(|it| format!("{}: {}", it.kind.as_str(), it.words))
        .collect()
}

async fn unseen(world: &World, who: &Viewer) -> usize {
    let counted = notifications::unseen(&world.desk, who).await;
    counted.expect("is counted")
}

async fn mailed(world: &World, to: &str) -> Vec<String> {
    let written = world.written().await.into_iter();
    let theirs = written.filter(|mail| mail.to.iter().any(|it| it.address == to));
    theirs.map(|mail| mail.subject).collect()
}

async fn notes(world: &World, by: &Viewer, id: TicketId, text: &str) {
    let new = Note {
        text: text.into(),
        files: vec![],
    };
    note(&world.desk, by, id, new).await.expect("is written");
}

#[test]
fn a_new_ticket_and_each_word_of_the_client_is_told_once() {
    on_both(|world| async {
        let id = opened(&world).await;
        assert_eq!(
            told(&world, &world.ines).await,
            ["assigned: New, and yours"]
        );
        world.later(5);
        let more = mail(
            "Dana Fox <dana@acme.example>",
            "Re: Printer",
            "And it hums.",
        );
        let more = more.id("2@acme").answering("1@acme");
        world.take(&more).await;
        world.take(&more).await;
        let all = ["assigned: New, and yours", "client-wrote: Dana Fox wrote"];
        assert_eq!(told(&world, &world.ines).await, all);
        assert_eq!(unseen(&world, &world.ines).await, 2);
        world.reply(id, "I see.", AndThen::Update).await;
        assert_eq!(
            unseen(&world, &world.ines).await,
            0,
            "who answers has seen it"
        );
        assert_eq!(told(&world, &world.ines).await.len(), 2);
        world.work().await;
        assert!(
            mailed(&world, "ines@desk.example").await.is_empty(),
            "these stand on the page unless somebody chooses otherwise"
        );
        world
    });
}

#[test]
fn what_is_made_somebodys_is_told_to_them_and_not_to_who_did_it() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        let before = told(&world, &world.ines).await.len();
        world.change(id, Change::Assign(noor.person)).await;
        let hers = ["assigned: Ines Moreau made it yours"];
        assert_eq!(told(&world, &noor).await, hers);
        assert_eq!(told(&world, &world.ines).await.len(), before);
        world
    });
}

#[test]
fn an_offer_and_its_answers_stand_on_the_page_and_come_by_mail() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        let offer = NewOffer {
            to: OfferTo::Agent(noor.person),
            note: "you know this one".into(),
            due: None,
        };
        delegation::offer(&world.desk, &world.ines, id, offer.clone())
            .await
            .expect("is offered");
        world.work().await;
        let asked = "Ines Moreau asks you to take it until Mon 23 Nov 13:00: you know this one";
        assert_eq!(told(&world, &noor).await, [format!("offered: {asked}")]);
        assert_eq!(
            mailed(&world, "noor@desk.example").await,
            [format!("#{id} Printer: {asked}")]
        );
        let why = "never saw one".to_owned();
        delegation::decline(&world.desk, &noor, id, why)
            .await
            .expect("declines");
        assert_eq!(
            told(&world, &world.ines).await.last().map(String::as_str),
            Some("offer-answered: Noor Haddad did not take it: never saw one")
        );
        assert_eq!(unseen(&world, &noor).await, 0);
        delegation::offer(&world.desk, &world.ines, id, offer)
            .await
            .expect("is offered");
        delegation::accept(&world.desk, &noor, id)
            .await
            .expect("takes it");
        let last = told(&world, &world.ines).await.pop();
        assert_eq!(last.as_deref(), Some("offer-answered: Noor Haddad took it"));
        let hers = told(&world, &noor).await;
        assert!(hers.iter().all(|it| it.starts_with("offered")), "{hers:?}");
        world
    });
}

#[test]
fn a_note_tells_whom_it_names_and_nobody_else() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        let jonas = world.agent("Jonas Petit", "jonas@desk.example").await;
        notes(&world, &world.ines, id, "@Noor and @Ines, look: `@jonas`").await;
        assert_eq!(
            told(&world, &noor).await,
            ["mentioned: Ines Moreau names you in a note"]
        );
        assert!(told(&world, &jonas).await.is_empty());
        let ines = told(&world, &world.ines).await;
        assert!(
            !ines.iter().any(|it| it.starts_with("mentioned")),
            "{ines:?}"
        );
        world.work().await;
        assert_eq!(mailed(&world, "noor@desk.example").await.len(), 1);
        // What clients read names nobody.
        world
            .reply(id, "@Noor will call you.", AndThen::Update)
            .await;
        assert_eq!(told(&world, &noor).await.len(), 1);
        world
    });
}

#[test]
fn each_choice_counts_and_what_was_seen_is_not_mailed() {
    on_both(|world| async {
        let noor = noor(&world).await;
        let by_mail = |mail| Ways { mail, ..Ways::PAGE };
        let choices = vec![
            (Kind::Assigned, by_mail(How::Digest)),
            (Kind::Mentioned, by_mail(How::Page)),
        ];
        notifications::choose(&world.desk, &noor, choices)
            .await
            .expect("chooses");
        let (one, other) = (
            opened(&world).await,
            world
                .opens(&mail("lee@acme.example", "Monitor", "Dark.").id("7@acme"))
                .await,
        );
        for id in [one, other] {
            world.change(id, Change::Assign(noor.person)).await;
            notes(&world, &world.ines, id, "@noor please").await;
        }
        world.work().await;
        assert!(mailed(&world, "noor@desk.example").await.is_empty());
        // She sees to one of them before the mail of the next morning.
        notes(&world, &noor, other, "On it.").await;
        world.later(24 * 60);
        world.work().await;
        let written = world.written().await;
        let told = |id: TicketId| {
            let line = format!("#{id} ");
            let mut lines = written.iter().flat_map(|mail| mail.text.lines());
            lines.any(|it| it.starts_with(&line) && it.ends_with("made it yours"))
        };
        assert_eq!((told(one), told(other)), (true, false));
        world
    });
}

#[test]
fn what_is_moved_to_another_ticket_is_not_told_again() {
    on_both(|world| async {
        let id = opened(&world).await;
        world.later(5);
        let more = mail(
            "Dana Fox <dana@acme.example>",
            "Re: Printer",
            "Another thing.",
        );
        world.take(&more.id("2@acme").answering("1@acme")).await;
        let before = told(&world, &world.ines).await;
        let last = world.conversation(id).await.said.pop().expect("a message");
        world.later(5);
        split_out(&world.desk, &world.ines, last.message.id, Split::This)
            .await
            .expect("is split");
        assert_eq!(told(&world, &world.ines).await, before);
        world
    });
}

#[test]
fn a_promise_that_is_handed_over_or_broken_is_told_to_whoever_keeps_it_now() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        let new = NewPromise {
            what: "Look at the printer".into(),
            due: monday() + SignedDuration::from_hours(4),
            message: None,
        };
        let promise = promises::make(&world.desk, &world.ines, id, new).await;
        let promise = promise.expect("is promised");
        promises::hand_over(&world.desk, &world.ines, promise, noor.person)
            .await
            .expect("is handed over");
        assert_eq!(
            told(&world, &noor).await,
            ["assigned: Ines Moreau handed you a promise"]
        );
        world.later(5 * 60);
        clocks::ring_due(&world.desk).await.expect("are looked at");
        let last = told(&world, &noor).await.pop();
        let broken = "promise-broken: Your promise is broken: Look at the printer";
        assert_eq!(last.as_deref(), Some(broken));
        let hers = told(&world, &world.ines).await;
        let late = hers.iter().filter(|it| it.starts_with("promise-broken"));
        assert_eq!(late.count(), 1, "who answers for the ticket: {hers:?}");
        world
    });
}

#[test]
fn a_notice_leads_to_its_message_and_is_read_alone_or_with_its_ticket() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        let other = world
            .opens(&mail("lee@acme.example", "Monitor", "Dark.").id("7@acme"))
            .await;
        for ticket in [id, id, other] {
            notes(&world, &world.ines, ticket, "@noor please").await;
        }
        let all = world.notices(&noor).await;
        let last = world.conversation(id).await.said.pop().expect("a note");
        assert_eq!(all[1].message, Some(last.message.id));
        notifications::see_one(&world.desk, &noor, all[0].id)
            .await
            .expect("is read");
        assert_eq!(unseen(&world, &noor).await, 2);
        let opened = notifications::open(&world.desk, &noor, all[1].id).await;
        assert_eq!(opened.expect("is opened").ticket, id);
        assert_eq!(unseen(&world, &noor).await, 1, "the other ticket's stays");
        let not_hers = notifications::open(&world.desk, &world.ines, all[2].id).await;
        assert!(not_hers.is_err(), "nobody opens another's");
        notifications::see_one(&world.desk, &world.ines, all[2].id)
            .await
            .expect("changes nothing");
        assert_eq!(unseen(&world, &noor).await, 1);
        world
    });
}

#[test]
fn what_is_new_comes_first_and_mentions_stand_alone() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        world.change(id, Change::Assign(noor.person)).await;
        notes(&world, &world.ines, id, "@noor please").await;
        let all = world.notices(&noor).await;
        notifications::see_one(&world.desk, &noor, all[1].id)
            .await
            .expect("is read");
        let page = notifications::told(&world.desk, &noor, None, From::Start).await;
        let page = page.expect("is read");
        assert_eq!((page.new.len(), page.read.len()), (1, 1));
        assert_eq!(page.new[0].notification.kind, Kind::Assigned);
        let only = Some(Kind::Mentioned);
        let page = notifications::told(&world.desk, &noor, only, From::Start).await;
        let page = page.expect("is read");
        assert_eq!((page.new.len(), page.read.len()), (0, 1));
        assert_eq!(page.next, None);
        world
    });
}

#[test]
fn a_computer_shows_what_is_fresh_unread_and_chosen() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        let shown = async |after| {
            let found = notifications::pop_ups(&world.desk, &noor, after).await;
            let found = found.expect("are read");
            let words = found.told.into_iter().map(|it| it.notification.words);
            (found.last, words.collect::<Vec<_>>())
        };
        notes(&world, &world.ines, id, "@noor one").await;
        let (begin, none) = shown(None).await;
        assert!(none.is_empty(), "what was told before is not shown");
        assert!(shown(Some(begin)).await.1.is_empty());
        notes(&world, &world.ines, id, "@noor two").await;
        let (next, words) = shown(Some(begin)).await;
        assert_eq!(words, ["Ines Moreau names you in a note"]);
        assert!(shown(Some(next)).await.1.is_empty(), "once is enough");
        world.later(11);
        assert!(shown(Some(begin)).await.1.is_empty(), "it is not fresh");
        let never = Ways {
            pop_up: false,
            ..Kind::Mentioned.by_default()
        };
        notifications::choose(&world.desk, &noor, vec![(Kind::Mentioned, never)])
            .await
            .expect("chooses");
        notes(&world, &world.ines, id, "@noor three").await;
        assert!(shown(Some(next)).await.1.is_empty());
        world
    });
}
