//! Beside answering: passing on, a copy nobody knows of, a quote, a signature; as the pages take and show them.

use crate::sample;
use crate::site::{Visitor, letter};

async fn page(visitor: &mut Visitor, path: &str) -> String {
    let answer = visitor.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.text()
}

#[tokio::test]
async fn a_forward_is_offered_sent_and_shown() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    let taken = site.mail(&letter(90, "Scanner", "It hums.")).await;
    let kept_app::intake::Taken::Opened(ticket) = taken else {
        panic!("a new subject opens a ticket, not {taken:?}");
    };
    let path = format!("/tickets/{ticket}");
    let offered = page(&mut ines, &format!("{path}?forward=last")).await;
    assert!(offered.contains("name=\"forward-to\""), "{offered}");
    assert!(offered.contains("comes back to the desk alone"));
    assert!(!page(&mut ines, &path).await.contains("name=\"forward-to\""));
    let nobody = [
        ("kind", "forward"),
        ("forward-of", "all"),
        ("text", "Seen?"),
    ];
    let refused = ines.post(&format!("{path}/messages"), &nobody).await;
    assert_eq!(refused.status, 422, "{}", refused.words());
    let again = refused.text();
    assert!(again.contains("Seen?") && again.contains("name=\"forward-to\""));
    let fields = [
        ("kind", "forward"),
        ("forward-of", "all"),
        ("forward-to", "Maker <service@maker.example>"),
        ("text", "Seen?"),
    ];
    let sent = ines.post(&format!("{path}/messages"), &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.words());
    let shown = page(&mut ines, &path).await;
    assert!(shown.contains("is-forward"), "{shown}");
    let words = ines.get(&path).await.words();
    assert!(
        words.contains("forwarded the conversation to service@maker.example"),
        "{words}"
    );
    assert!(words.contains("To Maker"), "{words}");
}

#[tokio::test]
async fn a_draft_of_a_forward_is_one_still() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    let fields = [
        ("kind", "forward"),
        ("forward-of", "all"),
        ("forward-to", "service@maker.example"),
        ("text", "Half a question"),
    ];
    ines.post("/tickets/1/draft", &fields).await;
    let shown = page(&mut ines, "/tickets/1").await;
    assert!(shown.contains("value=\"service@maker.example\""), "{shown}");
    assert!(shown.contains("value=\"forward\" checked"));
}

#[tokio::test]
async fn a_secret_copy_is_shown_to_agents() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    let fields = [
        ("kind", "reply"),
        ("to", "dana@fox.example"),
        ("bcc", "boss@owner.example"),
        ("then", "keep"),
        ("chosen", "yes"),
        ("text", "It is mended."),
    ];
    let sent = ines.post("/tickets/1/messages", &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.words());
    let words = ines.get("/tickets/1").await.words();
    assert!(
        words.contains("hidden copy to boss@owner.example"),
        "{words}"
    );
    let wrong = [
        ("bcc", "no address"),
        fields[0],
        fields[1],
        fields[3],
        fields[5],
    ];
    let refused = ines.post("/tickets/1/messages", &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("value=\"no address\""));
}

#[tokio::test]
async fn without_a_script_a_link_quotes_a_message() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    let note = [("kind", "note"), ("text", "One.\n\nTwo.")];
    let said = ines.post("/tickets/1/messages", &note).await;
    let id = said.location().rsplit('-').next().unwrap().to_owned();
    let shown = page(&mut ines, &format!("/tickets/1?quote={id}")).await;
    assert!(shown.contains("&gt; One.\n&gt;\n&gt; Two."), "{shown}");
    let elsewhere = ines.get(&format!("/tickets/2?quote={id}")).await;
    assert_eq!(elsewhere.status, 404, "it is of another ticket");
}

#[tokio::test]
async fn a_signature_is_ones_own() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    let saved = ines
        .post("/you/signature", &[("signature", "{{ me }}, mornings")])
        .await;
    assert_eq!(saved.location(), "/you");
    assert!(
        page(&mut ines, "/you")
            .await
            .contains("{{ me }}, mornings</textarea>")
    );
    let wrong = ines.post("/you/signature", &[("signature", "{{ me")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("{{ me</textarea>"));
    let mut other = site.person(kept_app::domain::people::Role::Agent).await;
    assert!(
        !page(&mut other, "/you")
            .await
            .contains("{{ me }}, mornings</textarea>")
    );
}
