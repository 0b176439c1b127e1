//! Stylesheet, scripts and icons as the build embedded them, served from memory under names that change with their
//! bytes. It never reads a disk and knows nothing of pages.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// One embedded file in three encodings. `name` holds a hash of its bytes, so a browser may keep it for ever.
#[derive(Debug)]
pub struct Asset {
    pub name: &'static str,
    pub mime: &'static str,
    plain: &'static [u8],
    brotli: &'static [u8],
    gzip: &'static [u8],
}

/// Everything the build embedded.
pub static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

const FOR_EVER: &str = "public, max-age=31536000, immutable";

impl Asset {
    /// The bytes as they are on disk, not compressed.
    pub fn plain(&self) -> &'static [u8] {
        self.plain
    }

    /// The best encoding the browser says it takes: brotli, gzip, or none.
    fn encoded(&self, accepted: &str) -> (Option<&'static str>, &'static [u8]) {
        let takes = |name| {
            accepted
                .split(',')
                .any(|offer| offered(offer) == Some(name))
        };
        match (takes("br"), takes("gzip")) {
            (true, _) => (Some("br"), self.brotli),
            (_, true) => (Some("gzip"), self.gzip),
            _ => (None, self.plain),
        }
    }
}

/// The coding an `Accept-Encoding` item names, unless it is refused with `q=0` (RFC 9110 §12.5.3).
fn offered(item: &str) -> Option<&str> {
    let (name, weight) = item.split_once(';').unwrap_or((item, ""));
    let refused = weight
        .trim()
        .strip_prefix("q=")
        .is_some_and(|q| q.parse() == Ok(0.0));
    (!refused).then_some(name.trim())
}

/// The path of an asset by the name it has in `assets/` (`kept.css`, `turbo.js`), or `None` when the build had no such file.
pub fn path(name: &str) -> Option<String> {
    let (stem, extension) = name.split_once('.')?;
    ASSETS
        .iter()
        .find(|asset| {
            let rest = asset
                .name
                .strip_prefix(stem)
                .and_then(|rest| rest.strip_prefix('-'));
            rest.and_then(|rest| rest.split_once('.'))
                .is_some_and(|(_, end)| end == extension)
        })
        .map(|asset| format!("/assets/{}", asset.name))
}

/// `GET /assets/{name}`: the file, or 404 for a name this build does not have.
pub async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return (
            StatusCode::NOT_FOUND,
            "There is no such asset in this version of Kept. Reload the page.",
        )
            .into_response();
    };
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let (encoding, bytes) = asset.encoded(accepted);
    let mut response = (
        [
            (header::CONTENT_TYPE, asset.mime),
            (header::CACHE_CONTROL, FOR_EVER),
            (header::VARY, "accept-encoding"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ],
        bytes,
    )
        .into_response();
    if let Some(encoding) = encoding {
        response.headers_mut().insert(
            header::CONTENT_ENCODING,
            header::HeaderValue::from_static(encoding),
        );
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ask(name: &str, accepted: &str) -> Response {
        let mut headers = HeaderMap::new();
        if let Ok(value) = accepted.parse() {
            headers.insert(header::ACCEPT_ENCODING, value);
        }
        serve(
            Path(name.trim_start_matches("/assets/").to_owned()),
            headers,
        )
        .await
    }

    fn encoding(response: &Response) -> Option<&str> {
        response
            .headers()
            .get(header::CONTENT_ENCODING)?
            .to_str()
            .ok()
    }

    #[tokio::test]
    async fn the_browser_gets_the_best_encoding_it_takes() {
        let css = path("kept.css").unwrap();
        for (accepted, best) in [
            ("gzip, deflate, br", Some("br")),
            ("gzip", Some("gzip")),
            ("br;q=0, gzip", Some("gzip")),
            ("identity", None),
        ] {
            assert_eq!(encoding(&ask(&css, accepted).await), best, "{accepted}");
        }
    }

    #[tokio::test]
    async fn an_asset_may_be_kept_for_ever_because_its_name_changes_with_it() {
        let response = ask(&path("kept.js").unwrap(), "").await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CACHE_CONTROL], FOR_EVER);
        assert_eq!(
            response.headers()[header::CONTENT_TYPE],
            "text/javascript; charset=utf-8"
        );
    }

    #[tokio::test]
    async fn an_unknown_name_is_not_found() {
        assert_eq!(
            ask("kept-000000000000.css", "br").await.status(),
            StatusCode::NOT_FOUND
        );
    }

    #[test]
    fn the_manifest_names_the_favicon_of_this_build() {
        let manifest = ASSETS
            .iter()
            .find(|asset| asset.mime.contains("manifest"))
            .unwrap();
        let text = std::str::from_utf8(manifest.plain()).unwrap();
        assert!(text.contains(&path("favicon.svg").unwrap()), "{text}");
    }
}
