//! Calls through the forms people use: in the composer, on the page of their own, and by the link without a session.

use kept_app::domain::calls::Answer;
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::Status;
use kept_app::domain::turn::Turn;
use kept_app::reading;
use kept_app::store::outgoing::{self, State};

use crate::sample::{self, ines};
use crate::site::Site;

const CALL: [(&str, &str); 5] = [
    ("kind", "call"),
    ("caller", "Dana Fox <dana@fox.example>"),
    ("how", "they-called"),
    ("wanted", "act"),
    ("text", "The roller is shiny."),
];

/// The path of the link in the last mail.
async fn link(site: &Site) -> String {
    let queued = site
        .desk
        .store()
        .read(|tx| outgoing::list(tx, State::Queued, None, 100));
    let mails: Vec<outgoing::Outgoing> = queued.await.unwrap();
    let last = mails.iter().max_by_key(|mail| mail.id).unwrap();
    let (_, rest) = last.mail.split_once("/said/").unwrap();
    let token: String = rest
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter))
        .collect();
    format!("/said/{token}")
}

async fn answer(site: &Site, ticket: i64) -> Option<Answer> {
    let read = reading::conversation(&site.desk, &ines(), TicketId(ticket))
        .await
        .unwrap();
    let lines: Vec<_> = read.happened.into_iter().map(|it| it.recorded).collect();
    let calls = kept_app::domain::calls::record(&lines);
    calls.last().unwrap().answer
}

async fn stands(site: &Site, ticket: i64) -> (Status, Turn) {
    let read = reading::conversation(&site.desk, &ines(), TicketId(ticket))
        .await
        .unwrap();
    (read.ticket.status, read.ticket.turn())
}

#[tokio::test]
async fn a_call_is_logged_in_the_composer_and_shows_how_it_stands() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let page = admin.get("/tickets/1").await.words();
    assert!(page.contains("Log a call"), "{page}");
    let sent = admin.upload("/tickets/1/messages", &CALL, &[]).await;
    assert!(
        sent.location().starts_with("/tickets/1#message-"),
        "{}",
        sent.words()
    );
    let page = admin.get("/tickets/1").await.text();
    let page = crate::site::words(&page);
    for words in [
        "The roller is shiny.",
        "Wants us to act",
        "not confirmed yet",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(stands(&site, 1).await, (Status::Open, Turn::Desk));
}

#[tokio::test]
async fn what_is_wrong_with_a_call_is_said_and_nothing_typed_is_lost() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for (name, value, why) in [
        ("caller", "", "Write who called"),
        ("caller", "dana@", "is not an e-mail address"),
        ("text", " ", "Write what was said"),
        ("at", "2027-01-01T10:00", "still to come"),
        ("at", "yesterday", "when you spoke"),
    ] {
        let mut fields: Vec<_> = CALL
            .iter()
            .filter(|(known, _)| *known != name)
            .copied()
            .collect();
        fields.push((name, value));
        let refused = admin.upload("/tickets/1/messages", &fields, &[]).await;
        assert_eq!(refused.status, 422, "{name}={value}");
        assert!(refused.words().contains(why), "{why}: {}", refused.words());
        let typed = refused.text();
        let chosen = typed.split("value=\"call\"").nth(1).unwrap();
        assert!(chosen.starts_with(" checked"), "still in the call’s fields");
        fields.push(("queue", "1"));
        let refused = admin.post("/calls", &fields).await;
        assert_eq!(refused.status, 422, "{name}={value}");
        assert!(refused.words().contains(why), "{why}: {}", refused.words());
    }
}

#[tokio::test]
async fn a_call_opens_a_ticket_or_goes_on_with_one() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let dana = kept_app::people::person_with(&site.desk, "dana@fox.example")
        .await
        .unwrap();
    let page = admin
        .get(&format!("/calls/new?person={}", dana.unwrap()))
        .await
        .words();
    assert!(
        page.contains("[caller: Dana Fox <dana@fox.example>]"),
        "{page}"
    );
    assert!(page.contains("#1 Printer on floor 2"), "{page}");
    let new = [&CALL[1..], &[("queue", "1")]].concat();
    let opened = admin.post("/calls", &new).await;
    assert!(
        opened.location().starts_with("/tickets/2#message-"),
        "{}",
        opened.location()
    );
    let on = [&CALL[1..], &[("queue", "1"), ("ticket", "#1")]].concat();
    let on = admin.post("/calls", &on).await;
    assert!(
        on.location().starts_with("/tickets/1#message-"),
        "{}",
        on.location()
    );
    let nameless = [&CALL[2..], &[("queue", "1"), ("caller", "The porter")]].concat();
    let nameless = admin.post("/calls", &nameless).await;
    assert!(
        nameless.location().starts_with("/tickets/3"),
        "{}",
        nameless.location()
    );
    let page = admin.get("/tickets/3").await;
    assert!(
        page.text().contains("there is no address"),
        "the word says so"
    );
    assert!(
        page.words().contains("nobody could be asked"),
        "{}",
        page.words()
    );
}

