//! Mail that came by way of a list which changed it: the author's signature is broken, and only the
//! seal of the list (ARC, RFC 8617) can say that it was whole before. Sealed here as such lists do.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kept_app::Desk;
use kept_app::authentic::{self, Checking, Peer};
use kept_app::domain::intake::authentic::{Failing, Verdict, Voucher};
use mail_auth::arc::ArcSealer;
use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter as _;
use mail_auth::dkim::{DkimError, DkimSigner};
use mail_auth::{ArcOutput, AuthenticatedMessage, AuthenticationResults, DkimOutput};

use crate::support::{NameServer, on_both};

/// The key published with RFC 8463 (appendix A.2); it keeps nothing secret.
const SEED: &str = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
const PUBLIC: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

const LIST: &str = "list.example";
const WRITTEN: &str = "From: Dana Fox <dana@acme.example>\r\nTo: all@list.example\r\n\
    Subject: Meeting\r\n\r\nAt nine.\r\n";

fn key() -> Ed25519Key {
    let bytes = |text| STANDARD.decode(text).expect("base64");
    Ed25519Key::from_seed_and_public_key(&bytes(SEED), &bytes(PUBLIC)).expect("a pair")
}

/// Dana's signed mail with the list's mark in its subject and its seal, which says how the signature
/// was found.
fn by_the_list(found: DkimOutput<'_>) -> String {
    let signer = DkimSigner::from_key(key())
        .domain("acme.example")
        .selector("s")
        .headers(["From", "To", "Subject"]);
    let signature = signer.sign(WRITTEN.as_bytes()).expect("Dana's signature");
    let changed = WRITTEN.replace("Subject: ", "Subject: [all] ");
    let changed = format!("{}{changed}", signature.to_header());
    let found = found.with_signature(&signature);
    let saw = AuthenticationResults::new(LIST).with_dkim_results(&[found], "dana@acme.example");
    let message = AuthenticatedMessage::parse(changed.as_bytes()).expect("a mail");
    let sealer = ArcSealer::from_key(key()).domain(LIST).selector("s");
    let sealed = sealer
        .headers(["From", "To", "Subject", "DKIM-Signature"])
        .seal(&message, &saw, &ArcOutput::default());
    format!("{}{changed}", sealed.expect("the seal").to_header())
}

async fn verdict(desk: &Desk, trusted: &[&str], raw: &str) -> (Verdict, Vec<String>) {
    let checking = Checking {
        directly: true,
        servers: trusted.iter().map(|name| (*name).to_owned()).collect(),
    };
    let peer = Peer {
        ip: "192.0.2.8".parse().expect("an address"),
        helo: "mx.list.example".into(),
        from: "bounce@list.example".into(),
    };
    let raw = raw.to_owned().into();
    let found = authentic::check(desk, &checking, raw, peer, authentic::PATIENCE).await;
    let found = found.expect("a public peer is always judged");
    (found.verdict, found.checks)
}

#[test]
fn a_trusted_sealer_carries_a_mail_through_and_another_does_not() {
    on_both(|world| async move {
        let names = NameServer::start().await;
        let published = format!("v=DKIM1; k=ed25519; p={PUBLIC}");
        for domain in ["acme.example", LIST] {
            names.text(&format!("s._domainkey.{domain}"), &published);
        }
        names.text("_dmarc.acme.example", "v=DMARC1; p=reject");
        let desk = world
            .again(|config| config.resolver = Some(names.address))
            .await;
        let domain = "acme.example".to_owned();
        let failed = Verdict::Failed {
            domain: domain.clone(),
            why: Failing::Dmarc,
        };

        let sealed = by_the_list(DkimOutput::pass());
        let (carried, checks) = verdict(&desk, &["mx.other.example", LIST], &sealed).await;
        let by = Voucher::Arc(LIST.into());
        assert_eq!(carried, Verdict::Aligned { domain, by }, "{checks:?}");
        assert!(!carried.proves_an_agent());
        assert!(checks.contains(&format!("arc=pass {LIST}")), "{checks:?}");

        for trusted in [&[][..], &["mx.other.example"], &["evil.list.example"]] {
            let (found, checks) = verdict(&desk, trusted, &sealed).await;
            assert_eq!(found, failed, "{trusted:?}: {checks:?}");
        }
        let after_the_seal = sealed.replace("At nine.", "At five.");
        let (found, checks) = verdict(&desk, &[LIST], &after_the_seal).await;
        assert_eq!(found, failed, "{checks:?}");
        let broken = DkimOutput::fail(mail_auth::Error::Dkim(DkimError::FailedBodyHashMatch));
        let (found, checks) = verdict(&desk, &[LIST], &by_the_list(broken)).await;
        assert_eq!(found, failed, "{checks:?}");
        desk.close().await;
        world
    });
}
