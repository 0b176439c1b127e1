//! Pages hear that they changed.

use axum::body::{Body, BodyDataStream};
use axum::http::Request;
use futures_util::StreamExt as _;
use tower::ServiceExt as _;

use crate::sample;
use crate::site::{Site, Visitor, letter};

impl Visitor {
    /// Status and redirect of an answer whose body is not read.
    pub async fn status_only(&mut self, path: &str) -> (u16, String) {
        let response = self.begin(path).await;
        let location = response
            .headers()
            .get("location")
            .map_or("", |it| it.to_str().unwrap());
        (response.status().as_u16(), location.to_owned())
    }

    async fn begin(&mut self, path: &str) -> axum::response::Response {
        let request = Request::get(path).header("cookie", self.cookie());
        self.router()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap()
    }

    pub async fn listen(&mut self, topic: &str) -> BodyDataStream {
        let response = self.begin(&format!("/live?topic={topic}")).await;
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert!(!response.headers().contains_key("content-encoding"));
        response.into_body().into_data_stream()
    }
}

pub async fn next(stream: &mut BodyDataStream) -> String {
    String::from_utf8(stream.next().await.unwrap().unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn a_page_hears_of_its_own_topics_only() {
    let site: Site = sample::site().await;
    let mut admin = site.admin().await;
    let mut ticket = admin.listen("ticket:1").await;
    let mut lists = admin.listen("outbox,tickets").await;
    // A new ticket is none of ticket 1's business; the first word it hears is about itself.
    site.mail(&letter(7, "Toner", "It is empty")).await;
    assert!(next(&mut lists).await.ends_with("data: tickets\n\n"));
    admin
        .post("/tickets/1/subject", &[("subject", "Printer, again")])
        .await;
    assert!(next(&mut ticket).await.ends_with("data: ticket:1\n\n"));
}

#[tokio::test]
async fn a_star_hears_everything() {
    let site = sample::site().await;
    let mut all = site.admin().await.listen("*").await;
    site.admin().await.post("/unsorted/1/discard", &[]).await;
    assert!(next(&mut all).await.ends_with("data: unsorted\n\n"));
}

#[tokio::test]
async fn pages_ask_for_what_concerns_them() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for (path, topic) in [
        ("/tickets/1", "ticket:1,presence:1"),
        ("/inbox", "tickets"),
        ("/now", "tickets,unsorted,outbox,notifications:1"),
        ("/outbox", "outbox"),
        ("/unsorted", "unsorted"),
    ] {
        let html = admin.get(path).await.text();
        assert!(
            html.contains(&format!(
                "<live-page data-topic=\"{topic}\" data-bell=\"notifications:"
            )),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_page_is_told_what_it_missed_before_it_listened() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let html = admin.get("/tickets/1").await.text();
    let since = html
        .split("data-since=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    // Somebody who listened all the time knows when the change has been heard of.
    let mut all = admin.listen("ticket:1").await;
    admin
        .post("/tickets/1/subject", &[("subject", "Printer, again")])
        .await;
    next(&mut all).await;
    let mut late = admin.listen(&format!("ticket:1&since={since}")).await;
    assert!(next(&mut late).await.contains("data: changed"));
}

#[tokio::test]
async fn a_form_that_needs_another_look_is_left_alone() {
    let site = sample::site().await;
    let answer = site.admin().await.post("/tickets/1/reopening", &[]).await;
    assert_eq!(answer.status.as_u16(), 409);
    let only_the_bell = "<live-page data-topic=\"\" data-bell=\"notifications:";
    assert!(answer.text().contains(only_the_bell));
}
