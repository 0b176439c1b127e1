//! Replies that are written again and again: kept, offered in the composer, filled in, removed and brought back.

use kept_app::domain::people::Role;

use crate::sample;
use crate::site::Visitor;

const GREETING: [(&str, &str); 2] = [
    ("name", "Restart the scanner"),
    (
        "text",
        "Dear {{ first_name }},\n\nplease restart it. This is #{{ number }}. — {{ me }}",
    ),
];

async fn offered(visitor: &mut Visitor, query: &str) -> String {
    let answer = visitor
        .get(&format!("/tickets/1/completions?{query}"))
        .await;
    assert_eq!(answer.status, 200);
    answer.text()
}

#[tokio::test]
async fn a_template_is_offered_with_the_tickets_names_in_it() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    assert!(
        ines.get("/reply-templates")
            .await
            .words()
            .contains("None yet")
    );
    assert_eq!(ines.post("/reply-templates", &GREETING).await.status, 303);
    let list = offered(&mut ines, "key=/&text=sca").await;
    assert!(list.contains("data-value=\"Dear Dana,"), "{list}");
    assert!(list.contains("This is #1."), "{list}");
    assert!(!offered(&mut ines, "key=/&text=toner").await.contains("<li"));
    let page = ines.get("/tickets/1?template=1").await.text();
    assert!(
        page.contains(">Dear Dana,"),
        "without a script it is chosen from a list"
    );
    let mut other = site.person(Role::Agent).await;
    assert!(
        offered(&mut other, "key=/").await.contains("Dear Dana"),
        "it is everybody's"
    );
}

#[tokio::test]
async fn only_mine_is_nobody_elses() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    let mine = [GREETING[0], GREETING[1], ("only-mine", "yes")];
    ines.post("/reply-templates", &mine).await;
    let mut other = site.person(Role::Agent).await;
    assert!(!offered(&mut other, "key=/").await.contains("<li"));
    for path in ["/reply-templates/1", "/tickets/1?template=1"] {
        assert_eq!(other.get(path).await.status, 404, "{path}");
    }
    for path in [
        "/reply-templates/1",
        "/reply-templates/1/removal",
        "/undo/template-1",
    ] {
        assert_eq!(other.post(path, &GREETING).await.status, 404, "{path}");
    }
    assert!(offered(&mut ines, "key=/").await.contains("Dear Dana"));
}

#[tokio::test]
async fn what_is_wrong_with_one_is_said_beside_it() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    for (name, text, says) in [
        ("", "Hello", "Give it a name"),
        ("Hello", " ", "Write what it says"),
        ("Hello", "{{ name", "can’t be filled in"),
        (
            "Hello",
            "{% for i in range(100000) %}{% for j in range(100000) %}x{% endfor %}{% endfor %}",
            "can’t be filled in",
        ),
    ] {
        let answer = ines
            .post("/reply-templates", &[("name", name), ("text", text)])
            .await;
        assert_eq!(answer.status, 422, "{text}");
        let words = answer.words().replace('\'', "’");
        assert!(words.contains(says), "{text}: {words}");
    }
    assert!(
        ines.get("/reply-templates")
            .await
            .words()
            .contains("None yet")
    );
}

#[tokio::test]
async fn one_is_changed_removed_and_brought_back() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    ines.post("/reply-templates", &GREETING).await;
    let shorter = [("name", "Restart it"), ("text", "Please restart it.")];
    ines.post("/reply-templates/1", &shorter).await;
    assert!(
        offered(&mut ines, "key=/")
            .await
            .contains("data-value=\"Please restart it.\"")
    );
    ines.post("/reply-templates/1/removal", &[]).await;
    assert!(!offered(&mut ines, "key=/").await.contains("<li"));
    ines.post("/undo/template-1", &[]).await;
    assert!(offered(&mut ines, "key=/").await.contains("<li"));
}

#[tokio::test]
async fn colleagues_and_tickets_are_offered_by_name_and_words() {
    let site = sample::site().await;
    let mut ines = site.admin().await;
    assert!(
        offered(&mut ines, "key=%40&text=in")
            .await
            .contains("data-value=\"@Ines")
    );
    assert!(
        offered(&mut ines, "key=%23&text=1")
            .await
            .contains("data-value=\"#1\"")
    );
    assert!(
        offered(&mut ines, "key=%23&text=smoke")
            .await
            .contains("data-value=\"#1\"")
    );
    for nothing in [
        "key=%23&text=is%3Alate%20(",
        "key=x",
        "key=%23&text=99999999999999999999",
    ] {
        assert!(
            !offered(&mut ines, nothing).await.contains("<li"),
            "{nothing}"
        );
    }
}
