//! What was said and what happened, oldest first: messages, notes, one-line marks. Mail bodies are text; the formatted
//! original is only ever shown inside a sandboxed frame.

use jiff::Timestamp;
use kept_app::mail::links;
use maud::{Markup, PreEscaped, html};

use super::activity::{self, LeftOut};
use super::cards::{self, Shown};
use super::elsewhere::{self, Elsewhere};
use super::speakers::{Question, question};
use crate::calls::shown::{self, Shown as Call};
use crate::layout::Shell;
use crate::outbox::each::{self, Recipient};
use crate::parts::{Face, Icon, avatar, icon, post};

/// One entry of the conversation.
#[derive(Debug, Clone)]
pub enum Entry {
    Message(Box<Message>),
    Event(Event),
    /// Lines of a long conversation that are on another page.
    LeftOut(LeftOut),
}

/// Something said on the ticket.
#[derive(Debug, Clone)]
pub struct Message {
    pub id: u64,
    pub who: String,
    /// The address it came from or goes to, for the tooltip.
    pub address: Option<String>,
    pub at: Timestamp,
    pub kind: Kind,
    /// What kind of automatic mail it is: `automatic reply`, `delivery report`.
    pub badge: Option<&'static str>,
    /// Where the message as it came can be had, when it came by mail.
    pub raw: Option<String>,
    /// How it came and why it is here: `by mail, joined: In-Reply-To`.
    pub how: String,
    /// `To`, `Cc` in words, when they say more than the name above.
    pub to: Option<String>,
    /// How the words came when somebody else sent them: `Forwarded by Noor Haddad`.
    pub origin: Option<String>,
    /// Asked about it: whose ticket is this?
    pub question: Option<Question>,
    /// Its first words, for the line it is folded to.
    pub first: String,
    pub words: Words,
    /// What was quoted under or between them, folded.
    pub quoted: Option<String>,
    pub formatted: Option<Formatted>,
    /// Marks, cards and files.
    pub contents: Shown,
    pub delivery: Option<Delivery>,
    /// What came back about it, one line a recipient.
    pub losses: Vec<Loss>,
    /// How its mail stands with each recipient, once that had to be told apart.
    pub each: Vec<Recipient>,
    /// Where a POST takes it back, while its author still can.
    pub undo: Option<String>,
    /// The subject, when it is not that of the ticket.
    pub subject: Option<String>,
    /// What a reader should beware of: `The sender could not be verified`.
    pub warning: Option<String>,
    /// Whether it is from whom it says, where that matters.
    pub proof: Option<Proof>,
    /// When its sender says it was written, where that is far from when it came.
    pub claimed: Option<Timestamp>,
    /// What is to be said of it when it is a call.
    pub call: Option<Call>,
    pub elsewhere: Option<Elsewhere>,
    /// Where the composer quotes it.
    pub quote: Option<Quote>,
    /// Where it can be passed on, and what that is called.
    pub forward: Option<(String, &'static str)>,
    /// Shown as one line that opens, as older messages are.
    pub folded: bool,
}

/// The way to quote a message.
#[derive(Debug, Clone)]
pub struct Quote {
    pub href: String,
    /// Its key does it, too: it is the last one.
    pub by_key: bool,
}

/// Whether a message is from whom it says.
#[derive(Debug, Clone)]
pub struct Proof {
    pub says: String,
    /// It could not be proven.
    pub failed: bool,
    /// Why, and what was checked by whom.
    pub details: Vec<String>,
}

/// What somebody wrote.
#[derive(Debug, Clone)]
pub enum Words {
    /// Paragraphs of plain text. Lines inside a paragraph are kept.
    Plain(Vec<String>),
    /// HTML made of our own Markdown, safe already.
    Rich(String),
}

/// What kind of message it is, which is also how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    FromClient,
    FromDesk,
    Note,
    /// Passed on to somebody outside the conversation.
    Forward,
    Automatic,
}

/// The formatted original, in a frame that says itself which pictures it left out.
#[derive(Debug, Clone)]
pub struct Formatted {
    pub open: bool,
    /// How tall the frame starts, by how much there is to read.
    pub tall: Tall,
}

/// Height of the frame of a formatted mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tall {
    Short,
    Middle,
    Long,
}

/// How the sending of one of our messages stands.
#[derive(Debug, Clone)]
pub enum Delivery {
    /// Waits for its turn. `id` names it in the outbox.
    Queued {
        id: u64,
    },
    /// A try did not work, and there will be another.
    Retrying {
        id: u64,
        why: String,
    },
    Sent {
        id: u64,
        at: Timestamp,
    },
    /// There is no relay: it is a file nobody gets.
    Filed {
        id: u64,
    },
    Failed {
        id: u64,
        why: String,
    },
}

/// What came back about a message, or whom it was not sent to.
#[derive(Debug, Clone)]
pub struct Loss {
    /// `Not delivered to dana@acme.example: no such mailbox (5.1.1)`.
    pub says: String,
    /// What the other server said, word for word.
    pub details: String,
    /// It may still arrive.
    pub may_arrive: bool,
    /// Where the report as it came can be had.
    pub report: Option<String>,
    pub at: Timestamp,
}

