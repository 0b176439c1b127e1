//! Attachments as chips: a mark for the kind, the name, the size. It never decides what is safe to open.

use maud::{Markup, html};

use super::{Icon, icon};

/// What a file is, as far as its mark goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    Image,
    Text,
    Sheet,
    Archive,
    Mail,
    Other,
}

/// A file on a message. `href` downloads it, `preview` shows it on a page of its own, `thumbnail` is the picture itself.
#[derive(Debug, Clone)]
pub struct Attachment {
    pub href: String,
    pub preview: Option<String>,
    pub thumbnail: Option<String>,
    pub name: String,
    pub size_bytes: u64,
    pub kind: FileKind,
}

/// Chips shown before the list folds.
const BEFORE_FOLD: usize = 12;

/// The chips of a message, or nothing when it has no files. A long list folds.
pub fn attachments(files: &[Attachment]) -> Markup {
    let (first, more) = files.split_at(files.len().min(BEFORE_FOLD));
    html! {
        @if !first.is_empty() { ul.files aria-label="Attachments" { @for file in first { li { (chip(file)) } } } }
        @if !more.is_empty() {
            details.files-more {
                summary { (icon(Icon::Chevron)) "Show all " (files.len()) " files" }
                ul.files aria-label="More attachments" { @for file in more { li { (chip(file)) } } }
            }
        }
    }
}

/// What can be looked at opens; anything else, and the mark at its end, is saved.
fn chip(file: &Attachment) -> Markup {
    let words = html! {
        @match &file.thumbnail {
            Some(picture) => img.file-picture src=(picture) alt="" loading="lazy" width="44" height="32";,
            None => (icon(mark(file.kind))),
        }
        bdi.file-name { (file.name) } span.dim { (size(file.size_bytes)) }
    };
    html! {
        @match &file.preview {
            None => a.file href=(file.href) data-turbo="false" { (words) },
            Some(page) => span.file.has-preview {
                a href=(page) { (words) }
                a.file-save href=(file.href) data-turbo="false" aria-label={ "Download " (file.name) } title="Download" { (icon(Icon::Download)) }
            },
        }
    }
}

/// A size in words: `812 B`, `44 kB`, `1.2 MB`. Powers of ten, as file managers count.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000).min(999)),
        1_000_000..1_000_000_000 => {
            format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
        }
        _ => format!(
            "{}.{} GB",
            bytes / 1_000_000_000,
            bytes % 1_000_000_000 / 100_000_000
        ),
    }
}

fn mark(kind: FileKind) -> Icon {
    match kind {
        FileKind::Image => Icon::Image,
        FileKind::Text => Icon::Document,
        FileKind::Sheet => Icon::Sheet,
        FileKind::Archive => Icon::Archive,
        FileKind::Mail => Icon::Mail,
        FileKind::Other => Icon::Clip,
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_short() {
        for (bytes, words) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_001, "2 kB"),
            (43_900, "44 kB"),
            (1_234_567, "1.2 MB"),
            (2_000_000_000, "2.0 GB"),
        ] {
            assert_eq!(size(bytes), words);
        }
    }
}