#[tokio::test]
async fn one_click_confirms_and_looking_never_does() {
    let site = sample::site().await;
    site.admin()
        .await
        .upload("/tickets/1/messages", &CALL, &[])
        .await;
    let link = link(&site).await;
    let mut guest = site.guest();
    for _ in 0..3 {
        let page = guest.get(&link).await;
        assert_eq!(page.status, 200);
        let words = page.words();
        assert!(words.contains("The roller is shiny."), "{words}");
        assert!(
            !words.contains("Is the roller shiny?"),
            "nothing else of the ticket: {words}"
        );
        assert_eq!(answer(&site, 1).await, None);
    }
    for path in ["confirmation", "correction"] {
        let looked = guest.get(&format!("{link}/{path}")).await;
        assert_eq!(looked.status, 405, "{path}");
    }
    let done = guest.post_as_is(&format!("{link}/confirmation"), "").await;
    assert_eq!(done.location(), link);
    let page = guest.get(&link).await.words();
    assert!(page.contains("You confirmed this on"), "{page}");
    let again = guest.post_as_is(&format!("{link}/confirmation"), "").await;
    assert_eq!(again.location(), link, "a second click is fine");
    assert!(matches!(
        answer(&site, 1).await,
        Some(Answer::Confirmed { .. })
    ));
    let told = site.admin().await.get("/tickets/1").await.words();
    assert!(
        told.contains("Dana Fox: confirmed what was said in the call"),
        "{told}"
    );
}

#[tokio::test]
async fn a_correction_stands_in_the_conversation_and_wakes_the_desk() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let know = [&CALL[..3], &CALL[4..], &[("wanted", "know")]].concat();
    admin.upload("/tickets/1/messages", &know, &[]).await;
    assert_eq!(
        stands(&site, 1).await.1,
        Turn::Client,
        "to know hands nobody the turn"
    );
    let link = link(&site).await;
    let mut guest = site.guest();
    let post = format!("{link}/correction");
    let empty = guest.post_as_is(&post, "text=+&wanted=act").await;
    assert_eq!(empty.status, 422);
    assert!(
        empty.words().contains("Write what was said"),
        "{}",
        empty.words()
    );
    let body = "text=It+is+the+%3Cb%3Eblue%3C%2Fb%3E+one&wanted=act";
    assert_eq!(guest.post_as_is(&post, body).await.location(), link);
    let again = guest.post_as_is(&post, body).await;
    assert_eq!(again.status, 409);
    assert!(
        again.words().contains("answer our mail"),
        "{}",
        again.words()
    );
    assert_eq!(stands(&site, 1).await, (Status::Open, Turn::Desk));
    let page = admin.get("/tickets/1").await;
    assert!(
        page.text()
            .contains("It is the &lt;b&gt;blue&lt;/b&gt; one"),
        "their words, as text"
    );
    assert!(
        page.words().contains("corrected what was said"),
        "{}",
        page.words()
    );
}

/// Each request has a number of its own.
fn without_number(words: &str) -> String {
    let lines: Vec<&str> = words.lines().collect();
    let number = lines.iter().position(|line| *line == "Request").unwrap() + 1;
    let others = lines.iter().enumerate().filter(|(at, _)| *at != number);
    others.map(|(_, line)| *line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_wrong_link_is_an_address_there_is_nothing_at() {
    let site = sample::site().await;
    site.admin()
        .await
        .upload("/tickets/1/messages", &CALL, &[])
        .await;
    let link = link(&site).await;
    let nothing = without_number(&site.guest().get("/nothing/here").await.words());
    let wrong = [
        format!("{link}x"),
        link[..link.len() - 1].to_owned(),
        "/said/1".into(),
    ];
    for path in wrong {
        let answer = site.guest().get(&path).await;
        assert_eq!(
            (answer.status.as_u16(), without_number(&answer.words())),
            (404, nothing.clone()),
            "{path}"
        );
        let path = format!("{path}/confirmation");
        assert_eq!(
            site.guest().post_as_is(&path, "").await.status,
            404,
            "{path}"
        );
    }
    let mut last = 404;
    for guess in 0..20 {
        last = site
            .guest()
            .get(&format!("/said/{guess}"))
            .await
            .status
            .as_u16();
    }
    assert_eq!(last, 429, "who guesses often waits");
    assert_eq!(site.guest().get(&link).await.status, 200);
}

#[tokio::test]
async fn a_link_leaves_no_trace() {
    let site = sample::site().await;
    site.admin()
        .await
        .upload("/tickets/1/messages", &CALL, &[])
        .await;
    let link = link(&site).await;
    let mut guest = site.guest();
    let page = guest.get(&link).await;
    let moved = guest.post_as_is(&format!("{link}/confirmation"), "").await;
    for answer in [page, moved] {
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-robots-tag"), "noindex, nofollow");
        assert_eq!(
            answer.header("referrer-policy"),
            "same-origin",
            "without TLS"
        );
    }
}
