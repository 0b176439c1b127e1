//! The forms to add and change an asset.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use jiff::civil::Date;
use kept_app::assets::{self as commands, add, edit as change};
use kept_app::domain::assets::Draft;
use kept_app::domain::ids::{AssetId, ClientId, PersonId};
use kept_app::{Error, ErrorKind, people, reading};
use serde::Deserialize;

use super::form::{self, AssetForm};
use crate::errors::{Failure, status_of};
use crate::forms::{Fields, Posted, blame};
use crate::layout::Section;
use crate::numbers::count;
use crate::parts::{Choice, Field};
use crate::respond::{done, show, show_with};
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Whose {
    client: Option<i64>,
    owner: Option<i64>,
}

/// What the form holds, typed or stored.
#[derive(Default)]
struct Filled {
    id: Option<AssetId>,
    seen: String,
    client: String,
    owner: String,
    warranty: String,
    is: Draft,
}

/// `GET /inventory/new`, for the client or owner in the address.
pub(crate) async fn new(
    State(web): State<Web>,
    who: SignedIn,
    Query(whose): Query<Whose>,
) -> Result<Response, Failure> {
    let shell = who.shell(&web, "New asset", Section::Assets).await?;
    let mut filled = Filled {
        client: whose.client.map_or_else(String::new, |id| id.to_string()),
        ..Filled::default()
    };
    if let Some(owner) = whose.owner {
        filled.owner = address_of(&web, &who, PersonId(owner)).await?;
    }
    let form = filled_in(&web, &who, filled).await?;
    Ok(show(&shell, form::edit(&form, &shell)))
}

/// `GET /inventory/{id}/edit`
pub(crate) async fn edit(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let (asset, seen) = commands::asset(&web.desk, &who.viewer, AssetId(id)).await?;
    let shell = who
        .shell(&web, asset.is.name.clone(), Section::Assets)
        .await?;
    let owner = match asset.is.owner {
        Some(owner) => address_of(&web, &who, owner).await?,
        None => String::new(),
    };
    let filled = Filled {
        id: Some(asset.id),
        seen: seen.to_string(),
        client: asset
            .is
            .client
            .map_or_else(String::new, |id| id.to_string()),
        owner,
        warranty: asset
            .is
            .warranty_until
            .map_or_else(String::new, |day| day.to_string()),
        is: asset.is,
    };
    let form = filled_in(&web, &who, filled).await?;
    Ok(show(&shell, form::edit(&form, &shell)))
}

async fn address_of(web: &Web, who: &SignedIn, person: PersonId) -> Result<String, Failure> {
    let known = reading::person(&web.desk, &who.viewer, person)
        .await?
        .person;
    let first = known.addresses.first();
    Ok(first.map_or_else(String::new, ToString::to_string))
}

async fn filled_in(web: &Web, who: &SignedIn, filled: Filled) -> Result<AssetForm, Failure> {
    let known = reading::client_names(&web.desk, &who.viewer).await?;
    let known = known
        .into_iter()
        .map(|(id, name)| Choice::new(id.to_string(), name));
    let none = Choice::new("", "Its owner’s, or none");
    let it = filled.is;
    Ok(AssetForm {
        id: filled.id.map(|id| count(id.0)),
        seen: filled.seen,
        name: Field::new("name", "Name", it.name)
            .required()
            .placeholder("Laptop of the front desk"),
        kind: Field {
            list: Some("asset-kinds"),
            ..Field::new("kind", "Kind", it.kind).placeholder("Laptop")
        },
        kinds: commands::kinds(&web.desk, &who.viewer).await?,
        identifier: Field::new("identifier", "Identifier", it.identifier)
            .help("A serial number or a tag; a client has it once."),
        client: Field::new("client", "Client", filled.client),
        clients: std::iter::once(none).chain(known).collect(),
        owner: Field::new("owner", "Owner", filled.owner)
            .kind("email")
            .help("The e-mail address of who uses it."),
        service: Field {
            list: Some("asset-services"),
            ..Field::new("service", "Service", it.service).placeholder("E-mail")
        },
        services: commands::services(&web.desk, &who.viewer).await?,
        warranty: Field::new("warranty", "Warranty until", filled.warranty).kind("date"),
        notes: Field::new("notes", "Notes", it.notes)
            .help("What colleagues should know. Markdown; only the desk reads it."),
    })
}

/// `POST /inventory`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let added = match read(&web, &posted.fields).await {
        Ok(asset) => add(&web.desk, &posted.who.viewer, asset).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(id) => Ok(done(&format!("/inventory/{id}"), "Added the asset.")),
        Err(error) => again(&web, &posted, None, error).await,
    }
}

/// `POST /inventory/{id}`
pub(crate) async fn update(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = AssetId(id);
    let seen = posted.fields.trimmed("seen").parse().ok();
    let saved = match read(&web, &posted.fields).await {
        Ok(asset) => change(&web.desk, &posted.who.viewer, id, asset, seen).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(done(&format!("/inventory/{id}"), "Saved.")),
        Err(error) => again(&web, &posted, Some(id), error).await,
    }
}

async fn read(web: &Web, fields: &Fields) -> Result<Draft, Error> {
    let warranty = fields.trimmed("warranty");
    let day = (!warranty.is_empty()).then(|| warranty.parse::<Date>());
    let day = day.transpose().map_err(|_| {
        let problem = format!("“{warranty}” is no day; write it like 2027-03-31");
        Error::invalid("warranty", problem)
    })?;
    Ok(Draft {
        warranty_until: day,
        client: fields.number("client").map(ClientId),
        owner: owner(web, &fields.trimmed("owner")).await?,
        ..texts(fields)
    })
}

fn texts(fields: &Fields) -> Draft {
    let text = |name: &str| fields.get(name).to_owned();
    Draft {
        name: text("name"),
        kind: text("kind"),
        identifier: text("identifier"),
        service: text("service"),
        notes: text("notes"),
        ..Draft::default()
    }
}

async fn owner(web: &Web, address: &str) -> Result<Option<PersonId>, Error> {
    if address.is_empty() {
        return Ok(None);
    }
    let found = people::person_with(&web.desk, address).await;
    let found = found.map_err(|error| Error::invalid("owner", error.to_string()))?;
    let unknown = || format!("Nobody with {address} is known; add them first");
    found
        .map(Some)
        .ok_or_else(|| Error::invalid("owner", unknown()))
}

/// The form as it was sent, with what was wrong.
async fn again(
    web: &Web,
    posted: &Posted,
    id: Option<AssetId>,
    error: Error,
) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let text = |name: &str| posted.fields.get(name).to_owned();
    let filled = Filled {
        id,
        seen: text("seen"),
        client: text("client"),
        owner: text("owner"),
        warranty: text("warranty"),
        is: texts(&posted.fields),
    };
    let mut form = filled_in(web, &posted.who, filled).await?;
    let mut shell = posted.who.shell(web, "Asset", Section::Assets).await?;
    shell.flash = blame(
        &error,
        [
            &mut form.name,
            &mut form.kind,
            &mut form.identifier,
            &mut form.client,
            &mut form.owner,
            &mut form.service,
            &mut form.warranty,
            &mut form.notes,
        ],
    );
    Ok(show_with(
        status_of(&error),
        &shell,
        form::edit(&form, &shell),
    ))
}
