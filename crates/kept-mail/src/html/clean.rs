//! Mail HTML made harmless to show: an allow-list, no remote loads unless asked, quotes folded.
//!
//! Cleaning is done by a real HTML parser (`ammonia`). It never shortens what a person wrote: quotes
//! are folded, not removed.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ammonia::{Builder, UrlRelative};

use super::tags::{Tag, Tags};
use super::{fold, to_text};
use crate::links;

/// HTML shown of one mail; what is longer is cut, and [`CleanHtml::truncated`] says so.
const MAX_BYTES: usize = 2 * 1024 * 1024;

/// Elements within one another; beyond it a mail is shown as text.
const MAX_DEPTH: usize = 800;
/// Elements that need no closing tag, so their number says nothing about depth.
const CLOSED_BY_OTHERS: [&str; 18] = [
    "br", "hr", "img", "meta", "link", "input", "col", "wbr", "area", "base", "p", "li", "td",
    "tr", "th", "dd", "dt", "o:p",
];
/// Elements that parsers open again when they were not closed.
const FORMATS: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Formatting elements open at each tag, added up.
const MAX_REOPENED: usize = 500_000;

/// HTML that is safe to put into a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanHtml {
    pub html: String,
    /// Images that would have been loaded from elsewhere and were not.
    pub blocked_images: usize,
    /// The end is missing; the whole is in the raw mail.
    pub truncated: bool,
}

/// Cleans the HTML of a mail.
///
/// `shown_at` gives the address of the part an image's `src` means, such as `cid:logo@1` (RFC 2392), or nothing.
/// Images from elsewhere are loaded only with `show_remote_images`.
pub fn clean(
    html: &str,
    show_remote_images: bool,
    shown_at: &dyn Fn(&str) -> Option<String>,
) -> CleanHtml {
    let kept = html
        .get(..html.floor_char_boundary(MAX_BYTES))
        .unwrap_or_default();
    if is_too_deep(kept) {
        return as_text(kept, html.len());
    }
    let blocked = Arc::new(AtomicUsize::new(0));
    let rules = Rules {
        images: embedded(kept, shown_at),
        show_remote_images,
        blocked: Arc::clone(&blocked),
    };
    let cleaned = builder(rules).clean(&fold::mark(kept)).to_string();
    CleanHtml {
        html: fold::close(&cleaned),
        blocked_images: blocked.load(Ordering::Relaxed),
        truncated: kept.len() < html.len(),
    }
}

/// HTML a parser would take minutes or gigabytes for; no person wrote that.
///
/// Depth costs because parsers look up through it, and formatting left open costs because they open it
/// again in each paragraph (HTML Standard §13.2.4.3).
fn is_too_deep(html: &str) -> bool {
    let (mut depth, mut formats, mut reopened) = (0usize, 0usize, 0usize);
    let is_any = |tag: &Tag<'_>, names: &[&str]| names.iter().any(|name| tag.is(name));
    for tag in Tags::of(html) {
        let change = |count: usize| {
            if tag.closing {
                count.saturating_sub(1)
            } else {
                count + 1
            }
        };
        if !is_any(&tag, &CLOSED_BY_OTHERS) {
            depth = change(depth);
        }
        if is_any(&tag, &FORMATS) {
            formats = change(formats);
        }
        reopened += formats;
        if depth > MAX_DEPTH || reopened > MAX_REOPENED {
            return true;
        }
    }
    false
}

/// The words alone, as one paragraph with its line breaks.
fn as_text(html: &str, whole_bytes: usize) -> CleanHtml {
    let text = ammonia::clean_text(&to_text(html)).replace("&#10;", "\n");
    CleanHtml {
        html: format!("<p>{}</p>", text.replace('\n', "<br>")),
        blocked_images: 0,
        truncated: html.len() < whole_bytes,
    }
}

/// The addresses of the embedded images the HTML names, by their `src` as written.
fn embedded(html: &str, shown_at: &dyn Fn(&str) -> Option<String>) -> HashMap<String, String> {
    let sources = super::image_sources(html).into_iter();
    sources
        .filter_map(|source| shown_at(&source).map(|address| (source, address)))
        .collect()
}

/// Elements shown as they are, besides ammonia's own list of harmless ones.
const MORE_TAGS: [&str; 1] = ["font"];
/// Elements whose content is not text for people.
const DROPPED_CONTENT: [&str; 13] = [
    "script", "style", "title", "select", "textarea", "object", "iframe", "svg", "math",
    "template", "noembed", "noframes", "xmp",
];
const SCHEMES: [&str; 6] = ["http", "https", "mailto", "tel", "cid", "data"];
/// Style properties that change how text looks and nothing else.
const STYLES: [&str; 31] = [
    "color",
    "background-color",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "text-align",
    "text-decoration",
    "text-transform",
    "white-space",
    "vertical-align",
    "line-height",
    "direction",
    "list-style-type",
    "width",
    "height",
    "border",
    "border-top",
    "border-right",
    "border-bottom",
    "border-left",
    "border-collapse",
    "border-color",
    "border-style",
    "border-width",
    "padding",
    "padding-left",
    "padding-top",
    "margin-left",
    "text-indent",
];

