//! Signing in by OAuth2 against a provider on this machine: by its page, by a code, and ever after by
//! itself.

use std::sync::{Arc, Mutex};

use kept_app::domain::ids::AccountId;
use kept_app::oauth2::{self, Polled, Provider};
use kept_app::settings::accounts::{self, GivenAccount};
use kept_app::settings::mailboxes::{GivenMailbox, GivenSignIn};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::server::Server;
use super::{add, fetch, given, letter, visit};
use crate::support::{World, on_both};

/// A provider that answers the next requests so, and remembers what it was asked.
struct Mock {
    url: String,
    answers: Arc<Mutex<Vec<(u16, &'static str)>>>,
    asked: Arc<Mutex<Vec<String>>>,
    listening: JoinHandle<()>,
}

impl Mock {
    async fn open() -> Mock {
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", socket.local_addr().expect("an address"));
        let (answers, asked) = (Arc::default(), Arc::default());
        let (to_say, heard) = (Arc::clone(&answers), Arc::clone(&asked));
        let listening = tokio::spawn(async move {
            while let Ok((peer, _)) = socket.accept().await {
                serve(peer, &to_say, &heard).await;
            }
        });
        Mock {
            url,
            answers,
            asked,
            listening,
        }
    }

    fn will(&self, status: u16, body: &'static str) {
        self.answers.lock().expect("answers").push((status, body));
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("requests").clone()
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn serve(
    peer: TcpStream,
    answers: &Mutex<Vec<(u16, &'static str)>>,
    asked: &Mutex<Vec<String>>,
) -> Option<()> {
    let mut peer = BufReader::new(peer);
    let (mut path, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        peer.read_line(&mut line).await.ok()?;
        let lower = line.to_lowercase();
        if let Some(found) = line.strip_prefix("POST ") {
            path = found.split(' ').next()?.to_owned();
        } else if let Some(found) = lower.strip_prefix("content-length:") {
            length = found.trim().parse().ok()?;
        } else if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    peer.read_exact(&mut body).await.ok()?;
    let body = String::from_utf8(body).ok()?;
    asked
        .lock()
        .expect("requests")
        .push(format!("{path} {body}"));
    let (status, said) = {
        let mut answers = answers.lock().expect("answers");
        if answers.is_empty() {
            (500, "{}")
        } else {
            answers.remove(0)
        }
    };
    let head = format!(
        "HTTP/1.1 {status} x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{said}",
        said.len()
    );
    peer.write_all(head.as_bytes()).await.ok()
}

async fn account(world: &World, mock: &Mock) -> AccountId {
    let given = GivenAccount {
        name: "Fox".into(),
        provider: Provider::Microsoft,
        tenant: "fox.example".into(),
        client_id: "kept-client".into(),
        secret: Some("client-hush".into()),
        authorize_url: format!("{}/authorize", mock.url),
        token_url: format!("{}/token", mock.url),
        device_url: format!("{}/device", mock.url),
        scope: String::new(),
    };
    let added = accounts::add(&world.desk, &world.ines, given).await;
    added.expect("the account is added")
}

const FIRST: &str = r#"{"access_token":"first","refresh_token":"lasting","expires_in":3600}"#;
const SECOND: &str = r#"{"access_token":"second","expires_in":"3600"}"#;

/// The value of a field in a query or form, escapes aside.
fn field(text: &str, name: &str) -> String {
    let start = text.find(&format!("{name}=")).expect(name) + name.len() + 1;
    let value = text[start..].split('&').next().unwrap_or_default();
    value.replace("%3A", ":").replace("%2F", "/")
}

/// Signs the account in by the provider's page.
async fn signed_in(world: &World, mock: &Mock, id: AccountId) {
    let link = oauth2::begin_code(&world.desk, &world.ines, id).await;
    let link = link.expect("a link").url;
    mock.will(200, FIRST);
    let state = field(&link, "state");
    let done = oauth2::finish_code(&world.desk, &world.ines, &state, "the-code").await;
    assert_eq!(done.expect("signs in"), id);
}

async fn mailbox(
    world: &World,
    server: &Server,
    id: AccountId,
) -> kept_app::domain::ids::MailboxId {
    let given = GivenMailbox {
        sign_in: GivenSignIn::Account(id),
        ..given(server)
    };
    add(world, given).await
}

#[test]
fn a_mailbox_signs_in_with_a_token_that_is_renewed_ahead_of_its_end() {
    on_both(|world| async {
        let (server, mock) = (Server::open().await, Mock::open().await);
        let account = account(&world, &mock).await;
        let id = mailbox(&world, &server, account).await;
        let nobody = visit(&world, id).await.expect("nobody has signed in");
        assert!(nobody.words.contains("nobody has signed in"), "{nobody:?}");
        signed_in(&world, &mock, account).await;
        server.inside().token = "first".into();
        server.deliver(letter(1));
        fetch(&world, id).await;
        world.later(54);
        fetch(&world, id).await;
        assert_eq!(mock.asked().len(), 1);
        world.later(2);
        mock.will(200, SECOND);
        server.inside().token = "second".into();
        fetch(&world, id).await;
        let asked = mock.asked();
        assert_eq!(field(&asked[1], "refresh_token"), "lasting");
        assert_eq!(field(&asked[1], "client_secret"), "client-hush");
        // No new refresh token came: the old one stays good.
        world.later(60);
        mock.will(200, SECOND);
        fetch(&world, id).await;
        assert_eq!(field(&mock.asked()[2], "refresh_token"), "lasting");
        assert_eq!(world.rows("tickets").await, 1);
        world
    });
}

#[test]
fn the_code_comes_with_a_state_and_a_proof_and_is_good_once() {
    on_both(|world| async {
        let mock = Mock::open().await;
        let id = account(&world, &mock).await;
        let link = oauth2::begin_code(&world.desk, &world.ines, id).await;
        let link = link.expect("a link").url;
        assert_eq!(field(&link, "code_challenge_method"), "S256");
        let back = "https://desk.example/settings/accounts/return";
        assert_eq!(field(&link, "redirect_uri"), back);
        let state = field(&link, "state");
        let finish =
            async |state: &str| oauth2::finish_code(&world.desk, &world.ines, state, "code").await;
        assert!(finish(&format!("{id}.forged")).await.is_err());
        assert!(mock.asked().is_empty());
        mock.will(200, FIRST);
        finish(&state).await.expect("signs in");
        let verifier = field(&mock.asked()[0], "code_verifier");
        assert_eq!(verifier.len(), 43);
        assert!(!link.contains(&verifier));
        assert!(finish(&state).await.is_err());
        let late = oauth2::begin_code(&world.desk, &world.ines, id).await;
        let late = field(&late.expect("a link").url, "state");
        world.later(31);
        assert!(finish(&late).await.is_err());
        world
    });
}

#[test]
fn a_person_may_sign_in_on_another_device() {
    on_both(|world| async {
        let mock = Mock::open().await;
        let id = account(&world, &mock).await;
        mock.will(200, r#"{"device_code":"long","user_code":"ABCD-EFGH","verification_uri":"https://provider.example/device","expires_in":900,"interval":5}"#);
        let shown = oauth2::begin_device(&world.desk, &world.ines, id).await;
        let shown = shown.expect("a code");
        assert_eq!(shown.code, "ABCD-EFGH");
        let poll = async || oauth2::poll_device(&world.desk, &world.ines, id).await;
        mock.will(400, r#"{"error":"authorization_pending"}"#);
        assert_eq!(poll().await.expect("asks"), Polled::NotYet);
        mock.will(200, FIRST);
        assert_eq!(poll().await.expect("asks"), Polled::Done);
        assert_eq!(field(&mock.asked()[2], "device_code"), "long");
        let all = accounts::shown(&world.desk).await.expect("reads");
        assert!(all[0].is_connected);
        assert!(poll().await.is_err());
        world
    });
}

#[test]
fn e46_a_revoked_sign_in_is_trouble_in_words_and_an_outage_of_the_provider_is_not() {
    on_both(|world| async {
        let (server, mock) = (Server::open().await, Mock::open().await);
        let account = account(&world, &mock).await;
        let id = mailbox(&world, &server, account).await;
        signed_in(&world, &mock, account).await;
        world.later(60);
        mock.will(503, "{}");
        let passing = visit(&world, id).await.expect("no token");
        assert_eq!(passing.kind.as_str(), "unreachable");
        mock.will(
            400,
            r#"{"error":"invalid_grant","error_description":"The grant was revoked.\nTrace: 1"}"#,
        );
        let revoked = visit(&world, id).await.expect("no token");
        assert_eq!(revoked.kind.as_str(), "sign-in");
        assert!(
            revoked.words.ends_with("The grant was revoked."),
            "{revoked:?}"
        );
        signed_in(&world, &mock, account).await;
        server.inside().token = "first".into();
        fetch(&world, id).await;
        world
    });
}

#[test]
fn no_token_or_secret_lies_open_in_the_database() {
    on_both(|world| async {
        let mock = Mock::open().await;
        let id = account(&world, &mock).await;
        signed_in(&world, &mock, id).await;
        let rows = world
            .desk
            .store()
            .read(kept_app::store::accounts::all)
            .await;
        let rows: Result<Vec<_>, kept_app::store::StoreError> = rows;
        let text = format!("{:?}", rows.expect("reads"));
        for secret in ["client-hush", "first", "lasting"] {
            assert!(!text.contains(secret), "{secret}");
        }
        world
    });
}
