//! What is written goes out with care: it can be taken back for a moment, and what is too large is said before.

use kept_app::domain::ids::TicketId;
use kept_app::domain::people::Role;
use kept_app::settings::largest;
use kept_app::store::outgoing::State;
use kept_app::{reading, sign_in, worker};

use crate::sample::{self, ines};
use crate::site::{Answer, PASSWORD, Site, Visitor};

const REPLY: [(&str, &str); 4] = [
    ("kind", "reply"),
    ("to", "dana@fox.example"),
    ("text", "Come at nine."),
    ("then", "ask"),
];

async fn reply(visitor: &mut Visitor, fields: &[(&str, &str)], file: &[u8]) -> Answer {
    visitor
        .upload(
            "/tickets/1/messages",
            fields,
            &[("plan.txt", "text/plain", file)],
        )
        .await
}

/// The address that takes back what the page offers to.
fn offered(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("action=\"/undo/message-")?;
    Some(format!("/undo/message-{}", rest.split('"').next()?))
}

async fn waiting(site: &Site) -> usize {
    let waiting = reading::outbox(&site.desk, &ines(), State::Queued, None).await;
    waiting.unwrap().0.len()
}

async fn said(site: &Site) -> usize {
    let told = reading::conversation(&site.desk, &ines(), TicketId(1)).await;
    told.unwrap().said.len()
}

#[tokio::test]
async fn e06_a_reply_is_taken_back_into_the_composer_without_any_script() {
    let site = sample::site().await;
    worker::run_due(&site.desk).await.unwrap();
    let mut admin = site.admin().await;
    let before = said(&site).await;
    reply(&mut admin, &REPLY, b"1. roller").await;
    for page in ["/tickets/1", "/tickets/1", "/inbox"] {
        let page = admin.get(page).await.text();
        assert!(
            page.contains("goes out in a moment"),
            "it is said on every page, and again"
        );
        assert!(page.contains("Undo (10)"), "{page}");
    }
    let undo = offered(&admin.get("/tickets/1").await.text()).unwrap();
    let done = admin.post(&undo, &[]).await;
    assert_eq!(done.location(), "/tickets/1#composer-words");
    let page = admin.get("/tickets/1").await;
    assert!(
        page.words().contains("You took this back"),
        "{}",
        page.words()
    );
    assert!(page.text().contains("Come at nine.</textarea>"));
    assert!(page.words().contains("plan.txt"));
    assert_eq!((waiting(&site).await, said(&site).await), (0, before));
    let again = admin.post(&undo, &[]).await;
    assert_eq!(again.status.as_u16(), 409);
    let draft = undo.rsplit('-').next().unwrap();
    let file = page.text();
    let (_, file) = file.split_once("name=\"keep\" value=\"").unwrap();
    let file = file.split('"').next().unwrap();
    let better = [&REPLY[..], &[("draft", draft), ("keep", file)]].concat();
    admin.upload("/tickets/1/messages", &better, &[]).await;
    let told = reading::conversation(&site.desk, &ines(), TicketId(1))
        .await
        .unwrap();
    assert_eq!(told.said.last().unwrap().files[0].filename, "plan.txt");
    assert!(
        !admin
            .get("/tickets/1")
            .await
            .words()
            .contains("You took this back")
    );
}

#[tokio::test]
async fn e06_a_draft_is_discarded_and_others_never_see_it() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    reply(&mut admin, &REPLY, b"x").await;
    let undo = offered(&admin.get("/tickets/1").await.text()).unwrap();
    let mut jonas = site.person(Role::Agent).await;
    assert!(offered(&jonas.get("/tickets/1").await.text()).is_none());
    assert_eq!(jonas.post(&undo, &[]).await.status.as_u16(), 409);
    admin.post(&undo, &[]).await;
    assert!(
        !jonas
            .get("/tickets/1")
            .await
            .words()
            .contains("took this back")
    );
    let discard = undo.replace("/undo/message-", "/drafts/") + "/discarding";
    assert_eq!(jonas.post(&discard, &[]).await.status.as_u16(), 409);
    admin.post(&discard, &[]).await;
    assert!(
        !admin
            .get("/tickets/1")
            .await
            .words()
            .contains("took this back")
    );
}

