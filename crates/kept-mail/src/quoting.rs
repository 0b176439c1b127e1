//! The earlier mail under an answer, marked with `>` as mail programs expect.

/// Bytes of the earlier text taken over; the rest is in the ticket.
const MAX_BYTES: usize = 32 * 1024;

/// The earlier text introduced and marked: "On Fri 3 May, 14:00, Dana wrote:" and `> ` lines
/// (RFC 3676 §4.5). `when_text` is already in the reader's words and zone.
pub fn quote_for_reply(text: &str, who: &str, when_text: &str) -> String {
    let who: String = who
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let mut quote = format!("On {when_text}, {} wrote:\n", who.trim());
    let kept = text
        .get(..text.floor_char_boundary(MAX_BYTES))
        .unwrap_or_default();
    for line in kept.trim_end().lines() {
        let line = line.trim_end();
        let mark = if line.is_empty() || line.starts_with('>') {
            ">"
        } else {
            "> "
        };
        quote.push_str(mark);
        quote.push_str(line);
        quote.push('\n');
    }
    quote
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::Body;

    #[test]
    fn every_line_is_marked() {
        let quote = quote_for_reply(
            "Hello,\n\n> older\nBye  \n\n",
            "Dana",
            "Fri 3 May 2026, 14:00",
        );
        assert_eq!(
            quote,
            "On Fri 3 May 2026, 14:00, Dana wrote:\n> Hello,\n>\n>> older\n> Bye\n"
        );
    }

    #[test]
    fn our_own_quotes_are_read_as_quotes() {
        let answer = format!(
            "It works.\n\n{}",
            quote_for_reply("Does it?", "Dana", "Fri 3 May 2026, 14:00")
        );
        let body = Body::split(&answer);
        assert_eq!(body.new_text(), "It works.");
        assert_eq!(
            body.quoted(),
            quote_for_reply("Does it?", "Dana", "Fri 3 May 2026, 14:00").trim_end()
        );
    }
}
