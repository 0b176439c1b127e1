//! Two agents on one ticket: each sees that the other is there, and no reply goes out past what came in while it was
//! being written.

use kept_app::domain::people::Role;
use kept_app::intake::Taken;

use crate::sample;
use crate::site::{Answer, Site, Visitor, letter};

/// The newest message of the page, as its composer says it.
async fn seen(visitor: &mut Visitor, path: &str) -> String {
    let page = visitor.get(path).await.text();
    let from = page.split("name=\"seen\" value=\"").nth(1).unwrap();
    from.split('"').next().unwrap().to_owned()
}

async fn reply(visitor: &mut Visitor, path: &str, seen: &str) -> Answer {
    let fields = [
        ("kind", "reply"),
        ("to", "dana@fox.example"),
        ("then", "keep"),
        ("chosen", "yes"),
        ("text", "We come tomorrow."),
        ("seen", seen),
    ];
    visitor.post(&format!("{path}/messages"), &fields).await
}

/// A ticket nobody has answered yet.
async fn fresh(site: &Site) -> String {
    let taken = site.mail(&letter(70, "Toner", "It is empty")).await;
    let Taken::Opened(ticket) = taken else {
        panic!("a new subject opens a ticket, not {taken:?}");
    };
    format!("/tickets/{ticket}")
}

#[tokio::test]
async fn a_reply_waits_once_for_what_came_in_meanwhile() {
    let site = sample::site().await;
    let path = fresh(&site).await;
    let (mut ines, mut other) = (site.admin().await, site.person(Role::Agent).await);
    let begun = seen(&mut ines, &path).await;
    let note = [
        ("kind", "note"),
        ("text", "The courier brings toner today."),
    ];
    other.post(&format!("{path}/messages"), &note).await;
    let asked = reply(&mut ines, &path, &begun).await;
    assert_eq!(asked.status, 409, "{}", asked.words());
    let words = asked.words();
    assert!(
        words.contains("left a note while you were writing: “The courier brings toner today.”"),
        "{words}"
    );
    assert!(
        asked.text().contains("We come tomorrow."),
        "what was typed is still there"
    );
    let now = seen(&mut ines, &path).await;
    assert!(
        asked
            .text()
            .contains(&format!("name=\"seen\" value=\"{now}\"")),
        "and what came is seen now"
    );
    assert_eq!(reply(&mut ines, &path, &now).await.status, 303);
}

#[tokio::test]
async fn nothing_is_asked_where_nothing_came_in() {
    let site = sample::site().await;
    let path = fresh(&site).await;
    let mut ines = site.admin().await;
    let begun = seen(&mut ines, &path).await;
    assert_eq!(reply(&mut ines, &path, &begun).await.status, 303);
    assert_eq!(
        reply(&mut ines, &path, &begun).await.status,
        303,
        "her own words are no news"
    );
    assert_eq!(
        reply(&mut ines, &path, "").await.status,
        303,
        "a program says nothing of what it saw"
    );
}

#[tokio::test]
async fn each_sees_that_the_other_is_there() {
    let site = sample::site().await;
    let (mut ines, mut other) = (site.admin().await, site.person(Role::Agent).await);
    let say = async |who: &mut Visitor, state: &str| {
        who.post("/tickets/1/presence", &[("state", state)])
            .await
            .words()
    };
    let mut news = ines.listen("presence:1").await;
    assert!(
        !say(&mut ines, "looking").await.contains("open"),
        "nobody sees themselves"
    );
    assert!(
        crate::live::next(&mut news)
            .await
            .ends_with("data: presence:1\n\n")
    );
    say(&mut other, "writing").await;
    assert!(
        crate::live::next(&mut news)
            .await
            .ends_with("data: presence:1\n\n")
    );
    assert!(say(&mut ines, "looking").await.contains("is writing"));
    assert!(
        ines.get("/tickets/1").await.words().contains("is writing"),
        "the page says so, too"
    );
    assert!(!ines.get("/tickets/2").await.words().contains("is writing"));
    say(&mut other, "gone").await;
    assert!(
        crate::live::next(&mut news)
            .await
            .ends_with("data: presence:1\n\n")
    );
    assert!(!say(&mut ines, "looking").await.contains("is writing"));
}
