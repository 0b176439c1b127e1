//! The list of people, one person, and the forms to add and change one.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_app::domain::ids::{ClientId, PersonId};
use kept_app::domain::people::EmailAddress;
use kept_app::domain::scorecards::Of;
use kept_app::people::{Card, add, edit as change};
use kept_app::reading::{self, PersonCard};
use kept_app::store::people::ListedPerson;
use kept_app::{Error, ErrorKind};
use maud::Markup;
use serde::Deserialize;

use super::views::{self, AddressLine, Mark, PeoplePage, PersonForm, PersonPage, PersonRow};
use crate::errors::{Failure, status_of};
use crate::forms::{Fields, Posted, blame, lines};
use crate::inbox::listed::open_and_past;
use crate::layout::Section;
use crate::numbers::count;
use crate::parts::{Choice, Clock, Field, Tab};
use crate::respond::{done, encoded, show, show_with};
use crate::scorecards::headline;
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    q: String,
    /// `desk` for those who work here.
    #[serde(default)]
    at: String,
    #[serde(default)]
    after: i64,
}

/// `GET /people`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let desk_only = wish.at == "desk";
    let (found, next) = if desk_only {
        (reading::agents(&web.desk, &who.viewer).await?, None)
    } else {
        reading::people(&web.desk, &who.viewer, wish.q.clone(), PersonId(wish.after)).await?
    };
    let shell = who.shell(&web, "People", Section::People).await?;
    let page = PeoplePage {
        tabs: tabs(desk_only),
        people: found.iter().map(row).collect(),
        older: next.map(|next| format!("/people?q={}&after={next}", encoded(&wish.q))),
        query: wish.q,
    };
    Ok(show(&shell, views::people(&page)))
}

fn tabs(desk_only: bool) -> Vec<Tab> {
    let tab = |href: &str, words: &str, chosen| Tab {
        href: href.to_owned(),
        words: words.to_owned(),
        count: 0,
        chosen,
    };
    vec![
        tab("/people", "Everyone", !desk_only),
        tab("/people?at=desk", "At the desk", desk_only),
    ]
}

/// One line of a list.
pub(crate) fn row(person: &ListedPerson) -> PersonRow {
    PersonRow {
        id: count(person.id.0),
        name: person.name.clone(),
        address: person.address.clone(),
        client: person.client.as_ref().map(|(_, name)| name.clone()),
        role: person.role.map(|role| role.as_str().to_owned()),
        has_left: person.has_left,
    }
}

/// `GET /people/{id}`
pub(crate) async fn card(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let card = reading::person(&web.desk, &who.viewer, PersonId(id)).await?;
    let shell = who
        .shell(&web, card.person.name.clone(), Section::People)
        .await?;
    let mut page = person_page(&card, &shell.clock);
    if card.person.role.is_some() {
        page.scorecard = headline(&web, &who, Of::Agent(card.person.id)).await?;
    }
    Ok(show(&shell, views::person(&page, &shell)))
}

fn person_page(card: &PersonCard, clock: &Clock) -> PersonPage {
    let person = &card.person;
    let addresses: Vec<AddressLine> = lines_of(card);
    let (open, past) = open_and_past(&card.tickets, clock);
    PersonPage {
        person: PersonRow {
            id: count(person.id.0),
            name: person.name.clone(),
            address: addresses
                .first()
                .map_or_else(String::new, |line| line.address.clone()),
            client: card.client.as_ref().map(|client| client.name.clone()),
            role: person.role.map(|role| role.as_str().to_owned()),
            has_left: false,
        },
        addresses,
        client_id: person.client.map(|client| count(client.0)),
        open,
        past,
        scorecard: Markup::default(),
    }
}

fn lines_of(card: &PersonCard) -> Vec<AddressLine> {
    let line = |address: &EmailAddress| {
        let mark = card
            .bounced
            .iter()
            .find(|it| it.address == address.as_str());
        AddressLine {
            address: address.to_string(),
            mark: mark.map(|mark| Mark {
                why: mark.reason.clone(),
                last: mark.last,
                suppressed_since: mark.suppressed_since,
            }),
        }
    };
    card.person.addresses.iter().map(line).collect()
}

/// `POST /people/{id}/reachable`, with `address`: mail is sent there again, whatever came back before.
pub(crate) async fn reachable(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let address = posted.fields.trimmed("address");
    let here = format!("/people/{id}");
    kept_app::undelivered::clear(&web.desk, &posted.who.viewer, &address)
        .await
        .map_err(|error| Failure::from(error).back_to(&here, "Look at it as it is now"))?;
    Ok(done(
        &here,
        format!("The next mail goes to {address} again."),
    ))
}

/// What the form holds, typed or stored.
#[derive(Default)]
struct Filled {
    id: Option<PersonId>,
    name: String,
    addresses: String,
    client: String,
}

/// `GET /people/new`
pub(crate) async fn new(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let shell = who.shell(&web, "New person", Section::People).await?;
    let form = form(&web, &who, Filled::default()).await?;
    Ok(show(&shell, views::edit(&form, &shell)))
}

/// `GET /people/{id}/edit`
pub(crate) async fn edit(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let person = reading::person(&web.desk, &who.viewer, PersonId(id))
        .await?
        .person;
    let shell = who
        .shell(&web, person.name.clone(), Section::People)
        .await?;
    let addresses: Vec<String> = person.addresses.iter().map(ToString::to_string).collect();
    let filled = Filled {
        id: Some(person.id),
        name: person.name,
        addresses: addresses.join("\n"),
        client: person
            .client
            .map_or_else(String::new, |client| client.to_string()),
    };
    let form = form(&web, &who, filled).await?;
    Ok(show(&shell, views::edit(&form, &shell)))
}

async fn form(web: &Web, who: &SignedIn, filled: Filled) -> Result<PersonForm, Failure> {
    let clients = reading::client_names(&web.desk, &who.viewer).await?;
    let none = match filled.id {
        Some(_) => Choice::new("", "None"),
        None => Choice::new("", "By the domain of their address"),
    };
    let known = clients
        .into_iter()
        .map(|(id, name)| Choice::new(id.to_string(), name));
    Ok(PersonForm {
        id: filled.id.map(|id| count(id.0)),
        name: Field::new("name", "Name", filled.name).required(),
        addresses: Field::new("addresses", "E-mail addresses", filled.addresses)
            .required()
            .help("One on each line; mail goes to the first."),
        client: Field::new("client", "Client", filled.client),
        clients: std::iter::once(none).chain(known).collect(),
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
        name: fields.get("name").to_owned(),
        addresses: fields.get("addresses").to_owned(),
        client: fields.get("client").to_owned(),
    };
    let mut form = form(web, &posted.who, filled).await?;
    let mut shell = posted.who.shell(web, "Person", Section::People).await?;
    shell.flash = blame(
        &error,
        [&mut form.name, &mut form.addresses, &mut form.client],
    );
    Ok(show_with(
        status_of(&error),
        &shell,
        views::edit(&form, &shell),
    ))
}
