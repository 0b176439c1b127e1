//! What the pages say, and what every page keeps to: our own content-security policy, forms that carry their token, ids
//! that are there once.

use std::collections::HashSet;

use kept_app::demo;

use crate::sample;
use crate::site::{Site, Visitor, monday};

#[tokio::test]
async fn the_sign_in_page_reads_well() {
    let site = Site::open().await;
    insta::assert_snapshot!(site.guest().get("/sign-in").await.words());
}

#[tokio::test]
async fn a_new_desk_says_how_to_begin() {
    let site = Site::empty(&[]).await;
    let words = site.guest().get("/sign-in").await.words();
    assert!(
        words.contains("The server printed a link when it started"),
        "{words}"
    );
}

#[tokio::test]
async fn the_inbox_reads_well() {
    let site = sample::site().await;
    insta::assert_snapshot!(site.admin().await.get("/inbox").await.words());
}

#[tokio::test]
async fn a_ticket_reads_well() {
    let site = sample::site().await;
    insta::assert_snapshot!(site.admin().await.get("/tickets/1").await.words());
}

#[tokio::test]
async fn now_reads_well() {
    let site = sample::site().await;
    insta::assert_snapshot!(site.admin().await.get("/now").await.words());
}

#[tokio::test]
async fn errors_say_what_to_do_and_carry_the_number_of_the_request() {
    let site = sample::site().await;
    let mut agent = site.person(kept_app::domain::people::Role::Agent).await;
    for (path, status, words) in [
        (
            "/tickets/999",
            404,
            "There is no ticket #999 here (any more)",
        ),
        ("/tickets/one", 400, "load the page again"),
        ("/nowhere", 404, "Search finds tickets by number"),
        (
            "/settings",
            403,
            "Only admins may do this; ask one of them.",
        ),
        ("/tickets/1/messages", 405, "only takes what a form sends"),
    ] {
        let answer = agent.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        let text = answer.words();
        assert!(text.contains(words), "{path}: {text}");
        assert!(
            text.contains(answer.header("x-request-id")),
            "{path}: {text}"
        );
    }
}

/// Every page of a desk in the middle of its week.
async fn every_page() -> Vec<(String, String)> {
    let site = Site::at(monday() - demo::BEGINS_BEFORE, &[]).await;
    demo::fill(&site.desk, &site.clock, monday()).await.unwrap();
    let mut admin = ines(&site).await;
    let mut pages = vec![];
    let mut paths: Vec<String> = PLACES.iter().map(|path| (*path).to_owned()).collect();
    paths.extend((1..=9).map(|number| format!("/tickets/{number}")));
    for path in paths {
        let answer = admin.get(&path).await;
        assert_eq!(answer.status.as_u16(), 200, "{path}");
        pages.push((path, answer.text()));
    }
    pages
}

const PLACES: [&str; 32] = [
    "/now",
    "/inbox",
    "/inbox?view=spam",
    "/inbox?view=parked",
    "/search",
    "/search?q=printer",
    "/search?q=is:lat",
    "/views/new?q=is:open",
    "/bulk?q=is:open",
    "/bulk?q=is:open&act=close",
    "/unsorted",
    "/outbox",
    "/outbox?state=sent",
    "/outbox/1",
    "/clients",
    "/clients/1",
    "/clients/new",
    "/people",
    "/people/1",
    "/people/new",
    "/people?client=1",
    "/people/5",
    "/inventory",
    "/inventory/1",
    "/inventory/3",
    "/inventory/new",
    "/imports",
    "/tickets/new",
    "/settings/desk",
    "/settings/queues/1",
    "/settings/people",
    "/settings/mail",
];

/// The admin of the sample data.
async fn ines(site: &Site) -> Visitor {
    let person = kept_app::people::person_with(&site.desk, demo::AGENT)
        .await
        .unwrap()
        .unwrap();
    let link = kept_app::sign_in::new_link(&site.desk, person)
        .await
        .unwrap();
    let mut visitor = site.guest();
    let token = link.rsplit('/').next().unwrap();
    let answer = visitor.post_as_is(&format!("/sign-in/{token}"), "").await;
    assert_eq!(answer.location(), "/now");
    visitor
}

/// The opening tags of a page, each without its brackets.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<')
        .filter_map(|part| part.split_once('>').map(|(tag, _)| tag))
        .filter(|tag| !tag.starts_with(['/', '!']))
}

fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    tags(html)
        .filter_map(|tag| tag.split_once(start.as_str())?.1.split('"').next())
        .collect()
}

#[tokio::test]
async fn every_page_keeps_the_rules() {
    for (path, html) in every_page().await {
        nothing_inline(&path, &html);
        forms_carry_the_token(&path, &html);
        ids_are_there_once_and_found(&path, &html);
    }
}

fn nothing_inline(path: &str, html: &str) {
    for tag in tags(html) {
        let names: String = tag.split('"').step_by(2).collect();
        assert!(!names.contains(" style="), "{path}: <{tag}>");
        assert!(!names.contains(" on"), "{path}: <{tag}>");
        assert!(!names.starts_with("style"), "{path}: <{tag}>");
        let loaded = tag.contains(" src=\"/assets/");
        assert!(!names.starts_with("script") || loaded, "{path}: <{tag}>");
    }
}

fn forms_carry_the_token(path: &str, html: &str) {
    for form in html.split("<form").skip(1) {
        let body = form.split("</form>").next().unwrap_or(form);
        let posts = body
            .split('>')
            .next()
            .is_some_and(|tag| tag.contains("method=\"post\""));
        assert!(
            !posts || body.contains("name=\"csrf\" value=\""),
            "{path}: <form{body}"
        );
    }
}

fn ids_are_there_once_and_found(path: &str, html: &str) {
    let mut ids = HashSet::new();
    for id in values(html, "id") {
        assert!(ids.insert(id), "{path}: {id} is there twice");
    }
    for attribute in ["for", "form", "popovertarget", "aria-controls"] {
        for target in values(html, attribute) {
            assert!(
                ids.contains(target),
                "{path}: {attribute} points at {target}"
            );
        }
    }
}

#[tokio::test]
async fn words_from_outside_are_words_and_never_markup() {
    let site = Site::open().await;
    site.mail(&crate::site::letter(
        1,
        "<b>bold</b> & \"quoted\"",
        "<img src=x onerror=alert(1)>",
    ))
    .await;
    let mut admin = site.admin().await;
    for path in [
        "/tickets/1",
        "/inbox",
        "/search?q=%22%3E%3Cimg%20src=x%3E",
        "/people/4",
    ] {
        let html = admin.get(path).await.text();
        for raw in ["<img src=x", "<b>bold"] {
            assert!(!html.contains(raw), "{path}: {raw}");
        }
    }
    let html = admin.get("/tickets/1").await.text();
    assert!(html.contains("&lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot;"));
}

#[tokio::test]
async fn every_answer_carries_the_safety_headers() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for path in ["/inbox", "/nowhere", "/healthz", "/tickets/1/messages"] {
        let answer = admin.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{path}: {policy}"
        );
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(
            answer.header("cache-control"),
            "private, no-store",
            "{path}"
        );
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_theme_of_the_reader_is_on_every_page() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for (given, shown) in [("dark", "dark"), ("light", "light"), ("pink", "system")] {
        let answer = admin
            .post("/settings/theme", &[("theme", given), ("back", "/inbox")])
            .await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/inbox"));
        for path in ["/inbox", "/nowhere"] {
            let html = admin.get(path).await.text();
            assert!(
                html.contains(&format!("data-theme=\"{shown}\"")),
                "{given} {path}"
            );
        }
    }
}
