//! What came in on a ticket while somebody was writing a reply: told before the reply goes out, once.

use kept_domain::access::Viewer;
use kept_domain::ids::MessageId;
use kept_domain::messages::Audience;
use kept_store::messages::Message;

use crate::Error;
use crate::reading::body_of;

/// Letters shown of what came in.
const SHOWN: usize = 120;

/// `seen` is the newest message its author had before their eyes when they began; without it nobody knows, and nothing is
/// asked.
///
/// # Errors
/// [`Error::Conflict`] when somebody else said something after that.
pub(super) fn check(
    said: &[Message],
    seen: Option<MessageId>,
    author: &Viewer,
) -> Result<(), Error> {
    let Some(seen) = seen else { return Ok(()) };
    let news = said.iter().filter(|it| it.id > seen && !it.automatic);
    let Some(last) = news
        .filter(|it| it.person != Some(author.person))
        .max_by_key(|it| it.id)
    else {
        return Ok(());
    };
    let who = match last.author_name.as_str() {
        "" => &last.author_address,
        name => name,
    };
    let what = match last.audience {
        Audience::Client => "wrote",
        Audience::Desk => "left a note",
    };
    Err(Error::Conflict(format!(
        "Not sent yet: {who} {what} while you were writing: “{}”. Send again if your words still fit",
        beginning(&body_of(last).new_text())
    )))
}

/// The first words, on one line.
fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} …", line[..end].trim_end()),
        None => line,
    }
}
