//! Texts of rules: minijinja with a few words about the ticket, with an end to their work and their length.

use kept_domain::tickets::Ticket;
use kept_mail::markdown::literal;
use kept_store::{Tx, people};
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use super::facts;
use crate::Error;

/// What a text may speak of.
#[derive(Debug, Clone, Serialize)]
pub struct Filled {
    pub number: i64,
    pub subject: String,
    pub status: String,
    pub priority: String,
    pub kind: String,
    pub queue: String,
    /// What the requester is called; may be empty.
    pub name: String,
    pub client: String,
    pub responsible: String,
    pub tags: Vec<String>,
    pub rule: String,
}

/// The same with what each word becomes, for people who write texts.
pub const WORDS: [(&str, &str); 11] = [
    ("{{ number }}", "the number of the ticket"),
    ("{{ subject }}", "its subject"),
    ("{{ name }}", "what the requester is called; may be empty"),
    ("{{ client }}", "their client’s name; may be empty"),
    ("{{ responsible }}", "who is responsible"),
    ("{{ queue }}", "the name of the queue"),
    (
        "{{ status }}",
        "new, open, waiting, parked, resolved or closed",
    ),
    ("{{ priority }}", "low, normal, high or urgent"),
    ("{{ kind }}", "incident, request or question"),
    ("{{ tags | join(\", \") }}", "its tags"),
    ("{{ rule }}", "the name of this rule"),
];

impl Filled {
    /// A made-up ticket to try a text on.
    pub(super) fn sample() -> Self {
        let text = str::to_owned;
        Self {
            number: 1042,
            subject: text("Printer"),
            status: text("new"),
            priority: text("normal"),
            kind: text("request"),
            queue: text("Support"),
            name: text("Dana Fox"),
            client: text("Fox & Sons"),
            responsible: text("Ines"),
            tags: vec![text("vip")],
            rule: text("Printers"),
        }
    }

    /// The text is Markdown, but what people wrote is not: their links and pictures must not travel in our mail.
    fn as_text(&self) -> Self {
        Self {
            number: self.number,
            subject: literal(&self.subject),
            status: self.status.clone(),
            priority: self.priority.clone(),
            kind: self.kind.clone(),
            queue: literal(&self.queue),
            name: literal(&self.name),
            client: literal(&self.client),
            responsible: literal(&self.responsible),
            tags: self.tags.iter().map(|tag| literal(tag)).collect(),
            rule: literal(&self.rule),
        }
    }
}

pub(super) fn filled(tx: &mut Tx<'_>, ticket: &Ticket, rule: &str) -> Result<Filled, Error> {
    let requester = ticket
        .requester
        .map(|who| facts::known(tx, who))
        .transpose()?;
    let responsible = people::names(tx, &[ticket.responsible])?.pop();
    Ok(Filled {
        number: ticket.id.0,
        subject: ticket.subject.clone(),
        status: ticket.status.as_str().to_owned(),
        priority: ticket.priority.as_str().to_owned(),
        kind: ticket.kind.as_str().to_owned(),
        queue: facts::queue_of(tx, ticket)?.name,
        name: requester.map_or_else(String::new, |who| who.name),
        client: facts::client(tx, ticket.client)?.unwrap_or_default(),
        responsible: responsible.map_or_else(String::new, |(_, name)| name),
        tags: ticket.tags.iter().map(ToString::to_string).collect(),
        rule: rule.to_owned(),
    })
}

/// Steps a text may take, and bytes it may become.
const FUEL: u64 = 20_000;
const LONGEST: usize = 50_000;

/// # Errors
/// When a word is unknown, the text takes too long or becomes too long.
pub(super) fn render(text: &str, filled: &Filled) -> Result<String, Error> {
    let wrong = |e: minijinja::Error| {
        Error::invalid("text", format!("This text can't be filled in: {e:#}"))
    };
    let mut environment = Environment::new();
    environment.set_fuel(Some(FUEL));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let template = environment.template_from_str(text).map_err(wrong)?;
    let mut page = Page::default();
    template
        .render_captured_to(filled.as_text(), &mut page)
        .map_err(wrong)?;
    Ok(String::from_utf8_lossy(&page.0).into_owned())
}

/// Takes what is written until it is too much.
#[derive(Default)]
struct Page(Vec<u8>);

impl std::io::Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > LONGEST {
            return Err(std::io::Error::other("it becomes too long"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(text: &str) -> String {
        render(text, &Filled::sample()).unwrap_or_else(|e| e.to_string())
    }

    #[test]
    fn every_word_that_is_offered_can_be_filled_in() {
        for (word, _) in WORDS {
            assert!(!rendered(word).contains("can't be filled in"), "{word}");
        }
        assert_eq!(
            rendered("Hello {{ name }}, #{{ number }}"),
            "Hello Dana Fox, #1042"
        );
        assert_eq!(rendered("{{ client }}"), "Fox \\& Sons");
    }

    #[test]
    fn a_text_has_an_end() {
        for text in [
            "{{ nmae }}",
            "{% for i in range(100000) %}{% for j in range(100000) %}x{% endfor %}{% endfor %}",
            "{% for i in range(2000) %}{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }}{% endfor %}",
            "{% include 'x' %}",
            "{{ name",
        ] {
            assert!(rendered(text).contains("can't be filled in"), "{text}");
        }
    }
}
