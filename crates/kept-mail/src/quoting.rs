//! The earlier mail under an answer, marked with `>` as mail programs expect.

/// Bytes of the earlier text taken over; the rest is in the ticket.
const MAX_BYTES: usize = 32 * 1024;

/// The earlier text introduced and marked: "On Fri 3 May, 14:00, Dana wrote:" and `> ` lines
/// (RFC 3676 §4.5). `when_text` is already in the reader's words and zone.
pub fn quote_for_reply(text: &str, who: &str, when_text: &str) -> String {
    let mut quote = format!("{}\n", introduction(who, when_text));
    for line in kept(text).lines() {
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

/// The same as HTML. The earlier text stays text: nothing in it becomes a link, a picture or a mark.
pub fn quote_as_html(text: &str, who: &str, when_text: &str) -> String {
    let lines: Vec<String> = kept(text)
        .lines()
        .map(|line| escaped(line.trim_end()))
        .collect();
    let introduction = escaped(&introduction(who, when_text));
    let lines = lines.join("<br>\n");
    format!("<p>{introduction}</p>\n<blockquote>\n<p>{lines}</p>\n</blockquote>\n")
}

fn introduction(who: &str, when_text: &str) -> String {
    let who: String = who
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    format!("On {when_text}, {} wrote:", who.trim())
}

fn kept(text: &str) -> &str {
    let kept = text.get(..text.floor_char_boundary(MAX_BYTES));
    kept.unwrap_or_default().trim_end()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
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
    fn a_quote_in_html_is_only_text() {
        assert_eq!(
            quote_as_html("<b>1 & 2</b>\n*x*\n", "Dana <x>", "Fri"),
            "<p>On Fri, Dana &lt;x&gt; wrote:</p>\n<blockquote>\n\
             <p>&lt;b&gt;1 &amp; 2&lt;/b&gt;<br>\n*x*</p>\n</blockquote>\n"
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
