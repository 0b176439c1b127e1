//! Texts that are sent by themselves. Admins may edit them; they are minijinja templates.

use std::sync::LazyLock;

use kept_domain::access::{Act, Viewer, allow};
use kept_mail::markdown::literal;
use kept_store::{Tx, audit, settings};
use serde::Serialize;

use crate::{Desk, Error};

/// What is written by itself, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// A new ticket arrived.
    Acknowledgement,
    /// The client owes an answer.
    Reminder,
    /// The same, the last time before the ticket is parked.
    LastReminder,
    /// It is parked.
    Parked,
    /// It was parked for so long that it is closed.
    ClosedUnanswered,
    /// Below a reply that says the ticket waits for a third party.
    Waiting,
    /// What we understood in a call, for the caller to confirm.
    CallSummary,
    /// Below a reply that resolves the ticket.
    Resolved,
    /// The client is to do something by the agreement.
    DutyAsked,
    /// It is not done yet.
    DutyReminder,
}

/// What a text may speak of; what does not concern it is empty. Days are written out in the client's own zone.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Told {
    pub name: String,
    pub number: i64,
    pub subject: String,
    pub responsible: String,
    pub queue: String,
    /// Since when it is the client's turn.
    pub since: String,
    pub parked_on: String,
    pub closed_on: String,
    /// Whom the ticket waits for, for what, and their reference.
    pub party: String,
    pub what: String,
    pub reference: String,
    /// When the client hears again at the latest.
    pub hear_by: String,
    /// How the two sides spoke: `you called us`.
    pub how: String,
    /// When they spoke.
    pub when: String,
    /// What was said, as a quote in Markdown.
    pub said: String,
    /// What we are to do about it, a sentence.
    pub wanted: String,
    /// Where it is confirmed.
    pub link: String,
    /// More about what the client is to do, in the Markdown of the agreement.
    pub details: String,
    /// By when.
    pub due: String,
    /// Whether that is over.
    pub late: bool,
}

impl Told {
    /// The template is Markdown, but what people wrote is not: their links and pictures must not
    /// travel in our mail.
    fn as_text(&self) -> Told {
        Told {
            name: literal(&self.name),
            subject: literal(&self.subject),
            responsible: literal(&self.responsible),
            queue: literal(&self.queue),
            party: literal(&self.party),
            what: literal(&self.what),
            reference: literal(&self.reference),
            ..self.clone()
        }
    }
}

impl Text {
    pub const ALL: [Text; 10] = [
        Text::Acknowledgement,
        Text::Reminder,
        Text::LastReminder,
        Text::Parked,
        Text::ClosedUnanswered,
        Text::Waiting,
        Text::CallSummary,
        Text::Resolved,
        Text::DutyAsked,
        Text::DutyReminder,
    ];

    /// Its name in forms and in the settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Text::Acknowledgement => "acknowledgement",
            Text::Reminder => "reminder",
            Text::LastReminder => "last-reminder",
            Text::Parked => "parked",
            Text::ClosedUnanswered => "closed-unanswered",
            Text::Waiting => "waiting",
            Text::CallSummary => "call-summary",
            Text::Resolved => "resolved",
            Text::DutyAsked => "duty-asked",
            Text::DutyReminder => "duty-reminder",
        }
    }

    pub fn from_text(text: &str) -> Option<Text> {
        Text::ALL.into_iter().find(|it| it.as_str() == text)
    }

    fn key(self) -> String {
        format!("text.{}", self.as_str())
    }

    /// As it is until somebody changes it. Markdown; every `{{ word }}` is a field of [`Told`].
    pub fn built_in(self) -> &'static str {
        match self {
            Text::Acknowledgement => ACKNOWLEDGEMENT,
            Text::Reminder => REMINDER,
            Text::LastReminder => LAST_REMINDER,
            Text::Parked => PARKED,
            Text::ClosedUnanswered => CLOSED_UNANSWERED,
            Text::Waiting => WAITING,
            Text::CallSummary => CALL_SUMMARY,
            Text::Resolved => RESOLVED,
            Text::DutyAsked => DUTY_ASKED,
            Text::DutyReminder => DUTY_REMINDER,
        }
    }
}

const ACKNOWLEDGEMENT: &str = "\
Hello{% if name %} {{ name }}{% endif %},

thank you for telling us. Your message has arrived as **#{{ number }}**, “{{ subject }}”, \
and {{ responsible }} at {{ queue }} has it now.

You will hear from a person next. To add something, just answer this mail.
";

const REMINDER: &str = "\
Hello{% if name %} {{ name }}{% endif %},

we asked you something about **#{{ number }}**, “{{ subject }}”, on {{ since }}, and we need your answer to go on.

Just answer this mail. If it has settled itself, one word is enough. — {{ responsible }}, {{ queue }}
";

const LAST_REMINDER: &str = "\
Hello{% if name %} {{ name }}{% endif %},

we still wait for your answer about **#{{ number }}**, “{{ subject }}”. We asked on {{ since }}.

{% if parked_on %}If we hear nothing we put it aside on {{ parked_on }}. Nothing is lost: any answer, also a late one, \
wakes it again.{% endif %} — {{ responsible }}, {{ queue }}
";

const PARKED: &str = "\
Hello{% if name %} {{ name }}{% endif %},

we have put **#{{ number }}**, “{{ subject }}”, aside, because we have had no answer since {{ since }}.

Nothing is lost: just answer this mail, whenever you like, and we go on where we stopped.\
{% if closed_on %} On {{ closed_on }} we close it.{% endif %} — {{ responsible }}, {{ queue }}
";

