//! The first words of a message, for lists.

/// Characters a list has room for.
const ROOM: usize = 160;

/// One line of what was said, without Markdown's line breaks.
pub fn last_words(text: &str) -> String {
    let mut words = String::new();
    for word in text.split_whitespace() {
        if words.chars().count() + word.chars().count() > ROOM {
            words.push('…');
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().take(ROOM));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_show_one_line() {
        assert_eq!(last_words("Hello,\n\nit smells.\n"), "Hello, it smells.");
        assert_eq!(last_words(&"word ".repeat(100)).chars().count(), 160);
        assert_eq!(last_words(&"x".repeat(1000)), "…");
    }
}
