//! The sample desk: its clock, its people and its tickets.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_web::inbox::row::TicketRow;
use kept_web::layout::{Counts, Me, Section, Shell, Theme};
use kept_web::parts::{Choice, Clock, Mark, MarkKind, Stretch, Strip, Turn, Whose};

/// Monday 23 November 2026, 13:38 in Lisbon.
pub fn clock() -> Clock {
    Clock {
        now: minutes(0),
        zone: TimeZone::get("Europe/Lisbon").unwrap_or(TimeZone::UTC),
    }
}

/// So many minutes from now; negative is past.
pub fn minutes(from_now: i64) -> Timestamp {
    Timestamp::from_second(1_795_441_080 + from_now * 60).unwrap_or_default()
}

pub fn shell(title: &str, section: Section) -> Shell {
    Shell {
        title: title.to_owned(),
        section,
        me: Me {
            name: "Ines Moreau".into(),
            says: "on duty until 14:00".into(),
            may_change_settings: true,
        },
        counts: Counts {
            now: 4,
            inbox: 31,
            unsorted: 2,
            outbox_failed: 1,
        },
        theme: Theme::System,
        flash: None,
        csrf: "sample".into(),
        path: "/inbox".into(),
        clock: clock(),
        query: String::new(),
        live: None,
        place: None,
    }
}

pub fn agents() -> Vec<Choice> {
    ["Ines Moreau", "Jonas Petit", "Aki"]
        .iter()
        .enumerate()
        .map(|(id, name)| Choice::new(id.to_string(), *name))
        .collect()
}

pub fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

/// A strip from letters and lengths: `d24 c6 d18 l12`, with `t20` for the tail and `p57` for a promise.
pub fn strip(drawing: &str) -> Strip {
    let mut strip = Strip {
        stretches: vec![],
        marks: vec![],
        tail: 0,
        says: "Turns so far".into(),
    };
    for part in drawing.split(' ') {
        let (letter, length) = part.split_at(1);
        let length = length.parse().unwrap_or(1);
        let whose = match letter {
            "c" => Whose::Client,
            "x" => Whose::Third,
            "k" => Whose::Resolved,
            "q" => Whose::Parked,
            _ => Whose::Desk,
        };
        match letter {
            "t" => strip.tail = length,
            "p" => strip.marks.push(Mark {
                kind: MarkKind::Promise,
                at: length,
                says: "promised for Fri 12:00".into(),
            }),
            "m" => strip.marks.push(Mark {
                kind: MarkKind::Message,
                at: length,
                says: "message".into(),
            }),
            _ => strip.stretches.push(Stretch {
                whose,
                late: letter == "l",
                length,
                says: format!("{length} min"),
            }),
        }
    }
    strip
}

fn turn(whose: Whose, word: &str, since: i64, due: Option<i64>) -> Turn {
    Turn {
        whose,
        word: word.into(),
        since: minutes(since),
        due: due.map(minutes),
        late: due.is_some_and(|due| due < 0),
    }
}

#[allow(clippy::too_many_arguments)]
fn row(
    number: u64,
    subject: &str,
    words: &str,
    turn: Turn,
    drawing: &str,
    who: (&str, &str),
    by: &str,
    at: i64,
) -> TicketRow {
    TicketRow {
        number,
        subject: subject.into(),
        last_words: words.into(),
        turn,
        strip: strip(drawing),
        requester: who.0.into(),
        client: Some(who.1.into()),
        responsible: (!by.is_empty()).then(|| by.into()),
        at: minutes(at),
        fresh: at > -120,
        found: vec![],
    }
}

const HARBOUR: &str = "Harbour Logistics";
const FOX: &str = "Fox & Sons Tax";
const ALDER: &str = "Alder Clinic";

pub fn late() -> Vec<TicketRow> {
    vec![row(
        1038,
        "VPN drops every ten minutes since Monday",
        "It happened again during the board call, is there any news?",
        turn(Whose::Desk, "Ours", -85, Some(-25)),
        "d24 c6 d18 l12",
        ("Tomasz Bielak", HARBOUR),
        "Ines Moreau",
        -85,
    )]
}

pub fn today() -> Vec<TicketRow> {
    vec![
        row(
            1042,
            "Printer on floor 2 eats every second page",
            "Shiny! And now it smells, too. Here is a picture of the roller.",
            turn(Whose::Desk, "Ours", -18, Some(42)),
            "d10 c22 d28",
            ("Dana Fox", FOX),
            "Ines Moreau",
            -18,
        ),
        row(
            1047,
            "New colleague starts on 1 December",
            "Laptop, mailbox, door badge, the usual set please",
            turn(Whose::Desk, "Ours", -64, Some(122)),
            "d60",
            ("Marta Okafor", HARBOUR),
            "Jonas Petit",
            -64,
        ),
        row(
            1029,
            "Why is the invoice export so slow?",
            "I don’t know yet, but I will find out and get back to you",
            turn(Whose::Desk, "Promised", -1300, Some(200)),
            "d14 c9 d34 t3 p57",
            ("Leo Fox", FOX),
            "Ines Moreau",
            -310,
        ),
        row(
            1049,
            "Backup of the file server failed twice",
            "Opened by monitoring before anyone noticed",
            turn(Whose::Desk, "New", -12, Some(18)),
            "d60",
            ("Monitoring", ALDER),
            "",
            -12,
        ),
    ]
}

pub fn waiting() -> Vec<TicketRow> {
    vec![
        row(
            1011,
            "Which of these accounts may be closed?",
            "Second reminder went out this morning",
            turn(Whose::Client, "Theirs", -4320, None),
            "d8 c52",
            ("Rui Almeida", ALDER),
            "Ines Moreau",
            -280,
        ),
        row(
            996,
            "Replacement screen for reception",
            "Held at customs since Friday; client told, next word Tuesday",
            turn(Whose::Third, "Courier", -4300, None),
            "d12 c5 x43",
            ("Sofie Brandt", ALDER),
            "Jonas Petit",
            -1500,
        ),
        row(
            1033,
            "Shared calendar shows the wrong time zone",
            "Resolved yesterday; “works here, asking Paul”",
            turn(Whose::Client, "Confirm?", -1440, None),
            "d30 c12 d10 c8",
            ("Marta Okafor", HARBOUR),
            "Aki",
            -1440,
        ),
        row(
            987,
            "Old laptops in the cellar",
            "No answer since October; any reply wakes it",
            turn(Whose::Parked, "Parked", -20000, None),
            "d6 c30 q24",
            ("Leo Fox", FOX),
            "Aki",
            -20000,
        ),
    ]
}

pub fn resolved() -> Vec<TicketRow> {
    vec![row(
        1004,
        "Scanner sends to the old address",
        "Works, thank you!",
        turn(Whose::Resolved, "Resolved", -2900, None),
        "d20 c10 d20 k10",
        ("Dana Fox", FOX),
        "Ines Moreau",
        -2900,
    )]
}
