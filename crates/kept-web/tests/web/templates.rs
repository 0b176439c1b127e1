//! Templates for new tickets, from Settings to a ticket.

use kept_app::domain::people::Role;

use crate::sample;

const FIELDS: [(&str, &str); 6] = [
    ("name", "New colleague"),
    ("subject", "New colleague:"),
    ("text", "Who, and from when?"),
    ("tags", "onboarding, hardware"),
    ("steps", "Make the account\r\nOrder a phone"),
    ("priority", "high"),
];

#[tokio::test]
async fn a_template_is_written_chosen_and_becomes_a_ticket() {
    let site = sample::site().await;
    let (mut admin, mut jonas) = (site.admin().await, site.person(Role::Agent).await);
    let plain = jonas.get("/tickets/new").await.text();
    assert!(!plain.contains("Begin with"), "{plain}");
    let saved = admin.post("/settings/templates", &FIELDS).await;
    assert_eq!(saved.location(), "/settings/templates");
    let form = jonas.get("/tickets/new?template=1").await.text();
    for said in [
        "value=\"New colleague:\"",
        "value=\"hardware, onboarding\"",
        "Make the account\nOrder a phone",
        "value=\"high\" selected",
    ] {
        assert!(form.contains(said), "{said}: {form}");
    }
    let fields = [
        ("subject", "New colleague: Dana"),
        ("queue", "1"),
        ("tags", "onboarding"),
        ("steps", "Make the account\r\n\r\nOrder a phone\r\n"),
    ];
    let opened = jonas.post("/tickets", &fields).await;
    let page = jonas.get(opened.location()).await.text();
    assert!(
        page.contains("0 of 2") && page.contains("Order a phone"),
        "{page}"
    );
    assert!(page.contains("tag%3Aonboarding"), "{page}");
}

#[tokio::test]
async fn what_is_wrong_with_a_template_stands_beside_its_field_with_all_words_kept() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let mut fields = FIELDS.to_vec();
    fields[3] = ("tags", "a?b");
    let wrong = admin.post("/settings/templates", &fields).await;
    assert_eq!(wrong.status, 422);
    let page = wrong.text();
    assert!(
        page.contains("f-tags-error") && page.contains("Order a phone"),
        "{page}"
    );
    admin.post("/settings/templates", &FIELDS).await;
    admin.post("/settings/templates/1/removal", &[]).await;
    let list = admin.get("/settings/templates").await.text();
    assert!(
        list.contains("/undo/beginning-1") && list.contains("No templates yet"),
        "{list}"
    );
    admin.post("/undo/beginning-1", &[]).await;
    let list = admin.get("/settings/templates").await.text();
    assert!(list.contains("New colleague"), "{list}");
}
