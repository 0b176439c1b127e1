//! The pages of the rules, as a browser without scripts uses them.

use kept_app::domain::people::Role;

use crate::site::{Site, Visitor, letter};

const FORM: [(&str, &str); 7] = [
    ("name", "Printers"),
    ("on", "yes"),
    ("when", "opened"),
    ("if", "printer"),
    ("priority", "high"),
    ("tag", "VIP, printer"),
    ("reply", "Hello {{ name }}, about #{{ number }}."),
];

async fn made(visitor: &mut Visitor) -> String {
    let answer = visitor.post("/settings/rules", &FORM).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    answer.location().to_owned()
}

#[tokio::test]
async fn a_rule_is_made_reads_as_a_sentence_and_fires() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let page = made(&mut admin).await;
    let words = admin.get(&page).await.words().replace('\n', " ");
    let parts = [
        "When a ticket is opened",
        "set the priority to high",
        "tag it vip and printer",
    ];
    for part in parts {
        assert!(words.contains(part), "{part}: {words}");
    }
    site.mail(&letter(1, "Printer", "It smells.")).await;
    let ticket = admin.get("/tickets/1").await.words();
    assert!(
        ticket.contains("Rule “Printers”: changed the priority from normal to high"),
        "{ticket}"
    );
    let list = admin
        .get("/settings/rules")
        .await
        .words()
        .replace('\n', " ");
    assert!(list.contains("fired once in 30 days"), "{list}");
    let inbox = admin.get("/inbox").await.text();
    assert!(inbox.contains("<span class=\"tag\">vip</span>"));
}

#[tokio::test]
async fn a_dry_run_keeps_nothing() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    site.mail(&letter(1, "Printer", "It smells.")).await;
    site.mail(&letter(2, "Wi-Fi", "It is slow.")).await;
    let answer = admin.post("/settings/rules/trial", &FORM).await;
    let words = answer.words();
    assert_eq!(answer.status, 200, "{words}");
    assert!(words.contains("it would have fired once."), "{words}");
    assert!(words.contains("#1 Printer"), "{words}");
    assert!(words.contains("Hello Dana Fox, about #1."), "{words}");
    assert!(
        words.contains("[name: Printers]"),
        "the form is still there: {words}"
    );
    assert!(
        admin
            .get("/settings/rules")
            .await
            .words()
            .contains("No rules yet")
    );
    let page = made(&mut admin).await;
    let again = admin.get(&format!("{page}/trial")).await.words();
    assert!(again.contains("it would have fired once."), "{again}");
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_stays() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    for act in ["/settings/rules", "/settings/rules/trial"] {
        let fields = [
            ("name", "Printers"),
            ("when", "opened"),
            ("if", "printer is:lost"),
            ("kind", "incident"),
        ];
        let answer = admin.post(act, &fields).await;
        let words = answer.words();
        assert_eq!(answer.status, 422, "{words}");
        assert!(words.contains("at character 9"), "{words}");
        assert!(words.contains("[if: printer is:lost]"), "{words}");
    }
}

#[tokio::test]
async fn rules_are_moved_switched_removed_and_brought_back() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let page = made(&mut admin).await;
    admin
        .post(
            "/settings/rules",
            &[("name", "Second"), ("when", "closed"), ("tag", "done")],
        )
        .await;
    admin
        .post(&format!("{page}/position"), &[("move", "down")])
        .await;
    let list = admin.get("/settings/rules").await.words();
    assert!(list.find("Second") < list.find("Printers"), "{list}");
    admin
        .post(&format!("{page}/state"), &[("state", "off")])
        .await;
    assert!(
        admin
            .get("/settings/rules")
            .await
            .words()
            .contains("Switch on")
    );
    admin.post(&format!("{page}/removal"), &[]).await;
    let gone = admin.get("/settings/rules").await.text();
    let undo = gone
        .split("action=\"/undo/rule-")
        .nth(1)
        .expect("a way back");
    let change = undo.split('"').next().expect("a number").to_owned();
    admin.post(&format!("/undo/rule-{change}"), &[]).await;
    assert!(
        admin
            .get("/settings/rules")
            .await
            .words()
            .contains("Printers")
    );
}

#[tokio::test]
async fn dispatchers_look_without_buttons() {
    let site = Site::open().await;
    let page = made(&mut site.admin().await).await;
    let mut dispatcher = site.person(Role::Dispatcher).await;
    for path in ["/settings/rules", &page, &format!("{page}/trial")] {
        let answer = dispatcher.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(
            !answer.text().contains("action=\"/settings/rules"),
            "{path}"
        );
        assert!(answer.words().contains("Printers"), "{path}");
    }
}
