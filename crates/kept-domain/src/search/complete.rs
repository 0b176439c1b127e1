//! What the search box may offer at the place where somebody is typing. Names come from elsewhere.

use super::fields::{self, Values};
use super::parse::OWN;
use super::{FIELDS, when};

/// What is being typed: the bytes from `from` to `to` of the text are to be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completing {
    pub from: usize,
    pub to: usize,
    /// What can be said at once: (what takes its place, what it means).
    pub offers: Vec<(String, &'static str)>,
    /// Which names the desk should look for, and how they begin.
    pub names: Option<(Values, String)>,
    /// The field of the desk's own whose values it should look for, by its slug, and how they begin.
    pub own: Option<(String, String)>,
}

/// Most that is offered at once.
const MOST: usize = 12;

/// `None` when nothing is being typed there: inside a phrase, or in the middle of a text that is no word.
pub fn complete(text: &str, caret: usize) -> Option<Completing> {
    let to = text.floor_char_boundary(caret.min(text.len()));
    let (from, quoted) = beginning(&text[..to])?;
    let typed = &text[from..to];
    let Some((name, value)) = typed.split_once(':') else {
        return (!quoted).then(|| of_fields(from, to, typed));
    };
    let value_at = from + name.len() + 1;
    if let Some(slug) = name.to_lowercase().strip_prefix(OWN) {
        return Some(of_own(slug, value_at, to, value));
    }
    let field = fields::named(&name.to_lowercase())?;
    Some(of_values(field.values, value_at, to, value))
}

/// Where the part begins in which the text ends, without its minus, and whether a quote is open in it.
fn beginning(text: &str) -> Option<(usize, bool)> {
    let (mut from, mut quoted) = (0, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            letter if !quoted && (letter.is_whitespace() || letter == '(') => {
                from = at + letter.len_utf8();
            }
            '-' if at == from => from = at + 1,
            _ => {}
        }
    }
    // A phrase without a field has nothing to offer.
    let is_phrase = text[from..].starts_with('"');
    (!is_phrase).then_some((from, quoted))
}

fn of_fields(from: usize, to: usize, typed: &str) -> Completing {
    let typed = typed.to_lowercase();
    if let Some(slug) = typed.strip_prefix(OWN) {
        return Completing {
            from,
            to,
            offers: vec![],
            names: Some((Values::Own, slug.to_owned())),
            own: None,
        };
    }
    let fits = FIELDS
        .iter()
        .filter(|field| field.name.starts_with(&*typed));
    let offers = fits.map(|field| (format!("{}:", field.name), field.says));
    Completing {
        from,
        to,
        offers: offers.take(MOST).collect(),
        names: None,
        own: None,
    }
}

/// The desk knows what its own fields hold; each of them can hold anything or nothing.
fn of_own(slug: &str, from: usize, to: usize, value: &str) -> Completing {
    const ALWAYS: [(&str, &str); 2] = [("any", "whatever it holds"), ("none", "where it is empty")];
    let typed = value.trim_start_matches('"').to_lowercase();
    let fits = ALWAYS
        .into_iter()
        .filter(|(word, _)| word.starts_with(&*typed));
    Completing {
        from,
        to,
        offers: fits.map(|(word, says)| (word.to_owned(), says)).collect(),
        names: None,
        own: Some((slug.to_owned(), typed)),
    }
}

fn of_values(values: Values, value_at: usize, to: usize, value: &str) -> Completing {
    let typed = value.trim_start_matches('"').to_lowercase();
    let plain = |from: usize, typed: &str, known: &mut dyn Iterator<Item = &'static str>| {
        let fits = known.filter(|known| known.starts_with(typed) && *known != typed);
        Completing {
            from,
            to,
            offers: fits.take(MOST).map(|it| (it.to_owned(), "")).collect(),
            names: None,
            own: None,
        }
    };
    match values {
        Values::OneOf(values) => {
            let (before, last) = typed
                .rsplit_once(',')
                .map_or((0, &*typed), |(before, last)| (before.len() + 1, last));
            plain(value_at + before, last, &mut values.iter().copied())
        }
        Values::Times => {
            let signs = typed.len() - typed.trim_start_matches(['<', '>', '=']).len();
            let lengths = ["<1d", "<7d", ">7d", ">30d"].into_iter();
            let mut known = when::PERIODS
                .iter()
                .map(|(name, ..)| *name)
                .chain(lengths.filter(|_| signs == 0));
            plain(value_at + signs, &typed[signs..], &mut known)
        }
        Values::Words => plain(value_at, &typed, &mut std::iter::empty()),
        names => Completing {
            from: value_at,
            to,
            offers: match names {
                Values::Agents if "me".starts_with(&*typed) => {
                    vec![("me".to_owned(), "yourself, whoever looks")]
                }
                Values::Clients | Values::Tags | Values::Assets
                    if "none".starts_with(&*typed) && !typed.is_empty() =>
                {
                    vec![("none".to_owned(), "without any")]
                }
                _ => vec![],
            },
            names: Some((names, typed)),
            own: None,
        },
    }
}

/// A name as the value of a field: in quotes where it needs them.
pub fn as_value(name: &str) -> String {
    let name = name.replace('"', "");
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '@' | '/' | '&' | '\'');
    match name.chars().all(plain) {
        true => name,
        false => format!("\"{name}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let caret = text.find('|').unwrap_or(text.len());
        let whole = text.replace('|', "");
        let found = complete(&whole, caret);
        let result: Vec<String> = found
            .iter()
            .flat_map(|it| {
                let (before, after) = (&whole[..it.from], &whole[it.to..]);
                it.offers
                    .iter()
                    .map(move |(offer, _)| format!("{before}{offer}{after}"))
            })
            .collect();
        assert_eq!(result, expected, "{text:?}");
    }

    #[test]
    fn fields_and_their_values_are_offered_where_one_types() {
        check("cl", &["client:", "closed:"]);
        check("printer st", &["printer status:"]);
        check("printer -STA", &["printer -status:"]);
        check("(tu| is:open", &["(turn: is:open", "(turned: is:open"]);
        check("status:w", &["status:waiting"]);
        check("status:open,re", &["status:open,resolved"]);
        check("due:tom", &["due:tomorrow"]);
        check("opened:>=last-w", &["opened:>=last-week"]);
        check("agent:m", &["agent:me"]);
        check("status:open", &[]);
        check("colour:r", &[]);
        check("\"paper j", &[]);
        check("subject:x", &[]);
        check("field.room:", &["field.room:any", "field.room:none"]);
        check("field.room:an", &["field.room:any"]);
    }

    #[test]
    fn names_are_asked_for_by_how_they_begin() {
        let check = |text: &str, values, typed: &str, from| {
            let found = complete(text, text.len()).expect("something");
            assert_eq!(found.names, Some((values, typed.to_owned())), "{text}");
            assert_eq!(found.from, from);
        };
        check("client:Ac", Values::Clients, "ac", 7);
        check("x client:\"fox & s", Values::Clients, "fox & s", 9);
        check("-tag:v", Values::Tags, "v", 5);
        check("requester:d", Values::Requesters, "d", 10);
    }

    #[test]
    fn what_a_field_of_the_desks_own_holds_is_asked_for_by_its_slug() {
        let found = complete("x -field.room:\"Bl", 17).expect("something");
        assert_eq!(found.own, Some(("room".to_owned(), "bl".to_owned())));
        assert_eq!(found.from, 14);
    }

    #[test]
    fn a_place_outside_the_text_is_its_end() {
        assert_eq!(complete("é", 1).map(|it| it.from), Some(0));
        assert!(complete("cl", 99).is_some());
    }
}
