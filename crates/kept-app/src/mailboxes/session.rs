//! One conversation with a mail server: SMTP (RFC 5321) after EHLO or HELO, LMTP (RFC 2033) after LHLO.
//!
//! A mail is answered with 250 only after it is durably stored; everything else gets an error that
//! makes the other side keep it.

use std::borrow::Cow;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use kept_store::StoreError;
use kept_store::refused::{self, Refused};
use smtp_proto::request::receiver::{DataReceiver, DummyDataReceiver, RequestReceiver};
use smtp_proto::{Error as Unparsed, Request};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::other::Other;
use super::room::{Held, Room};
use super::{address, replies};
use crate::Desk;
use crate::intake::{self, Envelope, Via};

/// RFC 5321 §4.5.3.2 asks for five minutes at each step.
const PATIENCE: Duration = Duration::from_secs(300);
/// What a mail under way gets for its next bytes once we are stopping.
const PATIENCE_AT_THE_END: Duration = Duration::from_secs(10);
/// RFC 5321 §4.5.3.1.8 asks for at least a hundred.
const MOST_RECIPIENTS: usize = 100;
const MOST_ERRORS: usize = 10;
/// Characters of an envelope that are noted of a mail that was refused.
const LONGEST_NOTED: usize = 300;
const READ_BYTES: usize = 16 * 1024;
/// Replies that wait to go out together.
const MOST_UNSENT_BYTES: usize = 4 * 1024;

async fn stopped_long_ago(mut stop: watch::Receiver<bool>) {
    // Whoever would say so is gone: that is a stop as well.
    let _ = stop.wait_for(|stop| *stop).await;
    tokio::time::sleep(PATIENCE_AT_THE_END).await;
}

/// Says that we are full and hangs up.
pub async fn turn_away(mut socket: TcpStream) -> io::Result<()> {
    socket
        .write_all(replies::TOO_MANY_SESSIONS.as_bytes())
        .await
}

/// Talks until the other side is done, or until we stop; a mail whose content is under way comes to its
/// end first.
pub async fn talk(
    desk: &Desk,
    (socket, peer): (TcpStream, SocketAddr),
    room: Room,
    stop: watch::Receiver<bool>,
) -> io::Result<()> {
    let mut session = Session {
        desk,
        room,
        other: Other::at(peer, desk).await,
        socket,
        stop,
        input: Input::default(),
        output: Vec::new(),
        via: Via::Smtp,
        greeted: false,
        from: None,
        to: Vec::new(),
        errors: 0,
    };
    session
        .say(&replies::greeting(&desk.identity().host))
        .await?;
    session.run().await?;
    session.send().await
}

struct Session<'a> {
    desk: &'a Desk,
    other: Other,
    socket: TcpStream,
    room: Room,
    stop: watch::Receiver<bool>,
    input: Input,
    /// Replies to commands that came together go out together (RFC 2920 §3.2).
    output: Vec<u8>,
    via: Via,
    greeted: bool,
    /// The sender of the mail under way; an empty text is the null return path.
    from: Option<String>,
    to: Vec<String>,
    errors: usize,
}

/// Bytes that came and were not used yet.
#[derive(Default)]
struct Input {
    bytes: Vec<u8>,
    used: usize,
}

impl Input {
    fn rest(&self) -> &[u8] {
        &self.bytes[self.used..]
    }
}

/// What came between DATA and the final dot.
enum Content {
    /// The mail, and the memory it holds until it is stored.
    Whole(Bytes, Held),
    TooLarge,
    NoRoom,
}

/// Whether the conversation goes on.
#[derive(PartialEq, Eq)]
enum Next {
    GoOn,
    HangUp,
}

