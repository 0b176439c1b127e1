//! The list of clients, one client, and the forms to add and change one.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use kept_app::assets::Asked;
use kept_app::domain::cards::CardOf;
use kept_app::domain::ids::ClientId;
use kept_app::domain::people::{Client, Domain};
use kept_app::domain::scorecards::Of;
use kept_app::people::{ClientCard as Card, LONGEST_NAME, add_client, edit_client};
use kept_app::reading::{self, ClientCard, Look};
use kept_app::{Error, ErrorKind, duties};
use maud::Markup;
use serde::Deserialize;

use super::views::{self, ClientForm, ClientPage, ClientRow, ClientsPage};
use crate::cards;
use crate::duties::views as owing;
use crate::errors::{Failure, status_of};
use crate::forms::{Fields, Posted, blame, lines};
use crate::inventory;
use crate::joining::{duplicates, told};
use crate::layout::{Section, Shell};
use crate::numbers::count;
use crate::parts::Field;
use crate::people::routes::row;
use crate::respond::{done, encoded, show, show_with};
use crate::scorecards::headline;
use crate::session::SignedIn;
use crate::settings::agreements::routes as agreements;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    /// Name and id of the last one on the page before.
    after: Option<String>,
    id: Option<i64>,
}

/// `GET /clients`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let after = wish.after.zip(wish.id.map(ClientId));
    let (found, next) = reading::clients(&web.desk, &who.viewer, after).await?;
    let shell = who.shell(&web, "Clients", Section::Clients).await?;
    let listed = found.iter().map(|it| ClientRow {
        people: count(it.people),
        open_tickets: count(it.open_tickets),
        ..bare(&it.client)
    });
    let page = ClientsPage {
        clients: listed.collect(),
        older: next.map(|(name, id)| format!("/clients?after={}&id={id}", encoded(&name))),
    };
    Ok(show(&shell, views::clients(&page)))
}

fn bare(client: &Client) -> ClientRow {
    ClientRow {
        id: count(client.id.0),
        name: client.name.clone(),
        domains: client.domains.iter().map(ToString::to_string).collect(),
        people: 0,
        open_tickets: 0,
    }
}

/// `GET /clients/{id}`
pub(crate) async fn card(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
    Query(cards::Wish { before }): Query<cards::Wish>,
) -> Result<Response, Failure> {
    let look = Look {
        before,
        zone: who.clock(&web).await?.zone,
    };
    let card = reading::client_card(&web.desk, &who.viewer, ClientId(id), look).await?;
    if card.client.id.0 != id {
        return Ok(Redirect::to(&format!("/clients/{}", card.client.id)).into_response());
    }
    let shell = who
        .shell(&web, card.client.name.clone(), Section::Clients)
        .await?;
    let agreement = agreements::on_card(&web, &who, card.client.id, &shell).await?;
    let mut page = client_page(&card, before, &shell);
    page.agreement = agreement;
    let hint = duplicates::hint(&web, &who, CardOf::Client(card.client.id)).await?;
    page.told = maud::html! { (hint) (page.told) };
    let asked = Asked {
        client: Some(card.client.id),
        ..Asked::default()
    };
    let list = format!("client={id}");
    page.assets = inventory::on_card(&web, &who, asked, &list, &shell).await?;
    let owed = duties::of_client(&web.desk, &who.viewer, card.client.id).await?;
    page.duties = owing::of_client(&owed, &shell.clock);
    page.scorecard = headline(&web, &who, Of::Client(card.client.id)).await?;
    Ok(show(&shell, views::client(&page, &shell)))
}