#[tokio::test]
async fn who_wants_no_pause_gets_none_and_a_note_can_be_taken_back_too() {
    let site = sample::site().await;
    worker::run_due(&site.desk).await.unwrap();
    let mut admin = site.admin().await;
    admin
        .upload(
            "/tickets/1/messages",
            &[("kind", "note"), ("text", "Hm.")],
            &[],
        )
        .await;
    let page = admin.get("/tickets/1").await.text();
    assert!(page.contains("Note added.") && offered(&page).is_some());
    assert_eq!(
        admin
            .post("/you/undo", &[("seconds", "7")])
            .await
            .status
            .as_u16(),
        422
    );
    assert_eq!(
        admin
            .post("/you/undo", &[("seconds", "0")])
            .await
            .location(),
        "/you"
    );
    reply(&mut admin, &REPLY, b"x").await;
    assert!(offered(&admin.get("/tickets/1").await.text()).is_none());
    assert_eq!(worker::run_due(&site.desk).await.unwrap(), 1);
}

#[tokio::test]
async fn e38_what_is_too_large_to_mail_is_said_before_it_is_sent_and_the_words_stay() {
    let site = sample::site().await;
    worker::run_due(&site.desk).await.unwrap();
    largest::set_largest_mb(&site.desk, &ines(), 1)
        .await
        .unwrap();
    let mut admin = site.admin().await;
    let before = said(&site).await;
    let answer = reply(&mut admin, &REPLY, &vec![b'x'; 800_000]).await;
    assert_eq!(answer.status.as_u16(), 422);
    assert!(
        answer
            .words()
            .contains("too large to mail: 0.8 MB together"),
        "{}",
        answer.words()
    );
    assert!(answer.text().contains("Come at nine.</textarea>"));
    assert_eq!((waiting(&site).await, said(&site).await), (0, before));
    assert!(
        admin
            .get("/tickets/1")
            .await
            .text()
            .contains("data-room=\"")
    );
    let fits = reply(&mut admin, &REPLY, &vec![b'x'; 600_000]).await;
    assert!(fits.location().starts_with("/tickets/1#message-"));
    let note = [("kind", "note"), ("text", "Keep this.")];
    let kept = reply(&mut admin, &note, &vec![b'x'; 800_000]).await;
    assert!(
        kept.location().starts_with("/tickets/1#message-"),
        "a note is not mailed"
    );
    for wrong in ["0", "101", "many"] {
        let refused = admin
            .post("/settings/mail/largest", &[("largest", wrong)])
            .await;
        assert_eq!(refused.status.as_u16(), 422, "{wrong}");
    }
    let set = admin
        .post("/settings/mail/largest", &[("largest", "20")])
        .await;
    assert_eq!(set.location(), "/settings/mail");
}

#[tokio::test]
async fn e47_scanners_that_open_every_link_use_none_up() {
    let site = Site::open().await;
    let person = kept_app::people::person_with(&site.desk, "agent@desk.example").await;
    let link = sign_in::new_link(&site.desk, person.unwrap().unwrap())
        .await
        .unwrap();
    let path = format!("/sign-in/{}", link.rsplit('/').next().unwrap());
    for method in ["GET", "HEAD", "GET", "HEAD", "OPTIONS"] {
        let mut scanner = site.guest();
        let request = axum::http::Request::builder().method(method).uri(&*path);
        let answer = scanner.ask(request).await;
        assert!(
            !scanner.has_cookie("kept_session"),
            "{method} signs nobody in"
        );
        assert!(!answer.status.is_server_error(), "{method}");
    }
    let mut agent = site.guest();
    assert_eq!(agent.post_as_is(&path, "").await.location(), "/now");
}

#[tokio::test]
async fn e47_no_mail_of_ours_carries_a_link_that_acts() {
    let site = sample::site().await;
    reply(&mut site.admin().await, &REPLY, b"x").await;
    let home = site.desk.config().public_url.clone();
    for state in State::ALL {
        let (mails, _) = reading::outbox(&site.desk, &ines(), state, None)
            .await
            .unwrap();
        for row in mails {
            let found = reading::outgoing(&site.desk, &ines(), row.id)
                .await
                .unwrap();
            let raw = String::from_utf8(found.bytes.unwrap()).unwrap();
            assert!(!raw.contains(&home), "{raw}");
        }
    }
}

