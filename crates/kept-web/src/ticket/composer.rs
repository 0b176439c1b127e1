//! The place to answer: a plain form with files, which says to whom, what, and what becomes of the turn. Scripts make it
//! quicker (drafts, drop, keys); none is needed.

use jiff::Timestamp;
use kept_app::tickets::Readers;
use maud::{Markup, html};

use super::passing::{self, Passable, Passing};
use super::readers;
use super::suggestion;
use super::waiting::{self, WaitForm};
use crate::calls::form::{self as call, CallForm};
use crate::drafts::views::{self as drafts, Unsent};
use crate::layout::Shell;
use crate::parts::{Icon, icon, post, post_files, size};
use crate::time_entries::views as time;

/// What the composer starts with.
#[derive(Debug, Clone)]
pub struct Composer {
    /// `Dana`, for "Reply to Dana". `None` when there is nobody to write to; then only notes can be made.
    pub reply_to: Option<String>,
    pub to: String,
    /// Everybody in copy, as the form sends them, and whether they get it.
    pub cc: Vec<(String, bool)>,
    /// Further addresses somebody typed.
    pub more: String,
    /// Who gets a copy unknown to the others.
    pub bcc: String,
    /// What can be passed on, the newest first.
    pub passable: Vec<Passable>,
    /// What is, when this is a forward.
    pub passing: Option<Passing>,
    /// Whose ticket it is.
    pub client: Option<String>,
    /// Who will read the reply as it is addressed.
    pub readers: Readers,
    pub mode: Mode,
    pub text: String,
    /// How long they worked on it, as somebody typed it or a script proposed it.
    pub time: String,
    /// Whether somebody typed it.
    pub time_by_hand: bool,
    pub then: Then,
    /// The third party, for when the reply says whom we wait for.
    pub wait: WaitForm,
    /// Whether the client reads of it below the reply.
    pub tells_wait: bool,
    /// What is promised and not kept yet: number, words, and whether this reply keeps it.
    pub promises: Vec<(u64, String, bool)>,
    /// For when it logs a call.
    pub call: CallForm,
    /// What was taken back and waits here to be said better.
    pub draft: Option<Draft>,
    /// What the reader was writing and did not send.
    pub unsent: Option<Unsent>,
    /// Reply templates to choose from: number and name.
    pub templates: Vec<(i64, String)>,
    /// The reader was told that steps are open, and may resolve all the same.
    pub anyway: bool,
    /// The newest message on the page; a script keeps what it was when the writing began.
    pub seen: u64,
    /// Bytes of files that fit into one mail.
    pub room_bytes: u64,
    /// Names of the files of the last try, which the browser has to send again.
    pub attach_again: Vec<String>,
    /// What was wrong with the last try.
    pub error: Option<String>,
    /// Addressees nothing is sent to, because mail to them came back.
    pub unreachable: Vec<Unreachable>,
}

/// A message that was taken back.
#[derive(Debug, Clone)]
pub struct Draft {
    pub message: u64,
    /// Number, name and size in bytes of its files, which still belong to it.
    pub files: Vec<(u64, String, u64)>,
}

/// Somebody mail came back from, why and since when.
#[derive(Debug, Clone)]
pub struct Unreachable {
    pub address: String,
    pub why: String,
    pub since: Timestamp,
}

/// A reply goes to the client, a note stays with the desk, a call is confirmed by the caller, a forward goes to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Reply,
    Note,
    Call,
    Forward,
}

/// What a reply does with the turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Ask,
    Keep,
    Wait,
    Resolve,
}

const THENS: [(Then, &str, &str, &str); 4] = [
    (Then::Ask, "ask", "Ask", "The turn goes to the client"),
    (
        Then::Keep,
        "keep",
        "Keep our turn",
        "We still have something to do",
    ),
    (
        Then::Wait,
        "wait",
        "Wait for others",
        "A third party has to do something first",
    ),
    (
        Then::Resolve,
        "resolve",
        "Resolve",
        "We think it is done; the client confirms",
    ),
];

/// The composer of ticket `number`. It is permanent across live updates: what is being typed is never touched.
pub fn composer(composer: &Composer, number: u64, shell: &Shell) -> Markup {
    html! {
        section.composer-place id="composer" aria-label="Write" {
            @for them in &composer.unreachable { (unreachable(them, number, shell)) }
            quote-words for="composer-words" { button.btn type="button" popover="manual" { "Quote" } }
            (post_files(&format!("/tickets/{number}/messages"), &shell.csrf, "composer", html! {
                input type="hidden" name="seen" value=(composer.seen);
                (modes(composer, number))
                @if let Some(error) = &composer.error { p.field-error role="alert" { (error) } }
                @if let Some(draft) = &composer.draft { (taken_back(draft)) }
                (addresses(composer))
                (offered(composer))
                @if let Some(passing) = &composer.passing { (passing::fields(&composer.passable, passing, composer.client.as_deref())) }
                div.for-call { (call::who(&composer.call, "composer", false)) }
                (words(composer, number))
                div.for-reply.for-wait { (waiting::fields(&composer.wait, "composer")) (told(composer.tells_wait)) }
                (promises(&composer.promises))
                div.suggested.for-reply role="status" aria-live="polite" {}
                (foot(composer, number))
                (drafts::line(composer.unsent.as_ref(), Some(number), &shell.clock))
            }))
        }
    }
}

