//! What a card says beside name, addresses and client, and what of it can be taken.

/// Longest line and longest notes, in characters.
pub const LONGEST_LINE: usize = 120;
pub const LONGEST_NOTES: usize = 10_000;

/// Empty texts are what nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonDetails {
    pub job: String,
    pub phone: String,
    pub language: String,
    /// An IANA name such as `Europe/Lisbon`; whether there is such a zone is asked elsewhere.
    pub zone: String,
    /// Markdown.
    pub notes: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDetail {
    #[error("{LONGEST_LINE} characters are the most")]
    LongLine { field: &'static str },
    #[error(
        "{LONGEST_NOTES} characters are the most; put longer texts into a document and link it"
    )]
    LongNotes,
}

impl BadDetail {
    /// The field as forms name it.
    pub fn field(&self) -> &'static str {
        match self {
            BadDetail::LongLine { field } => field,
            BadDetail::LongNotes => "notes",
        }
    }
}

impl PersonDetails {
    /// The same trimmed and on one line each.
    ///
    /// # Errors
    /// When one is too long, naming it.
    pub fn checked(&self) -> Result<Self, BadDetail> {
        Ok(Self {
            job: line("job", &self.job)?,
            phone: line("phone", &self.phone)?,
            language: line("language", &self.language)?,
            zone: line("zone", &self.zone)?,
            notes: notes_of(&self.notes)?,
        })
    }
}

/// One line of a card.
pub(crate) fn line(field: &'static str, text: &str) -> Result<String, BadDetail> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let kept: String = words.join(" ");
    let kept: String = kept.chars().filter(|c| !c.is_control()).collect();
    if kept.chars().count() > LONGEST_LINE {
        return Err(BadDetail::LongLine { field });
    }
    Ok(kept)
}

/// Notes with the line ends of forms made plain.
///
/// # Errors
/// When they are too long.
pub fn notes_of(text: &str) -> Result<String, BadDetail> {
    let kept = text.replace("\r\n", "\n");
    let kept: String = kept
        .trim()
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    match kept.chars().count() {
        0..=LONGEST_NOTES => Ok(kept),
        _ => Err(BadDetail::LongNotes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_single_lines_of_a_bearable_length() {
        let typed = PersonDetails {
            phone: " +351 21\t000 \n".into(),
            notes: "Likes calls.\r\nNo mail\u{0}.\n".into(),
            ..PersonDetails::default()
        };
        let kept = typed.checked().expect("is taken");
        assert_eq!(kept.phone, "+351 21 000");
        assert_eq!(kept.notes, "Likes calls.\nNo mail.");
        let long = PersonDetails {
            job: "x".repeat(121),
            ..PersonDetails::default()
        };
        assert_eq!(long.checked().map_err(|bad| bad.field()), Err("job"));
        let long = notes_of(&"x".repeat(LONGEST_NOTES + 1));
        assert_eq!(long.map_err(|bad| bad.field()), Err("notes"));
    }
}
