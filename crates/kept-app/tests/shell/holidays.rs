//! Holidays from a calendar on the web: fetched when somebody asks, and never from where this server alone can look.

use kept_app::ErrorKind;
use kept_app::agreements::fetch_holidays;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::support::{World, allow_here, on_both};

/// A web server on this machine; gone with the test.
struct Server {
    address: String,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Answers each path with a status, more lines of the head, and a body.
async fn server(answer: impl Fn(&str) -> (u16, String, Vec<u8>) + Send + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let task = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut read = vec![0; 4096];
            let long = stream.read(&mut read).await.unwrap_or_default();
            let asked = String::from_utf8_lossy(&read[..long]).into_owned();
            let path = asked.split(' ').nth(1).unwrap_or_default();
            let (status, more, body) = answer(path);
            let head = format!(
                "HTTP/1.1 {status} So\r\n{more}content-length: {}\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).await;
            let _ = stream.write_all(&body).await;
        }
    });
    Server { address, task }
}

/// Why nothing came.
async fn refused(world: &World, url: &str) -> String {
    let got = fetch_holidays(&world.desk, &world.ines, url).await;
    let error = got.expect_err(url);
    assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
    error.to_string()
}

#[test]
fn a_calendar_is_fetched_by_its_address_and_a_redirect_is_followed() {
    on_both(|world| async {
        let server = server(|path| match path {
            "/old.ics" => (301, "location: /new.ics\r\n".into(), vec![]),
            "/new.ics" => (200, String::new(), b"BEGIN:VCALENDAR".to_vec()),
            _ => (404, String::new(), vec![]),
        })
        .await;
        allow_here(&world).await;
        let url = format!("http://{}/old.ics", server.address);
        let got = fetch_holidays(&world.desk, &world.ines, &url).await;
        assert_eq!(got.expect("a calendar"), "BEGIN:VCALENDAR");
        let missing = format!("http://{}/none.ics", server.address);
        let says = refused(&world, &missing).await;
        assert_eq!(says, "127.0.0.1 refuses it with 404");
        world
    });
}

#[test]
fn only_this_server_s_own_places_are_never_asked() {
    on_both(|world| async {
        let server = server(|_| (200, String::new(), b"BEGIN:VCALENDAR".to_vec())).await;
        let url = format!("http://{}/", server.address);
        let says = refused(&world, &url).await;
        assert!(says.starts_with("127.0.0.1 is a private address"), "{says}");
        for (url, why) in [
            ("http://169.254.169.254/latest/meta-data", "private address"),
            ("https://[::1]/", "private address"),
            ("file:///etc/passwd", "begins with https://"),
            ("https://dana:secret@example.com/", "name and password"),
            ("holidays", "begins with https://"),
        ] {
            let says = refused(&world, url).await;
            assert!(says.contains(why), "{url}: {says}");
        }
        world
    });
}

#[test]
fn a_redirect_does_not_lead_to_private_places_or_in_circles() {
    on_both(|world| async {
        let server = server(|path| {
            let to = match path {
                "/in" => "http://169.254.169.254/latest",
                "/file" => "ftp://example.com/x",
                _ => "/round",
            };
            (302, format!("location: {to}\r\n"), vec![])
        })
        .await;
        allow_here(&world).await;
        for (path, why) in [
            ("/in", "169.254.169.254 is a private address"),
            ("/file", "begins with https://"),
            ("/round", "from one address to the next"),
        ] {
            let url = format!("http://{}{path}", server.address);
            let says = refused(&world, &url).await;
            assert!(says.contains(why), "{path}: {says}");
        }
        world
    });
}

#[test]
fn what_is_too_long_is_not_read_to_its_end_and_only_admins_ask() {
    on_both(|world| async {
        let server = server(|_| (200, String::new(), vec![b'x'; 1024 * 1024 + 1])).await;
        allow_here(&world).await;
        let url = format!("http://{}/", server.address);
        let says = refused(&world, &url).await;
        assert_eq!(says, "127.0.0.1 sends more than 1024 kB");
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let denied = fetch_holidays(&world.desk, &noor, &url).await;
        assert_eq!(denied.expect_err("agents").kind(), ErrorKind::Denied);
        world
    });
}
