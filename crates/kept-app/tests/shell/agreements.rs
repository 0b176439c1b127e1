//! Agreements are written, changed and ended by admins; open tickets follow only when somebody says so.

use jiff::civil::Date;
use kept_app::agreements::{
    Draft, Effect, Mode, all, effect, end, go_on, one, starting, take_back, write,
};
use kept_app::domain::agreements::{Scope, Wording};
use kept_app::domain::clocks::Target;
use kept_app::domain::event::Event;
use kept_app::domain::ids::{AgreementId, ClientId, TicketId};
use kept_app::domain::people::Domain;
use kept_app::people::{ClientCard, add_client};
use kept_app::store::events;
use kept_app::tickets::Change;
use kept_app::{Error, ErrorKind};

use crate::support::{World, mail, on_both};

async fn fox(world: &World) -> ClientId {
    let card = ClientCard {
        name: "Fox & Sons".into(),
        domains: vec![Domain::parse("fox.example").expect("a domain")],
        ..ClientCard::default()
    };
    let added = add_client(&world.desk, &world.ines, card).await;
    added.expect("is added")
}

async fn wording(world: &World) -> Wording {
    let (_, version) = starting(&world.desk, &world.ines, Scope::Everybody)
        .await
        .expect("one holds");
    Wording::clone(&version.wording)
}

async fn draft(world: &World, scope: Scope, mode: Mode) -> Draft {
    let mut wording = wording(world).await;
    wording.warn_percent = 50;
    Draft {
        scope,
        name: "Fox, all in".into(),
        wording,
        from: None,
        mode,
    }
}

/// The versions a ticket's history names, and whether from its start.
async fn bound(world: &World, ticket: TicketId) -> Vec<(i64, bool)> {
    let history = world
        .desk
        .store()
        .read(move |tx| events::of_ticket(tx, ticket))
        .await;
    let history = history.unwrap_or_else(|error: kept_app::store::StoreError| panic!("{error}"));
    let named = history.into_iter().filter_map(|line| match line.event {
        Event::AgreementChanged {
            version,
            from_start,
        } => Some((version.0, from_start)),
        _ => None,
    });
    named.collect()
}

fn refused<T: std::fmt::Debug>(answer: Result<T, Error>, kind: ErrorKind, words: &str) {
    let error = answer.expect_err(words);
    assert_eq!(error.kind(), kind, "{error}");
    assert!(error.to_string().contains(words), "{error}");
}

#[test]
fn a_client_gets_an_agreement_of_its_own_and_its_versions_stay() {
    on_both(|world| async {
        let client = fox(&world).await;
        let scope = Scope::Client(client);
        let first = draft(&world, scope, Mode::NewTickets).await;
        let id = write(&world.desk, &world.ines, first).await.expect("saved");
        world.later(60);
        let mut second = draft(&world, scope, Mode::NewTickets).await;
        second.name = "Fox, everything".into();
        second.wording.warn_percent = 60;
        let same = write(&world.desk, &world.ines, second).await;
        assert_eq!(same.expect("saved"), id);
        let shown = one(&world.desk, &world.ines, id).await.expect("is there");
        assert_eq!(shown.name, "Fox, everything");
        assert_eq!(shown.whose, "Fox & Sons");
        let percents = shown.versions.iter();
        let percents: Vec<u8> = percents.map(|it| it.version.wording.warn_percent).collect();
        assert_eq!(percents, [60, 50]);
        let by = shown.versions[0]
            .author
            .as_ref()
            .and_then(|it| it.name.clone());
        assert_eq!(by.as_deref(), Some("Ines Moreau"));
        let now = world.desk.now();
        assert_eq!(shown.holds(now).map(|it| it.version.number), Some(2));
        let listed = all(&world.desk, &world.ines).await.expect("a list");
        let whose: Vec<&str> = listed.iter().map(|it| it.whose.as_str()).collect();
        assert_eq!(whose, ["Everybody", "Fox & Sons"]);
        world
    });
}

