//! The tags of an HTML text, one after the other, without building a tree.
//!
//! Only good enough to find where an element begins and ends; cleaning is done by a real parser.

/// A tag and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'x> {
    /// Name as written, without the slash.
    pub name: &'x str,
    /// Everything between name and `>`.
    pub attributes: &'x str,
    pub closing: bool,
    /// Byte offsets of `<` and of the byte after `>`.
    pub start: usize,
    pub end: usize,
}

impl<'x> Tag<'x> {
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute in lower case, quotes removed; empty when it is not there.
    pub fn attribute(&self, name: &str) -> String {
        self.attribute_as_written(name).to_ascii_lowercase()
    }

    /// The value of an attribute, quotes removed; empty when it is not there.
    pub fn attribute_as_written(&self, name: &str) -> &'x str {
        let lower = self.attributes.to_ascii_lowercase();
        let found = lower.match_indices(name).find_map(|(at, _)| {
            let before = lower.get(..at).unwrap_or_default();
            let rest = self
                .attributes
                .get(at + name.len()..)
                .unwrap_or_default()
                .trim_start();
            let alone = before.is_empty()
                || before.ends_with(|c: char| c.is_whitespace() || c == '"' || c == '\'');
            rest.strip_prefix('=')
                .filter(|_| alone)
                .map(|value| value_of(value.trim_start()))
        });
        found.unwrap_or_default()
    }
}

fn value_of(text: &str) -> &str {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text
            .get(1..)
            .and_then(|rest| rest.split(quote).next())
            .unwrap_or_default(),
        _ => text
            .split(|c: char| c.is_whitespace())
            .next()
            .unwrap_or_default(),
    }
}

/// The tags of `html` in order, comments and the insides of scripts and styles left out.
pub struct Tags<'x> {
    html: &'x str,
    at: usize,
    /// Where the last `>` stands: no tag ends later, and none needs looking for.
    last_close: usize,
}

impl<'x> Tags<'x> {
    pub fn of(html: &'x str) -> Self {
        Self {
            html,
            at: 0,
            last_close: html.rfind('>').unwrap_or(0),
        }
    }

    /// Moves behind the end of a comment, or to the end of the text.
    fn skip_to(&mut self, end: &str) {
        let rest = self.html.get(self.at..).unwrap_or_default();
        self.at += rest.find(end).map_or(rest.len(), |found| found + end.len());
    }

    fn skip_content(&mut self, tag: &Tag<'_>) {
        if !tag.closing && (tag.is("script") || tag.is("style")) {
            let rest = self.html.get(self.at..).unwrap_or_default();
            let close = rest.match_indices("</").find(|(at, _)| {
                rest.get(at + 2..)
                    .and_then(|name| name.get(..tag.name.len()))
                    .is_some_and(|name| tag.is(name))
            });
            self.at += close.map_or(rest.len(), |(found, _)| found);
        }
    }
}

impl<'x> Iterator for Tags<'x> {
    type Item = Tag<'x>;

    fn next(&mut self) -> Option<Tag<'x>> {
        loop {
            let start = self.at + self.html.get(self.at..)?.find('<')?;
            if start >= self.last_close {
                return None;
            }
            self.at = start + 1;
            if self.html.get(start..)?.starts_with("<!--") {
                self.skip_to("-->");
                continue;
            }
            if let Some(tag) = tag_at(self.html, start) {
                self.at = tag.end;
                self.skip_content(&tag);
                return Some(tag);
            }
        }
    }
}

fn tag_at(html: &str, start: usize) -> Option<Tag<'_>> {
    let inside = html.get(start + 1..)?;
    let closing = inside.starts_with('/');
    let named = inside.strip_prefix('/').unwrap_or(inside);
    let length = named
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-'))
        .count();
    let (name, rest) = named
        .split_at_checked(length)
        .filter(|(name, _)| name.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let close = end_of(rest)?;
    let end = start + 1 + usize::from(closing) + length + close + 1;
    Some(Tag {
        name,
        attributes: rest.get(..close)?,
        closing,
        start,
        end,
    })
}

/// Where the `>` of a tag stands, quoted values skipped. A tag longer than `FAR` (an image inside its
/// own address) has no `>` in its values.
fn end_of(rest: &str) -> Option<usize> {
    const FAR: usize = 2 * 1024;
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate().take(FAR) {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    rest.find('>')
}
