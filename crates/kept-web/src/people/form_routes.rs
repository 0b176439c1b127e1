//! The forms to add and change a person.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use kept_app::domain::cards::{LONGEST_LINE, PersonDetails};
use kept_app::domain::ids::{ClientId, PersonId};
use kept_app::domain::people::EmailAddress;
use kept_app::people::{Card, LONGEST_NAME, add, edit as change};
use kept_app::reading;
use kept_app::{Error, ErrorKind};

use super::form::{self, PersonForm};
use crate::errors::{Failure, status_of};
use crate::forms::{Fields, Posted, blame, lines};
use crate::layout::Section;
use crate::numbers::count;
use crate::parts::{Choice, Field};
use crate::respond::{done, show, show_with};
use crate::session::SignedIn;
use crate::web::Web;

/// What the form holds, typed or stored.
#[derive(Default)]
struct Filled {
    id: Option<PersonId>,
    seen: String,
    name: String,
    addresses: String,
    client: String,
    details: PersonDetails,
}

/// `GET /people/new`
pub(crate) async fn new(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let shell = who.shell(&web, "New person", Section::People).await?;
    let form = filled_in(&web, &who, Filled::default()).await?;
    Ok(show(&shell, form::edit(&form, &shell)))
}

/// `GET /people/{id}/edit`
pub(crate) async fn edit(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let known = reading::person(&web.desk, &who.viewer, PersonId(id)).await?;
    let person = known.person;
    if person.id.0 != id {
        return Ok(Redirect::to(&format!("/people/{}/edit", person.id)).into_response());
    }
    let shell = who
        .shell(&web, person.name.clone(), Section::People)
        .await?;
    let addresses: Vec<String> = person.addresses.iter().map(ToString::to_string).collect();
    let filled = Filled {
        id: Some(person.id),
        seen: known.seen.to_string(),
        details: known.details,
        name: person.name,
        addresses: addresses.join("\n"),
        client: person
            .client
            .map_or_else(String::new, |client| client.to_string()),
    };
    let form = filled_in(&web, &who, filled).await?;
    Ok(show(&shell, form::edit(&form, &shell)))
}

async fn filled_in(web: &Web, who: &SignedIn, filled: Filled) -> Result<PersonForm, Failure> {
    let clients = reading::client_names(&web.desk, &who.viewer).await?;
    let none = match filled.id {
        Some(_) => Choice::new("", "None"),
        None => Choice::new("", "By the domain of their address"),
    };
    let known = clients
        .into_iter()
        .map(|(id, name)| Choice::new(id.to_string(), name));
    let details = filled.details;
    Ok(PersonForm {
        id: filled.id.map(|id| count(id.0)),
        seen: filled.seen,
        name: Field::new("name", "Name", filled.name)
            .required()
            .most(LONGEST_NAME),
        addresses: Field::new("addresses", "E-mail addresses", filled.addresses)
            .required()
            .help("One on each line; mail goes to the first."),
        client: Field::new("client", "Client", filled.client),
        clients: std::iter::once(none).chain(known).collect(),
        job: Field::new("job", "Job", details.job)
            .placeholder("Head of accounts")
            .most(LONGEST_LINE),
        phone: Field::new("phone", "Phone", details.phone)
            .kind("tel")
            .most(LONGEST_LINE),
        language: Field::new("language", "Language", details.language)
            .placeholder("Português")
            .most(LONGEST_LINE),
        zone: Field {
            list: Some("zones"),
            ..Field::new("zone", "Time zone", details.zone).placeholder("Europe/Lisbon")
        },
        notes: Field::new("notes", "Notes", details.notes)
            .help("What colleagues should know. Markdown; only the desk reads it."),
    })
}

/// `POST /people`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let added = match read(&posted.fields) {
        Ok(card) => add(&web.desk, &posted.who.viewer, card).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(id) => Ok(done(&format!("/people/{id}"), "Added the person.")),
        Err(error) => again(&web, &posted, None, error).await,
    }
}

/// `POST /people/{id}`
pub(crate) async fn update(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = PersonId(id);
    let saved = match read(&posted.fields) {
        Ok(card) => change(&web.desk, &posted.who.viewer, id, card).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(done(&format!("/people/{id}"), "Saved.")),
        Err(error) => again(&web, &posted, Some(id), error).await,
    }
}

fn details(fields: &Fields) -> PersonDetails {
    let text = |name: &str| fields.get(name).to_owned();
    PersonDetails {
        job: text("job"),
        phone: text("phone"),
        language: text("language"),
        zone: text("zone"),
        notes: text("notes"),
    }
}

fn read(fields: &Fields) -> Result<Card, Error> {
    let address = |line: &str| {
        EmailAddress::parse(line).map_err(|error| Error::invalid("addresses", error.to_string()))
    };
    let addresses = lines(fields.get("addresses"))
        .map(address)
        .collect::<Result<_, _>>()?;
    Ok(Card {
        name: fields.trimmed("name"),
        addresses,
        client: fields.number("client").map(ClientId),
        details: details(fields),
        seen: fields.trimmed("seen").parse().ok(),
    })
}

/// The form as it was sent, with what was wrong.
async fn again(
    web: &Web,
    posted: &Posted,
    id: Option<PersonId>,
    error: Error,
) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let fields = &posted.fields;
    let filled = Filled {
        id,
        seen: fields.get("seen").to_owned(),
        details: details(fields),
        name: fields.get("name").to_owned(),
        addresses: fields.get("addresses").to_owned(),
        client: fields.get("client").to_owned(),
    };
    let mut form = filled_in(web, &posted.who, filled).await?;
    let mut shell = posted.who.shell(web, "Person", Section::People).await?;
    shell.flash = blame(
        &error,
        [
            &mut form.name,
            &mut form.addresses,
            &mut form.client,
            &mut form.job,
            &mut form.phone,
            &mut form.language,
            &mut form.zone,
            &mut form.notes,
        ],
    );
    Ok(show_with(
        status_of(&error),
        &shell,
        form::edit(&form, &shell),
    ))
}
