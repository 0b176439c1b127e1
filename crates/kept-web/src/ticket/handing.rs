//! Whose turn it is and who takes it from here: what is waited for, who is asked, and the small forms that change it.

use jiff::Timestamp;
use kept_app::domain::turn::{LONGEST_REASON, Turn};
use maud::{Markup, html};

use super::waiting::{self, WaitForm};
use crate::layout::Shell;
use crate::parts::{Choice, Icon, choices, icon, post, post_with};

/// What the panel shows of it.
#[derive(Debug, Clone, Default)]
pub struct Handing {
    /// Whose turn it can be said to be instead; none where nobody's turn can be corrected.
    pub corrections: Vec<Turn>,
    pub wait: Option<Waiting>,
    /// The fields for it; absent where nobody can be waited for.
    pub form: Option<WaitForm>,
    pub offer: Option<Offer>,
    pub people: Option<People>,
}

/// The third party, in words.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub party: String,
    pub what: String,
    pub tracking: Option<String>,
    pub next: Timestamp,
}

/// An offer that stands.
#[derive(Debug, Clone)]
pub struct Offer {
    pub by: String,
    pub to: String,
    /// The reader is asked.
    pub to_me: bool,
    pub note: Option<String>,
    pub due: Timestamp,
}

/// Who can be asked.
#[derive(Debug, Clone)]
pub struct People {
    pub agents: Vec<Choice>,
    /// Whoever is on duty there, now.
    pub queues: Vec<Choice>,
    pub responsible: String,
    /// The reader, when it is not theirs already.
    pub me: Option<String>,
    /// The reader can make others responsible without asking them.
    pub outright: bool,
    /// `Tue 10:30`: until when an offer stands unless something else is said.
    pub usual: String,
}

/// The section on the turn.
pub(super) fn turn(handing: &Handing, number: u64, shell: &Shell) -> Markup {
    html! {
        @if handing.form.is_some() {
            section.turning {
                h2 { "Turn" }
                @if let Some(wait) = &handing.wait { (waits(wait, number, shell)) }
                @if let Some(form) = &handing.form { (wait_form(form, handing.wait.is_some(), number, shell)) }
                (corrections(&handing.corrections, number, shell))
            }
        }
    }
}

fn waits(wait: &Waiting, number: u64, shell: &Shell) -> Markup {
    html! {
        p.waits {
            (icon(Icon::Pause)) "Waiting on " b { (wait.party) } " for " (wait.what)
            @if let Some(tracking) = &wait.tracking { " · " (tracking) }
            " · we look after it " (shell.clock.at(wait.next))
        }
        (post(&format!("/tickets/{number}/wait/end"), &shell.csrf, html! {
            button.btn data-act="What we waited for arrived" { (icon(Icon::Check)) "It arrived" }
        }))
    }
}

fn wait_form(form: &WaitForm, known: bool, number: u64, shell: &Shell) -> Markup {
    html! {
        details.act-more {
            summary.act data-key="wait" data-act=[(!known).then_some("Wait for a third party…")] { (icon(Icon::Pause)) @if known { "They said something new" } @else { "Wait for a third party" } }
            (post_with(&format!("/tickets/{number}/wait"), &shell.csrf, "stack", html! {
                (waiting::fields(form, "panel"))
                button.btn { @if known { "Save" } @else { "Wait" } }
            }))
        }
    }
}

fn corrections(to: &[Turn], number: u64, shell: &Shell) -> Markup {
    html! {
        @if !to.is_empty() {
            details.act-more {
                summary.act data-act={ "Correct the turn: it is really " (words(to)) "…" } { (icon(Icon::Retry)) "It is really " (words(to)) " turn" }
                (post_with(&format!("/tickets/{number}/turn"), &shell.csrf, "stack", html! {
                    @match to {
                        [only] => input type="hidden" name="to" value=(only.as_str());,
                        several => select name="to" aria-label="Whose turn it is" {
                            @for to in several { option value=(to.as_str()) { (whose(*to)) " turn" } }
                        },
                    }
                    label {
                        "because"
                        input type="text" name="why" required maxlength=(LONGEST_REASON) placeholder="they answered by phone" autocomplete="off";
                    }
                    p.says { "Stands in the conversation; the client reads it too." }
                    button.btn { "Correct the turn" }
                }))
            }
        }
    }
}

