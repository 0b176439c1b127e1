//! What happened to a card, and how people say it.

use serde::{Deserialize, Serialize};

/// A field of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    Name,
    Addresses,
    Client,
    Job,
    Phone,
    Language,
    Zone,
    Notes,
    Domains,
    Kind,
    Identifier,
    Owner,
    Service,
    Warranty,
}

impl Field {
    /// Its name in the middle of a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Addresses => "addresses",
            Field::Client => "client",
            Field::Job => "job",
            Field::Phone => "phone",
            Field::Language => "language",
            Field::Zone => "time zone",
            Field::Notes => "notes",
            Field::Domains => "domains",
            Field::Kind => "kind",
            Field::Identifier => "identifier",
            Field::Owner => "owner",
            Field::Service => "service",
            Field::Warranty => "warranty",
        }
    }
}

/// One line of a card's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "event",
    rename_all = "kebab-case",
    rename_all_fields = "snake_case"
)]
pub enum CardEvent {
    Added,
    /// Nothing is an empty text.
    Changed {
        field: Field,
        from: String,
        to: String,
    },
    /// Nobody uses it any more.
    Retired,
    /// It is used again.
    Returned,
    /// The asset depends on another or is part of it, as `how` says.
    Related {
        how: String,
        other: String,
    },
    Unrelated {
        how: String,
        other: String,
    },
    /// Another card is told as this one; its number, and what it was called.
    Merged {
        number: i64,
        name: String,
    },
    /// That was taken back.
    Parted {
        number: i64,
        name: String,
    },
    /// This card is told as another.
    MergedInto {
        number: i64,
        name: String,
    },
    /// That was taken back.
    PartedFrom {
        number: i64,
        name: String,
    },
}

impl CardEvent {
    /// The card that was merged says so; the one that stays has its own word for it.
    pub fn is_of_the_merged(&self) -> bool {
        matches!(
            self,
            CardEvent::MergedInto { .. } | CardEvent::PartedFrom { .. }
        )
    }
}

/// What is different, field by field, in the order given.
pub fn changes(fields: Vec<(Field, String, String)>) -> Vec<CardEvent> {
    let differs = fields.into_iter().filter(|(_, from, to)| from != to);
    differs
        .map(|(field, from, to)| CardEvent::Changed { field, from, to })
        .collect()
}

/// One line without its actor and time, capitalised, without a full stop.
pub fn sentence(event: &CardEvent) -> String {
    match event {
        CardEvent::Added => "Added the card".to_owned(),
        CardEvent::Changed {
            field: Field::Notes,
            ..
        } => "Changed the notes".to_owned(),
        CardEvent::Changed { field, from, to } => changed(*field, from, to),
        CardEvent::Retired => "Retired it".to_owned(),
        CardEvent::Returned => "Took it into use again".to_owned(),
        CardEvent::Related { how, other } => format!("Said that it {how} {other}"),
        CardEvent::Unrelated { how, other } => format!("Said that it no longer {how} {other}"),
        CardEvent::Merged { name, .. } => format!("Merged {name} into this card"),
        CardEvent::Parted { name, .. } => {
            format!("Took back that {name} was merged into this card")
        }
        CardEvent::MergedInto { name, .. } => format!("Merged this card into {name}"),
        CardEvent::PartedFrom { name, .. } => {
            format!("Took back that this card was merged into {name}")
        }
    }
}

fn changed(field: Field, from: &str, to: &str) -> String {
    let field = field.words();
    match (from, to) {
        ("", to) => format!("Wrote down the {field}: {to}"),
        (from, "") => format!("Took the {field} out, before: {from}"),
        (from, to) => format!("Changed the {field} from {from} to {to}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_different_is_told() {
        let told = |from: &str, to: &str| {
            let all = changes(vec![(Field::Phone, from.into(), to.into())]);
            all.iter().map(sentence).collect::<Vec<_>>().join("; ")
        };
        for (from, to, expected) in [
            ("", "", ""),
            ("123", "123", ""),
            ("", "123", "Wrote down the phone: 123"),
            ("123", "", "Took the phone out, before: 123"),
            ("123", "456", "Changed the phone from 123 to 456"),
        ] {
            assert_eq!(told(from, to), expected);
        }
    }

    #[test]
    fn a_card_s_history_is_stored_as_it_reads() {
        let event = CardEvent::Changed {
            field: Field::Zone,
            from: String::new(),
            to: "Europe/Lisbon".into(),
        };
        let stored = serde_json::to_string(&event).expect("JSON");
        assert_eq!(
            stored,
            r#"{"event":"changed","field":"zone","from":"","to":"Europe/Lisbon"}"#
        );
    }
}