#[tokio::test]
async fn whoever_came_by_a_link_chooses_a_password_and_ends_every_other_session() {
    let site = Site::open().await;
    let mut elsewhere = site.person(Role::Agent).await;
    let mut jonas = site.person(Role::Agent).await;
    let page = jonas.get("/you").await;
    assert!(
        !page.text().contains("name=\"old\""),
        "the link was proof enough"
    );
    let weak = jonas.post("/you/password", &[("password", "short")]).await;
    assert_eq!(weak.status.as_u16(), 422);
    let changed = jonas
        .post("/you/password", &[("password", "another long sentence")])
        .await;
    assert_eq!(changed.location(), "/you");
    assert_eq!(jonas.get("/you").await.status.as_u16(), 200);
    assert_eq!(elsewhere.get("/you").await.status.as_u16(), 303);
    let mut anew = site.guest();
    let fields = |password: &str| {
        crate::site::form(&[
            ("email", "agent@desk.example".into()),
            ("password", password.into()),
        ])
    };
    assert_eq!(
        anew.post_as_is("/session", &fields(PASSWORD))
            .await
            .status
            .as_u16(),
        422
    );
    let signed_in = anew
        .post_as_is("/session", &fields("another long sentence"))
        .await;
    assert_eq!(signed_in.status.as_u16(), 303);
    assert!(anew.get("/you").await.text().contains("name=\"old\""));
    let wrong = [
        ("old", "not this one"),
        ("password", "a third long sentence"),
    ];
    assert_eq!(
        anew.post("/you/password", &wrong).await.status.as_u16(),
        422
    );
    let right = [
        ("old", "another long sentence"),
        ("password", "a third long sentence"),
    ];
    assert_eq!(anew.post("/you/password", &right).await.location(), "/you");
}

/// A bounce marks the address where people look for it, and one button takes the mark off.
#[tokio::test]
async fn e15_a_person_s_page_says_that_mail_to_them_comes_back() {
    let site = sample::site().await;
    kept_app::worker::run_due(&site.desk).await.unwrap();
    let mut admin = site.admin().await;
    let sent = site
        .desk
        .store()
        .read(|tx| kept_app::store::outgoing::of_tickets(tx, &[TicketId(1)]))
        .await
        .unwrap();
    let sent = &sent.last().expect("the answer").message_ref;
    let bounce = format!(
        "From: MAILER-DAEMON <x@fox.example>\nTo: support@desk.example\nSubject: Undelivered\n\
         Auto-Submitted: auto-replied\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
         --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.fox.example\n\n\
         Final-Recipient: rfc822; dana@fox.example\nAction: failed\nStatus: 5.1.1\n\
         --b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{sent}>\n--b--\n"
    );
    site.mail(&bounce).await;
    let ticket = admin.get("/tickets/1").await;
    assert!(
        ticket.words().contains("delivery report"),
        "{}",
        ticket.words()
    );
    let dana = kept_app::domain::people::EmailAddress::parse("dana@fox.example").unwrap();
    let dana = site
        .desk
        .store()
        .read(move |tx| kept_app::store::people::find_by_address(tx, &dana))
        .await
        .unwrap()
        .expect("Dana is known");
    let page = format!("/people/{dana}");
    let words = admin.get(&page).await.words();
    assert!(words.contains("Nothing is sent there"), "{words}");
    let wrong = [("address", "nobody@fox.example")];
    let refused = admin.post(&format!("{page}/reachable"), &wrong).await;
    assert_eq!(refused.status.as_u16(), 409);
    let address = [("address", "dana@fox.example")];
    let answer = admin.post(&format!("{page}/reachable"), &address).await;
    assert_eq!(answer.location(), page);
    let words = admin.get(&page).await.words();
    assert!(!words.contains("Nothing is sent there"), "{words}");
}

#[tokio::test]
async fn how_many_automatic_answers_go_out_and_where_bounces_go_can_be_set() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let limits = [
        ("address_day", "2"),
        ("domain_hour", "30"),
        ("desk_hour", "400"),
    ];
    let answer = admin.post("/settings/mail/answers", &limits).await;
    assert_eq!(answer.location(), "/settings/mail");
    let stored = kept_app::settings::answers::limits(&site.desk)
        .await
        .unwrap();
    assert_eq!(
        (stored.address_day, stored.domain_hour, stored.desk_hour),
        (2, 30, 400)
    );
    let page = admin.get("/settings/mail").await.text();
    assert!(page.contains(r#"value="30""#), "{page}");
    let wrong = [
        ("address_day", "many"),
        ("domain_hour", "1"),
        ("desk_hour", "1"),
    ];
    let again = admin.post("/settings/mail/answers", &wrong).await;
    assert_eq!(again.status.as_u16(), 422);
    assert!(again.text().contains("many"), "what was typed stays");
    let plain = [("return_path", "plain")];
    admin.post("/settings/mail/bounces", &plain).await;
    let named = async || kept_app::settings::answers::bounces_name_tickets(&site.desk).await;
    assert!(!named().await.unwrap());
    admin
        .post("/settings/mail/bounces", &[("return_path", "ticket")])
        .await;
    assert!(named().await.unwrap());
}
