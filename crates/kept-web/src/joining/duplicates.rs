//! `/people/duplicates`: cards that look like one and the same, each pair to merge or to set apart.

use axum::extract::State;
use axum::response::Response;
use kept_app::domain::cards::CardOf;
use kept_app::domain::ids::{ClientId, PersonId};
use kept_app::people::{Alike, Suggestion, set_apart, suggest_again, suggestions};
use kept_app::store::likeness::{MOST, Why};
use maud::{Markup, html};

use super::routes::page_of;
use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::{Section, Shell};
use crate::parts::{Empty, Icon, empty, icon, post};
use crate::respond::{done, done_with_undo, show};
use crate::session::SignedIn;
use crate::web::Web;

/// `GET /people/duplicates`
pub(crate) async fn page(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let all = suggestions(&web.desk, &who.viewer, None).await?;
    let shell = who
        .shell(&web, "Likely duplicates", Section::People)
        .await?;
    Ok(show(&shell, view(&all, &shell)))
}

fn view(all: &[Suggestion], shell: &Shell) -> Markup {
    html! {
        div.sheet-page {
            header.page-head { p.crumbs { a href="/people" { "People" } } h1 { "Likely duplicates" } }
            @if all.is_empty() {
                (empty(&Empty {
                    icon: Icon::Join,
                    title: "Nothing looks double".to_owned(),
                    says: "Two cards of one name at a client, or of one mailbox at its domains, are suggested here.".to_owned(),
                    step: Some(("/people".to_owned(), "Back to people".to_owned())),
                }))
            } @else {
                ul.plain-list.join-found { @for it in all { (pair(it, shell)) } }
                @if all.len() >= MOST { p.says { "These are the first " (MOST) ". More follow once some are merged or set apart." } }
            }
        }
    }
}

fn pair(it: &Suggestion, shell: &Shell) -> Markup {
    let merge = format!(
        "{}/merge?with={}",
        page_of(it.one.card),
        it.other.card.number()
    );
    html! {
        li.told-card {
            div { (one(&it.one)) (one(&it.other)) p.says { (why(&it.why)) } }
            div.page-acts {
                a.btn href=(merge) aria-label={ "Merge " (it.one.name) " and " (it.other.name) } { (icon(Icon::Join)) "Merge" }
                (post("/people/duplicates/dismissals", &shell.csrf, html! {
                    input type="hidden" name="card" value=(it.one.card.kind());
                    input type="hidden" name="one" value=(it.one.card.number());
                    input type="hidden" name="other" value=(it.other.card.number());
                    button.btn.quiet aria-label={ (it.one.name) " and " (it.other.name) " are not the same" } { "Not the same" }
                }))
            }
        }
    }
}

fn one(it: &Alike) -> Markup {
    html! { div { a href=(page_of(it.card)) { (it.name) } @if !it.beside.is_empty() { span.mut { " · " (it.beside) } } } }
}

fn why(why: &Why) -> String {
    match why {
        Why::Name => "The same name".to_owned(),
        Why::LocalPart => "The same mailbox at two domains of the client".to_owned(),
        Why::Domain(domain) => format!("Both have a domain within {domain}"),
    }
}

/// A word on a card that looks double; nothing on others.
pub(crate) async fn hint(web: &Web, who: &SignedIn, card: CardOf) -> Result<Markup, Failure> {
    let all = suggestions(&web.desk, &who.viewer, Some(card)).await?;
    let Some(first) = all.first() else {
        return Ok(Markup::default());
    };
    let other = match first.one.card == card {
        true => &first.other,
        false => &first.one,
    };
    let href = format!("{}/merge?with={}", page_of(card), other.card.number());
    Ok(html! {
        p.says.pad { "This may be the same as " a href=(href) { (other.name) }
            @if !other.beside.is_empty() { " (" (other.beside) ")" } ". "
            a href="/people/duplicates" { "All likely duplicates" } }
    })
}

fn card(kind: &str, number: i64) -> CardOf {
    match kind {
        "client" => CardOf::Client(ClientId(number)),
        _ => CardOf::Person(PersonId(number)),
    }
}

/// `POST /people/duplicates/dismissals`, with `card`, `one` and `other`.
pub(crate) async fn dismiss(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let number = |name| posted.fields.number(name).unwrap_or_default();
    let (one, other) = (number("one"), number("other"));
    let kind = posted.fields.get("card");
    set_apart(
        &web.desk,
        &posted.who.viewer,
        card(kind, one),
        card(kind, other),
    )
    .await
    .map_err(|error| Failure::from(error).back_to("/people/duplicates", "Likely duplicates"))?;
    let act = if kind == "client" {
        "twoclients"
    } else {
        "twopeople"
    };
    let says = "They are not suggested again.";
    let undo = format!("/undo/{act}-{one}-{other}");
    Ok(done_with_undo("/people/duplicates", says, undo))
}

/// `POST /undo/twopeople-{one}-{other}` and `twoclients`
pub(crate) async fn undo(
    web: &Web,
    who: &SignedIn,
    one: CardOf,
    other: CardOf,
) -> Result<Response, Failure> {
    suggest_again(&web.desk, &who.viewer, one, other)
        .await
        .map_err(|error| Failure::from(error).back_to("/people/duplicates", "Likely duplicates"))?;
    Ok(done("/people/duplicates", "They are suggested again."))
}
