//! A dashboard as a mail: tables with bars of coloured cells, for mail programs know no more, and the same as plain text.
//! What comes from the desk's data is escaped before it is put in.

use kept_domain::dashboards::{Dashboard, LONGEST_NAME};

use super::rows::{Figure, RowLine, Rows};
use super::{Drawn, Figures};
use crate::reports::Asking;

/// What goes out, but for the envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    pub text: String,
    /// A whole document with styles beside its tags.
    pub html: String,
}

/// Lines of one card in a mail; the page has the rest.
const MOST_LINES: usize = 25;

const INK: &str = "color:#23252d";
const DIM: &str = "color:#5d606b";
const FONT: &str = "font-family:-apple-system,Segoe UI,Roboto,Arial,sans-serif;font-size:14px";

/// A dashboard counted for one reader, to be put into a mail or on paper.
pub(super) struct Counted {
    pub dashboard: Dashboard,
    pub cards: Vec<Drawn>,
    pub asking: Asking,
    /// Stands before each link.
    pub origin: String,
    /// Where its reader ends it.
    pub stops: Option<String>,
}

impl Counted {
    pub(super) fn name(&self) -> String {
        let name = self.dashboard.wish.name.chars();
        name.take(LONGEST_NAME).collect()
    }

    /// `23 November 2026`
    pub(super) fn day(&self) -> String {
        let day = self.asking.now.to_zoned(self.asking.zone.clone());
        day.strftime("%-d %B %Y").to_string()
    }

    pub(super) fn page(&self) -> String {
        format!("{}/dashboards/{}", self.origin, self.dashboard.id)
    }

    pub(super) fn letter(&self) -> Letter {
        let (name, day) = (self.name(), self.day());
        Letter {
            subject: format!("{name}, {day}"),
            text: as_text(self),
            html: as_html(self, &name, &day),
        }
    }
}

fn as_text(counted: &Counted) -> String {
    let mut text = String::new();
    for card in &counted.cards {
        text.push_str(&format!("{}\n", card.title));
        if let Figures::Nothing(why) = &card.figures {
            text.push_str(&format!("  {why}\n"));
        }
        let rows = Rows::of(&card.figures);
        for line in rows.lines.iter().take(MOST_LINES) {
            text.push_str(&format!("  {}\n", in_words(&rows, line)));
        }
        if let Some(more) = left_out(&rows, MOST_LINES) {
            text.push_str(&format!("  {more}\n"));
        }
        text.push('\n');
    }
    text.push_str(&format!("The dashboard itself: {}\n", counted.page()));
    if let Some(stops) = &counted.stops {
        text.push_str(&format!("Stop these mails: {stops}\n"));
    }
    text
}

/// `Acme: 12`, `Dana: Ours 3, Late 1`
fn in_words(rows: &Rows, line: &RowLine) -> String {
    let names = &rows.headings[rows.labels.min(rows.headings.len())..];
    let figures: Vec<String> = match line.figures.as_slice() {
        [only] => vec![only.value.to_string()],
        many => {
            let named = names.iter().zip(many);
            named
                .map(|(name, it)| format!("{name} {}", it.value))
                .collect()
        }
    };
    match line.labels.is_empty() {
        true => figures.join(", "),
        false => format!("{}: {}", line.labels.join(", "), figures.join(", ")),
    }
}

pub(super) fn left_out(rows: &Rows, shown: usize) -> Option<String> {
    let cut = rows.lines.len().saturating_sub(shown);
    let more = rows.more + i64::try_from(cut).unwrap_or(0);
    (more > 0).then(|| format!("and {more} more lines"))
}

fn as_html(counted: &Counted, name: &str, day: &str) -> String {
    let cards = counted.cards.iter();
    let cards: String = cards.map(|card| section(card, &counted.origin)).collect();
    let stops = counted.stops.as_deref();
    let stops = stops.map_or_else(String::new, |href| {
        format!(
            " &middot; <a href=\"{}\" style=\"{DIM}\">Stop these mails</a>",
            escaped(href)
        )
    });
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
        <title>{name}</title></head><body style=\"margin:0;padding:16px;background:#ffffff;{INK};{FONT}\">\
        <h1 style=\"font-size:20px;margin:0 0 4px\">{name}</h1><p style=\"{DIM};margin:0 0 20px\">{day}</p>{cards}\
        <p style=\"{DIM};margin:24px 0 0\"><a href=\"{}\" style=\"{DIM}\">The dashboard itself</a>{stops}</p></body></html>\n",
        escaped(&counted.page()),
        name = escaped(name),
    )
}

fn section(card: &Drawn, origin: &str) -> String {
    let rows = Rows::of(&card.figures);
    let inner = match &card.figures {
        Figures::Nothing(why) => format!("<p style=\"{DIM}\">{}</p>", escaped(why)),
        _ if rows.lines.is_empty() => format!("<p style=\"{DIM}\">No tickets.</p>"),
        _ => table(&rows, origin),
    };
    format!(
        "<h2 style=\"font-size:15px;margin:20px 0 6px\">{}</h2>{inner}",
        escaped(&card.title)
    )
}

fn table(rows: &Rows, origin: &str) -> String {
    let most = rows.lines.iter().flat_map(|line| &line.figures);
    let most = most.map(|it| it.value).max().unwrap_or(0);
    let cell = "text-align:left;padding:3px 12px 3px 0;border-bottom:1px solid #e6e4df";
    let head = rows.headings.iter().map(|it| {
        format!(
            "<th scope=\"col\" style=\"{cell};{DIM};font-weight:normal\">{}</th>",
            escaped(it)
        )
    });
    let head: String = head.collect();
    let lines = rows.lines.iter().take(MOST_LINES).map(|line| {
        let labels = line.labels.iter();
        let labels = labels.map(|it| format!("<td style=\"{cell}\">{}</td>", escaped(it)));
        let figures = line.figures.iter();
        let figures =
            figures.map(|it| format!("<td style=\"{cell}\">{}</td>", figure(it, most, origin)));
        format!("<tr>{}</tr>", labels.chain(figures).collect::<String>())
    });
    let lines: String = lines.collect();
    let more = left_out(rows, MOST_LINES).map_or_else(String::new, |more| {
        format!("<p style=\"{DIM};margin:4px 0 0\">{more}</p>")
    });
    format!(
        "<table style=\"border-collapse:collapse;{FONT}\"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>{more}"
    )
}

/// The number, and a bar to scale: a piece of colour as wide as it is large.
fn figure(it: &Figure, most: i64, origin: &str) -> String {
    const LONGEST_PX: i64 = 120;
    let number = match &it.href {
        Some(href) => format!(
            "<a href=\"{}\" style=\"{INK}\">{}</a>",
            escaped(&format!("{origin}{href}")),
            it.value
        ),
        None => it.value.to_string(),
    };
    let wide = it.value.saturating_mul(LONGEST_PX) / most.max(1);
    match wide {
        0 => number,
        wide => format!(
            "<span style=\"display:inline-block;width:{wide}px;height:10px;background:#4356b8;margin-right:6px\"></span>{number}"
        ),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