const CLOSED_UNANSWERED: &str = "\
Hello{% if name %} {{ name }}{% endif %},

we have closed **#{{ number }}**, “{{ subject }}”, because we have had no answer since {{ since }}.

If it still matters, just answer this mail: everything said so far is kept. — {{ responsible }}, {{ queue }}
";

const WAITING: &str = "\
We are waiting for **{{ party }}**: {{ what }}.{% if reference %} Their reference is {{ reference }}.{% endif %} \
You hear from us again by {{ hear_by }}, or sooner if there is news.
";

const CALL_SUMMARY: &str = "\
Hello{% if name %} {{ name }}{% endif %},

{{ how|capitalize }} on {{ when }}. So that nothing gets lost, this is what we understood:

{{ said }}

{{ wanted }}

**Is that right?** One click confirms it, or lets you correct it: <{{ link }}>

You can also just answer this mail. It is **#{{ number }}**, “{{ subject }}”. — {{ responsible }}, {{ queue }}
";

const RESOLVED: &str = "\
Is it done? One click says so: <{{ link }}>

If it is not, just answer this mail, and we go on.\
{% if closed_on %} Without a word from you we take it as done on {{ closed_on }}.{% endif %}
";

const DUTY_ASKED: &str = "\
Hello{% if name %} {{ name }}{% endif %},

by our agreement it is time for this:

**{{ what }}**
{% if details %}
{{ details }}
{% endif %}
Please do it{% if due %} by {{ due }}{% endif %}. To tell us that it is done, or to ask something, just answer this mail. \
— {{ responsible }}, {{ queue }}
";

const DUTY_REMINDER: &str = "\
Hello{% if name %} {{ name }}{% endif %},

on {{ since }} we asked you for this, as our agreement says:

**{{ what }}**

{% if late %}It was to be done by {{ due }}, and we have not heard from you yet.{% else %}There is still time for it \
until {{ due }}.{% endif %} If it is done already, one word is enough: just answer this mail.\
{% if late and parked_on %} If we hear nothing we put it aside on {{ parked_on }}.{% endif %} — {{ responsible }}, {{ queue }}
";

/// A text as it is sent. A template that fails is replaced by the built-in one, so that people are
/// always told.
pub(crate) fn filled(tx: &mut Tx<'_>, text: Text, told: &Told) -> Result<String, Error> {
    let told = &told.as_text();
    let edited = settings::get(tx, &text.key())?;
    let filled = edited.and_then(|template| render(&template, told).ok());
    filled.map_or_else(|| render(text.built_in(), told), Ok)
}

/// Steps a template may take; a loop without end is refused.
const FUEL: u64 = 20_000;

/// Made once, because it knows some eighty filters and tests, and every new ticket asks for a text.
static TEMPLATES: LazyLock<minijinja::Environment<'static>> = LazyLock::new(|| {
    let mut environment = minijinja::Environment::new();
    environment.set_fuel(Some(FUEL));
    environment
});

/// A template with `facts` in its places.
///
/// # Errors
/// When it can't be filled in, with why.
pub(crate) fn render(template: &str, facts: &impl Serialize) -> Result<String, Error> {
    let text = TEMPLATES.render_str(template, facts);
    text.map_err(|e| Error::invalid("text", format!("This text can't be filled in: {e:#}")))
}

/// The template as it stands now.
///
/// # Errors
/// When the store can't answer.
pub async fn current(desk: &Desk, text: Text) -> Result<String, Error> {
    let edited = desk
        .store()
        .read(move |tx| Ok::<_, Error>(settings::get(tx, &text.key())?))
        .await?;
    Ok(edited.unwrap_or_else(|| text.built_in().to_owned()))
}

/// Longest text, in bytes.
const LONGEST: usize = 10_000;

/// # Errors
/// When the viewer may not or the template does not work.
pub async fn change(
    desk: &Desk,
    viewer: &Viewer,
    text: Text,
    template: String,
) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    if template.len() > LONGEST {
        return Err(Error::invalid(
            text.as_str(),
            "This text is too long; keep it under 10,000 characters",
        ));
    }
    let sample = sample();
    let filled = render(&template, &sample);
    let filled = filled.map_err(|why| Error::invalid(text.as_str(), why.to_string()))?;
    if text == Text::CallSummary && !filled.contains(&sample.link) {
        return Err(Error::invalid(
            text.as_str(),
            "This text needs {{ link }}; without it nobody could confirm or correct",
        ));
    }
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            settings::set(tx, &text.key(), &template)?;
            let what = format!("Changed the text “{}”", text.as_str());
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}

fn sample() -> Told {
    Told {
        name: "Dana Fox".into(),
        number: 1042,
        subject: "Printer".into(),
        responsible: "Ines".into(),
        queue: "Support".into(),
        since: "Monday, 23 November".into(),
        parked_on: "Wednesday, 2 December".into(),
        closed_on: "Monday, 21 December".into(),
        party: "Contoso".into(),
        what: "a power supply".into(),
        reference: "1Z 999".into(),
        hear_by: "Thursday, 26 November, 17:00 (Lisbon time)".into(),
        how: "you called us".into(),
        when: "Monday, 23 November at 10:40 (CET)".into(),
        said: "> The toner is low.".into(),
        wanted: "You want us to act on it.".into(),
        link: "https://desk.example/said/abc".into(),
        details: "Name, address and since when.".into(),
        due: "Friday, 4 December at 17:00 (CET)".into(),
        late: false,
    }
}
