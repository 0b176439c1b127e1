//! What the composer says of the reply in it: what would become of the turn, what the client would read below it, and who
//! will read it.
//! Afterwards, the same question for whoever sent it without.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use kept_app::domain::ids::TicketId;
use kept_app::domain::language::plain::{Grade, Hint, Plainness};
use kept_app::domain::tickets::AndThen;
use kept_app::domain::turn::{Because, LONGEST_REASON, Suggestion};
use kept_app::mail::markdown;
use kept_app::tickets::{Foreseen, Readers, foresee};
use maud::{Markup, PreEscaped, html};

use super::readers;
use super::waiting;
use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::Shell;
use crate::parts::{Clock, Icon, icon, post};
use crate::web::Web;

/// Characters of a sentence that are repeated.
const LONGEST_QUOTE: usize = 90;

/// `POST /tickets/{number}/suggestion`, with `text`, whom it goes to and, where it waits for others, their fields. It changes nothing; a
/// POST keeps the words out of addresses and logs.
pub(crate) async fn suggest(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let fields = &posted.fields;
    let waits = fields.get("then") == "wait";
    // What is missing is still being filled in.
    let wait = waits.then(|| waiting::read(fields).ok()).flatten();
    let text = fields.get("text").replace("\r\n", "\n");
    let who = &posted.who;
    let foreseen = foresee(&web.desk, &who.viewer, TicketId(number), text, wait).await?;
    let readers = match fields.all("to").next().is_some() {
        true => Some(readers::typed(&web, who, TicketId(number), fields).await?),
        false => None,
    };
    let clock = who.clock(&web).await?;
    Ok(answer(&foreseen, readers.as_ref(), &clock).into_response())
}

/// The parts the script puts in their places.
fn answer(foreseen: &Foreseen, readers: Option<&Readers>, clock: &Clock) -> Markup {
    html! {
        div data-part="turn" data-then=[foreseen.turn.as_ref().map(|it| value(it.unless_chosen()))] {
            @if let Some(suggestion) = &foreseen.turn { (chip(suggestion, clock)) }
            @if let Some(plain) = &foreseen.plain { (plainness(plain)) }
        }
        div data-part="below" { (below(foreseen.below.as_deref())) }
        @if let Some(readers) = readers {
            div data-part="audience" { (readers::line(readers)) }
            div data-part="strangers" { (readers::strangers(readers)) }
        }
    }
}

/// As the composer's form says it.
fn value(then: AndThen) -> &'static str {
    match then {
        AndThen::Ask => "ask",
        AndThen::Update => "keep",
        AndThen::Resolve => "resolve",
    }
}

/// A button, so that the keyboard reaches it. What only informs needs no word.
fn chip(suggestion: &Suggestion, clock: &Clock) -> Markup {
    let (act, why) = match &suggestion.because {
        Because::Asks(what) => ("Ask", format!("it asks “{}”", quoted(what))),
        Because::Promises { what, due } => (
            "Keep our turn",
            format!("it promises “{}” by {}", quoted(what), clock.full(*due)),
        ),
        Because::Settles(what) => ("Resolve", format!("it says “{}”", quoted(what))),
        Because::Informs => return html! {},
    };
    html! {
        button.suggestion type="button" value=(value(suggestion.then)) { (icon(Icon::Reply)) b { (act) } span { (why) } }
    }
}

/// How plainly it is written, and what would make it plainer. Of a text that is plain there is nothing to say.
fn plainness(plain: &Plainness) -> Markup {
    let (class, says) = match plain.grade {
        Grade::Plain => return html! {},
        Grade::Nearly => ("plainness is-nearly", "Could be plainer"),
        Grade::Hard => ("plainness is-hard", "Hard to read"),
    };
    html! {
        div class=(class) { b { (says) } @for hint in &plain.hints { span { (self::hint(hint)) } } }
    }
}

fn hint(hint: &Hint) -> String {
    match hint {
        Hint::BrushOff { words } => format!("“{words}” may sound as if they were turned away"),
        Hint::Jargon { words, instead } => format!("“{words}”: rather {instead}"),
        Hint::Long { words, count } => {
            format!("{count} words in one sentence: “{}”", quoted(words))
        }
        Hint::NoNextStep => "say what happens next, or that nothing needs to".to_owned(),
    }
}

/// What the client reads below a reply that waits for others.
pub(super) fn below(words: Option<&str>) -> Markup {
    html! {
        @match words {
            Some(words) => { p.dim { "Below your words they read:" } div.below-words { (PreEscaped(markdown::to_html(words))) } }
            None => p.dim { "Below your words they read whom you wait for, for what, and when they hear from you again." }
        }
    }
}

/// Asks the author of a reply that kept the turn, although `what` in it asks something.
pub(super) fn left_asking(what: &str, number: u64, shell: &Shell) -> Markup {
    let what = quoted(what);
    html! {
        section.offer aria-label="Whose turn it is" {
            p { "This asks the client something: “" (what) "”. Make it the client’s turn?" }
            div.offer-answers {
                (post(&format!("/tickets/{number}/turn"), &shell.csrf, html! {
                    input type="hidden" name="to" value="client";
                    input type="hidden" name="why" value=(reason(&what));
                    button.btn.btn-1 { (icon(Icon::Check)) "Yes" }
                }))
                a.btn href={ "/tickets/" (number) } { "No" }
            }
        }
    }
}

/// The client reads it.
fn reason(what: &str) -> String {
    let reason = format!("we asked: “{what}”");
    reason.chars().take(LONGEST_REASON).collect()
}

fn quoted(what: &str) -> String {
    if what.chars().count() <= LONGEST_QUOTE {
        return what.to_owned();
    }
    let cut: String = what.chars().take(LONGEST_QUOTE - 1).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_question_is_cut_and_still_a_reason() {
        let long = "Could you ".repeat(40);
        assert!(quoted(&long).chars().count() <= LONGEST_QUOTE);
        assert!(reason(&quoted(&long)).chars().count() <= LONGEST_REASON);
        assert_eq!(quoted("Is it on?"), "Is it on?");
    }
}