fn words(to: &[Turn]) -> &'static str {
    match to {
        [only] => whose(*only),
        _ => "somebody else’s",
    }
}

fn whose(turn: Turn) -> &'static str {
    match turn {
        Turn::Desk => "our",
        Turn::Client => "the client’s",
        Turn::ThirdParty => "a third party’s",
        Turn::Nobody => "nobody’s",
    }
}

/// The forms that hand the ticket to somebody.
pub(super) fn hand_over(handing: &Handing, number: u64, shell: &Shell) -> Markup {
    let Some(people) = &handing.people else {
        return html! {};
    };
    html! {
        (post_with(&format!("/tickets/{number}/delegation"), &shell.csrf, "stack", html! {
            label { "Ask somebody to take it" select name="agent" {
                optgroup label="People" { (choices(&people.agents, &people.responsible)) }
                optgroup label="Whoever is on duty" { (choices(&people.queues, "")) }
            } }
            label { "Note" input type="text" name="note" maxlength=(LONGEST_REASON) placeholder="what they should know" autocomplete="off"; }
            label { "Until" select name="until" {
                option value="" { (people.usual) " (usual)" }
                option value="60" { "1 hour from now" }
                option value="1440" { "1 day from now" }
                option value="10080" { "1 week from now" }
            } }
            div.hand-buttons {
                button.btn data-key="send" { "Ask" }
                @if people.outright { button.btn.quiet formaction={ "/tickets/" (number) "/responsible" } { "Assign at once" } }
            }
        }))
    }
}

/// The button that makes it the reader's; an offer to them has its own.
pub(super) fn take(handing: &Handing, number: u64, shell: &Shell) -> Markup {
    let me = handing
        .people
        .as_ref()
        .and_then(|people| people.me.as_ref());
    let asked = handing.offer.as_ref().is_some_and(|offer| offer.to_me);
    html! {
        @if let Some(me) = me.filter(|_| !asked) {
            (post(&format!("/tickets/{number}/responsible"), &shell.csrf, html! {
                input type="hidden" name="agent" value=(me);
                button.act data-key="accept" data-act="Take the ticket" { (icon(Icon::Check)) "Take it" kbd aria-hidden="true" { "t" } }
            }))
        }
    }
}

/// What stands under the responsible agent while somebody is asked.
pub(super) fn offered(offer: Option<&Offer>, number: u64, shell: &Shell) -> Markup {
    html! {
        @if let Some(offer) = offer.filter(|offer| !offer.to_me) {
            p.says { (icon(Icon::Clock)) "Offered to " b { (offer.to) } ", until " (shell.clock.at(offer.due))
                @if let Some(note) = &offer.note { ": " (note) } }
            (post(&format!("/tickets/{number}/delegation/withdrawal"), &shell.csrf, html! {
                button.btn.quiet { "Take the offer back" }
            }))
        }
    }
}

/// The question above the conversation of whoever is asked.
pub(super) fn asked(offer: Option<&Offer>, number: u64, shell: &Shell) -> Markup {
    let Some(offer) = offer.filter(|offer| offer.to_me) else {
        return html! {};
    };
    html! {
        section.offer aria-label="Offered to you" {
            p { b { (offer.by) } " asks you to take this ticket" @if let Some(note) = &offer.note { ": " (note) } "."
                span.dim { " Until " (shell.clock.at(offer.due)) "; after that it stays where it is." } }
            (answers(number, true, shell))
        }
    }
}

/// Accept and Decline. `keys` on a page that is about one offer.
pub(crate) fn answers(number: u64, keys: bool, shell: &Shell) -> Markup {
    html! {
        div.offer-answers {
            (post(&format!("/tickets/{number}/delegation/acceptance"), &shell.csrf, html! {
                button.btn.btn-1 data-key=[keys.then_some("accept")] data-act="Accept the ticket offered to you" { (icon(Icon::Check)) "Accept" }
            }))
            details {
                summary.btn data-key=[keys.then_some("decline")] data-act="Decline the ticket offered to you…" { "Decline" }
                (post_with(&format!("/tickets/{number}/delegation/refusal"), &shell.csrf, "inline-form", html! {
                    input type="text" name="why" required maxlength=(LONGEST_REASON) placeholder="why not" aria-label="Why not" autocomplete="off";
                    button.btn { "Decline" }
                }))
            }
        }
    }
}
