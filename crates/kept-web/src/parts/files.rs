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

/// A file on a message. `href` downloads it.
#[derive(Debug, Clone)]
pub struct Attachment {
    pub href: String,
    pub name: String,
    pub size_bytes: u64,
    pub kind: FileKind,
}

/// The chips of a message, or nothing when it has no files.
pub fn attachments(files: &[Attachment]) -> Markup {
    html! {
        @if !files.is_empty() {
            ul.files aria-label="Attachments" {
                @for file in files {
                    li { a.file href=(file.href) data-turbo="false" {
                        (icon(mark(file.kind))) span.file-name { (file.name) } span.dim { (size(file.size_bytes)) }
                    } }
                }
            }
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
