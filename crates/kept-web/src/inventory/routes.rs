//! `GET /inventory` and the card of one asset; retiring and relating one.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use jiff::civil::Date;
use kept_app::assets::{self as commands, Asked, Card, Known};
use kept_app::domain::assets::{Relation, Warranty};
use kept_app::domain::ids::{AssetId, ClientId, PersonId};
use kept_app::reading::{self, Look};
use kept_app::store::assets::Listed;
use serde::Deserialize;

use super::card::{self, AssetPage, Other};
use super::views::{self, AssetRow, AssetsPage};
use super::warranty;
use crate::cards;
use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::{Section, Shell};
use crate::numbers::{count, number};
use crate::parts::Tab;
use crate::respond::{done, done_with_undo, encoded, show};
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    q: String,
    #[serde(default)]
    which: String,
    client: Option<i64>,
    owner: Option<i64>,
    /// Name and id of the last one on the page before.
    after: Option<String>,
    id: Option<i64>,
}

/// `GET /inventory`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let shell = who.shell(&web, "Assets", Section::Assets).await?;
    let which = Known::from_text(&wish.which).unwrap_or_default();
    let asked = Asked {
        text: wish.q.clone(),
        client: wish.client.map(ClientId),
        owner: wish.owner.map(PersonId),
        which,
    };
    let after = wish.after.clone().zip(wish.id.map(AssetId));
    let today = today(&shell);
    let (found, next) = commands::assets(&web.desk, &who.viewer, asked, today, after).await?;
    let of = of(&web, &who, &wish).await?;
    let mut within = String::new();
    if let Some((whose, id, _)) = &of {
        within = format!("&{}={id}", views::of_name(whose));
    }
    let here = |which: Known| format!("/inventory?which={}{within}", which.as_str());
    let older = next.map(|(name, id)| {
        let (q, name) = (encoded(&wish.q), encoded(&name));
        format!("{}&q={q}&after={name}&id={id}", here(which))
    });
    let page = AssetsPage {
        tabs: Known::ALL.map(|it| tab(it, which, here(it))).to_vec(),
        assets: found.iter().map(|it| row(it, today)).collect(),
        older,
        query: wish.q,
        which: which.as_str(),
        of,
    };
    Ok(show(&shell, views::assets(&page)))
}

fn tab(it: Known, chosen: Known, href: String) -> Tab {
    let words = match it {
        Known::InUse => "In use",
        Known::EndsSoon => "Warranty ends soon",
        Known::Ended => "Warranty over",
        Known::Retired => "Retired",
    };
    Tab {
        href,
        words: words.to_owned(),
        count: 0,
        chosen: it == chosen,
    }
}

/// Whose things are asked for.
async fn of(
    web: &Web,
    who: &SignedIn,
    wish: &Wish,
) -> Result<Option<(&'static str, u64, String)>, Failure> {
    if let Some(owner) = wish.owner {
        let known = reading::person(&web.desk, &who.viewer, PersonId(owner)).await?;
        return Ok(Some(("people", count(owner), known.person.name)));
    }
    let Some(client) = wish.client else {
        return Ok(None);
    };
    let known = reading::client(&web.desk, &who.viewer, ClientId(client)).await?;
    Ok(Some(("clients", count(client), known.client.name)))
}

pub(super) fn today(shell: &Shell) -> Date {
    shell.clock.now.to_zoned(shell.clock.zone.clone()).date()
}

/// One of them as a list shows it on a day.
pub(crate) fn row(listed: &Listed, today: Date) -> AssetRow {
    let it = &listed.asset.is;
    let retired = listed.asset.retired_at.map(|_| "retired".to_owned());
    let ends = warranty(Warranty::on(today, it.warranty_until)).filter(|_| retired.is_none());
    AssetRow {
        id: count(listed.asset.id.0),
        name: it.name.clone(),
        kind: it.kind.clone(),
        identifier: it.identifier.clone(),
        client: listed.client.clone(),
        owner: it
            .owner
            .map(|owner| count(owner.0))
            .zip(listed.owner.clone()),
        open_tickets: count(listed.open_tickets),
        marks: retired.into_iter().chain(ends).collect(),
    }
}

/// `GET /inventory/{id}`
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
    let card = commands::asset_card(&web.desk, &who.viewer, AssetId(id), look).await?;
    let title = card.listed.asset.is.name.clone();
    let shell = who.shell(&web, title, Section::Assets).await?;
    Ok(show(
        &shell,
        card::asset(&page_of(&card, before, &shell), &shell),
    ))
}

fn page_of(card: &Card, before: Option<i64>, shell: &Shell) -> AssetPage {
    let (asset, today) = (&card.listed.asset, today(shell));
    let (here, search) = (
        format!("/inventory/{}", asset.id),
        format!("asset:#{}", asset.id),
    );
    let related = card.relations.iter().map(|it| Other {
        how: match it.is_back {
            true => it.relation.back(),
            false => it.relation.words(),
        },
        relation: it.relation.as_str(),
        is_back: it.is_back,
        id: count(it.other.0),
        name: it.name.clone(),
    });
    AssetPage {
        row: row(&card.listed, today),
        client_id: asset.is.client.map(|client| count(client.0)),
        service: asset.is.service.clone(),
        warranty_until: asset
            .is
            .warranty_until
            .map(|day| day.strftime("%-d %B %Y").to_string()),
        is_retired: asset.retired_at.is_some(),
        related: related.collect(),
        tickets: cards::listed(&card.tickets, (&here, &search), before, &shell.clock),
        notes: cards::notes(&asset.is.notes, &format!("{here}/edit#f-notes")),
        changes: cards::changes(&card.changes, shell),
    }
}

/// `POST /inventory/{id}/retirement`, with `gone` as `yes` or `no`.
pub(crate) async fn retire(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let gone = posted.fields.get("gone") == "yes";
    commands::retire(&web.desk, &posted.who.viewer, AssetId(id), gone).await?;
    let here = format!("/inventory/{id}");
    Ok(match gone {
        true => done_with_undo(
            &here,
            "Retired it. Its tickets and its history stay.",
            format!("/undo/retired-{id}"),
        ),
        false => done(&here, "It is in use again."),
    })
}

/// `POST /inventory/{id}/relations`, with `how` and `other`, and `gone` to take one out.
pub(crate) async fn relate(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let fields = &posted.fields;
    let here = format!("/inventory/{id}");
    let wrong = |says: &str| {
        Failure::from(kept_app::Error::invalid("other", says)).back_to(&here, "Back to the asset")
    };
    let relation = Relation::from_text(fields.get("how"));
    let relation = relation.ok_or_else(|| wrong("Choose how they hang together"))?;
    // Offered as `#12 Name`.
    let other = fields
        .get("other")
        .split_whitespace()
        .next()
        .and_then(number);
    let other = other
        .ok_or_else(|| wrong("Choose the other from the list, or write its number such as #12"))?;
    let (mut one, mut two) = (AssetId(id), AssetId(other));
    if fields.get("back") == "yes" {
        (one, two) = (two, one);
    }
    let holds = fields.get("gone") != "yes";
    commands::relate(&web.desk, &posted.who.viewer, one, (relation, two), holds)
        .await
        .map_err(|error| Failure::from(error).back_to(&here, "Back to the asset"))?;
    Ok(done(
        &here,
        if holds { "Written down." } else { "Taken out." },
    ))
}