#[test]
fn only_admins_write_and_end_agreements_and_all_may_read_them() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let draft = draft(&world, Scope::Everybody, Mode::NewTickets).await;
        let denied = ErrorKind::Denied;
        refused(write(&world.desk, &noor, draft).await, denied, "admins");
        let listed = all(&world.desk, &noor).await.expect("may read");
        let id = listed[0].id;
        refused(end(&world.desk, &noor, id, None).await, denied, "admins");
        refused(go_on(&world.desk, &noor, id).await, denied, "admins");
        let version = listed[0].versions[0].version.id;
        refused(
            take_back(&world.desk, &noor, version).await,
            denied,
            "admins",
        );
        world
    });
}

#[test]
fn s16_open_tickets_follow_a_new_version_only_when_asked_and_closed_ones_never() {
    on_both(|world| async {
        let client = fox(&world).await;
        let open = world
            .opens(&mail("dana@fox.example", "Printer", "It smells."))
            .await;
        let closed = world
            .opens(&mail("leo@fox.example", "Wi-Fi", "Slow."))
            .await;
        let strange = world.opens(&mail("tom@else.example", "VPN", "Gone.")).await;
        world.change(closed, Change::Close).await;
        world.later(5);
        let scope = Scope::Client(client);
        let quiet = draft(&world, scope, Mode::NewTickets).await;
        write(&world.desk, &world.ines, quiet).await.expect("saved");
        world.work().await;
        assert!(bound(&world, open).await.is_empty());
        for (mode, from_start) in [(Mode::OpenFromNow, false), (Mode::OpenFromStart, true)] {
            world.later(5);
            let draft = draft(&world, scope, mode).await;
            let id = write(&world.desk, &world.ines, draft).await.expect("saved");
            world.work().await;
            let shown = one(&world.desk, &world.ines, id).await.expect("is there");
            let newest = shown.versions[0].version.id.0;
            assert_eq!(
                bound(&world, open).await.last(),
                Some(&(newest, from_start))
            );
        }
        assert_eq!(bound(&world, open).await.len(), 2);
        assert!(bound(&world, closed).await.is_empty());
        assert!(bound(&world, strange).await.is_empty());
        world
    });
}

#[test]
fn s16_everybodys_version_leaves_those_alone_who_have_their_own() {
    on_both(|world| async {
        let client = fox(&world).await;
        let own = draft(&world, Scope::Client(client), Mode::NewTickets).await;
        write(&world.desk, &world.ines, own).await.expect("saved");
        let theirs = world
            .opens(&mail("dana@fox.example", "Printer", "It smells."))
            .await;
        let mut others = vec![];
        for n in 0..120 {
            let from = format!("p{n}@else.example");
            others.push(
                world
                    .opens(&mail(&from, &format!("VPN {n}"), "Gone."))
                    .await,
            );
        }
        world.later(5);
        let everybody = draft(&world, Scope::Everybody, Mode::OpenFromNow).await;
        write(&world.desk, &world.ines, everybody)
            .await
            .expect("saved");
        world.work().await;
        assert!(bound(&world, theirs).await.is_empty());
        for other in others {
            assert_eq!(bound(&world, other).await.len(), 1, "{other}");
        }
        world
    });
}