/// A one-line mark. `undo` is where a POST takes it back.
#[derive(Debug, Clone)]
pub struct Event {
    pub at: Timestamp,
    pub says: String,
    pub undo: Option<String>,
}

/// The conversation in order.
pub fn conversation(entries: &[Entry], shell: &Shell) -> Markup {
    html! {
        div.thread id="thread" {
            @for entry in entries {
                @match entry {
                    Entry::Message(it) if it.folded => (folded(it, shell)),
                    Entry::Message(it) => (message(it, shell)),
                    Entry::Event(it) => (event(it, shell)),
                    Entry::LeftOut(it) => (activity::left_out(it)),
                }
            }
        }
    }
}

fn event(event: &Event, shell: &Shell) -> Markup {
    html! {
        div.event {
            p { (event.says) " · " (shell.clock.at(event.at)) }
            @if let Some(action) = &event.undo { (post(action, &shell.csrf, html! { button.link { "Undo" } })) }
        }
    }
}

fn folded(message: &Message, shell: &Shell) -> Markup {
    html! {
        details.folded id={ "fold-" (message.id) } {
            summary {
                (face(message)) b { (message.who) }
                @if let Some(badge) = message.badge { (of_program(badge)) }
                span.folded-words { (message.first) }
                span.dim { (shell.clock.at(message.at)) }
            }
            // An anchor inside opens it.
            div.folded-how id={ "message-" (message.id) } { (how(message, shell)) (links(message, shell)) }
            (spoken(message, shell))
        }
    }
}

fn message(message: &Message, shell: &Shell) -> Markup {
    html! {
        section class={ "msg " (class(message.kind)) } id={ "message-" (message.id) } {
            (face(message))
            div.msg-main { (byline(message, shell)) (spoken(message, shell)) }
        }
    }
}

fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::FromClient => "from-client",
        Kind::FromDesk => "from-desk",
        Kind::Note => "note",
        Kind::Forward => "note is-forward",
        Kind::Automatic => "automatic",
    }
}

fn face(message: &Message) -> Markup {
    match message.kind {
        Kind::Automatic => html! { span.av.av-robot aria-hidden="true" { (icon(Icon::Robot)) } },
        _ => avatar(&Face::of(&message.who)),
    }
}

fn byline(message: &Message, shell: &Shell) -> Markup {
    html! {
        header {
            h2 title=[message.address.as_deref()] { (message.who) }
            @if message.kind == Kind::Note { span.badge { (icon(Icon::Lock)) "desk only" } }
            @if message.kind == Kind::Forward { span.badge { (icon(Icon::External)) "forwarded" } }
            @if let Some(badge) = message.badge { (of_program(badge)) }
            (how(message, shell))
            (links(message, shell))
        }
        @if let Some(origin) = &message.origin { p.msg-to.msg-origin { (icon(Icon::Reply)) (origin) } }
        @if let Some(to) = &message.to { p.msg-to { (to) } }
        @if let Some(subject) = &message.subject { p.msg-to { "Subject: " (subject) } }
    }
}

fn of_program(badge: &str) -> Markup {
    html! { span.badge.of-program { (icon(Icon::Robot)) (badge) } }
}

/// When and how it came, and why it is here.
fn how(message: &Message, shell: &Shell) -> Markup {
    html! {
        span.byline {
            (shell.clock.both(message.at)) @if !message.how.is_empty() { " · " (message.how) }
            @if let Some(claimed) = message.claimed { " · says it was written " (shell.clock.both(claimed)) }
        }
        @if let Some(on) = &message.elsewhere { (elsewhere::offer(message.id, on, shell)) }
    }
}

fn links(message: &Message, shell: &Shell) -> Markup {
    html! {
        div.msg-links {
            @if let Some(on) = &message.elsewhere { (elsewhere::menu(message.id, on, shell)) }
            @if let Some(quote) = &message.quote { a href=(quote.href) data-quote=(message.id) data-key=[quote.by_key.then_some("quote")] data-act=[quote.by_key.then_some("Quote the last message")] { "Quote" } }
            @if let Some((href, words)) = &message.forward { a href=(href) { (words) } }
            @if let Some(raw) = &message.raw {
                a href=(raw) title="The message as it came, headers and all" data-turbo="false" { "Source" }
            }
        }
    }
}

fn spoken(message: &Message, shell: &Shell) -> Markup {
    html! {
        div.msg-body {
            @if let Some(call) = &message.call { (shown::line(call, shell)) }
            @if let Some(proof) = &message.proof { (proven(proof)) }
            @if let Some(warning) = &message.warning { p.warning { (icon(Icon::Warning)) (warning) } }
            (cards::marks(&message.contents.marks))
            @match &message.words {
                Words::Plain(paragraphs) => @for paragraph in paragraphs { p { (linked(paragraph)) } },
                Words::Rich(safe) => div.rich { (PreEscaped(safe)) },
            }
            @if let Some(asked) = &message.question { (question(asked, shell)) }
            @if let Some(quoted) = &message.quoted { (quote(quoted)) }
            @if let Some(formatted) = &message.formatted { (frame(message.id, formatted)) }
            (cards::cards(&message.contents, shell))
            @if let Some(action) = &message.undo { (waiting(action, message.kind, shell)) }
            @else if let Some(delivery) = &message.delivery { (delivered(delivery, &message.each, shell)) (each::list(&message.each, &shell.clock)) }
            @for loss in &message.losses { (lost(loss, shell)) }
        }
    }
}

