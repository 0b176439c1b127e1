//! Trust, both ways: whose word about a mail's sender counts, and the keys that show others that ours is ours.

use jiff::Timestamp;
use maud::{Markup, html};

use super::frame::framed;
use crate::layout::Shell;
use crate::parts::{
    Choice, Empty, Field, Icon, checkbox, choices, empty, icon, post, post_with, text_area,
};

/// Both halves of the page.
#[derive(Debug, Clone)]
pub struct TrustPage {
    pub senders: Senders,
    pub domains: Vec<DomainKeys>,
    pub algorithms: Vec<Choice>,
}

/// Whose word about senders counts. What the configuration says can only be changed there.
#[derive(Debug, Clone)]
pub struct Senders {
    pub directly: bool,
    pub servers: Field,
    pub configured: Option<String>,
}

/// A domain that queues write from.
#[derive(Debug, Clone)]
pub struct DomainKeys {
    pub name: String,
    pub keys: Vec<KeyCard>,
}

/// One key with the record it is published in.
#[derive(Debug, Clone)]
pub struct KeyCard {
    pub id: i64,
    /// `RSA, 2048 bits`.
    pub kind: &'static str,
    pub stage: Stage,
    pub name: String,
    pub value: String,
}

/// How far a key has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    New,
    Signs(Timestamp),
    Old(Timestamp),
}

const HERE: &str = "/settings/trust";

/// The content of the page.
pub fn trust(page: &TrustPage, shell: &Shell) -> Markup {
    let content = html! { (senders(&page.senders, shell)) (ours(page, shell)) };
    framed(
        HERE,
        "Trust",
        "Anybody can write any sender on a mail. Here is how Kept knows who it is from, and how others know that yours is yours.",
        content,
    )
}

fn senders(form: &Senders, shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "Is it really from them" }
            p.says { "A mail that could not be proven is taken all the same, and says so. Whoever works here speaks for the desk by mail only when it is proven to be them." }
            @match &form.configured {
                Some(says) => p.says { (says) },
                None => (post_with("/settings/trust/senders", &shell.csrf, "form", html! {
                    (checkbox("directly", "yes", "Kept receives mail from the internet directly: check senders (SPF, DKIM, DMARC, ARC)", form.directly))
                    (text_area(&form.servers, 2))
                    div.form-foot { button.btn.btn-1 data-key="send" { "Save" } }
                })),
            }
        }
    }
}

fn ours(page: &TrustPage, shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "Is yours really from you" }
            p.says { "Kept signs what it sends (DKIM), so that others can see that it is yours. Make a key, publish its record where your domain is managed, and let it sign once the record can be seen. The desk never writes under a client's address." }
            @for domain in &page.domains { (keys_of(domain, page, shell)) }
            @if page.domains.is_empty() { (none()) }
        }
    }
}

fn none() -> Markup {
    empty(&Empty {
        icon: Icon::Queue,
        title: "No queue has an address yet".to_owned(),
        says: "Mail is signed for the domain it is sent from.".to_owned(),
        step: Some(("/settings/queues".to_owned(), "To the queues".to_owned())),
    })
}

fn keys_of(domain: &DomainKeys, page: &TrustPage, shell: &Shell) -> Markup {
    let signs = domain
        .keys
        .iter()
        .any(|key| matches!(key.stage, Stage::Signs(_)));
    html! {
        div.signing {
            header {
                h3 { (domain.name) }
                @if signs { span.turn.resolved { "Signed" } } @else { span.turn.late { "Not signed" } }
            }
            @for key in &domain.keys { (card(key, shell)) }
            (post_with("/settings/trust/keys", &shell.csrf, "inline-form", html! {
                input type="hidden" name="domain" value=(domain.name);
                select name="algorithm" aria-label={ "Kind of key for " (domain.name) } { (choices(&page.algorithms, "rsa")) }
                button.btn { (icon(Icon::Plus)) "Make a key" }
            }))
        }
    }
}

fn card(key: &KeyCard, shell: &Shell) -> Markup {
    html! {
        article.key id={ "key-" (key.id) } {
            header { (stage(key.stage, shell)) span.mut { (key.kind) } }
            @if !matches!(key.stage, Stage::Old(_)) {
                (copied("TXT record at", "name", key, &key.name))
                (copied("with this text", "value", key, &key.value))
            } @else {
                p.says { "Leave its record for a week: mail it signed may still be on its way. " code { (key.name) } }
            }
            (acts(key, shell))
        }
    }
}

fn stage(stage: Stage, shell: &Shell) -> Markup {
    html! {
        @match stage {
            Stage::New => b { "New: signs nothing yet" },
            Stage::Signs(since) => b { "Signs since " (shell.clock.at(since)) },
            Stage::Old(until) => b { "Signed until " (shell.clock.at(until)) },
        }
    }
}

fn copied(label: &str, part: &str, key: &KeyCard, text: &str) -> Markup {
    let id = format!("key-{}-{part}", key.id);
    html! {
        copy-text {
            label for=(id) { (label) }
            input id=(id) value=(text) readonly;
            button.btn.quiet type="button" hidden { "Copy" }
        }
    }
}

fn acts(key: &KeyCard, shell: &Shell) -> Markup {
    let to = |what: &str| format!("/settings/trust/keys/{}/{what}", key.id);
    html! {
        div.key-acts {
            @if !matches!(key.stage, Stage::Old(_)) { (post(&to("check"), &shell.csrf, html! { button.btn { (icon(Icon::Search)) "Can others see it?" } })) }
            @if key.stage == Stage::New { (post(&to("use"), &shell.csrf, html! { button.btn { (icon(Icon::Check)) "Sign with it" } })) }
            (post(&to("removal"), &shell.csrf, html! { button.link { @if matches!(key.stage, Stage::Signs(_)) { "Stop signing and forget it" } @else { "Forget it" } } }))
        }
    }
}