fn builder(rules: Rules) -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .add_tags(MORE_TAGS)
        .rm_tags(["area", "map"])
        .clean_content_tags(HashSet::from(DROPPED_CONTENT))
        .add_generic_attributes(["style", "dir", "align", "valign"])
        .add_tag_attributes("font", ["color", "face", "size"])
        .add_tag_attributes(
            "table",
            ["border", "cellpadding", "cellspacing", "width", "bgcolor"],
        )
        .add_tag_attributes("td", ["width", "height", "bgcolor"])
        .add_tag_attributes("th", ["width", "height", "bgcolor"])
        .add_tag_attributes("tr", ["bgcolor"])
        .add_tag_attributes("ol", ["type"])
        .add_allowed_classes("details", [fold::CLASS])
        .add_allowed_classes("hr", [fold::MARK_CLASS])
        .filter_style_properties(HashSet::from(STYLES))
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        .attribute_filter(move |element, attribute, value| {
            rules.attribute(element, attribute, value)
        });
    builder
}

/// What becomes of single attributes.
struct Rules {
    images: HashMap<String, String>,
    show_remote_images: bool,
    blocked: Arc<AtomicUsize>,
}

impl Rules {
    fn attribute<'u>(
        &self,
        element: &str,
        attribute: &str,
        value: &'u str,
    ) -> Option<Cow<'u, str>> {
        match (element, attribute) {
            ("img", "src") => self.image(value.trim()),
            ("a", "href") => is_link(value).then(|| clear_link(value)),
            (_, "cite" | "src" | "href") => None,
            (_, "style") => is_plain_style(value).then_some(Cow::Borrowed(value)),
            _ => Some(Cow::Borrowed(value)),
        }
    }

    /// Embedded and in-line images are shown; remote ones when asked for; nothing else is an image.
    fn image<'u>(&self, src: &'u str) -> Option<Cow<'u, str>> {
        let lower = src.to_ascii_lowercase();
        if let Some(address) = self.images.get(src) {
            return Some(Cow::Owned(address.clone()));
        }
        if is_image_data(&lower) {
            return Some(Cow::Borrowed(src));
        }
        if !lower.starts_with("http://") && !lower.starts_with("https://") {
            return None;
        }
        if !self.show_remote_images {
            self.blocked.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        Some(Cow::Borrowed(src))
    }
}

/// Pictures only: SVG may carry scripts.
fn is_image_data(lower: &str) -> bool {
    [
        "data:image/png;",
        "data:image/jpeg;",
        "data:image/jpg;",
        "data:image/gif;",
        "data:image/webp;",
    ]
    .iter()
    .any(|start| lower.starts_with(start))
}

/// A link that leads somewhere by itself; relative ones would lead into the desk.
fn is_link(href: &str) -> bool {
    let lower = href.trim().to_ascii_lowercase();
    ["http://", "https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
}

/// Where the link leads, without what a mail filter put around it.
fn clear_link(href: &str) -> Cow<'_, str> {
    links::unwrap(href.trim()).map_or(Cow::Borrowed(href), Cow::Owned)
}

