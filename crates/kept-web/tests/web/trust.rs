//! Settings, Trust: whose word about senders counts, what a ticket then shows, and the keys that sign.

use kept_app::domain::people::{EmailAddress, Role};
use kept_app::settings::agents::{self, NewAgent};
use tokio::net::UdpSocket;

use crate::site::{PASSWORD, Site};

#[tokio::test]
async fn a_mail_that_could_not_be_proven_says_so_on_its_ticket() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let bad = [("servers", "mx.desk.example\nnot/a/name")];
    let answer = admin.post("/settings/trust/senders", &bad).await;
    assert_eq!(answer.status.as_u16(), 422);
    assert!(answer.text().contains("f-servers-error"));
    let good = [("directly", "yes"), ("servers", "mx.desk.example")];
    let answer = admin.post("/settings/trust/senders", &good).await;
    assert_eq!(answer.location(), "/settings/trust");
    let page = admin.get("/settings/trust").await.text();
    assert!(
        page.contains("mx.desk.example</textarea>") && page.contains("checked"),
        "{page}"
    );
    site.mail(
        "Authentication-Results: mx.desk.example; dmarc=fail header.from=fox.example\r\n\
        From: Dana Fox <dana@fox.example>\r\nTo: support@desk.example\r\nSubject: Invoice\r\n\r\nPay me.\r\n",
    )
    .await;
    let words = admin.get("/tickets/1").await.words();
    assert!(
        words.contains("Could not be proven to come from fox.example"),
        "{words}"
    );
    assert!(words.contains("Checked by mx.desk.example"), "{words}");
}

/// A name server that knows no name.
async fn nameless() -> std::net::SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut packet = [0; 2048];
        while let Ok((length, peer)) = socket.recv_from(&mut packet).await {
            // The question back, as an answer that there is no such name, without its extra record.
            let end = 12
                + packet[12..length]
                    .iter()
                    .position(|byte| *byte == 0)
                    .unwrap_or(0)
                + 5;
            packet[2..4].copy_from_slice(&[0x85, 0x83]);
            packet[10..12].copy_from_slice(&[0, 0]);
            let _ = socket.send_to(&packet[..end], peer).await;
        }
    });
    address
}

#[tokio::test]
async fn a_key_shows_its_record_and_does_not_sign_before_others_see_it() {
    let resolver = nameless().await.to_string();
    let site = Site::empty(&[("KEPT_RESOLVER", &resolver)]).await;
    let ines = NewAgent {
        name: "Ines Moreau".into(),
        address: EmailAddress::parse("admin@desk.example").unwrap(),
        role: Role::Admin,
        password: PASSWORD.into(),
    };
    agents::add_as(&site.desk, None, ines).await.unwrap();
    let mut admin = site.admin().await;
    assert!(
        admin
            .get("/settings/trust")
            .await
            .words()
            .contains("Not signed")
    );
    let key = [("domain", "desk.example"), ("algorithm", "ed25519")];
    admin.post("/settings/trust/keys", &key).await;
    let page = admin.get("/settings/trust").await.text();
    assert!(
        page.contains("kept20261123._domainkey.desk.example"),
        "{page}"
    );
    assert!(page.contains("v=DKIM1; k=ed25519; p="), "{page}");
    for act in ["check", "use"] {
        let answer = admin
            .post(&format!("/settings/trust/keys/1/{act}"), &[])
            .await;
        assert_eq!(answer.location(), "/settings/trust");
        let words = admin.get("/settings/trust").await.words();
        assert!(
            words.contains("There is no TXT record at kept20261123._domainkey"),
            "{act}: {words}"
        );
        assert!(words.contains("New: signs nothing yet"), "{act}: {words}");
    }
    admin.post("/settings/trust/keys/1/removal", &[]).await;
    assert!(
        !admin
            .get("/settings/trust")
            .await
            .text()
            .contains("_domainkey")
    );
}
