//! A mail server on this machine with one mailbox, that does as it is told and breaks off where a test
//! wants it to. It speaks as much IMAP (RFC 9051) as fetching needs.

use std::sync::{Arc, Mutex, MutexGuard};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A mail as it lies there.
#[derive(Debug, Clone)]
pub struct Lying {
    pub uid: u32,
    pub folder: String,
    pub flags: Vec<String>,
    pub raw: Vec<u8>,
}

/// Everything about the server; tests change it between visits.
#[derive(Debug, Default)]
pub struct Inside {
    pub password: String,
    /// The access token it takes with XOAUTH2.
    pub token: String,
    pub validity: u32,
    pub next_uid: u32,
    pub mails: Vec<Lying>,
    pub folders: Vec<String>,
    pub offers: String,
    /// Hangs up once when a command begins so.
    pub hang_up_at: Option<&'static str>,
    /// Says NO once to a command that begins so.
    pub refuse: Option<&'static str>,
    pub commands: Vec<String>,
}

pub struct Server {
    pub port: u16,
    inside: Arc<Mutex<Inside>>,
    listening: JoinHandle<()>,
}

impl Server {
    pub async fn open() -> Server {
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = socket.local_addr().expect("an address").port();
        let inside = Arc::new(Mutex::new(Inside {
            password: "hush".into(),
            validity: 1,
            next_uid: 1,
            folders: vec!["INBOX".into()],
            offers: "IMAP4rev1 IDLE MOVE UIDPLUS".into(),
            ..Inside::default()
        }));
        let shared = Arc::clone(&inside);
        let listening = tokio::spawn(async move {
            while let Ok((peer, _)) = socket.accept().await {
                let inside = Arc::clone(&shared);
                tokio::spawn(async move { talk(peer, &inside).await });
            }
        });
        Server {
            port,
            inside,
            listening,
        }
    }

