//! `GET /search/completions?q=&at=`: what the search box offers, as the options of its list.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use kept_app::reading::{self, Offer};
use maud::{Markup, html};
use serde::Deserialize;

use crate::errors::Failure;
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    q: String,
    /// Where the caret stands, in UTF-16 units as browsers count.
    #[serde(default)]
    at: usize,
}

pub(crate) async fn offers(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let at = bytes(&wish.q, wish.at);
    let offers = reading::completions(&web.desk, &who.viewer, &wish.q, at).await?;
    Ok(list(&offers).into_response())
}

/// The box's script takes the whole search from `data-search` and puts the caret at `data-caret`.
fn list(offers: &[Offer]) -> Markup {
    html! {
        @for (at, offer) in offers.iter().enumerate() {
            li id={ "find-" (at) } role="option" data-search=(offer.search) data-caret=(units(&offer.search, offer.caret)) {
                code { (offer.says) }
                @if !offer.meaning.is_empty() { small { (offer.meaning) } }
            }
        }
    }
}

fn bytes(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, letter) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(letter.len_utf16());
    }
    text.len()
}

fn units(text: &str, bytes: usize) -> usize {
    let before = text.get(..bytes).unwrap_or(text);
    before.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_browsers_do() {
        for (text, units_of, bytes_of) in [("abc", 2, 2), ("é😀x", 3, 6), ("é", 9, 2), ("", 1, 0)]
        {
            assert_eq!(bytes(text, units_of), bytes_of, "{text}");
        }
        assert_eq!(units("é😀x", 6), 3);
        assert_eq!(units("é", 1), 1);
    }
}
