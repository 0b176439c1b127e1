//! Kept as the receiving server: it checks who sends, and takes every mail whatever it finds.

use std::time::Duration;

use kept_app::Desk;
use kept_app::authentic::{self, Checking, Peer};
use kept_app::domain::ids::TicketId;
use kept_app::domain::intake::authentic::{Authentic, Verdict, Voucher};
use kept_app::domain::tickets::AndThen;
use kept_app::intake::{self, Settle, Taken};
use kept_app::signing::Algorithm;
use kept_app::store::authentic as stored;

use super::signing::{signs, wire};
use crate::listener::{Client, Door};
use crate::support::{NameServer, World, mail, on_both, run};

async fn peer_says(desk: &Desk, from: &str, ip: &str) -> Option<Authentic> {
    peer_says_within(authentic::PATIENCE, desk, from, ip).await
}

async fn peer_says_within(
    patience: Duration,
    desk: &Desk,
    from: &str,
    ip: &str,
) -> Option<Authentic> {
    let raw = format!("From: Dana <dana@acme.example>\r\nSubject: x\r\nTo: {from}\r\n\r\nx\r\n");
    let peer = Peer {
        ip: ip.parse().expect("an address"),
        helo: "mx.acme.example".into(),
        from: from.into(),
    };
    authentic::check(desk, &Checking::default(), raw.into(), peer, patience).await
}

#[test]
fn the_server_a_mail_comes_from_is_held_against_what_its_domain_says() {
    on_both(|world| async move {
        let names = NameServer::start().await;
        names.text("acme.example", "v=spf1 ip4:192.0.2.7 -all");
        names.text("list.example", "v=spf1 ip4:192.0.2.8 -all");
        let desk = world
            .again(|config| config.resolver = Some(names.address))
            .await;
        let verdict = async |from: &str, ip: &str| {
            let found = peer_says(&desk, from, ip).await.expect("a public peer");
            found.verdict
        };
        let ours = verdict("dana@acme.example", "192.0.2.7").await;
        let by = Voucher::Spf("acme.example".into());
        assert!(matches!(ours, Verdict::Aligned { by: found, .. } if found == by));
        let forged = verdict("dana@acme.example", "192.0.2.9").await;
        assert!(matches!(forged, Verdict::Failed { .. }), "{forged:?}");
        assert_eq!(
            verdict("bounce@list.example", "192.0.2.8").await,
            Verdict::Unknown
        );
        assert_eq!(
            peer_says(&desk, "dana@acme.example", "127.0.0.1").await,
            None
        );
        desk.close().await;
        world
    });
}

#[test]
fn names_that_nobody_knows_now_never_cost_a_mail() {
    on_both(|world| async move {
        let names = NameServer::start().await;
        names.fail();
        let desk = world
            .again(|config| {
                config.resolver = Some(names.address);
                config.check_senders = Some(true);
            })
            .await;
        let found = peer_says(&desk, "dana@acme.example", "192.0.2.7").await;
        assert_eq!(found.expect("a public peer").verdict, Verdict::Unknown);
        let door = Door::open(&desk).await;
        deliver(
            &door,
            b"From: Dana <dana@acme.example>\r\nSubject: x\r\n\r\nx\r\n",
        )
        .await;
        assert_eq!(world.said(TicketId(1)).await, ["x"]);
        door.close().await;
        desk.close().await;
        world
    });
}

#[test]
fn names_that_do_not_answer_leave_the_verdict_open() {
    run(async {
        let world = World::elsewhere("desk.example").await;
        let silent = tokio::net::UdpSocket::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let address = silent.local_addr().expect("an address");
        let desk = world.again(|config| config.resolver = Some(address)).await;
        let patience = Duration::from_millis(20);
        let found = peer_says_within(patience, &desk, "dana@acme.example", "192.0.2.7").await;
        let found = found.expect("a public peer");
        assert_eq!(found.verdict, Verdict::Unknown);
        assert_eq!(
            found.checks,
            ["the names did not answer in time"],
            "{found:?}"
        );
        desk.close().await;
        world.desk.close().await;
    });
}

/// Another desk's signed answer, as it goes over the wire.
async fn signed_answer(other: &World, names: &NameServer) -> Vec<u8> {
    let keys = other
        .again(|config| config.resolver = Some(names.address))
        .await;
    signs(other, &keys, names, (OTHER, Algorithm::Rsa)).await;
    keys.close().await;
    let asked = mail("Dana <dana@acme.example>", "Router", "It blinks.");
    let ticket = other.opens(&asked).await;
    other
        .reply(ticket, "We look into it.", AndThen::Update)
        .await;
    wire(other).await
}

const OTHER: &str = "other.example";

async fn deliver(door: &Door, raw: &[u8]) {
    let mut client: Client = door.client().await;
    client.check(&[("EHLO mx.acme.example", "250-")]).await;
    assert!(client.delivers(raw).await.starts_with("250 "));
}

async fn on_ticket(world: &World, ticket: i64) -> Vec<Authentic> {
    let found = world
        .desk
        .store()
        .read(move |tx| stored::on_tickets(tx, &[TicketId(ticket)]));
    let found = found.await.expect("verdicts");
    let read = |(_, text): &(_, String)| serde_json::from_str(text).expect("a verdict");
    found.iter().map(read).collect()
}

#[test]
fn a_signature_is_checked_over_the_wire_and_its_verdict_stays_with_the_message() {
    on_both(|world| async move {
        let names = NameServer::start().await;
        let other = World::elsewhere(OTHER).await;
        let signed = signed_answer(&other, &names).await;
        other.desk.close().await;
        let desk = world
            .again(|config| {
                config.resolver = Some(names.address);
                config.check_senders = Some(true);
            })
            .await;
        let door = Door::open(&desk).await;
        let plain = b"From: Dana <dana@acme.example>\r\nSubject: x\r\n\r\nplain\r\n";
        deliver(&door, plain).await;
        assert_eq!(on_ticket(&world, 1).await, []);
        deliver(&door, &signed).await;
        let ours = Verdict::Aligned {
            domain: OTHER.into(),
            by: Voucher::Dkim(OTHER.into()),
        };
        let found = on_ticket(&world, 2).await;
        assert_eq!(found[0].verdict, ours);
        assert_eq!((found[0].checked_by.as_str(), found.len()), ("Kept", 1));
        door.close().await;
        desk.close().await;
        world
    });
}

#[test]
fn what_was_found_out_outlives_the_wait_in_unsorted() {
    on_both(|world| async move {
        let checked = Authentic {
            verdict: Verdict::Failed {
                domain: "acme.example".into(),
                why: kept_app::domain::intake::authentic::Failing::Dmarc,
            },
            checked_by: "Kept".into(),
            checks: vec![],
            came_directly: false,
        };
        let bounce = mail("MAILER-DAEMON <x@acme.example>", "Undelivered", "x")
            .with("Auto-Submitted", "auto-replied");
        let taken = intake::take_in_checked(
            &world.desk,
            bounce.bytes(),
            bounce.envelope(),
            Some(checked.clone()),
        )
        .await;
        let Taken::Unsorted(id) = taken.expect("taken") else {
            panic!("an answer of a program's to nothing waits");
        };
        let settled = intake::settle(&world.desk, &world.ines, id, Settle::Open(None)).await;
        let ticket = settled.expect("settled").expect("a ticket");
        assert_eq!(on_ticket(&world, ticket.0).await, [checked]);
        world
    });
}