fn client_page(card: &ClientCard, before: Option<i64>, shell: &Shell) -> ClientPage {
    let id = card.client.id;
    let (here, search) = (format!("/clients/{id}"), format!("client:#{id}"));
    ClientPage {
        client: ClientRow {
            people: count(card.people_count),
            ..bare(&card.client)
        },
        tickets: cards::listed(&card.tickets, (&here, &search), before, &shell.clock),
        people: card.people.iter().map(row).collect(),
        notes: cards::notes(&card.notes, &format!("{here}/edit#f-notes")),
        changes: cards::changes(&card.changes, shell),
        told: told(&card.told, shell),
        assets: Markup::default(),
        agreement: Markup::default(),
        duties: Markup::default(),
        scorecard: Markup::default(),
    }
}

/// `GET /clients/new`
pub(crate) async fn new(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let shell = who.shell(&web, "New client", Section::Clients).await?;
    Ok(show(
        &shell,
        views::edit(&form(None, Filled::default()), &shell),
    ))
}

/// `GET /clients/{id}/edit`
pub(crate) async fn edit(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let known = reading::client(&web.desk, &who.viewer, ClientId(id)).await?;
    let client = known.client;
    if client.id.0 != id {
        return Ok(Redirect::to(&format!("/clients/{}/edit", client.id)).into_response());
    }
    let shell = who
        .shell(&web, client.name.clone(), Section::Clients)
        .await?;
    let domains: Vec<String> = client.domains.iter().map(ToString::to_string).collect();
    let filled = Filled {
        name: client.name,
        domains: domains.join("\n"),
        notes: known.notes,
        seen: known.seen.to_string(),
    };
    let form = form(Some(client.id), filled);
    Ok(show(&shell, views::edit(&form, &shell)))
}

/// What the form holds, typed or stored.
#[derive(Default)]
struct Filled {
    name: String,
    domains: String,
    notes: String,
    seen: String,
}

fn form(id: Option<ClientId>, filled: Filled) -> ClientForm {
    ClientForm {
        id: id.map(|id| count(id.0)),
        seen: filled.seen,
        notes: Field::new("notes", "Notes", filled.notes)
            .help("What colleagues should know. Markdown; only the desk reads it."),
        name: Field::new("name", "Name", filled.name).required().most(LONGEST_NAME),
        domains: Field::new("domains", "Mail domains", filled.domains)
            .help("One on each line, like acme.example. Who writes from there belongs to this client; domains below it are meant too."),
    }
}

/// `POST /clients`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let added = match read(&posted.fields) {
        Ok(card) => add_client(&web.desk, &posted.who.viewer, card).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(id) => Ok(done(&format!("/clients/{id}"), "Added the client.")),
        Err(error) => again(&web, &posted, None, error).await,
    }
}

/// `POST /clients/{id}`
pub(crate) async fn update(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = ClientId(id);
    let saved = match read(&posted.fields) {
        Ok(card) => edit_client(&web.desk, &posted.who.viewer, id, card).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(done(&format!("/clients/{id}"), "Saved.")),
        Err(error) => again(&web, &posted, Some(id), error).await,
    }
}

fn read(fields: &Fields) -> Result<Card, Error> {
    let domain = |line: &str| {
        Domain::parse(line).map_err(|error| Error::invalid("domains", error.to_string()))
    };
    let domains = lines(fields.get("domains"))
        .map(domain)
        .collect::<Result<_, _>>()?;
    Ok(Card {
        name: fields.trimmed("name"),
        domains,
        notes: fields.get("notes").to_owned(),
        seen: fields.trimmed("seen").parse().ok(),
    })
}

/// The form as it was sent, with what was wrong.
async fn again(
    web: &Web,
    posted: &Posted,
    id: Option<ClientId>,
    error: Error,
) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let text = |name: &str| posted.fields.get(name).to_owned();
    let filled = Filled {
        name: text("name"),
        domains: text("domains"),
        notes: text("notes"),
        seen: text("seen"),
    };
    let mut form = form(id, filled);
    let mut shell = posted.who.shell(web, "Client", Section::Clients).await?;
    shell.flash = blame(&error, [&mut form.name, &mut form.domains, &mut form.notes]);
    Ok(show_with(
        status_of(&error),
        &shell,
        views::edit(&form, &shell),
    ))
}