fn unreachable(them: &Unreachable, number: u64, shell: &Shell) -> Markup {
    let action = format!("/tickets/{number}/reachable");
    html! {
        div.warning.unreachable {
            (icon(Icon::Warning))
            p { "Mail to " b { (them.address) } " comes back: " (them.why) ", since " (shell.clock.at(them.since)) ". It won’t be sent there." }
            (post(&action, &shell.csrf, html! {
                input type="hidden" name="address" value=(them.address);
                button.btn { "Try it again" }
            }))
        }
    }
}

fn modes(composer: &Composer, number: u64) -> Markup {
    let reply = composer.reply_to.as_deref();
    html! {
        div.composer-modes {
            fieldset.composer-tabs {
                legend.visually-hidden { "What to write" }
                @if let Some(name) = reply {
                    label { input type="radio" name="kind" value="reply" checked[composer.mode == Mode::Reply] data-key="reply" data-act="Write a reply"; span { "Reply to " (name) } }
                }
                label { input type="radio" name="kind" value="note" checked[composer.mode == Mode::Note || (reply.is_none() && composer.mode == Mode::Reply)] data-key="note" data-act="Write a note for the desk"; span { "Note" } }
                label { input type="radio" name="kind" value="call" checked[composer.mode == Mode::Call] data-key="call" data-act="Log a call on this ticket"; span { "Log a call" } }
                @if composer.passing.is_some() {
                    label { input type="radio" name="kind" value="forward" checked[composer.mode == Mode::Forward] data-key="forward" data-act="Forward to somebody else"; span { "Forward" } }
                } @else if !composer.passable.is_empty() {
                    a href={ "/tickets/" (number) "?forward=last#composer-words" } data-key="forward" data-act="Forward to somebody else" { "Forward" }
                }
            }
            span.audience.for-reply { (readers::line(&composer.readers)) }
            span.audience.for-note { (icon(Icon::Lock)) "only the desk will read this" }
            span.audience.for-forward { (icon(Icon::External)) "whoever you name will read this" }
            span.audience.for-call { (icon(Icon::Phone)) "they confirm it in writing" }
        }
    }
}

fn taken_back(draft: &Draft) -> Markup {
    html! {
        input type="hidden" name="draft" value=(draft.message);
        p.taken-back {
            (icon(Icon::Undo)) "You took this back; nobody got it. "
            button.link formaction={ "/drafts/" (draft.message) "/discarding" } formnovalidate { "Discard it" }
        }
        @if !draft.files.is_empty() {
            fieldset.files {
                legend.visually-hidden { "Files that stay attached" }
                @for (id, name, bytes) in &draft.files {
                    label.file { input type="checkbox" name="keep" value=(id) checked; span.file-name { (name) } span.dim { (size(*bytes)) } }
                }
            }
        }
    }
}

fn addresses(composer: &Composer) -> Markup {
    html! {
        details.addresses.for-reply {
            summary data-act="Change who reads the reply…" {
                span.dim { "To " } (composer.to)
                @if !composer.cc.is_empty() { span.dim { " Cc " } (in_copy(composer)) }
                @if !composer.bcc.is_empty() { span.dim { " Bcc " } (composer.bcc) }
            }
            label { span { "To" } input type="text" name="to" value=(composer.to) autocomplete="off"; }
            @if !composer.cc.is_empty() {
                fieldset.copies {
                    legend { "Cc" }
                    @for (mailbox, gets) in &composer.cc {
                        label { input type="checkbox" name="cc" value=(mailbox) checked[*gets]; span { (mailbox) } }
                    }
                }
            }
            label { span { @if composer.cc.is_empty() { "Cc" } @else { "Add" } } input type="text" name="cc" value=(composer.more) autocomplete="off" placeholder="addresses, with commas between"; }
            label { span { "Bcc" } input type="text" name="bcc" value=(composer.bcc) autocomplete="off" placeholder="a copy the others don’t know of"; }
        }
        div.strangers.for-reply role="status" { (readers::strangers(&composer.readers)) }
    }
}

/// Who was offered: a draft that is opened again later lets those hear who joined meanwhile.
fn offered(composer: &Composer) -> Markup {
    html! {
        input type="hidden" name="offered-to" value=(composer.to);
        @for (mailbox, _) in &composer.cc { input type="hidden" name="offered-cc" value=(mailbox); }
    }
}

