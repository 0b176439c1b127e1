//! The small pieces every page is made of: icons, avatars, turn chips, the strip, times, tabs, fields.
//! A part knows how it looks and nothing of where its words come from.

mod avatar;
mod clock;
mod empty;
mod field;
mod files;
mod flash;
mod form;
mod icon;
mod strip;
mod tabs;
mod turn;

pub use avatar::{Face, avatar, initials};
pub use clock::{Clock, span};
pub use empty::{Empty, empty};
pub use field::{Choice, Field, checkbox, choices, select_field, text_area, text_field};
pub use files::{Attachment, FileKind, attachments, size};
pub use flash::{Flash, Tone, Undo, flash};
pub use form::{post, post_files, post_with};
pub use icon::{Icon, icon};
pub use strip::{Mark, MarkKind, Stretch, Strip, life_strip, row_strip};
pub use tabs::{Tab, tabs};
pub use turn::{Turn, Whose, chip, turn_mark};
