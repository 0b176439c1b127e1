//! Promises through the forms people use: beside a ticket, with a reply, offered after one.

use kept_app::domain::ids::TicketId;
use kept_app::domain::promises::State;
use kept_app::promises;

use crate::sample::{self, ines};
use crate::site::Site;

async fn states(site: &Site) -> Vec<State> {
    let all = promises::of_ticket(&site.desk, &ines(), TicketId(1)).await;
    all.unwrap().iter().map(|it| it.promise.state).collect()
}

const REPLY: [(&str, &str); 3] = [
    ("kind", "reply"),
    ("to", "dana@fox.example"),
    ("then", "keep"),
];

#[tokio::test]
async fn a_promise_is_made_beside_the_ticket_and_listed_for_the_desk() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let fields = [("what", "Call with the price"), ("due", "hours")];
    let answer = admin.post("/tickets/1/promises", &fields).await;
    assert_eq!(answer.location(), "/tickets/1");
    for page in ["/tickets/1", "/promises"] {
        let words = admin.get(page).await.words();
        assert!(words.contains("Call with the price"), "{words}");
        assert!(words.contains("in 2 h ("), "{words}");
    }
    let past = [("what", "x"), ("due", "at"), ("at", "2001-01-01T12:00")];
    let refused = admin.post("/tickets/1/promises", &past).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("That time is over"));
    assert_eq!(states(&site).await, [State::Open]);
    admin.post("/promises/1/keeping", &[]).await;
    assert_eq!(states(&site).await, [State::Kept]);
}

#[tokio::test]
async fn a_reply_keeps_what_is_ticked() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let fields = [("what", "Call with the price"), ("due", "tomorrow")];
    admin.post("/tickets/1/promises", &fields).await;
    let page = admin.get("/tickets/1").await.words();
    assert!(page.contains("Keep it with my reply"), "{page}");
    let reply = [&REPLY[..], &[("text", "It is 20 euros."), ("keeps", "1")]].concat();
    admin.upload("/tickets/1/messages", &reply, &[]).await;
    assert_eq!(states(&site).await, [State::Kept]);
}

#[tokio::test]
async fn a_reply_that_reads_like_a_promise_is_offered_as_one() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let words = [("text", "Thank you. I will send you the price tomorrow.")];
    let reply = [&REPLY[..], &words].concat();
    let answer = admin.upload("/tickets/1/messages", &reply, &[]).await;
    let location = answer.location().to_owned();
    let (page, _) = location.split_once('#').unwrap();
    assert!(page.starts_with("/tickets/1?said="), "{location}");
    assert_eq!(states(&site).await, [], "nothing is recorded by itself");
    let shown = admin.get(page).await;
    let text = shown.text();
    assert!(
        shown
            .words()
            .contains("You wrote: “I will send you the price tomorrow."),
        "{}",
        shown.words()
    );
    let hidden = |name: &str| {
        let (_, rest) = text.split_once(&format!("type=\"hidden\" name=\"{name}\" value=\""))?;
        rest.split('"').next().map(str::to_owned)
    };
    let (message, at) = (hidden("message").unwrap(), hidden("at").unwrap());
    let yes = [
        ("what", "I will send you the price tomorrow."),
        ("due", "at"),
        ("at", &*at),
        ("message", &*message),
    ];
    admin.post("/tickets/1/promises", &yes).await;
    assert_eq!(states(&site).await, [State::Open]);
    let again = admin.get(page).await.words();
    assert!(!again.contains("You wrote:"), "it is offered once");
}

#[tokio::test]
async fn a_reply_without_a_promise_offers_none() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let reply = [&REPLY[..], &[("text", "Please open a window.")]].concat();
    let answer = admin.upload("/tickets/1/messages", &reply, &[]).await;
    assert!(answer.location().starts_with("/tickets/1#message-"));
}