#[test]
fn a_version_begins_today_or_later_and_can_be_taken_back_until_then() {
    on_both(|world| async {
        let client = fox(&world).await;
        let scope = Scope::Client(client);
        let day = |text: &str| text.parse::<Date>().ok();
        let mut past = draft(&world, scope, Mode::NewTickets).await;
        past.from = day("2020-01-01");
        let invalid = ErrorKind::Invalid;
        refused(
            write(&world.desk, &world.ines, past).await,
            invalid,
            "today or a later day",
        );
        let mut later = draft(&world, scope, Mode::OpenFromNow).await;
        later.from = day("2030-01-01");
        refused(
            write(&world.desk, &world.ines, later.clone()).await,
            invalid,
            "as soon as this is saved",
        );
        later.mode = Mode::NewTickets;
        let id = write(&world.desk, &world.ines, later.clone())
            .await
            .expect("saved");
        let shown = one(&world.desk, &world.ines, id).await.expect("is there");
        assert!(shown.holds(world.desk.now()).is_none());
        let again = write(
            &world.desk,
            &world.ines,
            draft(&world, scope, Mode::NewTickets).await,
        );
        refused(again.await, ErrorKind::Conflict, "Version 1 begins later");
        let version = shown.versions[0].version.id;
        let stays = take_back(&world.desk, &world.ines, version).await;
        assert!(!stays.expect("taken back"), "it was the only version");
        let gone = one(&world.desk, &world.ines, id).await;
        refused(gone, ErrorKind::NotFound, "agreement");
        let listed = all(&world.desk, &world.ines).await.expect("a list");
        let held = listed[0].versions[0].version.id;
        let kept = take_back(&world.desk, &world.ines, held).await;
        refused(kept, ErrorKind::Conflict, "holds already");
        world
    });
}

#[test]
fn an_agreement_ends_and_can_begin_anew() {
    on_both(|world| async {
        let client = fox(&world).await;
        let scope = Scope::Client(client);
        let id = write(
            &world.desk,
            &world.ines,
            draft(&world, scope, Mode::NewTickets).await,
        );
        let id = id.await.expect("saved");
        let everybody = all(&world.desk, &world.ines).await.expect("a list")[0].id;
        refused(
            end(&world.desk, &world.ines, everybody, None).await,
            ErrorKind::Conflict,
            "must hold for everybody",
        );
        let day = "2030-01-01".parse().ok();
        end(&world.desk, &world.ines, id, day).await.expect("ends");
        go_on(&world.desk, &world.ines, id).await.expect("goes on");
        world.later(5);
        end(&world.desk, &world.ines, id, None).await.expect("ends");
        refused(
            end(&world.desk, &world.ines, id, None).await,
            ErrorKind::Conflict,
            "over already",
        );
        assert!(holds(&world, id).await.is_none());
        world.later(60);
        write(
            &world.desk,
            &world.ines,
            draft(&world, scope, Mode::NewTickets).await,
        )
        .await
        .expect("begins anew");
        assert_eq!(holds(&world, id).await, Some(2));
        let shown = one(&world.desk, &world.ines, id).await.expect("is there");
        let between = shown.versions[0].version.from - jiff::SignedDuration::from_mins(30);
        assert!(shown.holds(between).is_none(), "nothing held in between");
        world
    });
}

async fn holds(world: &World, id: AgreementId) -> Option<i64> {
    let shown = one(&world.desk, &world.ines, id).await.expect("is there");
    shown.holds(world.desk.now()).map(|it| it.version.number)
}

#[test]
fn s16_a_preview_names_the_open_tickets_that_would_be_late_and_changes_nothing() {
    on_both(|world| async {
        let client = fox(&world).await;
        let old = world
            .opens(&mail("dana@fox.example", "Printer", "It smells."))
            .await;
        world.later(90);
        let young = world
            .opens(&mail("leo@fox.example", "Wi-Fi", "Slow."))
            .await;
        let closed = world.opens(&mail("leo@fox.example", "Done", "Fine.")).await;
        world.change(closed, Change::Close).await;
        world.opens(&mail("tom@else.example", "VPN", "Gone.")).await;
        let mut draft = draft(&world, Scope::Client(client), Mode::OpenFromStart).await;
        for row in &mut draft.wording.rows {
            row.targets.first_response = Target::real(60);
        }
        let told = effect(&world.desk, &world.ines, &draft).await;
        let expected = Effect {
            open: 2,
            more: false,
            late_from_now: vec![],
            late_from_start: vec![old],
        };
        assert_eq!(told.expect("a preview"), expected);
        assert!(bound(&world, old).await.is_empty() && bound(&world, young).await.is_empty());
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let denied = effect(&world.desk, &noor, &draft).await;
        refused(denied, ErrorKind::Denied, "admins");
        world
    });
}
