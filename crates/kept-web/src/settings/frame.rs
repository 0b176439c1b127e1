//! The frame of the settings pages: the list of pages beside the page itself.

use maud::{Markup, html};

/// The settings pages: (address, name, what it is for).
pub const PAGES: &[(&str, &str, &str)] = &[
    (
        "/settings/rules",
        "Rules",
        "What the desk does by itself when something happens",
    ),
    (
        "/settings/desk",
        "Texts",
        "What Kept writes to people by itself",
    ),
    (
        "/reply-templates",
        "Reply templates",
        "What agents write again and again",
    ),
    (
        "/settings/queues",
        "Queues",
        "Kinds of work: addresses, members, signature, who is on duty",
    ),
    (
        "/settings/templates",
        "Ticket templates",
        "What new tickets can begin with: words, tags, a checklist",
    ),
    (
        "/settings/fields",
        "Custom fields",
        "What you ask of tickets: a serial number, a cost centre, a day",
    ),
    (
        "/settings/recurring",
        "Recurring tickets",
        "Tickets that open by themselves on their day",
    ),
    (
        "/settings/agreements",
        "Agreements",
        "What you and your clients owe each other, and by when",
    ),
    (
        "/settings/people",
        "People and roles",
        "Who works here and what they may do",
    ),
    (
        "/settings/mail",
        "Mail",
        "Where mail comes in and how it goes out",
    ),
    (
        "/settings/trust",
        "Trust",
        "Whether mail is really from them, and yours really from you",
    ),
    (
        "/settings/mailboxes",
        "Mailboxes",
        "Where mail is fetched from, and how each does",
    ),
    (
        "/settings/accounts",
        "Sign-in accounts",
        "Microsoft 365, Google and others that want more than a password",
    ),
];

/// One settings page with the list of all of them.
pub fn framed(here: &str, title: &str, says: &str, content: Markup) -> Markup {
    html! {
        div.settings {
            nav.settings-nav aria-label="Settings" {
                ul { @for (href, name, _) in PAGES { li { a href=(href) aria-current=[(*href == here).then_some("page")] { (name) } } } }
            }
            div.settings-page {
                header.page-head { h1 { (title) } p.says { (says) } }
                (content)
            }
        }
    }
}
