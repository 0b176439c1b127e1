//! What the composer suggests while a reply is written, what its author is asked afterwards, and what the client reads of a
//! third party.

use kept_app::domain::ids::TicketId;
use kept_app::domain::turn::Turn;
use kept_app::reading::{self, Conversation};

use crate::sample::{self, ines};
use crate::site::{Site, Visitor};

async fn ticket(site: &Site) -> Conversation {
    reading::conversation(&site.desk, &ines(), TicketId(1))
        .await
        .unwrap()
}

async fn suggested(visitor: &mut Visitor, fields: &[(&str, &str)]) -> (String, String) {
    let answer = visitor.post("/tickets/1/suggestion", fields).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let then = ["ask", "keep"]
        .into_iter()
        .find(|then| answer.text().contains(&format!("data-then=\"{then}\"")));
    let words = answer.words().replace('\n', " ");
    (then.unwrap_or_default().to_owned(), words)
}

const REPLY: [(&str, &str); 2] = [("kind", "reply"), ("to", "dana@fox.example")];

#[tokio::test]
async fn a_reply_being_written_says_whose_turn_it_would_be() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for (text, then, says) in [
        ("", "", ""),
        ("It is mended.", "keep", ""),
        (
            "Could you restart it?",
            "ask",
            "Ask it asks “Could you restart it?”",
        ),
        (
            "I will call you back tomorrow.",
            "keep",
            "Keep our turn it promises “I will call you back tomorrow.”",
        ),
        // Nothing ends by itself: it is offered, and our turn stays until somebody takes it.
        (
            "Everything is fixed. You don't need to do anything.",
            "keep",
            "Resolve it says “Everything is fixed.”",
        ),
        (
            "Alles behoben, Sie müssen nichts mehr tun.",
            "keep",
            "Resolve it says “Alles behoben, Sie müssen nichts mehr tun.”",
        ),
    ] {
        let (found, words) = suggested(&mut admin, &[("text", text)]).await;
        assert_eq!(found, then, "{text}");
        assert!(words.contains(says), "{text}: {words}");
    }
    let page = admin.get("/tickets/1").await.text();
    assert!(!page.contains("restart it"), "nothing of it is stored");
}

#[tokio::test]
async fn the_very_words_below_a_reply_are_shown_before_it_is_sent() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let mut fields = vec![
        ("text", "It is ordered."),
        ("then", "wait"),
        ("next", "week"),
    ];
    let (_, words) = suggested(&mut admin, &fields).await;
    assert!(words.contains("whom you wait for, for what"), "{words}");
    fields.extend([
        ("party", "Contoso <b>&"),
        ("what", "a power supply."),
        ("tracking", "1Z 999"),
    ]);
    let (_, words) = suggested(&mut admin, &fields).await;
    let said = "We are waiting for Contoso <b>& : a power supply. Their reference is 1Z 999. You hear from us again by Monday, 30 November, 17:00";
    assert!(words.contains(said), "{words}");
}

#[tokio::test]
async fn the_client_reads_whom_we_wait_for_unless_it_is_switched_off() {
    for tells in [true, false] {
        let site = sample::site().await;
        let mut admin = site.admin().await;
        let mut fields = REPLY.to_vec();
        fields.extend([
            ("text", "It is ordered."),
            ("then", "wait"),
            ("party", "Contoso"),
            ("what", "a power supply"),
            ("next", "week"),
        ]);
        if tells {
            fields.push(("tell-wait", "yes"));
        }
        admin.upload("/tickets/1/messages", &fields, &[]).await;
        let told = ticket(&site).await;
        let said = told.said.last().unwrap();
        assert_eq!(said.body.new_text(), "It is ordered.");
        let below = said.body.said().contains("We are waiting for **Contoso**");
        assert_eq!(below, tells);
        let page = admin.get("/tickets/1").await.words();
        assert_eq!(page.contains("You hear from us again by"), tells, "{page}");
        // Taken back it waits in the composer without the words below, which come again with it.
        admin
            .post(&format!("/undo/message-{}", said.message.id), &[])
            .await;
        let again = admin.get("/tickets/1").await.text();
        assert!(again.contains(">It is ordered.</textarea>"), "{again}");
        let ticked = again.contains("name=\"tell-wait\" value=\"yes\" checked");
        assert_eq!(ticked, tells);
    }
}

