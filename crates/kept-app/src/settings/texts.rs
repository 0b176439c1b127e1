//! Texts that are sent by themselves. Admins may edit them; they are minijinja templates.

use std::sync::LazyLock;

use kept_domain::access::{Act, Viewer, allow};
use kept_mail::markdown::literal;
use kept_store::{Tx, audit, settings};
use serde::Serialize;

use crate::{Desk, Error};

/// What the acknowledgement may speak of.
#[derive(Debug, Clone, Serialize)]
pub struct Acknowledged {
    pub name: String,
    pub number: i64,
    pub subject: String,
    pub responsible: String,
    pub queue: String,
}

impl Acknowledged {
    /// The template is Markdown, but what people wrote is not: their links and pictures must not
    /// travel in our mail.
    fn as_text(&self) -> Acknowledged {
        Acknowledged {
            name: literal(&self.name),
            number: self.number,
            subject: literal(&self.subject),
            responsible: literal(&self.responsible),
            queue: literal(&self.queue),
        }
    }
}

const KEY: &str = "text.acknowledgement";

/// Markdown; every `{{ word }}` is a field of [`Acknowledged`].
pub const ACKNOWLEDGEMENT: &str = "\
Hello{% if name %} {{ name }}{% endif %},

thank you for telling us. Your message has arrived as **#{{ number }}**, “{{ subject }}”, \
and {{ responsible }} at {{ queue }} has it now.

You will hear from a person next. To add something, just answer this mail.
";

/// The text as it is sent. A template that fails is replaced by the built-in one, so that people are
/// always told.
pub(crate) fn acknowledgement(tx: &mut Tx<'_>, facts: &Acknowledged) -> Result<String, Error> {
    let facts = &facts.as_text();
    let edited = settings::get(tx, KEY)?;
    let text = edited.and_then(|template| render(&template, facts).ok());
    text.map_or_else(|| render(ACKNOWLEDGEMENT, facts), Ok)
}

/// Steps a template may take; a loop without end is refused.
const FUEL: u64 = 20_000;

/// Made once, because it knows some eighty filters and tests, and every new ticket asks for a text.
static TEMPLATES: LazyLock<minijinja::Environment<'static>> = LazyLock::new(|| {
    let mut environment = minijinja::Environment::new();
    environment.set_fuel(Some(FUEL));
    environment
});

fn render(template: &str, facts: &Acknowledged) -> Result<String, Error> {
    let text = TEMPLATES.render_str(template, facts);
    text.map_err(|e| Error::invalid("text", format!("This text can't be filled in: {e:#}")))
}

/// The template as it stands now.
///
/// # Errors
/// When the store can't answer.
pub async fn current(desk: &Desk) -> Result<String, Error> {
    let text = desk
        .store()
        .read(|tx| Ok::<_, Error>(settings::get(tx, KEY)?))
        .await?;
    Ok(text.unwrap_or_else(|| ACKNOWLEDGEMENT.to_owned()))
}

/// Longest text, in bytes.
const LONGEST: usize = 10_000;

/// # Errors
/// When the viewer may not or the template does not work.
pub async fn change(desk: &Desk, viewer: &Viewer, template: String) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    if template.len() > LONGEST {
        return Err(Error::invalid(
            "text",
            "This text is too long; keep it under 10,000 characters",
        ));
    }
    let sample = Acknowledged {
        name: "Dana Fox".into(),
        number: 1042,
        subject: "Printer".into(),
        responsible: "Ines".into(),
        queue: "Support".into(),
    };
    render(&template, &sample)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            settings::set(tx, KEY, &template)?;
            Ok(audit::write(
                tx,
                Some(by),
                "Changed the text of the acknowledgement",
                now,
            )?)
        })
        .await
}