#[tokio::test]
async fn a_promise_is_moved_with_words_and_handed_to_a_colleague() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let fields = [("what", "Call with the price"), ("due", "tomorrow")];
    admin.post("/tickets/1/promises", &fields).await;
    let silent = [("due", "week"), ("words", "")];
    let refused = admin.post("/promises/1/time", &silent).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("Write why"), "{}", refused.words());
    let moved = [("due", "week"), ("words", "The shop is shut.")];
    let moved = admin.post("/promises/1/time", &moved).await;
    assert!(
        moved.location().starts_with("/tickets/1#message-"),
        "{}",
        moved.words()
    );
    let page = admin.get("/tickets/1").await.words();
    for words in ["The shop is shut.", "new time agreed"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let handed = admin.post("/promises/1/promiser", &[("to", "3")]).await;
    assert_eq!(handed.location(), "/tickets/1");
    let page = admin.get("/promises").await.words();
    assert!(page.contains("Jonas Petit,"), "{page}");
    let again = admin.post("/promises/1/promiser", &[("to", "3")]).await;
    assert_eq!(again.status, 409);
}

#[tokio::test]
async fn what_a_client_promises_is_offered_beside_the_composer_and_listed_as_theirs() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    site.mail(&crate::site::letter(
        7,
        "Toner",
        "I will bring it in tomorrow.",
    ))
    .await;
    let page = admin.get("/tickets/2").await.words();
    assert!(
        page.contains("Dana Fox wrote: “I will bring it in tomorrow.”"),
        "{page}"
    );
    let fields = [
        ("what", "I will bring it in tomorrow."),
        ("due", "tomorrow"),
        ("side", "client"),
    ];
    admin.post("/tickets/2/promises", &fields).await;
    let page = admin.get("/promises").await.words();
    let (_, clients) = page.split_once("Of the clients").unwrap();
    assert!(clients.contains("I will bring it in tomorrow."), "{page}");
    site.mail(&crate::site::letter(8, "Paper", "I will send it tomorrow."))
        .await;
    let page = admin.get("/tickets/3").await.text();
    let message = page.split("name=\"message\" value=\"").nth(1).unwrap();
    let message = message.split('"').next().unwrap().to_owned();
    let no = [("message", message.as_str())];
    let answer = admin.post("/tickets/3/promises/dismissal", &no).await;
    assert_eq!(answer.location(), "/tickets/3");
    let page = admin.get("/tickets/3").await.words();
    assert!(!page.contains("wrote: “I will send it"), "{page}");
}

#[tokio::test]
async fn a_month_of_promises_and_a_calendar_of_ones_own() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let fields = [("what", "Call with the price"), ("due", "tomorrow")];
    admin.post("/tickets/1/promises", &fields).await;
    let page = admin.get("/promises/calendar").await.words();
    assert!(
        page.contains("November 2026") && page.contains("Call with the price"),
        "{page}"
    );
    let page = admin.get("/promises/calendar?month=2027-02").await.words();
    assert!(
        page.contains("February 2027") && !page.contains("Call with"),
        "{page}"
    );
    for odd in ["x", "2026-13", "99999-01"] {
        let page = admin.get(&format!("/promises/calendar?month={odd}")).await;
        assert!(page.words().contains("November 2026"), "{odd}");
    }
    let made = admin.post("/you/calendar", &[]).await.text();
    let path = made
        .split("/calendar/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let mut program = site.guest();
    let feed = program.get(&format!("/calendar/{path}")).await;
    assert_eq!(feed.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(feed.header("cache-control"), "no-store");
    assert!(
        feed.text().contains("SUMMARY:Call with the price"),
        "{}",
        feed.text()
    );
    let page = admin.get("/you").await.text();
    assert!(!page.contains(path), "the address is told once");
    admin.post("/you/calendar/withdrawal", &[]).await;
    assert_eq!(program.get(&format!("/calendar/{path}")).await.status, 404);
}