/// Without functions that could load something, and without escapes that could hide one.
fn is_plain_style(style: &str) -> bool {
    let lower = style.to_ascii_lowercase();
    !["url", "\\", "expression", "image", "src(", "import", "var("]
        .iter()
        .any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        clean(html, false, &|_| None).html
    }

    #[test]
    fn e36_nothing_in_a_mail_runs_and_nothing_loads() {
        for html in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href='javascript:alert(1)'>x</a>",
            "<a href=' java\tscript:alert(1)'>x</a>",
            "<a href='/tickets/1/resolution'>x</a>",
            "<form action='https://e.example'><input name=a><button>b</button></form>",
            "<iframe src='https://e.example'></iframe>",
            "<svg><script>alert(1)</script></svg>",
            "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
            "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
            "<style>@import 'https://e.example/a.css'</style>",
            "<div style='background:url(https://e.example/a.png)'>x</div>",
            "<div style='background-color:red;position:fixed;top:0'>x</div>",
            "<div style='color:u\\72l(https://e.example)'>x</div>",
            "<img srcset='https://e.example/a.png 2x'>",
            "<table background='https://e.example/a.png'><tr><td>x</table>",
            "<link rel=stylesheet href='https://e.example/a.css'>",
            "<meta http-equiv=refresh content='0;url=https://e.example'>",
            "<base href='https://e.example'>",
            "<video src='https://e.example/v.mp4' autoplay></video>",
            "<object data='https://e.example'></object>",
            "<img src='data:image/svg+xml;base64,AAAA'>",
            "<img src='//e.example/a.png'>",
            "<blockquote cite='https://e.example'>x</blockquote>",
        ] {
            let clean = shown(html);
            for word in [
                "script",
                "onerror",
                "e.example",
                "position",
                "form",
                "svg",
                "/tickets",
                "url(",
            ] {
                assert!(!clean.contains(word), "{html} gave {clean}");
            }
        }
    }

    #[test]
    fn remote_images_wait_to_be_asked_for() {
        let html = "<p>Hi<img src='https://e.example/a.png' alt='a'><img src='http://e.example/pixel.gif' width=1></p>";
        let blocked = clean(html, false, &|_| None);
        assert_eq!(blocked.blocked_images, 2);
        assert_eq!(blocked.html, "<p>Hi<img alt=\"a\"><img width=\"1\"></p>");
        let asked = clean(html, true, &|_| None);
        assert_eq!(asked.blocked_images, 0);
        assert!(asked.html.contains("src=\"https://e.example/a.png\""));
    }

    #[test]
    fn embedded_images_get_their_address() {
        let html = "<img src=\"cid:Logo@1\"><img src=\"cid:gone\">";
        let clean = clean(html, false, &|id| {
            (id == "cid:Logo@1").then(|| "/attachments/7".to_owned())
        });
        assert_eq!(clean.html, "<img src=\"/attachments/7\"><img>");
        assert_eq!(clean.blocked_images, 0);
    }

    #[test]
    fn links_lead_out_and_say_so() {
        let html = shown("<a href='https://client.example/a'>a</a>");
        for part in [
            "href=\"https://client.example/a\"",
            "rel=\"noopener noreferrer nofollow\"",
            "target=\"_blank\"",
        ] {
            assert!(html.contains(part), "{html}");
        }
    }

    #[test]
    fn what_a_person_formatted_stays() {
        let html = "<table><tbody><tr><td style=\"color:red\">a</td></tr></tbody></table><blockquote>b</blockquote><b>c</b>";
        let clean = shown(html);
        for part in [
            "<td style=\"color:red",
            "<blockquote>b</blockquote>",
            "<b>c</b>",
        ] {
            assert!(clean.contains(part), "{clean}");
        }
        assert!(
            !clean.contains("<details"),
            "a blockquote alone is formatting: {clean}"
        );
    }

    #[test]
    fn quotes_are_folded_with_every_word() {
        for html in [
            "<div>New</div><div class=\"gmail_quote\">On x wrote:<blockquote>Old</blockquote></div><p>Below</p>",
            "<p>New</p><blockquote type=\"cite\"><p>Old</p></blockquote><p>Below</p>",
            "<div><p>New</p><div id=\"divRplyFwdMsg\">From: a</div><div>Old</div></div><p>Below</p>",
            "<div><p>New</p><div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\">From: a</div><p>Old</p></div><p>Below</p>",
        ] {
            let clean = shown(html);
            let fold = clean
                .find("<details class=\"quote\"><summary>")
                .unwrap_or_else(|| panic!("no fold in {clean}"));
            let end = clean
                .find("</details>")
                .unwrap_or_else(|| panic!("no end in {clean}"));
            let old = clean
                .find("Old")
                .unwrap_or_else(|| panic!("Old is lost in {clean}"));
            assert!(clean.find("New").is_some_and(|new| new < fold), "{clean}");
            assert!(fold < old && old < end, "{clean}");
            assert!(clean.contains("Below"), "{clean}");
        }
    }

    #[test]
    fn html_built_to_cost_time_is_shown_as_text() {
        let deep = "<div>".repeat(100_000);
        let fonts: String = (0..700).map(|n| format!("<font color={n}>")).collect();
        for costly in [deep, fonts + &"<p>x".repeat(100_000)] {
            let clean = shown(&format!("{costly}a<b>b</b><script>alert(1)</script>"));
            assert!(clean.starts_with("<p>") && clean.contains("ab"));
            for word in ["<div", "<font", "script"] {
                assert!(!clean.contains(word), "{word}");
            }
        }
    }

    #[test]
    fn a_mail_that_is_only_a_quote_is_not_folded() {
        let clean = shown("<blockquote type=\"cite\">All there is</blockquote>");
        assert!(
            clean.contains("All there is") && !clean.contains("<details"),
            "{clean}"
        );
    }
}
