//! What strangers wrote stays shut in: formatted mail, attachments, raw bytes.

use crate::sample;

#[tokio::test]
async fn formatted_mail_runs_nothing_and_fetches_nothing() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let answer = admin.get("/messages/1/html").await;
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:;"), "{policy}");
    assert!(
        !policy.contains("allow-scripts") && !policy.contains("allow-same-origin"),
        "{policy}"
    );
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    let html = answer.text();
    assert!(
        html.contains("<b>smokes</b>") && html.contains("data:image/png;base64,iVBORw0KGgo"),
        "{html}"
    );
    assert!(
        !html.contains("alert(1)") && !html.contains("tracker.example"),
        "{html}"
    );
    assert!(
        html.contains("One picture from elsewhere is not shown"),
        "{html}"
    );
    let asked_for = admin.get("/messages/1/html?images=1").await;
    assert!(
        asked_for
            .header("content-security-policy")
            .contains("img-src data: https:;")
    );
    assert!(asked_for.text().contains("https://tracker.example/x.png"));
}

#[tokio::test]
async fn attachments_are_saved_and_not_opened() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let page = admin.get("/attachments/2").await;
    assert_eq!(page.header("content-type"), "application/octet-stream");
    assert!(
        page.header("content-disposition")
            .starts_with("attachment; filename=\"page.html\"")
    );
    assert_eq!(
        page.header("content-security-policy"),
        "sandbox; default-src 'none'"
    );
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.text().trim(), "<script>alert(2)</script>");
    let picture = admin.get("/attachments/1").await;
    assert_eq!(picture.header("content-type"), "image/png");
    assert!(picture.header("content-disposition").starts_with("inline;"));
    assert!(picture.body.starts_with(b"\x89PNG"));
    assert_eq!(admin.get("/attachments/99").await.status.as_u16(), 404);
}

#[tokio::test]
async fn the_source_of_a_mail_is_there_to_the_byte() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for (path, first) in [
        ("/messages/1/raw", "From: Dana Fox"),
        ("/unsorted/1/raw", "To: support@desk.example"),
    ] {
        let answer = admin.get(path).await;
        assert_eq!(
            answer.header("content-type"),
            "text/plain; charset=utf-8",
            "{path}"
        );
        assert_eq!(
            answer.header("content-security-policy"),
            "sandbox; default-src 'none'",
            "{path}"
        );
        assert!(answer.text().starts_with(first), "{path}");
        assert!(answer.text().contains("\r\n"), "{path}");
    }
    assert_eq!(
        admin.get("/messages/2/raw").await.status.as_u16(),
        404,
        "our own reply did not come by mail"
    );
}