impl Session<'_> {
    async fn run(&mut self) -> io::Result<()> {
        let mut commands = RequestReceiver::default();
        loop {
            let mut bytes = self.input.rest().iter();
            let before = bytes.len();
            let request = commands.ingest(&mut bytes).map(Request::into_owned);
            self.input.used += before - bytes.len();
            match request {
                Ok(request) => {
                    if self.answer(request).await? == Next::HangUp {
                        return Ok(());
                    }
                }
                Err(Unparsed::NeedsMoreData { .. }) => {
                    // Whatever is left belongs to a command that has not ended yet; the receiver has it.
                    self.input.used = self.input.bytes.len();
                    if self.read().await? == Next::HangUp {
                        return Ok(());
                    }
                }
                Err(error) => {
                    let known = matches!(
                        error,
                        Unparsed::InvalidSenderAddress | Unparsed::InvalidRecipientAddress
                    );
                    let reply = if known {
                        replies::BAD_ADDRESS
                    } else {
                        replies::NOT_UNDERSTOOD
                    };
                    if self.refuse(reply).await? == Next::HangUp {
                        return Ok(());
                    }
                }
            }
        }
    }

    async fn answer(&mut self, request: Request<String>) -> io::Result<Next> {
        match request {
            Request::Ehlo { host } => self.greet(Via::Smtp, host).await,
            Request::Lhlo { host } => self.greet(Via::Lmtp, host).await,
            Request::Helo { host } => {
                self.forget_mail();
                self.other.helo = host;
                (self.greeted, self.via) = (true, Via::Smtp);
                let reply = replies::helo(&self.desk.identity().host);
                self.say(&reply).await
            }
            Request::Mail { from } => self.mail(from.address, from.size).await,
            Request::Rcpt { to } => self.recipient(&to.address).await,
            Request::Data => self.data().await,
            Request::Rset => {
                self.forget_mail();
                self.say(replies::OK).await
            }
            Request::Noop { .. } | Request::Help { .. } => self.say(replies::OK).await,
            Request::Vrfy { .. } | Request::Expn { .. } => self.say(replies::VERIFY).await,
            Request::Quit => {
                self.say(replies::BYE).await?;
                Ok(Next::HangUp)
            }
            Request::Bdat { .. }
            | Request::Auth { .. }
            | Request::Etrn { .. }
            | Request::Atrn { .. }
            | Request::Burl { .. }
            | Request::StartTls => self.refuse(replies::NOT_OFFERED).await,
        }
    }

    async fn greet(&mut self, via: Via, helo: String) -> io::Result<Next> {
        self.forget_mail();
        self.other.helo = helo;
        (self.greeted, self.via) = (true, via);
        let largest = self.desk.config().largest_mail_bytes;
        let reply = replies::ehlo(&self.desk.identity().host, largest);
        self.say(&reply).await
    }

    async fn mail(&mut self, from: String, size: usize) -> io::Result<Next> {
        let largest = self.desk.config().largest_mail_bytes;
        if !self.greeted || self.from.is_some() {
            return self.refuse(replies::BAD_ORDER).await;
        }
        if size > largest {
            self.too_large(&from, &[], Some(size)).await;
            return self.refuse(&replies::too_large(largest)).await;
        }
        let from = if from.is_empty() {
            Some(from)
        } else {
            address::clean(&from)
        };
        if from.is_none() {
            return self.refuse(replies::BAD_ADDRESS).await;
        }
        self.from = from;
        self.say(replies::SENDER_OK).await
    }

    async fn recipient(&mut self, text: &str) -> io::Result<Next> {
        if self.from.is_none() {
            return self.refuse(replies::BAD_ORDER).await;
        }
        if self.to.len() >= MOST_RECIPIENTS {
            return self.say(replies::TOO_MANY_RECIPIENTS).await;
        }
        let Some(address) = address::clean(text) else {
            return self.refuse(replies::BAD_ADDRESS).await;
        };
        match intake::takes_mail_for(self.desk, &address).await {
            Ok(true) => {
                self.to.push(address);
                self.say(replies::RECIPIENT_OK).await
            }
            Ok(false) => self.refuse(&replies::unknown_recipient(&address)).await,
            Err(error) => self.say(replies::not_taken(&error)).await,
        }
    }

    async fn data(&mut self) -> io::Result<Next> {
        if self.to.is_empty() {
            return self.refuse(replies::BAD_ORDER).await;
        }
        self.say(replies::GO_AHEAD).await?;
        let recipients = self.to.len();
        let largest = self.desk.config().largest_mail_bytes;
        let Some(mail) = self.receive(largest).await? else {
            return Ok(Next::HangUp);
        };
        let envelope = Envelope {
            from: self.from.take(),
            to: std::mem::take(&mut self.to),
            via: self.via,
        };
        let reply = match mail {
            Content::TooLarge => {
                let sender = envelope.from.as_deref().unwrap_or_default();
                self.too_large(sender, &envelope.to, None).await;
                Cow::Owned(replies::too_large(largest))
            }
            Content::NoRoom => Cow::Borrowed(replies::NO_ROOM),
            Content::Whole(raw, _held) => Cow::Borrowed(self.take_in(raw, envelope).await),
        };
        // LMTP answers for each recipient (RFC 2033 §4.2).
        let times = if self.via == Via::Lmtp { recipients } else { 1 };
        self.say(&reply.repeat(times)).await
    }

    /// The sender's server tells the sender; admins find it here.
    async fn too_large(&self, sender: &str, to: &[String], size: Option<usize>) {
        metrics::counter!("kept_mails_refused_total", "why" => "too-large").increment(1);
        tracing::warn!(sender, ?size, "a mail was refused because it is too large");
        let mail = Refused {
            at: self.desk.now(),
            sender: sender.chars().take(LONGEST_NOTED).collect(),
            recipients: to.join(", ").chars().take(LONGEST_NOTED).collect(),
            size_bytes: size.and_then(|size| i64::try_from(size).ok()),
            why: "it is larger than what is taken here".into(),
        };
        let noted = self
            .desk
            .store()
            .write(move |tx| refused::insert(tx, &mail));
        let noted: Result<(), StoreError> = noted.await;
        if let Err(error) = noted {
            tracing::warn!(%error, "a refused mail could not be noted");
        }
    }

    async fn take_in(&self, raw: Bytes, envelope: Envelope) -> &'static str {
        let checked = self.other.checked(self.desk, &raw, &envelope).await;
        match intake::take_in_checked(self.desk, raw, envelope, checked).await {
            Ok(_) => replies::TAKEN,
            Err(error) => {
                metrics::counter!("kept_mails_not_taken_total").increment(1);
                tracing::warn!(%error, "a mail was not taken in; its server keeps it");
                replies::not_taken(&error)
            }
        }
    }

    /// Reads a mail to its final dot; `None` when the other side went away.
    async fn receive(&mut self, largest: usize) -> io::Result<Option<Content>> {
        let mut mail = Vec::new();
        let mut held = self.room.held();
        let mut receiver = DataReceiver::new();
        // The command line that came before counts as the line before the first one, so that a mail
        // may begin with a dot or be empty.
        receiver.ingest(&mut b"\r\n".iter(), &mut mail);
        mail.clear();
        // A mail that can't be taken is read past, and said so at its end.
        let mut past: Option<(DummyDataReceiver, Content)> = None;
        loop {
            let mut bytes = self.input.rest().iter();
            let before = bytes.len();
            let done = match &mut past {
                Some((dummy, _)) => dummy.ingest(&mut bytes),
                None => receiver.ingest(&mut bytes, &mut mail),
            };
            self.input.used += before - bytes.len();
            if done {
                // RFC 5321 §4.1.1.4: the dot's own line end belongs to the end of data.
                return Ok(Some(match past {
                    Some((_, why)) => why,
                    None if mail.len() > largest => Content::TooLarge,
                    None => Content::Whole(Bytes::from(mail), held),
                }));
            }
            if past.is_none() && (mail.len() > largest || !held.covers(mail.len())) {
                let too_large = mail.len() > largest;
                let why = if too_large {
                    Content::TooLarge
                } else {
                    Content::NoRoom
                };
                past = Some((DummyDataReceiver::new_data(&receiver), why));
                mail = Vec::new();
                held = self.room.held();
            }
            if self.read_more().await? == Next::HangUp {
                return Ok(None);
            }
        }
    }

    /// Waits for the next command. A stop ends the conversation here: nothing was promised yet, and
    /// whoever is slow must not hold us up (RFC 5321 §3.8).
    async fn read(&mut self) -> io::Result<Next> {
        // Not within the choice below, which may break it off half-way.
        self.send().await?;
        let mut stop = self.stop.clone();
        if *stop.borrow() {
            return self.hang_up(replies::CLOSING).await;
        }
        tokio::select! {
            next = self.read_more() => next,
            _ = stop.changed() => self.hang_up(replies::CLOSING).await,
        }
    }

    async fn read_more(&mut self) -> io::Result<Next> {
        self.send().await?;
        if self.input.used == self.input.bytes.len() {
            self.input.bytes.clear();
            self.input.used = 0;
        }
        self.input.bytes.reserve(READ_BYTES);
        let read = tokio::time::timeout(PATIENCE, self.socket.read_buf(&mut self.input.bytes));
        let read = tokio::select! {
            read = read => read,
            () = stopped_long_ago(self.stop.clone()) => return self.hang_up(replies::CLOSING).await,
        };
        match read {
            Ok(Ok(0)) => Ok(Next::HangUp),
            Ok(Ok(_)) => Ok(Next::GoOn),
            Ok(Err(error)) => Err(error),
            Err(_) => self.hang_up(replies::TOO_LONG).await,
        }
    }

    async fn refuse(&mut self, reply: &str) -> io::Result<Next> {
        self.errors += 1;
        if self.errors > MOST_ERRORS {
            return self.hang_up(replies::TOO_MANY_ERRORS).await;
        }
        self.say(reply).await
    }

    async fn hang_up(&mut self, reply: &str) -> io::Result<Next> {
        self.say(reply).await?;
        Ok(Next::HangUp)
    }

    async fn say(&mut self, reply: &str) -> io::Result<Next> {
        self.output.extend_from_slice(reply.as_bytes());
        if self.output.len() > MOST_UNSENT_BYTES {
            self.send().await?;
        }
        Ok(Next::GoOn)
    }

    /// Sends what was said; always before waiting for the other side.
    async fn send(&mut self) -> io::Result<()> {
        if self.output.is_empty() {
            return Ok(());
        }
        let sent = tokio::time::timeout(PATIENCE, self.socket.write_all(&self.output)).await;
        self.output.clear();
        sent.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }

    fn forget_mail(&mut self) {
        self.from = None;
        self.to.clear();
    }
}
