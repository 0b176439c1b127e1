//! Mail: where it comes in, and the relay it goes out through, with a test.

use jiff::Timestamp;
use maud::{Markup, html};

use super::frame::framed;
use crate::layout::Shell;
use crate::parts::{
    Choice, Field, Icon, icon, post_with, select_field, size, text_area, text_field,
};

/// The mail settings.
#[derive(Debug, Clone)]
pub struct MailPage {
    pub intakes: Vec<Intake>,
    /// Addresses whose mail is a web form's.
    pub forms: Field,
    pub relay: Relay,
    /// The last mails that were not taken, newest first.
    pub refused: Vec<RefusedMail>,
    /// The largest mail that goes out, in megabytes.
    pub largest: Field,
    /// How many automatic answers go out.
    pub answers: AnswersForm,
    /// Where mail that comes back comes back to, `ticket` or `plain`.
    pub return_path: Field,
    /// Whether there is a relay to test.
    pub can_test: bool,
}

/// The budgets of automatic answers.
#[derive(Debug, Clone)]
pub struct AnswersForm {
    pub address_day: Field,
    pub domain_hour: Field,
    pub desk_hour: Field,
}

/// A mail that was not taken; its sender's server told its sender.
#[derive(Debug, Clone)]
pub struct RefusedMail {
    pub at: Timestamp,
    pub from: String,
    pub why: String,
    pub size_bytes: Option<u64>,
}

/// Where mail goes out.
#[derive(Debug, Clone)]
pub enum Relay {
    /// The configuration says so, and only it can be changed.
    Configured(String),
    Form(Box<RelayForm>),
}

/// The fields of the relay. `is_set` when there is one now.
#[derive(Debug, Clone)]
pub struct RelayForm {
    pub host: Field,
    pub port: Field,
    pub security: Field,
    pub securities: Vec<Choice>,
    pub user: Field,
    pub password: Field,
    pub is_set: bool,
}

/// A way mail comes in.
#[derive(Debug, Clone)]
pub struct Intake {
    /// `SMTP and LMTP on 127.0.0.1:2525`.
    pub how: String,
    pub says: String,
    pub open: bool,
}

/// The content of the mail settings.
pub fn mail(page: &MailPage, shell: &Shell) -> Markup {
    let content =
        html! { (intakes(page)) (forms(page, shell)) (refused(page, shell)) (relay(page, shell)) };
    framed(
        "/settings/mail",
        "Mail",
        "Mail is accepted only after it is safely stored, and sent until it is delivered or visibly failed.",
        content,
    )
}

fn intakes(page: &MailPage) -> Markup {
    html! {
        section.block {
            h2 { "Coming in" }
            ul.intakes { @for intake in &page.intakes {
                li {
                    @if intake.open { span.turn.resolved { "Open" } } @else { span.turn.closed { "Closed" } }
                    b { (intake.how) } span.mut { (intake.says) }
                }
            } }
        }
    }
}

fn forms(page: &MailPage, shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "Web forms" }
            (post_with("/settings/mail/forms", &shell.csrf, "form", html! {
                (text_area(&page.forms, 3))
                div.form-foot { button.btn.btn-1 { "Save" } }
            }))
        }
    }
}

fn refused(page: &MailPage, shell: &Shell) -> Markup {
    html! {
        @if !page.refused.is_empty() {
            section.block {
                h2 { "Refused lately" }
                p.says { "Their servers told the senders. Ask them to send it smaller, or in another way." }
                ul.intakes { @for mail in &page.refused {
                    li {
                        b { @if mail.from.is_empty() { "A mail server" } @else { (mail.from) } }
                        span.mut { (shell.clock.at(mail.at)) ": " (mail.why) @if let Some(bytes) = mail.size_bytes { " (" (size(bytes)) ")" } }
                    }
                } }
            }
        }
    }
}

fn relay(page: &MailPage, shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "Going out" }
            @match &page.relay {
                Relay::Configured(what) => p.says { (what) },
                Relay::Form(form) => (relay_form(form, shell)),
            }
        }
        @if page.can_test { (test(shell)) }
        section.block {
            h2 { "Size" }
            (post_with("/settings/mail/largest", &shell.csrf, "form", html! {
                (text_field(&page.largest))
                div.form-foot { button.btn { "Set the size" } }
            }))
        }
        (answers(page, shell))
        (bounces(page, shell))
    }
}

fn answers(page: &MailPage, shell: &Shell) -> Markup {
    let form = &page.answers;
    html! {
        section.block {
            h2 { "Automatic answers" }
            p.says { "The most that go out by themselves. They end loops with robots that don’t say what they are; a ticket tells when one kept Kept silent." }
            (post_with("/settings/mail/answers", &shell.csrf, "form", html! {
                div.field-row { (text_field(&form.address_day)) (text_field(&form.domain_hour)) (text_field(&form.desk_hour)) }
                div.form-foot { button.btn { "Set the limits" } }
            }))
        }
    }
}

fn bounces(page: &MailPage, shell: &Shell) -> Markup {
    let choices = [
        Choice::new(
            "ticket",
            "An address that names the ticket: support+k1042.…@",
        ),
        Choice::new("plain", "The plain address of the queue"),
    ];
    html! {
        section.block {
            h2 { "What comes back" }
            (post_with("/settings/mail/bounces", &shell.csrf, "form", html! {
                (select_field(&page.return_path, &choices))
                div.form-foot { button.btn { "Set the return path" } }
            }))
        }
    }
}

fn relay_form(form: &RelayForm, shell: &Shell) -> Markup {
    html! {
        @if !form.is_set { p.says { "There is no relay yet. What is sent waits in the Outbox as finished mail and is written to the data folder; nobody gets it." } }
        (post_with("/settings/mail/relay", &shell.csrf, "form", html! {
            div.field-row { (text_field(&form.host)) (text_field(&form.port)) (select_field(&form.security, &form.securities)) }
            div.field-row { (text_field(&form.user)) (text_field(&form.password)) }
            div.form-foot {
                button.btn.btn-1 data-key="send" { "Save" }
                @if form.is_set { button.btn.quiet name="act" value="remove" formnovalidate { "Use no relay" } }
            }
        }))
    }
}

fn test(shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "Try it" }
            p.says { "Connects to the relay as it is saved and signs in there. Nothing is sent." }
            (post_with("/settings/mail/relay/test", &shell.csrf, "inline-form", html! {
                button.btn { (icon(Icon::Outbox)) "Test the relay" }
            }))
        }
    }
}
