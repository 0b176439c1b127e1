//! Cards and chips below the words of a message: invitations with their answers, mails within mails, what a reader
//! should know first. Every act is a form that posts.

use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Attachment, Icon, attachments, icon, post_with};

/// What a message carries beside its words.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    pub marks: Vec<Mark>,
    pub invitations: Vec<InvitationCard>,
    pub letters: Vec<LetterCard>,
    pub files: Vec<Attachment>,
    /// Small pictures that decorate: logos, pixels.
    pub hidden: Vec<Attachment>,
}

/// Something to know before reading.
#[derive(Debug, Clone)]
pub struct Mark {
    pub icon: Icon,
    pub says: String,
    /// Nothing can be read without acting on it.
    pub loud: bool,
}

/// A meeting.
#[derive(Debug, Clone)]
pub struct InvitationCard {
    pub title: String,
    /// `Invitation`, `Cancelled`, `Dana Fox comes`.
    pub status: String,
    pub cancelled: bool,
    pub start: Option<Moment>,
    pub end: Option<Moment>,
    pub repeats: Option<String>,
    pub one_of_series: bool,
    pub place: Option<String>,
    pub link: Option<String>,
    pub organizer: Option<String>,
    /// Names, and whether they come.
    pub attendees: Vec<(String, &'static str)>,
    pub more_attendees: usize,
    pub more_events: usize,
    pub comment: Option<String>,
    /// Where the calendar object can be had.
    pub file: String,
    pub answering: Option<Answering>,
}

/// A time as its organizer wrote it. `day` is the day there.
#[derive(Debug, Clone)]
pub struct Moment {
    pub instant: Option<Timestamp>,
    pub local: String,
    pub day: Date,
    pub all_day: bool,
    pub zone: Option<String>,
}

/// Where an answer is posted, and the one that was given last.
#[derive(Debug, Clone)]
pub struct Answering {
    pub action: String,
    pub given: Option<&'static str>,
}

/// A mail within a mail.
#[derive(Debug, Clone)]
pub struct LetterCard {
    pub href: String,
    pub source: String,
    pub from: String,
    pub to: String,
    pub date: Option<Timestamp>,
    pub subject: String,
    pub text: String,
    pub files: usize,
}

/// The chips above the words.
pub(super) fn marks(marks: &[Mark]) -> Markup {
    html! {
        @if !marks.is_empty() {
            ul.marks aria-label="About this mail" {
                @for mark in marks { li class=(if mark.loud { "mark is-loud" } else { "mark" }) { (icon(mark.icon)) (mark.says) } }
            }
        }
    }
}

/// The cards and files below the words.
pub(super) fn cards(shown: &Shown, shell: &Shell) -> Markup {
    html! {
        @for card in &shown.invitations { (invitation(card, shell)) }
        @for card in &shown.letters { (letter(card, shell)) }
        (attachments(&shown.files))
        (hidden(&shown.hidden))
    }
}

fn hidden(files: &[Attachment]) -> Markup {
    let words = match files.len() {
        1 => "Hidden: 1 small image".to_owned(),
        many => format!("Hidden: {many} small images"),
    };
    html! {
        @if !files.is_empty() {
            details.files-more { summary { (icon(Icon::Chevron)) (words) } (attachments(files)) }
        }
    }
}

fn invitation(card: &InvitationCard, shell: &Shell) -> Markup {
    html! {
        section class=(if card.cancelled { "card invitation is-cancelled" } else { "card invitation" }) aria-label={ "Meeting: " (card.title) } {
            (day(card))
            div.card-main {
                p.card-kind { (card.status) @if card.one_of_series { " · one date of a series" } }
                h3 { (card.title) }
                (facts(card, shell))
                @if let Some(comment) = &card.comment { blockquote { (comment) } }
                (foot(card, shell))
            }
        }
    }
}

/// The day as a leaf of a calendar; the words beside it say it again.
fn day(card: &InvitationCard) -> Markup {
    html! {
        @if let Some(start) = &card.start {
            div.card-day aria-hidden="true" {
                span { (start.day.strftime("%b").to_string()) } b { (start.day.day()) } span { (start.day.strftime("%a").to_string()) }
            }
        }
    }
}

fn facts(card: &InvitationCard, shell: &Shell) -> Markup {
    html! {
        dl.card-facts {
            @if let Some(start) = &card.start { (fact("When", when(start, card.end.as_ref(), shell))) }
            @if let Some(repeats) = &card.repeats { (fact("Repeats", html! { (repeats) })) }
            @if let Some(place) = &card.place { (fact("Where", html! { (place) })) }
            @if let Some(link) = &card.link { (fact("Join", join(link))) }
            @if let Some(organizer) = &card.organizer { (fact("Organizer", html! { (organizer) })) }
            @if !card.attendees.is_empty() { (fact("Invited", attendees(card))) }
        }
    }
}

fn fact(name: &str, value: Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn attendees(card: &InvitationCard) -> Markup {
    html! {
        @for (at, (name, says)) in card.attendees.iter().enumerate() {
            @if at > 0 { ", " } (name) @if !says.is_empty() { span.dim { " (" (says) ")" } }
        }
        @if card.more_attendees > 0 { " and " (card.more_attendees) " more" }
        @if card.more_events > 0 { p.dim { (card.more_events) " more dates are in the file" } }
    }
}

/// The link says its real host, and leads nowhere without a click.
fn join(link: &str) -> Markup {
    let host = kept_app::mail::links::host(link);
    html! {
        @match host {
            Some(host) => a href=(link) target="_blank" rel="noopener noreferrer nofollow" { (host) (icon(Icon::External)) },
            None => (link),
        }
    }
}

/// In the reader's zone; the organizer's beside it where it is another.
fn when(start: &Moment, end: Option<&Moment>, shell: &Shell) -> Markup {
    let Some(from) = start.instant else {
        return html! { (start.local) @if let Some(end) = end { (last_day(start, end)) } @if let Some(zone) = &start.zone { span.dim { " (" (zone) ")" } } };
    };
    let here = from.to_zoned(shell.clock.zone.clone());
    let until = end
        .and_then(|end| end.instant)
        .map(|end| end.to_zoned(shell.clock.zone.clone()));
    let until = until.map(|until| match until.date() == here.date() {
        true => until.strftime("–%H:%M").to_string(),
        false => until.strftime(" – %a %-d %B, %H:%M").to_string(),
    });
    let elsewhere = here.datetime().strftime("%a %-d %B %Y, %H:%M").to_string() != start.local;
    html! {
        time datetime=(from) { (here.strftime("%a %-d %B %Y, %H:%M").to_string()) }
        @if let Some(until) = until { (until) }
        @if elsewhere { span.dim { " · " (start.local) " " (start.zone.as_deref().unwrap_or_default()) } }
        @else if let Some(zone) = &start.zone { span.dim { " · " (zone) } }
    }
}

/// The end of something that lasts days is the day after it (RFC 5545 §3.6.1).
fn last_day(start: &Moment, end: &Moment) -> String {
    let last = match end.all_day {
        true => end.day.yesterday().unwrap_or(end.day),
        false => end.day,
    };
    match last > start.day {
        true => format!(" – {}", last.strftime("%a %-d %B %Y")),
        false => String::new(),
    }
}

fn foot(card: &InvitationCard, shell: &Shell) -> Markup {
    let answers = [
        ("accepted", "Accept"),
        ("tentative", "Tentative"),
        ("declined", "Decline"),
    ];
    html! {
        div.card-foot {
            @if let Some(answering) = &card.answering {
                (post_with(&answering.action, &shell.csrf, "card-answers", html! {
                    @for (value, words) in answers {
                        button.btn name="answer" value=(value) aria-pressed=(if answering.given == Some(value) { "true" } else { "false" }) {
                            @if answering.given == Some(value) { (icon(Icon::Check)) } (words)
                        }
                    }
                }))
            }
            a.btn.quiet href=(card.file) data-turbo="false" { (icon(Icon::Download)) "Calendar file" }
        }
    }
}

fn letter(card: &LetterCard, shell: &Shell) -> Markup {
    html! {
        section.card.letter aria-label={ "Attached mail: " (card.subject) } {
            div.card-main {
                p.card-kind { (icon(Icon::Mail)) "Attached mail" }
                h3 { a href=(card.href) { (card.subject) } }
                dl.card-facts {
                    (fact("From", html! { (card.from) }))
                    @if !card.to.is_empty() { (fact("To", html! { (card.to) })) }
                    @if let Some(date) = card.date { (fact("Date", shell.clock.at(date))) }
                }
                @if !card.text.is_empty() {
                    details.letter-text { summary { (icon(Icon::Chevron)) "What it says" } div.quoted-mail { (card.text) } }
                }
                div.card-foot {
                    a.btn.quiet href=(card.href) { (icon(Icon::Eye)) @match card.files { 0 => "Open", 1 => "Open, with 1 file", _ => { "Open, with " (card.files) " files" } } }
                    a.btn.quiet href=(card.source) data-turbo="false" { (icon(Icon::Download)) "Mail file" }
                }
            }
        }
    }
}
