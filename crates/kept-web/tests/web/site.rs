//! A desk with its web router, and people who ask it for pages.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use jiff::Timestamp;
use kept_app::clock::{Clock, StandingClock};
use kept_app::config::{Config, Given};
use kept_app::domain::people::{EmailAddress, Role};
use kept_app::intake::{Envelope, Taken, Via, take_in};
use kept_app::random::Random;
use kept_app::settings::agents::{self, NewAgent};
use kept_app::{Desk, sign_in};
use tower::ServiceExt as _;

pub const TOKEN: &str = "hush-hush-hush";
pub const PASSWORD: &str = "nine lives and a half";

/// Monday 23 November 2026, 13:38 UTC.
pub fn monday() -> Timestamp {
    "2026-11-23T13:38:00Z".parse().unwrap()
}

/// One desk. Its folder is gone when this is.
pub struct Site {
    pub desk: Desk,
    pub router: Router,
    pub clock: StandingClock,
    _folder: tempfile::TempDir,
}

impl Site {
    /// A desk nobody has claimed, configured by `variables`.
    pub async fn empty(variables: &[(&str, &str)]) -> Self {
        Self::at(monday(), variables).await
    }

    pub async fn at(start: Timestamp, variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let given = Given {
            data: Some(folder.path().to_owned()),
            ..Given::default()
        };
        let look = |name: &str| {
            let known = variables.iter().find(|(known, _)| *known == name);
            known
                .map(|(_, value)| (*value).to_owned())
                .or((name == "KEPT_HOST_NAME").then(|| "desk.example".to_owned()))
        };
        let config = Config::gather(&given, &look).unwrap();
        let (face, clock) = Clock::standing(start);
        let desk = Desk::open(config, face, Random::seeded(7)).await.unwrap();
        let router = kept_web::router(desk.clone());
        Self {
            desk,
            router,
            clock,
            _folder: folder,
        }
    }

    /// A desk with an admin, a dispatcher and an agent.
    pub async fn open() -> Self {
        let site = Self::empty(&[("KEPT_INTAKE_TOKEN", TOKEN)]).await;
        for (name, role) in [
            ("Ines Moreau", Role::Admin),
            ("Aki Korhonen", Role::Dispatcher),
            ("Jonas Petit", Role::Agent),
        ] {
            let new = NewAgent {
                name: name.into(),
                address: address_of(role),
                role,
                password: PASSWORD.into(),
            };
            agents::add_as(&site.desk, None, new).await.unwrap();
        }
        site
    }

    /// Somebody with a session.
    pub async fn person(&self, role: Role) -> Visitor {
        let address = address_of(role);
        let person = kept_app::people::person_with(&self.desk, address.as_str())
            .await
            .unwrap()
            .unwrap();
        let link = sign_in::new_link(&self.desk, person).await.unwrap();
        let session = sign_in::by_link(&self.desk, link.rsplit('/').next().unwrap(), &link)
            .await
            .unwrap();
        let csrf = sign_in::forgery_token(&session.token);
        Visitor {
            router: self.router.clone(),
            cookies: vec![("kept_session".into(), session.token)],
            csrf,
        }
    }

    pub async fn admin(&self) -> Visitor {
        self.person(Role::Admin).await
    }

    /// Somebody nobody knows.
    pub fn guest(&self) -> Visitor {
        Visitor {
            router: self.router.clone(),
            cookies: vec![],
            csrf: String::new(),
        }
    }

    /// Lets a mail come in.
    pub async fn mail(&self, raw: &str) -> Taken {
        let raw = Bytes::from(raw.replace('\n', "\r\n"));
        let envelope = Envelope {
            from: None,
            to: vec![],
            via: Via::Pipe,
        };
        take_in(&self.desk, raw, envelope).await.unwrap()
    }
}

fn address_of(role: Role) -> EmailAddress {
    EmailAddress::parse(&format!("{}@desk.example", role.as_str())).unwrap()
}

/// A plain mail from Dana.
pub fn letter(n: u32, subject: &str, text: &str) -> String {
    format!(
        "From: Dana Fox <dana@fox.example>\nTo: support@desk.example\nSubject: {subject}\nMessage-ID: <{n}@fox.example>\nDate: Mon, 23 Nov 2026 13:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    )
}

/// Somebody who asks for pages and keeps cookies.
#[derive(Clone)]
pub struct Visitor {
    router: Router,
    cookies: Vec<(String, String)>,
    pub csrf: String,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// What a person reads: no tags, one line for each piece of text.
    pub fn words(&self) -> String {
        words(&self.text())
    }
}

impl Visitor {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.ask(Request::get(path)).await
    }

    /// Posts a form with the token of this session.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", self.csrf.clone())];
        all.extend(
            fields
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        self.post_as_is(path, &form(&all)).await
    }

    pub async fn post_as_is(&mut self, path: &str, body: &str) -> Answer {
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }

    /// Posts a form with files: (field, file name, type, bytes).
    pub async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let csrf = self.csrf.clone();
        let mut body = Vec::new();
        for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
            body.extend(
                format!(
                    "--xx\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .into_bytes(),
            );
        }
        for (name, kind, bytes) in files {
            body.extend(format!("--xx\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n").into_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--xx--\r\n");
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=xx");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub async fn ask(&mut self, request: axum::http::request::Builder) -> Answer {
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        if !self.cookies.is_empty() {
            request
                .headers_mut()
                .insert(header::COOKIE, self.cookie().parse().unwrap());
        }
        let head = *request.method() == Method::HEAD;
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 * 1024 * 1024).await.unwrap();
        assert!(!head || body.is_empty());
        self.keep(&parts.headers);
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    fn keep(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE) {
            let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            let value = rest.split(';').next().unwrap();
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
            if name == "kept_session" {
                self.csrf = sign_in::forgery_token(value);
            }
        }
    }

    /// All cookies as a header has them.
    pub fn cookie(&self) -> String {
        let jar: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        jar.join("; ")
    }

    pub fn router(&self) -> Router {
        self.router.clone()
    }

    pub fn has_cookie(&self, name: &str) -> bool {
        self.cookies.iter().any(|(known, _)| known == name)
    }
}

pub fn form(fields: &[(&str, String)]) -> String {
    let escape = |text: &str| {
        text.bytes()
            .map(|byte| format!("%{byte:02X}"))
            .collect::<String>()
    };
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", escape(value)))
        .collect();
    pairs.join("&")
}

/// The words of a page below its `<main>`, and what its fields hold.
pub fn words(html: &str) -> String {
    let main = html.split_once("<main").map_or(html, |(_, main)| main);
    let main = main.split("<key-map>").next().unwrap_or(main);
    let mut lines: Vec<String> = Vec::new();
    for part in main.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        lines.extend(field(tag));
        let text = text.trim();
        if !text.is_empty() && !tag.starts_with("title") {
            lines.push(unescaped(text));
        }
    }
    lines.join("\n")
}

/// An input as a person sees it: `[name: value]`.
fn field(tag: &str) -> Option<String> {
    let attribute = |name: &str| {
        Some(
            tag.split_once(&format!(" {name}=\""))?
                .1
                .split('"')
                .next()?
                .to_owned(),
        )
    };
    let shown = tag.starts_with("input")
        && !["hidden", "radio", "checkbox", "file"].contains(&attribute("type")?.as_str());
    shown.then(|| {
        format!(
            "[{}: {}]",
            attribute("name").unwrap_or_default(),
            unescaped(&attribute("value").unwrap_or_default())
        )
    })
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
