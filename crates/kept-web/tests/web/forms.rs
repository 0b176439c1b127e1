//! Forms that need another look keep what was typed and say what is wrong, where.

use crate::sample;
use crate::site::Site;

#[tokio::test]
async fn a_reply_that_goes_nowhere_keeps_its_words() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for (to, words) in [
        ("", "There is nobody this could go to"),
        ("not an address", "is not an address mail can go to"),
    ] {
        let fields = [
            ("kind", "reply"),
            ("to", to),
            ("cc", "leo@fox.example"),
            ("text", "Dear Dana,\nhalf a letter"),
            ("then", "keep"),
        ];
        let answer = admin.upload("/tickets/1/messages", &fields, &[]).await;
        assert_eq!(answer.status.as_u16(), 422, "{to}");
        let html = answer.text();
        assert!(html.contains(words), "{to}");
        assert!(
            html.contains("Dear Dana,\nhalf a letter</textarea>"),
            "{to}"
        );
        assert!(
            html.contains("name=\"cc\" value=\"leo@fox.example\""),
            "{to}"
        );
    }
}

#[tokio::test]
async fn an_empty_message_is_refused_in_words() {
    let site = sample::site().await;
    for kind in ["reply", "note"] {
        let fields = [
            ("kind", kind),
            ("to", "dana@fox.example"),
            ("text", " \r\n "),
            ("then", "ask"),
        ];
        let answer = site
            .admin()
            .await
            .upload("/tickets/1/messages", &fields, &[])
            .await;
        assert_eq!(answer.status.as_u16(), 409, "{kind}");
        assert!(answer.words().contains("Write something first"), "{kind}");
    }
}

#[tokio::test]
async fn a_ticket_without_a_subject_keeps_the_rest() {
    let site = sample::site().await;
    let fields = [
        ("requester", "Leo Fox <leo@fox.example>"),
        ("subject", " "),
        ("text", "He called."),
        ("queue", "1"),
        ("priority", "high"),
    ];
    let answer = site.admin().await.upload("/tickets", &fields, &[]).await;
    assert_eq!(answer.status.as_u16(), 422);
    let html = answer.text();
    assert!(
        html.contains("id=\"f-subject-error\"")
            && html.contains("aria-describedby=\"f-subject-error\"")
    );
    assert!(html.contains("Leo Fox &lt;leo@fox.example&gt;") && html.contains("He called."));
    assert!(html.contains("<option value=\"high\" selected>"));
}

#[tokio::test]
async fn more_than_a_mail_can_carry_is_refused() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let fields = [
        ("kind", "reply"),
        ("to", "dana@fox.example"),
        ("text", "here"),
        ("then", "keep"),
    ];
    let too_much = vec![b'x'; 27 * 1024 * 1024];
    let answer = admin
        .upload(
            "/tickets/1/messages",
            &fields,
            &[("big.bin", "application/octet-stream", &too_much)],
        )
        .await;
    assert_eq!(answer.status.as_u16(), 413);
    assert!(answer.words().contains("25 MB"), "{}", answer.words());
    let over = &too_much[..25 * 1024 * 1024 + 1];
    let answer = admin
        .upload(
            "/tickets/1/messages",
            &fields,
            &[("big.bin", "application/octet-stream", over)],
        )
        .await;
    assert_eq!(answer.status.as_u16(), 422);
    let long = format!("csrf={}&subject={}", admin.csrf, "x".repeat(1024 * 1024));
    assert_eq!(
        admin
            .post_as_is("/tickets/1/subject", &long)
            .await
            .status
            .as_u16(),
        413
    );
}

#[tokio::test]
async fn a_form_that_is_none_is_said_to_be_none() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let request =
        axum::http::Request::post("/tickets/1/subject").header("content-type", "application/json");
    let answer = admin
        .send(request.body(axum::body::Body::from("{}")).unwrap())
        .await;
    assert_eq!(answer.status.as_u16(), 400);
    let many: String = (0..900).map(|n| format!("a{n}=1&")).collect();
    assert_eq!(
        admin
            .post_as_is("/tickets/1/subject", &many)
            .await
            .status
            .as_u16(),
        400
    );
}

#[tokio::test]
async fn mistakes_in_settings_stand_beside_their_fields() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let queue = [
        ("name", "Buying"),
        ("addresses", "buy@desk.example\nnot an address"),
        ("zone", "UTC"),
        ("dispatcher", "1"),
        ("signature", "kept words"),
    ];
    for (path, fields, id, kept) in [
        (
            "/settings/queues",
            &queue[..],
            "f-addresses-error",
            "kept words",
        ),
        (
            "/settings/queues/1",
            &queue,
            "f-addresses-error",
            "kept words",
        ),
        (
            "/settings/people",
            &[
                ("name", "Rui"),
                ("address", "rui@desk.example"),
                ("password", "short"),
                ("role", "agent"),
            ],
            "f-password-error",
            "rui@desk.example",
        ),
        (
            "/settings/mail/relay",
            &[
                ("host", "smtp.example"),
                ("port", "lots"),
                ("security", "tls"),
            ],
            "f-port-error",
            "smtp.example",
        ),
        (
            "/settings/desk",
            &[("acknowledgement", "Hello {{ name")],
            "f-acknowledgement-error",
            "Hello {{ name",
        ),
        (
            "/people",
            &[
                ("name", "Rui"),
                ("addresses", "admin@desk.example"),
                ("client", ""),
            ],
            "f-addresses-error",
            "admin@desk.example",
        ),
        (
            "/clients",
            &[("name", ""), ("domains", "acme.example")],
            "f-name-error",
            "acme.example",
        ),
    ] {
        let answer = admin.post(path, fields).await;
        assert_eq!(answer.status.as_u16(), 422, "{path}");
        let html = answer.text();
        assert!(
            html.contains(&format!("id=\"{id}\"")) && html.contains(kept),
            "{path}: {html}"
        );
    }
}
