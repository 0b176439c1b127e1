//! Outgoing mail is signed, and whoever looks the key up finds that it is ours.

use kept_app::authentic::{self, Checking, Peer};
use kept_app::domain::intake::authentic::{Verdict, Voucher};
use kept_app::domain::tickets::AndThen;
use kept_app::signing::{self, Algorithm, Published, Stage};
use kept_app::store::signing_keys;
use kept_app::{Desk, Error};

use crate::support::{NameServer, World, mail, on_both};

/// The bytes of the last mail that went out: without a relay they are files.
pub async fn wire(world: &World) -> Vec<u8> {
    world.work().await;
    let last = world.outbox().await.pop().expect("a mail went out");
    let path = world
        .desk
        .config()
        .data
        .join(format!("outbox/{:06}.eml", last.id.0));
    std::fs::read(path).expect("it was written")
}

async fn ask(desk: &Desk, raw: &[u8]) -> Verdict {
    let peer = Peer {
        ip: "192.0.2.7".parse().expect("an address"),
        helo: "mx.desk.example".into(),
        from: String::new(),
    };
    let checking = Checking::default();
    let found = authentic::check(
        desk,
        &checking,
        raw.to_vec().into(),
        peer,
        authentic::PATIENCE,
    )
    .await;
    found.expect("a public peer is always judged").verdict
}

/// Makes a key, publishes it and lets it sign.
pub async fn signs(
    world: &World,
    desk: &Desk,
    names: &NameServer,
    (domain, algorithm): (&str, Algorithm),
) -> i64 {
    let key = signing::make(desk, &world.ines, domain, algorithm).await;
    let key = key.expect("a key is made");
    let record = record(world, desk, key).await;
    names.text(&record.name, &record.value);
    let begun = signing::begin(desk, &world.ines, key).await;
    begun.expect("it signs from now on");
    key
}

async fn record(world: &World, desk: &Desk, id: i64) -> signing::Record {
    let domains = signing::domains(desk, &world.ines).await.expect("domains");
    let mut keys = domains.into_iter().flat_map(|domain| domain.keys);
    keys.find(|key| key.id == id).expect("the key").record
}

async fn says(world: &World, words: &str) -> Vec<u8> {
    let asked = mail("Dana <dana@acme.example>", words, "It does not connect.");
    let ticket = world.opens(&asked).await;
    world.reply(ticket, words, AndThen::Update).await;
    wire(world).await
}

fn changed(raw: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(raw);
    let changed = text.replacen(from, to, 1);
    assert_ne!(text, changed);
    changed.into_bytes()
}

const BY_US: &str = "desk.example";

#[test]
fn what_kept_signs_others_can_prove_and_nobody_can_change() {
    on_both(|world| async move {
        let names = NameServer::start().await;
        let desk = world
            .again(|config| config.resolver = Some(names.address))
            .await;
        let unsigned = says(&world, "Nothing signs yet").await;
        assert_eq!(ask(&desk, &unsigned).await, Verdict::Unknown);
        for algorithm in Algorithm::ALL {
            signs(&world, &desk, &names, (BY_US, algorithm)).await;
        }
        let signed = says(&world, "It works again").await;
        let count = String::from_utf8_lossy(&signed)
            .matches("DKIM-Signature:")
            .count();
        assert_eq!(count, 2);
        let ours = Verdict::Aligned {
            domain: BY_US.into(),
            by: Voucher::Dkim(BY_US.into()),
        };
        assert_eq!(ask(&desk, &signed).await, ours);
        for (from, to) in [
            ("works again", "works agaim"),
            ("Subject: ", "Subject: Not "),
            ("From: ", "From: Boss <boss@desk.example>\r\nFrom: "),
        ] {
            let other = changed(&signed, from, to);
            assert_eq!(ask(&desk, &other).await, Verdict::Unknown, "{to}");
        }
        names.text("_dmarc.desk.example", "v=DMARC1; p=reject");
        let fresh = world
            .again(|config| config.resolver = Some(names.address))
            .await;
        assert_eq!(ask(&fresh, &signed).await, ours);
        let forged = ask(&fresh, &changed(&signed, "works", "breaks")).await;
        assert!(matches!(forged, Verdict::Failed { .. }), "{forged:?}");
        for desk in [desk, fresh] {
            desk.close().await;
        }
        world
    });
}

#[test]
fn a_key_signs_only_when_others_can_see_it_and_makes_room_for_the_next() {
    on_both(|world| async move {
        let names = NameServer::start().await;
        let desk = world
            .again(|config| config.resolver = Some(names.address))
            .await;
        let ines = &world.ines;
        let make = async || {
            let made = signing::make(&desk, ines, "desk.example", Algorithm::Ed25519).await;
            made.expect("a key")
        };
        let first = make().await;
        let record = record(&world, &desk, first).await;
        let no = Published::No {
            name: record.name.clone(),
        };
        assert_eq!(signing::look(&desk, ines, first).await.expect("looked"), no);
        let early = signing::begin(&desk, ines, first).await;
        assert!(matches!(early, Err(Error::Conflict(_))), "{early:?}");
        names.text(&record.name, "v=DKIM1; k=ed25519; p=c29tZXRoaW5nIGVsc2U=");
        let other = signing::look(&desk, ines, first).await.expect("looked");
        assert!(matches!(other, Published::Other { .. }), "{other:?}");
        let second = signs(&world, &desk, &names, (BY_US, Algorithm::Ed25519)).await;
        let third = signs(&world, &desk, &names, (BY_US, Algorithm::Ed25519)).await;
        let stored = world
            .desk
            .store()
            .read(signing_keys::all)
            .await
            .expect("keys");
        let sealed = |id| {
            stored
                .iter()
                .find(|key| key.id == id)
                .map(|key| key.sealed_key.is_empty())
        };
        assert_eq!((sealed(second), sealed(third)), (Some(true), Some(false)));
        let domains = signing::domains(&desk, ines).await.expect("domains");
        let stages: Vec<Stage> = domains[0].keys.iter().map(|key| key.stage).collect();
        assert!(
            matches!(
                stages[..],
                [Stage::Signs { .. }, Stage::Old { .. }, Stage::New]
            ),
            "{stages:?}"
        );
        let elsewhere = signing::make(&desk, ines, "acme.example", Algorithm::Ed25519).await;
        assert!(
            matches!(elsewhere, Err(Error::Invalid { .. })),
            "{elsewhere:?}"
        );
        signing::remove(&desk, ines, third)
            .await
            .expect("it is forgotten");
        let signed = says(&world, "No key is left").await;
        assert!(!String::from_utf8_lossy(&signed).contains("DKIM-Signature:"));
        desk.close().await;
        world
    });
}

#[test]
fn a_key_that_cannot_be_opened_holds_mail_back_and_says_why() {
    on_both(|world| async move {
        let names = NameServer::start().await;
        let desk = world
            .again(|config| config.resolver = Some(names.address))
            .await;
        signs(&world, &desk, &names, (BY_US, Algorithm::Ed25519)).await;
        world
            .tamper("UPDATE signing_keys SET sealed_key = 'AAAA'")
            .await;
        let ticket = world
            .opens(&mail("Dana <dana@acme.example>", "VPN", "Help"))
            .await;
        world.reply(ticket, "We look.", AndThen::Update).await;
        world.work().await;
        let waiting = world.outbox().await.pop().expect("a mail");
        let error = waiting.last_error.unwrap_or_default();
        assert!(error.contains("Settings, Trust"), "{error}");
        desk.close().await;
        world
    });
}
