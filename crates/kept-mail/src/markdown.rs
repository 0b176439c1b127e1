//! What agents write, Markdown, as HTML for mail and pages and as plain text.
//!
//! HTML typed into Markdown is shown as text, never used as HTML.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// Markdown taken of one text; nobody writes more.
const MAX_BYTES: usize = 1024 * 1024;

/// Markdown as safe HTML. Single line breaks stay line breaks, as people expect in mail.
pub fn to_html(markdown: &str) -> String {
    let events = parser(markdown).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::SoftBreak => Event::HardBreak,
        other => other,
    });
    let mut html = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut html, events);
    CLEANER.clean(&html).to_string()
}

/// Markdown as the plain text of the same mail: marks gone, link addresses kept, lists with dashes.
pub fn to_plain(markdown: &str) -> String {
    let mut plain = Plain::default();
    for event in parser(markdown) {
        plain.add(event);
    }
    plain.finished()
}

/// A line of somebody else's words as Markdown that shows just these words: every mark is text
/// (CommonMark 0.31 §2.4).
pub fn literal(line: &str) -> String {
    let mut markdown = String::with_capacity(line.len());
    for letter in line.chars() {
        if letter.is_ascii_punctuation() {
            markdown.push('\\');
        }
        markdown.push(if letter.is_control() { ' ' } else { letter });
    }
    markdown
}

fn parser(markdown: &str) -> Parser<'_> {
    let kept = markdown
        .get(..markdown.floor_char_boundary(MAX_BYTES))
        .unwrap_or_default();
    Parser::new_ext(
        kept,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS,
    )
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// Plain text as it grows.
#[derive(Default)]
struct Plain {
    text: String,
    /// Before each line: the quote marks and indents of what is open.
    prefixes: Vec<&'static str>,
    /// Numbers of the open lists; `None` for dashes.
    lists: Vec<Option<u64>>,
    links: Vec<(String, usize)>,
}

impl Plain {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.write(&text)
            }
            Event::SoftBreak | Event::HardBreak => self.line(),
            Event::Rule => self.block("---"),
            Event::TaskListMarker(done) => self.write(if done { "[x] " } else { "[ ] " }),
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::BlockQuote(_) => {
                self.gap();
                self.prefixes.push("> ");
            }
            Tag::List(first) => {
                if self.lists.is_empty() {
                    self.gap();
                }
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::Table(_)
                if self.lists.is_empty() =>
            {
                self.gap()
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.link(dest_url),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) => {
                self.prefixes.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Item => {
                self.prefixes.pop();
            }
            TagEnd::TableCell => self.write("  "),
            TagEnd::TableRow | TagEnd::TableHead => self.line(),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => {}
        }
    }

    /// An item on its own line with its dash or number.
    fn item(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.line();
        }
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{number}. ");
                *number += 1;
                mark
            }
            _ => "- ".to_owned(),
        };
        self.write(&mark);
        self.prefixes.push("  ");
    }

    fn link(&mut self, address: CowStr<'_>) {
        self.links.push((address.into_string(), self.text.len()));
    }

    /// The address after the words, unless the words are the address.
    fn end_link(&mut self) {
        let Some((address, start)) = self.links.pop() else {
            return;
        };
        let words = self.text.get(start..).unwrap_or_default().trim();
        if words != address && format!("mailto:{words}") != address {
            self.write(&format!(" <{address}>"));
        }
    }

    fn write(&mut self, words: &str) {
        for (index, line) in words.split('\n').enumerate() {
            if index > 0 {
                self.line();
            }
            if (self.text.is_empty() || self.text.ends_with('\n')) && !line.is_empty() {
                self.text.push_str(&self.prefixes.concat());
            }
            self.text.push_str(line);
        }
    }

    fn line(&mut self) {
        let end = self.text.trim_end_matches(' ').len();
        self.text.truncate(end);
        self.text.push('\n');
    }

    fn block(&mut self, words: &str) {
        self.gap();
        self.write(words);
    }

    /// An empty line before the next block.
    fn gap(&mut self) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        if self.text.is_empty() {
            return;
        }
        self.text.push('\n');
        self.text.push_str(self.prefixes.concat().trim_end());
        self.text.push('\n');
    }

    fn finished(self) -> String {
        let mut text = self.text.trim_end().to_owned();
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn literal_words_come_out_as_they_went_in() {
        for words in [
            "![p](https://evil.example/p.png)",
            "*a* _b_ `c` <b> & # 1. [x](y) ~~z~~",
            "https://a.example/?b=c&amp;d",
            "C:\\new_file",
            "Straße 😀",
        ] {
            assert_eq!(to_plain(&literal(words)).trim_end(), words);
            let html = to_html(&literal(words));
            assert_eq!(html.matches('<').count(), 2, "{html}");
        }
        assert_eq!(to_plain(&literal("a\n# b")).trim_end(), "a # b");
    }

    #[test]
    fn marks_become_markup() {
        let html =
            to_html("Hello **Dana**,\nline two\n\n- one\n- two\n\n[site](https://a.example)");
        for part in [
            "<strong>Dana</strong>",
            "<br>",
            "<li>one</li>",
            "href=\"https://a.example\"",
            "nofollow",
        ] {
            assert!(html.contains(part), "{html}");
        }
    }

    #[test]
    fn e36_html_an_agent_types_is_text() {
        for markdown in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div onclick=x>\nhi\n</div>",
        ] {
            let html = to_html(markdown);
            assert!(
                !html.contains("<script") && !html.contains("<img") && !html.contains("<div"),
                "{html}"
            );
            assert!(html.contains("&lt;"), "{html}");
        }
        assert!(!to_html("[x](javascript:alert(1))").contains("javascript"));
    }

    #[test]
    fn plain_text_reads_well() {
        for (markdown, plain) in [
            ("Hello **Dana**,\nline two", "Hello Dana,\nline two\n"),
            ("# Title\n\ntext", "Title\n\ntext\n"),
            (
                "before\n\n- one\n- two\n\nafter",
                "before\n\n- one\n- two\n\nafter\n",
            ),
            ("1. one\n2. two", "1. one\n2. two\n"),
            ("- a\n  - b", "- a\n  - b\n"),
            ("> said\n> twice\n\nanswer", "> said\n> twice\n\nanswer\n"),
            (
                "see [site](https://a.example)",
                "see site <https://a.example>\n",
            ),
            ("<https://a.example>", "https://a.example\n"),
            (
                "`code` and\n\n```\nblock\n  two\n```\nend",
                "code and\n\nblock\n  two\n\nend\n",
            ),
            ("a\n\n---\n\nb", "a\n\n---\n\nb\n"),
        ] {
            assert_eq!(to_plain(markdown), plain, "{markdown:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken(markdown in ".{0,300}") {
            to_plain(&markdown);
            prop_assert!(!to_html(&markdown).contains("<script"));
        }
    }
}