#[tokio::test]
async fn a_question_that_left_the_turn_here_is_asked_about_and_the_answer_can_be_undone() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let ours = [("to", "desk"), ("why", "they answered by phone")];
    admin.post("/tickets/1/turn", &ours).await;
    let words = [("text", "Thanks. Could you restart it?"), ("then", "keep")];
    let reply = [&REPLY[..], &words].concat();
    let answer = admin.upload("/tickets/1/messages", &reply, &[]).await;
    let (page, _) = answer.location().split_once('#').unwrap();
    assert!(page.starts_with("/tickets/1?said="), "{page}");
    let shown = admin.get(page).await.words().replace('\n', " ");
    assert!(
        shown.contains("This asks the client something: “Could you restart it?”."),
        "{shown}"
    );
    let yes = [
        ("to", "client"),
        ("why", "we asked: “Could you restart it?”"),
    ];
    let told = admin.post("/tickets/1/turn", &yes).await;
    assert_eq!(told.location(), "/tickets/1");
    assert_eq!(ticket(&site).await.ticket.turn(), Turn::Client);
    let again = admin.get(page).await;
    assert!(!again.words().contains("This asks the client something"));
    assert!(again.text().contains("/undo/turn-1"), "{}", again.text());
    admin.post("/undo/turn-1", &[]).await;
    assert_eq!(ticket(&site).await.ticket.turn(), Turn::Desk);
}

#[tokio::test]
async fn nobody_is_asked_who_chose_or_only_informed() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let ours = [("to", "desk"), ("why", "they answered by phone")];
    admin.post("/tickets/1/turn", &ours).await;
    for more in [
        vec![("text", "It is mended."), ("then", "keep")],
        vec![("text", "Is it on?"), ("then", "keep"), ("chosen", "yes")],
        vec![("text", "Is it on?"), ("then", "ask")],
        vec![("text", "It is mended."), ("then", "ask")],
    ] {
        let reply = [&REPLY[..], &more].concat();
        let answer = admin.upload("/tickets/1/messages", &reply, &[]).await;
        assert!(!answer.location().contains("said="), "{more:?}");
    }
}

#[tokio::test]
async fn who_sends_before_the_suggestion_is_shown_gets_it_all_the_same() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for (text, then, chosen, turn) in [
        ("It is mended.", "keep", "no", Turn::Desk),
        ("Is it on?", "keep", "no", Turn::Client),
        ("Is it on?", "keep", "yes", Turn::Desk),
    ] {
        let ours = [("to", "desk"), ("why", "they answered by phone")];
        admin.post("/tickets/1/turn", &ours).await;
        let more = [("text", text), ("then", then), ("chosen", chosen)];
        let reply = [&REPLY[..], &more].concat();
        admin.upload("/tickets/1/messages", &reply, &[]).await;
        assert_eq!(ticket(&site).await.ticket.turn(), turn, "{text} {chosen}");
    }
}

#[tokio::test]
async fn what_is_hard_to_read_is_said_and_nothing_of_what_is_plain() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for (text, says) in [
        ("Please restart it.", ""),
        (
            "Please reboot it.",
            "Could be plainer“reboot”: rather restart",
        ),
        ("That is not our problem, reboot it.", "Hard to read"),
    ] {
        let fields = [REPLY[0], REPLY[1], ("text", text)];
        let (_, words) = suggested(&mut admin, &fields).await;
        assert_eq!(
            words.contains("plainer") || words.contains("Hard"),
            !says.is_empty(),
            "{words}"
        );
        assert!(
            words.replace(' ', "").contains(&says.replace(' ', "")),
            "{text}: {words}"
        );
    }
}
