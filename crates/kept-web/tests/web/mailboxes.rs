//! Settings, Mailboxes and Sign-in accounts: what is typed is kept, what can't work is said beside its
//! field, and no secret is ever shown again.

use crate::site::{Site, Visitor};

fn typed(port: &str) -> Vec<(&'static str, String)> {
    [
        ("name", "Support"),
        ("is_on", "on"),
        ("server", "127.0.0.1"),
        ("security", "none"),
        ("user", "support@fox.example"),
        ("sign_in", "password"),
        ("password", "hush hush"),
        ("folder", "INBOX"),
        ("queue", ""),
        ("afterwards", "keep"),
        ("begin_with", "unread"),
        ("poll_seconds", "60"),
    ]
    .into_iter()
    .map(|(name, value)| (name, value.to_owned()))
    .chain([("port", port.to_owned())])
    .collect()
}

async fn post(
    visitor: &mut Visitor,
    path: &str,
    fields: &[(&'static str, String)],
) -> (u16, String) {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let answer = visitor.post(path, &fields).await;
    let words = format!("{}{}", answer.location(), answer.words());
    (answer.status.as_u16(), words)
}

/// A port nobody listens at.
fn nobody() -> String {
    let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    socket.local_addr().unwrap().port().to_string()
}

#[tokio::test]
async fn a_mailbox_is_added_changed_tested_and_removed() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let empty = admin.get("/settings/mailboxes").await.words();
    assert!(empty.contains("No mailboxes yet"), "{empty}");
    let (status, to) = post(&mut admin, "/settings/mailboxes", &typed(&nobody())).await;
    assert_eq!((status, to.as_str()), (303, "/settings/mailboxes/1"));
    let page = admin.get("/settings/mailboxes/1").await.text();
    assert!(page.contains("support@fox.example"));
    assert!(!page.contains("hush"), "{page}");
    let (_, _) = post(&mut admin, "/settings/mailboxes/1/test", &[]).await;
    let told = admin.get("/settings/mailboxes/1").await.text();
    assert!(told.contains("does not answer"), "{told}");
    let mut changed = typed(&nobody());
    changed.retain(|(name, _)| *name != "password");
    changed.push(("canary", "on".into()));
    let (status, words) = post(&mut admin, "/settings/mailboxes/1", &changed).await;
    assert_eq!(status, 422, "{words}");
    changed.extend([
        ("canary_address", "support@fox.example".into()),
        ("canary_hours", "6".into()),
        ("canary_minutes", "15".into()),
    ]);
    let (status, words) = post(&mut admin, "/settings/mailboxes/1", &changed).await;
    assert_eq!(status, 303, "{words}");
    let (status, _) = post(&mut admin, "/settings/mailboxes/1/removal", &[]).await;
    assert_eq!(status, 303);
    let empty = admin.get("/settings/mailboxes").await.words();
    assert!(empty.contains("No mailboxes yet"), "{empty}");
}

#[tokio::test]
async fn what_can_not_work_is_said_and_what_was_typed_stays() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let mut fields = typed("143");
    fields.retain(|(name, _)| *name != "server");
    fields.push(("server", "imap.fox.example".into()));
    let (status, words) = post(&mut admin, "/settings/mailboxes", &fields).await;
    assert_eq!(status, 422);
    assert!(words.contains("Without encryption"), "{words}");
    assert!(words.contains("[server: imap.fox.example]"), "{words}");
}

#[tokio::test]
async fn trouble_is_shown_on_every_page_of_an_admin_and_to_programs() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let mut fields = typed(&nobody());
    fields.retain(|(name, _)| *name != "password" && *name != "sign_in");
    fields.push(("sign_in", "1".into()));
    let account = [
        ("name", "Fox".to_owned()),
        ("provider", "google".to_owned()),
        ("client_id", "kept".to_owned()),
    ];
    post(&mut admin, "/settings/accounts", &account).await;
    let (status, words) = post(&mut admin, "/settings/mailboxes", &fields).await;
    assert_eq!(status, 303, "{words}");
    let mailbox = kept_app::domain::ids::MailboxId(1);
    let problem = kept_app::mailboxes::imap::once(&site.desk, mailbox)
        .await
        .unwrap();
    assert!(problem.is_some());
    let now = admin.get("/now").await.text();
    assert!(now.contains("The sign-in fails (Support)"), "{now}");
    let list = admin.get("/settings/mailboxes").await.words();
    assert!(list.contains("nobody has signed in"), "{list}");
    let mut agent = site.person(kept_app::domain::people::Role::Agent).await;
    assert!(!agent.get("/now").await.text().contains("The sign-in fails"));
}

#[tokio::test]
async fn an_account_shows_the_way_to_its_provider_and_never_its_secret() {
    let site = Site::open().await;
    let mut admin = site.admin().await;
    let account = [
        ("name", "Fox".to_owned()),
        ("provider", "microsoft".to_owned()),
        ("tenant", "fox.example".to_owned()),
        ("client_id", "kept-client".to_owned()),
        ("secret", "hush hush".to_owned()),
    ];
    let (status, to) = post(&mut admin, "/settings/accounts", &account).await;
    assert_eq!((status, to.as_str()), (303, "/settings/accounts/1"));
    let answer = admin.post("/settings/accounts/1/link", &[]).await;
    let page = answer.text();
    let link = "https://login.microsoftonline.com/fox.example/oauth2/v2.0/authorize?";
    assert!(page.contains(link), "{page}");
    assert!(page.contains("code_challenge_method=S256"));
    assert!(!page.contains("hush"));
    // Coming back changes nothing by itself; a forged state changes nothing at all.
    let back = admin
        .get("/settings/accounts/return?code=x&state=1.y")
        .await;
    assert!(back.words().contains("Finish signing in"));
    let forged = [("code", "x".to_owned()), ("state", "1.y".to_owned())];
    let (status, to) = post(&mut admin, "/settings/accounts/return", &forged).await;
    assert_eq!((status, to.as_str()), (303, "/settings/accounts/1"));
    let told = admin.get("/settings/accounts/1").await.text();
    assert!(told.contains("not the one that was begun last"), "{told}");
    let refused = admin
        .get("/settings/accounts/return?error=access_denied")
        .await;
    assert!(refused.words().contains("access_denied"));
}
