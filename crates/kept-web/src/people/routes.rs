//! The list of people, and one person's card.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use jiff::tz::TimeZone;
use kept_app::assets::Asked;
use kept_app::domain::cards::{CardOf, PersonDetails};
use kept_app::domain::ids::{ClientId, PersonId};
use kept_app::domain::people::EmailAddress;
use kept_app::domain::scorecards::Of;
use kept_app::reading::{self, Look, PersonCard};
use kept_app::store::people::ListedPerson;
use maud::Markup;
use serde::Deserialize;

use super::card::{self, AddressLine, Details, Mark, PersonPage};
use super::views::{self, PeoplePage, PersonRow};
use crate::cards;
use crate::errors::Failure;
use crate::forms::Posted;
use crate::inventory;
use crate::joining::{duplicates, told};
use crate::layout::{Section, Shell};
use crate::numbers::count;
use crate::parts::{Clock, Tab};
use crate::respond::{done, encoded, show};
use crate::scorecards::headline;
use crate::session::SignedIn;
use crate::settings::agreements::routes as agreements;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    q: String,
    /// `desk` for those who work here.
    #[serde(default)]
    at: String,
    /// Only those of this client.
    client: Option<i64>,
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
    let of = wish.client.map(ClientId);
    let (found, next) = if desk_only {
        (reading::agents(&web.desk, &who.viewer).await?, None)
    } else {
        let after = PersonId(wish.after);
        reading::people(&web.desk, &who.viewer, wish.q.clone(), of, after).await?
    };
    let client = match of {
        Some(client) => Some(
            reading::client(&web.desk, &who.viewer, client)
                .await?
                .client,
        ),
        None => None,
    };
    let within = of.map_or_else(String::new, |client| format!("&client={client}"));
    let shell = who.shell(&web, "People", Section::People).await?;
    let page = PeoplePage {
        tabs: tabs(desk_only),
        people: found.iter().map(row).collect(),
        older: next.map(|next| format!("/people?q={}{within}&after={next}", encoded(&wish.q))),
        query: wish.q,
        client: client.map(|client| (count(client.id.0), client.name)),
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
    Query(cards::Wish { before }): Query<cards::Wish>,
) -> Result<Response, Failure> {
    let clock = who.clock(&web).await?;
    let look = Look {
        before,
        zone: clock.zone,
    };
    let card = reading::person_card(&web.desk, &who.viewer, PersonId(id), look).await?;
    if card.person.id.0 != id {
        return Ok(Redirect::to(&format!("/people/{}", card.person.id)).into_response());
    }
    let shell = who
        .shell(&web, card.person.name.clone(), Section::People)
        .await?;
    let mut page = person_page(&card, before, &shell);
    if card.person.role.is_none() {
        let hint = duplicates::hint(&web, &who, CardOf::Person(card.person.id)).await?;
        page.told = maud::html! { (hint) (page.told) };
    }
    let asked = Asked {
        owner: Some(card.person.id),
        ..Asked::default()
    };
    let list = format!("owner={id}");
    page.assets = inventory::on_card(&web, &who, asked, &list, &shell).await?;
    match (card.person.role, card.person.client) {
        (Some(_), _) => page.scorecard = headline(&web, &who, Of::Agent(card.person.id)).await?,
        (None, Some(client)) => {
            page.scorecard = headline(&web, &who, Of::Client(client)).await?;
            page.agreement = agreements::on_card(&web, &who, client, &shell).await?;
        }
        (None, None) => {}
    }
    Ok(show(&shell, card::person(&page, &shell)))
}

fn person_page(card: &PersonCard, before: Option<i64>, shell: &Shell) -> PersonPage {
    let person = &card.person;
    let addresses: Vec<AddressLine> = lines_of(card);
    let (here, search) = (
        format!("/people/{}", person.id),
        format!("from:#{}", person.id),
    );
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
        details: details(&card.details, &shell.clock),
        tickets: cards::listed(&card.tickets, (&here, &search), before, &shell.clock),
        notes: cards::notes(&card.details.notes, &format!("{here}/edit#f-notes")),
        changes: cards::changes(&card.changes, shell),
        told: told(&card.told, shell),
        assets: Markup::default(),
        agreement: Markup::default(),
        scorecard: Markup::default(),
    }
}

fn details(known: &PersonDetails, clock: &Clock) -> Details {
    let zone = TimeZone::get(&known.zone).ok();
    let there = zone.map(|zone| clock.now.to_zoned(zone));
    Details {
        job: known.job.clone(),
        phone: known.phone.clone(),
        language: known.language.clone(),
        zone: known.zone.clone(),
        time_there: there.map(|there| there.strftime("%H:%M").to_string()),
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
