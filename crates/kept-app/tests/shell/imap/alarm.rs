//! When mail does not come, the admins hear of it by another road: once, and once when it is over.

use std::time::Duration;

use kept_app::alarms::hook;
use kept_app::domain::ids::MailboxId;
use kept_app::mailboxes::imap::{Canary, once};
use kept_app::settings::mailboxes::{self as settings, GivenMailbox};
use kept_app::store::hooks::State;

use super::server::Server;
use super::{add, fetch, given, health, letter, visit};
use crate::support::{World, address, on_both, sink};

/// The subjects of all alarms so far; Ines' address is hers alone.
async fn alarms(world: &World) -> Vec<String> {
    let mails = world.written().await;
    let to_ines = mails
        .into_iter()
        .filter(|mail| mail.to[0].address == "ines@elsewhere.example");
    to_ines.map(|mail| mail.subject).collect()
}

/// Ines gets an address outside of the desk's.
async fn reachable(world: &World) {
    let ines = world.ines.person;
    let address = address("ines@elsewhere.example");
    let set = world
        .desk
        .store()
        .write(move |tx| kept_app::store::people::set_addresses(tx, ines, &[address]));
    let set: Result<(), kept_app::store::StoreError> = set.await;
    set.expect("an address");
}

#[test]
fn e46_a_wrong_password_is_told_once_and_once_that_it_is_over() {
    on_both(|world| async {
        reachable(&world).await;
        let server = Server::open().await;
        let id = add(&world, given(&server)).await;
        fetch(&world, id).await;
        server.inside().password = "changed".into();
        server.deliver(letter(1));
        for _ in 0..3 {
            assert!(visit(&world, id).await.is_some());
            world.later(5);
        }
        assert_eq!(alarms(&world).await, ["Kept: the sign-in fails (Support)"]);
        let shown = health(&world).await;
        let trouble = shown.mailbox.health.trouble.expect("it is shown");
        assert!(trouble.words.contains("wrong password"), "{trouble:?}");
        server.inside().password = "hush".into();
        fetch(&world, id).await;
        fetch(&world, id).await;
        let told = alarms(&world).await;
        assert_eq!(told.len(), 2);
        assert_eq!(told[1], "Kept: mail comes in again (Support)");
        assert_eq!(world.rows("tickets").await, 1);
        world
    });
}

#[test]
fn e46_an_outage_is_told_when_it_lasts() {
    on_both(|world| async {
        reachable(&world).await;
        let server = Server::open().await;
        let id = add(&world, given(&server)).await;
        server.inside().hang_up_at = Some("SELECT");
        assert!(visit(&world, id).await.is_some());
        assert_eq!(alarms(&world).await.len(), 0);
        world.later(20);
        server.inside().hang_up_at = Some("SELECT");
        assert!(visit(&world, id).await.is_some());
        assert_eq!(alarms(&world).await.len(), 1);
        fetch(&world, id).await;
        assert_eq!(alarms(&world).await.len(), 2);
        world
    });
}

#[test]
fn no_alarm_goes_into_our_own_queues() {
    on_both(|world| async {
        let ines = world.ines.person;
        let support = address("support+ines@desk.example");
        let set = world
            .desk
            .store()
            .write(move |tx| kept_app::store::people::set_addresses(tx, ines, &[support]));
        let set: Result<(), kept_app::store::StoreError> = set.await;
        set.expect("an address");
        let server = Server::open().await;
        let id = add(&world, given(&server)).await;
        server.inside().password = "changed".into();
        assert!(visit(&world, id).await.is_some());
        assert_eq!(world.outbox().await.len(), 0);
        server.inside().password = "hush".into();
        fetch(&world, id).await;
        world
    });
}

#[test]
fn e38_a_mail_that_is_too_large_is_not_downloaded_and_told_once() {
    on_both(|world| async {
        reachable(&world).await;
        let server = Server::open().await;
        let id = add(&world, given(&server)).await;
        let mut large = letter(1);
        large.resize(6 * 1024 * 1024, b'x');
        server.deliver(large);
        server.deliver(letter(2));
        fetch(&world, id).await;
        assert_eq!(server.asked("UID FETCH 1 (UID BODY.PEEK[])"), 0);
        assert_eq!(world.rows("tickets").await, 1);
        assert_eq!(world.rows("unsorted").await, 1);
        server.number_anew();
        fetch(&world, id).await;
        assert_eq!(world.rows("unsorted").await, 1);
        let told = alarms(&world).await;
        assert_eq!(told, ["Kept: a mail of 6 MB was not fetched (Support)"]);
        let written = world.written().await;
        let to_sender = written
            .iter()
            .filter(|mail| mail.subject.starts_with("Too large to arrive whole: "));
        assert_eq!(to_sender.count(), 1, "whoever wrote it is told once");
        assert_eq!(server.lying()[0], "INBOX");
        world
    });
}

async fn with_canary(world: &World, server: &Server) -> MailboxId {
    let canary = Canary {
        address: "support@fox.example".into(),
        every_hours: 6,
        within_minutes: 10,
    };
    let given = GivenMailbox {
        canary: Some(canary),
        ..given(server)
    };
    add(world, given).await
}

