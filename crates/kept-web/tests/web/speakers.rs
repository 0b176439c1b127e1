//! Whose ticket it is and who takes part, through the forms agents use.

use kept_app::domain::ids::TicketId;
use kept_app::intake::Taken;
use kept_app::reading::{self, Conversation};
use kept_app::settings::forms;

use crate::sample::{self, ines};
use crate::site::{Site, letter};

async fn ticket(site: &Site) -> Conversation {
    reading::conversation(&site.desk, &ines(), TicketId(1))
        .await
        .unwrap()
}

#[tokio::test]
async fn somebody_is_added_taken_out_and_brought_back() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let kim = [("who", "Kim Lee <kim@fox.example>")];
    admin.post("/tickets/1/participants", &kim).await;
    let person = ticket(&site).await.participants[0].person;
    let page = admin.get("/tickets/1").await.words();
    assert!(
        page.contains("Dana Fox and Kim Lee will read this"),
        "{page}"
    );
    let out = format!("/tickets/1/participants/{person}/removal");
    admin.post(&out, &[]).await;
    assert!(ticket(&site).await.participants.is_empty());
    admin.post(&format!("/undo/removed-1-{person}"), &[]).await;
    assert_eq!(ticket(&site).await.participants.len(), 1);
    admin.post(&format!("/undo/added-1-{person}"), &[]).await;
    assert!(ticket(&site).await.participants.is_empty());
    let wrong = admin
        .post("/tickets/1/participants", &[("who", "nobody")])
        .await;
    assert!(wrong.words().contains("is not an e-mail address"));
}

#[tokio::test]
async fn the_wrong_person_is_corrected_by_name_or_address_and_taken_back() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let before = ticket(&site).await.ticket.requester;
    let kim = [("who", "Kim Lee <kim@fox.example>")];
    admin.post("/tickets/1/requester", &kim).await;
    let after = ticket(&site).await;
    assert_eq!(after.requester.unwrap().name, "Kim Lee");
    assert_eq!(after.participants.len(), 1, "whoever wrote hears still");
    admin.post("/undo/requester-1", &[]).await;
    assert_eq!(ticket(&site).await.ticket.requester, before);
    admin
        .post("/tickets/1/requester", &[("who", "Kim L")])
        .await;
    assert_eq!(ticket(&site).await.requester.unwrap().name, "Kim Lee");
    let nobody = admin.post("/tickets/1/requester", &[("who", "Zoe")]).await;
    assert!(nobody.words().contains("Nobody is called"));
}

#[tokio::test]
async fn whoever_is_unticked_gets_no_copy() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for who in ["kim@fox.example", "lee@fox.example"] {
        admin.post("/tickets/1/participants", &[("who", who)]).await;
    }
    let fields = [
        ("kind", "reply"),
        ("to", "Dana Fox <dana@fox.example>"),
        ("cc", "lee <lee@fox.example>"),
        ("cc", "new@fox.example"),
        ("text", "Hello"),
        ("then", "ask"),
    ];
    admin.upload("/tickets/1/messages", &fields, &[]).await;
    let told = ticket(&site).await;
    let sent = told.said.last().unwrap().outgoing.as_ref().unwrap();
    assert_eq!(
        sent.recipients,
        r#"["dana@fox.example","lee@fox.example","new@fox.example"]"#
    );
    assert_eq!(
        told.participants.len(),
        3,
        "the new one takes part from now on"
    );
}

#[tokio::test]
async fn web_forms_are_named_in_the_settings() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let typed = [("forms", "Web@Shop.example\r\nother@shop.example")];
    admin.post("/settings/mail/forms", &typed).await;
    let known = forms::current(&site.desk, &ines()).await.unwrap();
    assert_eq!(known, ["web@shop.example", "other@shop.example"]);
    let page = admin.get("/settings/mail").await.text();
    assert!(page.contains("web@shop.example"), "{page}");
    let wrong = admin
        .post("/settings/mail/forms", &[("forms", "shop")])
        .await;
    assert!(wrong.words().contains("is not an e-mail address"));
}

#[tokio::test]
async fn a_mail_without_a_name_has_the_name_the_desk_knows() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let bare = letter(900, "Bare", "No name on it.")
        .replace("Dana Fox <dana@fox.example>", "dana@fox.example");
    let Taken::Opened(ticket) = site.mail(&bare).await else {
        panic!("it opens a ticket");
    };
    let page = admin.get(&format!("/tickets/{ticket}")).await.text();
    let named = r#"<h2 title="dana@fox.example">Dana Fox</h2>"#;
    assert!(page.contains(named), "{page}");
}
