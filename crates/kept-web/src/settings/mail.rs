//! Mail: where it comes in, the relay it goes out through (with a test that says what the relay said), and who it is from.

use jiff::Timestamp;
use maud::{Markup, html};

use super::frame::framed;
use crate::layout::Shell;
use crate::parts::{Choice, Field, Icon, icon, post_with, select_field, text_field};

/// The mail settings.
#[derive(Debug, Clone)]
pub struct MailPage {
    pub intakes: Vec<Intake>,
    pub host: Field,
    pub port: Field,
    pub security: Field,
    pub securities: Vec<Choice>,
    pub user: Field,
    pub password: Field,
    pub from_name: Field,
    pub from_address: Field,
    pub tested: Option<Tested>,
    /// Where the test goes when nothing else is typed.
    pub test_to: String,
}

/// A way mail comes in and how it does.
#[derive(Debug, Clone)]
pub struct Intake {
    /// `LMTP on 127.0.0.1:2424`, `pipe`.
    pub how: String,
    pub addresses: Vec<String>,
    pub last: Option<Timestamp>,
    pub trouble: Option<String>,
}

/// What the last test of the relay said, word for word.
#[derive(Debug, Clone)]
pub struct Tested {
    pub worked: bool,
    pub says: String,
    pub transcript: Vec<String>,
}

/// The content of the mail settings.
pub fn mail(page: &MailPage, shell: &Shell) -> Markup {
    let content = html! { (intakes(page, shell)) (relay(page, shell)) (test(page, shell)) };
    framed(
        "/settings/mail",
        "Mail",
        "Mail is accepted only after it is safely stored, and sent until it is delivered or visibly failed.",
        content,
    )
}

fn intakes(page: &MailPage, shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "Coming in" }
            ul.intakes { @for intake in &page.intakes {
                li {
                    @match &intake.trouble { Some(why) => span.turn.late { (why) }, None => span.turn.resolved { "Listening" } }
                    b { (intake.how) } span.mut { (intake.addresses.join(", ")) }
                    span.dim { @match intake.last { Some(at) => { "last mail " (shell.clock.at(at)) }, None => "nothing yet" } }
                }
            } }
        }
    }
}

fn relay(page: &MailPage, shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "Going out" }
            (post_with("/settings/mail/relay", &shell.csrf, "form", html! {
                div.field-row { (text_field(&page.host)) (text_field(&page.port)) (select_field(&page.security, &page.securities)) }
                div.field-row { (text_field(&page.user)) (text_field(&page.password)) }
                div.field-row { (text_field(&page.from_name)) (text_field(&page.from_address)) }
                div.form-foot { button.btn.btn-1 data-key="send" { "Save" } }
            }))
        }
    }
}

fn test(page: &MailPage, shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "Test it" }
            p.says { "Sends one mail through the relay as it is saved, and shows what the relay answered." }
            (post_with("/settings/mail/relay/test", &shell.csrf, "inline-form", html! {
                input type="email" name="to" value=(page.test_to) required aria-label="Send the test to";
                button.btn { (icon(Icon::Outbox)) "Send a test" }
            }))
            @if let Some(tested) = &page.tested { (outcome(tested)) }
        }
    }
}

fn outcome(tested: &Tested) -> Markup {
    html! {
        div.outcome role="status" {
            p { span class={ "turn " (if tested.worked { "resolved" } else { "late" }) } { (tested.says) } }
            @if !tested.transcript.is_empty() { pre.mail-text { @for line in &tested.transcript { (line) "\n" } } }
        }
    }
}
