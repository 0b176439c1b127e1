//! Which known word somebody most likely meant: the one fewest slips of the finger away.

/// The nearest of `known`, when it is near enough and not the word itself. Of equals the first.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = word.to_lowercase().chars().collect();
    let most = match typed.len() {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let letters: Vec<char> = candidate.to_lowercase().chars().collect();
        if letters.len().abs_diff(typed.len()) > most {
            continue;
        }
        let away = distance(&typed, &letters);
        if away == 0 {
            return None;
        }
        if away <= most && best.is_none_or(|(least, _)| away < least) {
            best = Some((away, candidate));
        }
    }
    best.map(|(_, word)| word)
}

/// Letters added, left out, changed, or swapped with their neighbour (optimal string alignment).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = vec![];
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, against) in other.iter().enumerate() {
            let changed = row[j] + usize::from(letter != against);
            let mut least = changed.min(row[j + 1] + 1).min(next[j] + 1);
            let swapped = i > 0 && j > 0 && one[i - 1] == *against && other[j - 1] == *letter;
            if swapped {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = row;
        row = next;
    }
    row.last().copied().unwrap_or(one.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: Option<&str>) {
        let known = ["printer", "toner", "Müller", "scanner", "wifi", "vpn"];
        assert_eq!(nearest(word, known), expected, "{word}");
    }

    #[test]
    fn slips_of_the_finger_are_seen_through() {
        check("pritner", Some("printer"));
        check("PRINTERS", Some("printer"));
        check("prnter", Some("printer"));
        check("tonre", Some("toner"));
        check("muller", Some("Müller"));
        check("vpm", Some("vpn"));
        check("printer", None);
        check("invoice", None);
        check("xx", None);
        check("", None);
    }
}
