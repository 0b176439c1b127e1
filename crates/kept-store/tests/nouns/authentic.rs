//! What was found out about a mail stays with it; signing keys take each other's place.

use jiff::Timestamp;
use kept_store::signing_keys::{self, SigningKey};
use kept_store::testing::both;
use kept_store::{authentic, messages};

use crate::support::{desk, read, write};

#[test]
fn a_verdict_stays_with_its_message() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let (one, other) = (desk.message(ticket), desk.message(ticket));
        let judged = write(&store, move |tx| {
            let judged = messages::insert(tx, &one)?;
            messages::insert(tx, &other)?;
            authentic::of_message(tx, judged, r#"{"verdict":"failed"}"#)?;
            Ok(judged)
        });
        let found = read(&store, move |tx| authentic::on_tickets(tx, &[ticket]));
        assert_eq!(found, [(judged, r#"{"verdict":"failed"}"#.to_owned())]);
    });
}

fn key(domain: &str, selector: &str, algorithm: &str) -> SigningKey {
    SigningKey {
        id: 0,
        domain: domain.into(),
        selector: selector.into(),
        algorithm: algorithm.into(),
        public_key: "cHVibGlj".into(),
        sealed_key: "sealed".into(),
        created_at: Timestamp::UNIX_EPOCH,
        used_since: None,
        used_until: None,
    }
}

#[test]
fn a_key_takes_the_place_of_the_one_of_its_kind() {
    both(|store| {
        let now = Timestamp::UNIX_EPOCH;
        write(&store, move |tx| {
            for (domain, selector, algorithm) in [
                ("a.example", "one", "rsa"),
                ("a.example", "two", "ed25519"),
                ("b.example", "one", "rsa"),
                ("a.example", "three", "rsa"),
            ] {
                let mut new = key(domain, selector, algorithm);
                new.id = signing_keys::insert(tx, &new)?;
                assert_eq!(signing_keys::find(tx, new.id)?, Some(new.clone()));
                signing_keys::begin(tx, &new, now)?;
            }
            Ok(())
        });
        let (used, all) = read(&store, |tx| {
            Ok((
                signing_keys::in_use(tx, "a.example")?,
                signing_keys::all(tx)?,
            ))
        });
        let names: Vec<&str> = used.iter().map(|key| key.selector.as_str()).collect();
        assert_eq!(names, ["two", "three"]);
        let old = all.iter().find(|key| key.selector == "one").expect("kept");
        assert_eq!((old.used_until, old.sealed_key.as_str()), (Some(now), ""));
        let id = old.id;
        write(&store, move |tx| signing_keys::remove(tx, id));
        assert_eq!(read(&store, signing_keys::all).len(), all.len() - 1);
    });
}