    pub fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().expect("the server")
    }

    pub fn deliver(&self, raw: impl AsRef<[u8]>) -> u32 {
        let mut inside = self.inside();
        let uid = inside.next_uid;
        inside.next_uid += 1;
        inside.mails.push(Lying {
            uid,
            folder: "INBOX".into(),
            flags: vec![],
            raw: raw.as_ref().to_vec(),
        });
        uid
    }

    /// How many commands began so.
    pub fn asked(&self, command: &str) -> usize {
        let inside = self.inside();
        inside
            .commands
            .iter()
            .filter(|it| it.starts_with(command))
            .count()
    }

    /// Where each mail lies and how it is marked, in the order they came.
    pub fn lying(&self) -> Vec<String> {
        let inside = self.inside();
        let shown = |mail: &Lying| format!("{} {}", mail.folder, mail.flags.join(" "));
        inside
            .mails
            .iter()
            .map(|mail| shown(mail).trim().to_owned())
            .collect()
    }

    /// New numbers for everything, as after a restored backup.
    pub fn number_anew(&self) {
        let mut inside = self.inside();
        inside.validity += 1;
        let mut next = 100;
        for mail in &mut inside.mails {
            mail.uid = next;
            next += 1;
        }
        inside.next_uid = next;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn talk(peer: TcpStream, inside: &Mutex<Inside>) -> Option<()> {
    let mut peer = BufReader::new(peer);
    say(&mut peer, b"* OK ready\r\n").await?;
    loop {
        let line = line(&mut peer).await?;
        let (tag, command) = line.split_once(' ')?;
        let is_sasl = command.starts_with("AUTHENTICATE");
        let (answer, hang_up) = {
            let mut inside = inside.lock().expect("the server");
            inside.commands.push(command.to_owned());
            let hang_up = inside.hang_up_at.is_some_and(|it| command.starts_with(it));
            if hang_up {
                inside.hang_up_at = None;
            }
            (answer(&mut inside, command), hang_up)
        };
        if is_sasl {
            sasl(&mut peer, tag, inside).await?;
            continue;
        }
        if command.starts_with("IDLE") {
            say(&mut peer, b"+ idling\r\n").await?;
            self::line(&mut peer).await?;
        }
        let mut bytes = answer.0;
        if hang_up {
            // Half of what it had to say, as a cable that is pulled.
            bytes.truncate(bytes.len() / 2);
            say(&mut peer, &bytes).await?;
            return None;
        }
        bytes.extend_from_slice(format!("{tag} {}\r\n", answer.1).as_bytes());
        say(&mut peer, &bytes).await?;
        if command.starts_with("LOGOUT") {
            return None;
        }
    }
}

async fn sasl(peer: &mut BufReader<TcpStream>, tag: &str, inside: &Mutex<Inside>) -> Option<()> {
    say(peer, b"+ \r\n").await?;
    let given = STANDARD.decode(line(peer).await?.trim()).ok()?;
    let given = String::from_utf8(given).ok()?;
    let wanted = {
        let inside = inside.lock().expect("the server");
        format!("auth=Bearer {}\u{1}\u{1}", inside.token)
    };
    if given.ends_with(&wanted) {
        return say(peer, format!("{tag} OK welcome\r\n").as_bytes()).await;
    }
    let error = STANDARD.encode(r#"{"status":"400"}"#);
    say(peer, format!("+ {error}\r\n").as_bytes()).await?;
    line(peer).await?;
    say(
        peer,
        format!("{tag} NO the token is not good\r\n").as_bytes(),
    )
    .await
}

/// What is said before the end, and the end.
fn answer(inside: &mut Inside, command: &str) -> (Vec<u8>, String) {
    if inside.refuse.is_some_and(|it| command.starts_with(it)) {
        inside.refuse = None;
        return (vec![], "NO not today".into());
    }
    let words: Vec<&str> = command.split(' ').collect();
    let ok = |bytes: Vec<u8>| (bytes, "OK done".to_owned());
    match words.as_slice() {
        ["CAPABILITY"] => ok(format!("* CAPABILITY {}\r\n", inside.offers).into_bytes()),
        ["LOGIN", _, password] if password.trim_matches('"') == inside.password => ok(vec![]),
        ["LOGIN", ..] => (vec![], "NO [AUTHENTICATIONFAILED] wrong password".into()),
        ["SELECT", ..] => ok(format!(
            "* {} EXISTS\r\n* OK [UIDVALIDITY {}] fine\r\n* OK [UIDNEXT {}] fine\r\n",
            inside.mails.len(),
            inside.validity,
            inside.next_uid
        )
        .into_bytes()),
        ["UID", "SEARCH", what @ ..] => ok(search(inside, what).into_bytes()),
        ["UID", "FETCH", set, what @ ..] => ok(fetch(inside, set, &what.join(" "))),
        ["UID", "STORE", set, _, flags @ ..] => {
            let flags = flags.join(" ");
            for mail in inside.mails.iter_mut().filter(|mail| is_in(mail.uid, set)) {
                let flags = flags.trim_matches(['(', ')']).split(' ');
                mail.flags.extend(flags.map(str::to_owned));
                mail.flags.sort();
                mail.flags.dedup();
            }
            ok(vec![])
        }
        ["UID", "MOVE", set, target] => {
            let target = target.trim_matches('"').to_owned();
            if !inside.folders.contains(&target) {
                return (vec![], "NO [TRYCREATE] no such folder".into());
            }
            for mail in inside.mails.iter_mut().filter(|mail| is_in(mail.uid, set)) {
                mail.folder.clone_from(&target);
            }
            ok(vec![])
        }
        ["UID", "EXPUNGE", set] => {
            inside.mails.retain(|mail| {
                !(is_in(mail.uid, set) && mail.flags.iter().any(|it| it == "\\Deleted"))
            });
            ok(vec![])
        }
        ["CREATE", name] => {
            inside.folders.push(name.trim_matches('"').to_owned());
            ok(vec![])
        }
        ["IDLE" | "LOGOUT" | "NOOP"] => ok(vec![]),
        _ => (vec![], "BAD what".into()),
    }
}

fn here(inside: &Inside) -> impl Iterator<Item = &Lying> {
    inside.mails.iter().filter(|mail| mail.folder == "INBOX")
}

fn search(inside: &Inside, what: &[&str]) -> String {
    let is_wanted = |mail: &Lying| match what {
        ["UNSEEN"] => !mail.flags.iter().any(|it| it == "\\Seen"),
        ["UID", range] => {
            let first: u32 = range.trim_end_matches(":*").parse().expect("a number");
            let last = here(inside).map(|mail| mail.uid).max();
            mail.uid >= first || Some(mail.uid) == last
        }
        _ => true,
    };
    let uids: Vec<String> = here(inside)
        .filter(|mail| is_wanted(mail))
        .map(|mail| mail.uid.to_string())
        .collect();
    format!("* SEARCH {}\r\n", uids.join(" "))
}

fn fetch(inside: &Inside, set: &str, what: &str) -> Vec<u8> {
    let mut said = Vec::new();
    for (n, mail) in here(inside)
        .enumerate()
        .filter(|(_, mail)| is_in(mail.uid, set))
    {
        let head = format!("* {} FETCH (UID {} ", n + 1, mail.uid);
        said.extend_from_slice(head.as_bytes());
        if what.contains("SIZE") {
            said.extend_from_slice(format!("RFC822.SIZE {}", mail.raw.len()).as_bytes());
        } else if what.contains("INTERNALDATE") {
            said.extend_from_slice(b"INTERNALDATE \"23-Nov-2026 09:00:00 +0000\"");
        } else {
            let (name, part) = match what.contains("HEADER") {
                true => ("BODY[HEADER]<0>", head_of(&mail.raw)),
                false => ("BODY[]", mail.raw.as_slice()),
            };
            said.extend_from_slice(format!("{name} {{{}}}\r\n", part.len()).as_bytes());
            said.extend_from_slice(part);
        }
        said.extend_from_slice(b")\r\n");
    }
    said
}

fn head_of(raw: &[u8]) -> &[u8] {
    let end = raw.windows(4).position(|it| it == b"\r\n\r\n");
    &raw[..end.map_or(raw.len(), |end| end + 4)]
}

fn is_in(uid: u32, set: &str) -> bool {
    set.split(',').any(|part| match part.split_once(':') {
        Some((first, "*")) => uid >= first.parse().expect("a number"),
        Some((first, last)) => {
            (first.parse().expect("a number")..=last.parse().expect("a number")).contains(&uid)
        }
        None => part.parse() == Ok(uid),
    })
}

async fn line(peer: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = peer.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

async fn say(peer: &mut BufReader<TcpStream>, bytes: &[u8]) -> Option<()> {
    peer.write_all(bytes).await.ok()
}
