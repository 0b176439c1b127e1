//! A relay on this machine that answers as it is told and remembers what it was given.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// What the relay does with the next mail.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Takes it and says so.
    Take,
    /// Takes it and hangs up before saying so.
    TakeSilently,
    /// Says this instead of taking it.
    Say(&'static str),
    /// Takes it and says nothing any more.
    TakeAndHang,
}

/// A mail the relay was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub from: String,
    pub to: Vec<String>,
    pub text: String,
}

impl Given {
    pub fn message_id(&self) -> String {
        let mail = kept_app::mail::parse(self.text.as_bytes());
        mail.message_id.unwrap_or_default()
    }
}

#[derive(Default)]
struct Notes {
    answers: VecDeque<Answer>,
    /// What it says to a recipient instead of taking it, in turn.
    of: HashMap<&'static str, VecDeque<&'static str>>,
    given: Vec<Given>,
    asked: Vec<String>,
}

pub struct Sink {
    pub url: String,
    notes: Arc<Mutex<Notes>>,
    /// Told when it says nothing any more.
    pub hangs: Arc<Notify>,
    listening: JoinHandle<()>,
}

impl Sink {
    /// Answers so in turn, and takes everything after that.
    pub async fn answering(answers: &[Answer]) -> Sink {
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = socket.local_addr().expect("an address").port();
        let notes = Arc::new(Mutex::new(Notes {
            answers: answers.iter().cloned().collect(),
            ..Notes::default()
        }));
        let hangs = Arc::new(Notify::new());
        let (shared, hanging) = (Arc::clone(&notes), Arc::clone(&hangs));
        let listening = tokio::spawn(async move {
            while let Ok((peer, _)) = socket.accept().await {
                let (notes, hangs) = (Arc::clone(&shared), Arc::clone(&hanging));
                tokio::spawn(async move { talk(peer, &notes, &hangs).await });
            }
        });
        Sink {
            url: format!("smtp://127.0.0.1:{port}"),
            notes,
            hangs,
            listening,
        }
    }

    /// Says so of this recipient, in turn, and takes mail for it after that.
    pub fn says_of(&self, recipient: &'static str, answers: &[&'static str]) {
        let mut notes = self.notes.lock().expect("the notes");
        let known = notes.of.entry(recipient).or_default();
        known.extend(answers);
    }

    /// Whom it was asked to take mail for, and forgets it.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.notes.lock().expect("the notes").asked)
    }

    /// Every mail that was taken, in order.
    pub fn given(&self) -> Vec<Given> {
        self.notes.lock().expect("the notes").given.clone()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn talk(peer: TcpStream, notes: &Mutex<Notes>, hangs: &Notify) -> Option<()> {
    let mut peer = BufReader::new(peer);
    let mut mail = Given {
        from: String::new(),
        to: vec![],
        text: String::new(),
    };
    say(&mut peer, "220 sink").await?;
    loop {
        let line = line(&mut peer).await?;
        let argument = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        match line.get(..4).unwrap_or_default().to_uppercase().as_str() {
            "MAIL" => mail.from = argument(),
            "RCPT" => match refusal(notes, &argument()) {
                Some(words) => {
                    say(&mut peer, words).await?;
                    continue;
                }
                None => mail.to.push(argument()),
            },
            "DATA" => {
                say(&mut peer, "354 go ahead").await?;
                mail.text = text(&mut peer).await?;
                let answer = keep(notes, &mail);
                match answer {
                    Answer::Take => say(&mut peer, "250 taken as 42").await?,
                    Answer::TakeSilently => return None,
                    Answer::TakeAndHang => {
                        hangs.notify_one();
                        std::future::pending::<()>().await;
                    }
                    Answer::Say(words) => say(&mut peer, words).await?,
                }
                mail.to.clear();
                continue;
            }
            "QUIT" => {
                say(&mut peer, "221 bye").await?;
                return None;
            }
            _ => {}
        }
        say(&mut peer, "250 ok").await?;
    }
}

fn refusal(notes: &Mutex<Notes>, recipient: &str) -> Option<&'static str> {
    let mut notes = notes.lock().expect("the notes");
    notes.asked.push(recipient.to_owned());
    notes.of.get_mut(recipient)?.pop_front()
}

fn keep(notes: &Mutex<Notes>, mail: &Given) -> Answer {
    let mut notes = notes.lock().expect("the notes");
    let answer = notes.answers.pop_front().unwrap_or(Answer::Take);
    if !matches!(answer, Answer::Say(_)) {
        notes.given.push(mail.clone());
    }
    answer
}

async fn line(peer: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = peer.read_line(&mut line).await.ok()?;
    (read > 0).then_some(line)
}

async fn text(peer: &mut BufReader<TcpStream>) -> Option<String> {
    let mut text = String::new();
    loop {
        let line = line(peer).await?;
        if line == ".\r\n" {
            return Some(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

async fn say(peer: &mut BufReader<TcpStream>, words: &str) -> Option<()> {
    peer.write_all(format!("{words}\r\n").as_bytes()).await.ok()
}