#[test]
fn a_canary_that_comes_back_leaves_nothing_behind() {
    on_both(|world| async {
        let server = Server::open().await;
        let id = with_canary(&world, &server).await;
        fetch(&world, id).await;
        let (bytes, _) = world.last_sent().await;
        server.deliver(bytes);
        world.later(5);
        fetch(&world, id).await;
        world.later(20);
        fetch(&world, id).await;
        assert!(health(&world).await.mailbox.health.canary.seen_at.is_some());
        assert_eq!(world.rows("tickets").await, 0);
        assert_eq!(world.rows("unsorted").await, 0);
        assert_eq!(server.lying().len(), 0);
        world
    });
}

/// Whoever ever got a mail from here knows the desk's mark.
#[test]
fn what_a_stranger_calls_a_canary_is_a_mail_like_any() {
    on_both(|world| async {
        let server = Server::open().await;
        let id = with_canary(&world, &server).await;
        fetch(&world, id).await;
        let (ours, _) = world.last_sent().await;
        let ours = String::from_utf8_lossy(&ours).into_owned();
        let mark = ours.lines().find(|line| line.starts_with("X-Kept-Desk:"));
        let mark = mark.expect("our mail is marked");
        let forged = format!(
            "From: Dana <dana@acme.example>\r\nTo: support@fox.example\r\n{mark}\r\nSubject: Kept canary abc.abcdefghijklmnop\r\n\r\nNot yours.\r\n"
        );
        server.deliver(forged.into_bytes());
        fetch(&world, id).await;
        let kept = world.rows("tickets").await + world.rows("unsorted").await;
        assert_eq!(kept, 1, "it is not thrown away");
        assert_eq!(health(&world).await.mailbox.health.canary.seen_at, None);
        world
    });
}

#[test]
fn a_canary_that_is_missing_is_told_until_one_comes() {
    on_both(|world| async {
        reachable(&world).await;
        let server = Server::open().await;
        let id = with_canary(&world, &server).await;
        fetch(&world, id).await;
        world.later(11);
        assert_eq!(visit(&world, id).await, None);
        let missing = "Kept: our own test mail did not come back (Support)";
        assert_eq!(alarms(&world).await, [missing]);
        world.later(6 * 60);
        fetch(&world, id).await;
        fetch(&world, id).await;
        assert_eq!(alarms(&world).await.len(), 1);
        let (bytes, _) = world.last_sent().await;
        server.deliver(bytes);
        fetch(&world, id).await;
        assert_eq!(alarms(&world).await.len(), 2);
        world
    });
}

#[test]
fn a_mailbox_that_is_silent_for_longer_than_usual_is_told() {
    on_both(|world| async {
        reachable(&world).await;
        let server = Server::open().await;
        let id = add(&world, given(&server)).await;
        for day in 0..16 {
            server.deliver(letter(day));
            fetch(&world, id).await;
            world.later(24 * 60);
        }
        assert_eq!(alarms(&world).await.len(), 0);
        fetch(&world, id).await;
        assert_eq!(alarms(&world).await.len(), 0);
        world.clock.advance(Duration::from_secs(13 * 3600));
        fetch(&world, id).await;
        fetch(&world, id).await;
        let silent = "Kept: no mail for much longer than usual (Support)";
        assert_eq!(alarms(&world).await, [silent]);
        server.deliver(letter(99));
        fetch(&world, id).await;
        assert_eq!(alarms(&world).await.len(), 2);
        world
    });
}

#[test]
fn a_mailbox_that_is_switched_off_or_removed_takes_its_list_along() {
    on_both(|world| async {
        let server = Server::open().await;
        server.deliver(letter(1));
        let id = add(&world, given(&server)).await;
        server.inside().hang_up_at = Some("UID FETCH");
        assert!(visit(&world, id).await.is_some());
        assert_eq!(world.rows("mailbox_mails").await, 1);
        let removed = settings::remove(&world.desk, &world.ines, id).await;
        removed.expect("is removed");
        assert_eq!(world.rows("mailbox_mails").await, 0);
        assert!(once(&world.desk, id).await.is_err());
        world
    });
}

#[test]
fn an_alarm_is_told_to_the_web_hook_signed_and_tried_again() {
    on_both(|world| async {
        reachable(&world).await;
        let sink = sink(&["503 Busy", "204 No Content"]).await;
        let url = format!("http://{}/alarm?token=x", sink.address);
        hook::change(&world.desk, &world.ines, &url)
            .await
            .expect("is set");
        let server = Server::open().await;
        let id = add(&world, given(&server)).await;
        server.inside().password = "changed".into();
        visit(&world, id).await;
        world.work().await;
        world.later(2);
        world.work().await;
        let told = sink.told();
        assert_eq!(told.len(), 2, "the same once more, as it was busy");
        assert_eq!(told[0], told[1]);
        assert_eq!(told[0]["kind"], "sign-in");
        assert_eq!(told[0]["subject"], "Kept: the sign-in fails (Support)");
        assert!(sink.posts()[1].contains("x-kept-signature: t="));
        let shown = hook::shown(&world.desk, &world.ines)
            .await
            .expect("is read");
        let shown = shown.expect("is set");
        let last = shown.last.expect("was told");
        assert_eq!((last.state, last.attempts), (State::Delivered, 2));
        hook::change(&world.desk, &world.ines, "")
            .await
            .expect("is removed");
        server.inside().password = "hush".into();
        fetch(&world, id).await;
        world.work().await;
        assert_eq!(sink.told().len(), 2);
        world
    });
}
