//! A desk with a little of everything: a formatted mail with pictures and files, an answer to it, a mail nobody could
//! sort, a client.

use kept_app::domain::access::Viewer;
use kept_app::domain::ids::{PersonId, TicketId};
use kept_app::domain::people::{Domain, Role};
use kept_app::domain::tickets::AndThen;
use kept_app::people::{ClientCard, add_client};
use kept_app::tickets::{Reply, reply};

use crate::site::Site;

/// The sample desk.
pub async fn site() -> Site {
    let site = Site::open().await;
    let viewer = ines();
    let fox = ClientCard {
        name: "Fox & Sons Tax".into(),
        domains: vec![Domain::parse("fox.example").unwrap()],
        ..ClientCard::default()
    };
    add_client(&site.desk, &viewer, fox).await.unwrap();
    site.mail(FORMATTED).await;
    site.mail(NOBODYS).await;
    let answer = Reply {
        text: "Is the roller shiny?".into(),
        then: AndThen::Ask,
        addressees: None,
        files: vec![],
    };
    reply(&site.desk, &viewer, TicketId(1), answer)
        .await
        .unwrap();
    site
}

/// The admin, as commands know her.
pub fn ines() -> Viewer {
    Viewer {
        person: PersonId(1),
        name: "Ines Moreau".into(),
        role: Role::Admin,
    }
}

/// A formatted mail: a picture of its own, one from elsewhere, a script, and a file with an awkward name.
const FORMATTED: &str = r#"From: Dana Fox <dana@fox.example>
To: support@desk.example
Subject: Printer on floor 2
Message-ID: <1@fox.example>
Date: Mon, 23 Nov 2026 13:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: multipart/related; boundary=inner

--inner
Content-Type: text/html; charset=utf-8

<p>It <b>smokes</b>.</p><script>alert(1)</script><img src="cid:pic@fox"><img src="https://tracker.example/x.png">
--inner
Content-Type: image/png
Content-ID: <pic@fox>
Content-Disposition: inline; filename=roller.png
Content-Transfer-Encoding: base64

iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
--inner--
--outer
Content-Type: text/html; name="page.html"
Content-Disposition: attachment; filename="page.html"

<script>alert(2)</script>
--outer--
"#;

/// A mail without a sender.
const NOBODYS: &str =
    "To: support@desk.example\nSubject: Who am I?\nMessage-ID: <2@nowhere.example>\n\nGuess.\n";