fn waiting(action: &str, kind: Kind, shell: &Shell) -> Markup {
    let says = match kind {
        Kind::Note => "You can still take this note back.",
        _ => "Goes out in a moment.",
    };
    html! {
        div.delivery.is-queued { (icon(Icon::Clock)) (says) " " (post(action, &shell.csrf, html! { button.link { "Undo" } })) }
    }
}

fn proven(proof: &Proof) -> Markup {
    html! {
        details class=(if proof.failed { "proof is-failed" } else { "proof" }) {
            summary { (icon(if proof.failed { Icon::Warning } else { Icon::Check })) (proof.says) }
            ul { @for detail in &proof.details { li { (detail) } } }
        }
    }
}

/// Links most people write in one paragraph; more stay words.
const MOST_LINKS: usize = 50;

/// The words with their links as links. What is shown is where they lead: a stranger can't hide the one behind the other.
fn linked(text: &str) -> Markup {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while pieces.len() < MOST_LINKS {
        let starts = ["https://", "http://"]
            .iter()
            .filter_map(|it| rest.find(it));
        let Some(start) = starts.min() else { break };
        let (before, from) = rest.split_at(start);
        let (link, after) = from.split_at(links::end_of_link(from));
        pieces.push((before, link));
        rest = after;
    }
    html! {
        @for (before, link) in pieces {
            (before)
            @match links::host(link) {
                Some(_) => a href=(link) target="_blank" rel="noopener noreferrer nofollow" { (link) },
                None => (link),
            }
        }
        (rest)
    }
}

fn quote(quoted: &str) -> Markup {
    html! {
        details.quoted { summary aria-label="Quoted text" title="Quoted text" { "···" } blockquote { (quoted) } }
    }
}

/// The link below the frame aims at it by name: from inside, the sandbox would keep the session from the request.
fn frame(id: u64, formatted: &Formatted) -> Markup {
    let address = format!("/messages/{id}/html");
    let tall = match formatted.tall {
        Tall::Short => "mail-frame is-short",
        Tall::Middle => "mail-frame",
        Tall::Long => "mail-frame is-long",
    };
    html! {
        details.formatted open[formatted.open] {
            summary { (icon(Icon::Chevron)) "Formatted original" }
            div class=(tall) {
                iframe name={ "mail-" (id) } title="The mail as its sender formatted it" src=(address) loading="lazy"
                    sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" {}
            }
            p.mail-links {
                a href={ (address) "?images=1" } target={ "mail-" (id) } data-turbo="false" { (icon(Icon::Image)) "Show pictures from elsewhere" }
                a href=(address) target="_blank" rel="noopener" { "Open it large" (icon(Icon::External)) }
            }
        }
    }
}

fn lost(loss: &Loss, shell: &Shell) -> Markup {
    let class = match loss.may_arrive {
        true => "delivery is-queued",
        false => "delivery is-failed",
    };
    html! {
        details.loss {
            summary class=(class) { (icon(Icon::Warning)) span { (loss.says) } }
            p.mut { (shell.clock.both(loss.at)) @if !loss.details.is_empty() { ": " (loss.details) } }
            @if let Some(report) = &loss.report { p { a href=(report) data-turbo="false" { "The report as it came" } } }
        }
    }
}

fn delivered(delivery: &Delivery, each: &[Recipient], shell: &Shell) -> Markup {
    let summed_up = each::summed_up(each);
    let why_of = |why: &str| match &summed_up {
        Some(words) => format!("{words}."),
        None => why.to_owned(),
    };
    html! {
        @match delivery {
            Delivery::Queued { id } => p.delivery.is-queued { (icon(Icon::Clock)) a href={ "/outbox/" (id) } { "Goes out now" } },
            Delivery::Retrying { id, why } => p.delivery.is-queued { (icon(Icon::Clock)) span { "Not delivered yet: " (why_of(why)) " " a href={ "/outbox/" (id) } { "Kept tries again" } } },
            Delivery::Sent { id, at } => p.delivery.is-sent { (icon(Icon::Check)) a href={ "/outbox/" (id) } { "Sent " (shell.clock.at(*at)) } },
            Delivery::Filed { id } => p.delivery.is-queued { (icon(Icon::Document)) a href={ "/outbox/" (id) } { "Not sent: there is no relay, so it was written to a file" } },
            Delivery::Failed { id, why } => p.delivery.is-failed { (icon(Icon::Warning)) span { (if each.is_empty() { "Not delivered: " } else { "Not delivered to everybody: " }) (why_of(why)) " " a href={ "/outbox/" (id) } { "Look and try again" } } },
        }
    }
}
