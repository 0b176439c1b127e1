//! What programs ask: health, figures, the intake.

use axum::body::Body;
use axum::http::Request;
use std::net::SocketAddr;

use crate::sample;
use crate::site::{Answer, Site, TOKEN, letter};

#[tokio::test]
async fn the_server_says_how_it_is() {
    let site = sample::site().await;
    assert_eq!(site.guest().get("/healthz").await.text(), "ok");
    assert_eq!(site.guest().get("/readyz").await.text(), "ready");
    site.desk.close().await;
    assert_eq!(site.guest().get("/healthz").await.text(), "ok");
    let answer = site.guest().get("/readyz").await;
    assert!(answer.status.is_server_error(), "{}", answer.status);
    assert_eq!(answer.header("content-type"), "application/problem+json");
}

async fn from(site: &Site, address: &str, authorization: Option<&str>) -> Answer {
    let address: SocketAddr = address.parse().unwrap();
    let mut request = Request::get("/metrics").extension(axum::extract::ConnectInfo(address));
    if let Some(value) = authorization {
        request = request.header("authorization", value);
    }
    site.guest().ask(request).await
}

#[tokio::test]
async fn figures_are_for_this_machine_and_for_who_has_the_token() {
    let site = sample::site().await;
    assert_eq!(
        from(&site, "203.0.113.9:4000", None).await.status.as_u16(),
        401
    );
    assert_eq!(
        from(&site, "203.0.113.9:4000", Some("Bearer wrong"))
            .await
            .status
            .as_u16(),
        401
    );
    let bearer = format!("Bearer {TOKEN}");
    for (address, token) in [
        ("127.0.0.1:4000", None),
        ("203.0.113.9:4000", Some(bearer.as_str())),
    ] {
        let answer = from(&site, address, token).await;
        assert_eq!(answer.status.as_u16(), 200, "{address}");
        let text = answer.text();
        for line in [
            "kept_open_tickets 1",
            "kept_unsorted_mails 1",
            "kept_mails_taken_in_total ",
            "http_requests_total{",
            "http_request_duration_seconds_bucket{path=",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert!(!text.contains("dana"), "figures name nobody");
    }
}

async fn hand_in(site: &Site, authorization: &str, path: &str, raw: impl Into<Vec<u8>>) -> Answer {
    let request = Request::post(path)
        .header("authorization", authorization)
        .body(Body::from(raw.into()));
    site.guest().send(request.unwrap()).await
}

#[tokio::test]
async fn programs_hand_mail_in() {
    let site = sample::site().await;
    let bearer = format!("Bearer {TOKEN}");
    let first = letter(7, "Toner", "It is empty").replace('\n', "\r\n");
    let second = letter(8, "Re: Toner", "Still")
        .replace("Date:", "In-Reply-To: <7@fox.example>\nDate:")
        .replace('\n', "\r\n");
    for (raw, expected) in [
        (first.as_str(), r#"{"taken":"opened","ticket":2}"#),
        (&first, r#"{"taken":"duplicate"}"#),
        (&second, r#"{"taken":"joined","ticket":2}"#),
        (
            "Subject: x\r\n\r\nnobody wrote this",
            r#"{"taken":"unsorted"}"#,
        ),
    ] {
        let answer = hand_in(&site, &bearer, "/intake/mail?to=support@desk.example", raw).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.text(), expected);
    }
}

#[tokio::test]
async fn the_intake_is_closed_to_others() {
    let site = sample::site().await;
    for wrong in ["", "Bearer", "Bearer wrong", "Basic aHVzaA=="] {
        let answer = hand_in(&site, wrong, "/intake/mail", "x").await;
        assert_eq!(answer.status.as_u16(), 401, "{wrong}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    let closed = Site::empty(&[]).await;
    assert_eq!(
        hand_in(&closed, "Bearer ", "/intake/mail", "x")
            .await
            .status
            .as_u16(),
        404
    );
}

#[tokio::test]
async fn a_mail_that_is_too_large_is_refused_with_words() {
    let site = Site::empty(&[("KEPT_INTAKE_TOKEN", TOKEN), ("KEPT_LARGEST_MAIL_MIB", "1")]).await;
    let raw = vec![b'x'; 1024 * 1024 + 1];
    for said in [true, false] {
        let mut request =
            Request::post("/intake/mail").header("authorization", format!("Bearer {TOKEN}"));
        if said {
            request = request.header("content-length", raw.len());
        }
        let answer = site
            .guest()
            .send(request.body(Body::from(raw.clone())).unwrap())
            .await;
        assert_eq!(answer.status.as_u16(), 413, "{said}");
        assert!(
            answer.text().contains("\"status\":413"),
            "{}",
            answer.text()
        );
    }
}
