//! Where the words that were looked for stand in a line, so that they can be marked.

/// The line in pieces: (text, whether it matched). Case does not matter.
pub(super) fn pieces(line: &str, words: &[String]) -> Vec<(String, bool)> {
    let letters: Vec<char> = line.chars().collect();
    let folded: Vec<char> = letters.iter().map(|letter| fold(*letter)).collect();
    let words: Vec<Vec<char>> = words
        .iter()
        .map(|word| word.chars().map(fold).collect())
        .collect();
    let mut marked = vec![false; letters.len()];
    for word in words.iter().filter(|word| !word.is_empty()) {
        for start in 0..=folded.len().saturating_sub(word.len()) {
            if folded.get(start..start + word.len()) == Some(word) && begins_word(&folded, start) {
                marked[start..start + word.len()].fill(true);
            }
        }
    }
    joined(&letters, &marked)
}

/// One letter for one letter, so that places stay what they are.
fn fold(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// The search finds words by their beginning, so the middle of one is no match.
fn begins_word(letters: &[char], at: usize) -> bool {
    at == 0 || !letters[at - 1].is_alphanumeric()
}

fn joined(letters: &[char], marked: &[bool]) -> Vec<(String, bool)> {
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for (letter, marked) in letters.iter().zip(marked) {
        match pieces.last_mut() {
            Some((text, same)) if same == marked => text.push(*letter),
            _ => pieces.push((letter.to_string(), *marked)),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, words: &[&str], expected: &str) {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let shown: String = pieces(line, &words)
            .into_iter()
            .map(|(text, hit)| if hit { format!("[{text}]") } else { text })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn matches_are_marked_where_words_begin() {
        check("Now it Smells, too.", &["smell"], "Now it [Smell]s, too.");
        check(
            "Paper jam, paper out",
            &["paper", "jam"],
            "[Paper] [jam], [paper] out",
        );
        check("The newspaper", &["paper"], "The newspaper");
        check("Drucker für Ärzte", &["ärzte"], "Drucker für [Ärzte]");
        check("paper jam", &["paper jam", "jam"], "[paper jam]");
        check("", &["x"], "");
        check("x", &["longer than it"], "x");
    }
}
