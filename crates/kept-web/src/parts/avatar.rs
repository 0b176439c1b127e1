//! The round mark of a person: initials on one of six calm tints. It never loads a picture from anywhere.

use maud::{Markup, html};

/// Whose avatar to draw. An empty `name` draws the mark for nobody.
#[derive(Debug, Clone, Default)]
pub struct Face {
    pub name: String,
}

impl Face {
    /// The face of a named person.
    pub fn of(name: impl Into<String>) -> Self {
        Self { name: name.into() }
    }
}

/// The avatar. The name is its tooltip; next to a written name it is decoration and screen readers skip it.
pub fn avatar(face: &Face) -> Markup {
    let tint = format!("av tint-{}", tint(&face.name));
    html! {
        span class=(tint) title=[(!face.name.is_empty()).then_some(&face.name)] aria-hidden="true" { (initials(&face.name)) }
    }
}

/// First letters of the first and the last word, upper case; `?` for an empty name.
pub fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let pair: String = first
        .into_iter()
        .chain(words.next_back())
        .flat_map(char::to_uppercase)
        .collect();
    if pair.is_empty() {
        "?".to_owned()
    } else {
        pair
    }
}

/// The same name has the same tint on every page and every day.
fn tint(name: &str) -> u32 {
    if name.is_empty() {
        return 0;
    }
    1 + name.bytes().fold(7u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    }) % 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_first_and_last() {
        for (name, expected) in [
            ("Ines Moreau", "IM"),
            ("Ana Maria de Sousa", "AS"),
            ("monitoring", "M"),
            ("\u{201c}Leo\u{201d} Fox", "LF"),
            ("", "?"),
            ("—", "?"),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