/// Everybody who gets a copy, on one line.
fn in_copy(composer: &Composer) -> String {
    let who = composer.cc.iter().filter(|(_, gets)| *gets);
    who.map(|(mailbox, _)| mailbox.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

fn words(composer: &Composer, number: u64) -> Markup {
    html! {
        keep-draft data-draft={ "ticket-" (number) } data-to=(drafts::address(Some(number))) {
            write-help data-from={ "/tickets/" (number) "/completions" } { text-expander keys="/ @ #" suffix="" {
                auto-size {
                    live-format { div.written aria-hidden="true" {} textarea id="composer-words" name="text" rows="3" aria-label="Your words" placeholder="Write in plain words. Say what happens next, and when." { (composer.text) } }
                }
            } }
        }
    }
}

/// What the client reads of the third party. A script shows the very words.
fn told(tells: bool) -> Markup {
    html! {
        div.wait-told {
            label { input type="checkbox" name="tell-wait" value="yes" checked[tells]; span { "Tell them in the mail" } }
            div.wait-below { (suggestion::below(None)) }
        }
    }
}

fn promises(owed: &[(u64, String, bool)]) -> Markup {
    html! {
        @if !owed.is_empty() {
            fieldset.keeps.for-reply {
                legend { "Keep it with my reply" }
                @for (id, what, kept) in owed {
                    label { input type="checkbox" name="keeps" value=(id) checked[*kept]; span { (what) } }
                }
            }
        }
    }
}

fn foot(composer: &Composer, number: u64) -> Markup {
    html! {
        div.composer-foot {
            @if composer.anyway { input type="hidden" name="anyway" value="yes"; }
            (files(composer))
            (marks())
            (templates(&composer.templates, number))
            and-then data-ask={ "/tickets/" (number) "/suggestion" } {
                (thens(composer.then))
                // The script says here whether somebody made the choice, yes or no.
                input type="hidden" name="chosen" value="";
            }
            div.for-call { (call::wanted(composer.call.wanted)) }
            (time::beside(&composer.time, composer.time_by_hand))
            button.btn.btn-1.send data-key="send" {
                span.for-reply { "Send" } span.for-note { "Add note" } span.for-call { "Log the call" } span.for-forward { "Forward" } kbd aria-hidden="true" { "Ctrl ↵" }
            }
        }
    }
}

/// Bold, a list and so on by a button, for those who do not know Markdown by heart; scripts make them work.
fn marks() -> Markup {
    html! {
        details.marks-menu {
            summary.attach title="Formatting" data-act="Show the buttons for formatting" { span aria-hidden="true" { "Aa" } span.visually-hidden { "Formatting" } }
            markdown-toolbar for="composer-words" {
                md-bold tabindex="0" role="button" title="Bold" { b { "B" } }
                md-italic tabindex="0" role="button" title="Italic" { i { "I" } }
                md-code tabindex="0" role="button" title="Code" { code { "<>" } }
                md-link tabindex="0" role="button" title="Link" { (icon(Icon::Link)) span.visually-hidden { "Link" } }
                md-quote tabindex="0" role="button" title="Quote" { "”" }
                md-unordered-list tabindex="0" role="button" title="List" { "•" }
                md-ordered-list tabindex="0" role="button" title="Numbered list" { "1." }
            }
        }
    }
}

/// The same as typing `/`, for those who would rather choose from a list, and for browsers without scripts.
fn templates(all: &[(i64, String)], number: u64) -> Markup {
    html! {
        details.templates-menu.for-reply {
            summary.attach title="Use a reply template; or type / where a word begins" { (icon(Icon::Template)) span.visually-hidden { "Use a reply template" } }
            ul { @for (id, name) in all { li { a href={ "/tickets/" (number) "?template=" (id) "#composer-words" } data-turbo="false" data-name=(name) { (name) } } }
                li { a.dim href="/reply-templates" { @if all.is_empty() { "Write the first one" } @else { "All templates" } } } }
        }
    }
}

fn files(composer: &Composer) -> Markup {
    html! {
        drop-files data-room=(composer.room_bytes) {
            label.attach title="Attach files; you can also drop or paste them" {
                (icon(Icon::Clip)) span.visually-hidden { "Attach files" }
                input type="file" name="files" multiple;
            }
            ul.files {}
            p.too-large role="alert" hidden {}
            (attach_again(&composer.attach_again))
        }
        upload-progress hidden role="status" { progress max="1" value="0" aria-label="Files on their way" {} span {} }
    }
}

/// A script attaches them again and takes this away.
fn attach_again(names: &[String]) -> Markup {
    html! {
        @if !names.is_empty() {
            p.warning.attach-again role="alert" { (icon(Icon::Warning)) span { "Attach again what was not sent: " (names.join(", ")) } }
        }
    }
}

fn key_of(then: Then) -> Option<&'static str> {
    match then {
        Then::Resolve => Some("resolve"),
        Then::Wait => Some("wait"),
        Then::Ask | Then::Keep => None,
    }
}

fn thens(chosen: Then) -> Markup {
    html! {
        fieldset.seg.for-reply {
            legend.visually-hidden { "And then" }
            @for (then, value, words, title) in THENS {
                label title=(title) {
                    input type="radio" name="then" value=(value) checked[chosen == then]
                        data-key=[key_of(then)] data-act={ "Reply, and then: " (words) };
                    span { (words) }
                }
            }
        }
    }
}
