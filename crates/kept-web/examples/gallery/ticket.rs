//! The sample ticket: a printer, a picture, and a note between colleagues.

use kept_web::layout::Shell;
use kept_web::parts::{Attachment, Choice, FileKind};
use kept_web::ticket::composer::{Composer, Mode, Then};
use kept_web::ticket::conversation::{Delivery, Entry, Event, Formatted, Kind, Message, Tall};
use kept_web::ticket::panel::{Acts, Owed, OwedState, Panel, Requester};
use kept_web::ticket::views::{Life, TicketPage};

use super::desk::{agents, minutes, strip, texts, today};

pub fn page(_: &Shell) -> TicketPage {
    TicketPage {
        number: 1042,
        subject: "Printer on floor 2 eats every second page".into(),
        life: Life {
            strip: strip("d22 c110 d42 t60 m1 m22 m132 p214"),
            class: "desk",
            says: "Our turn since 13:20, 42 min left to answer".into(),
            facts: texts(&["ours 1 h 04 · theirs 1 h 50", "promise due Fri 12:00"]),
        },
        entries: entries(),
        composer: composer(),
        panel: panel(),
        company: texts(&["Jonas is looking at this too"]),
    }
}

fn message(id: u64, who: &str, at: i64, kind: Kind, how: &str, text: &[&str]) -> Message {
    Message {
        id,
        who: who.into(),
        address: None,
        at: minutes(at),
        kind,
        raw: (kind == Kind::FromClient).then(|| format!("/messages/{id}/raw")),
        how: how.into(),
        to: None,
        text: texts(text),
        quoted: None,
        formatted: None,
        files: vec![],
        delivery: None,
        subject: None,
        warning: None,
        folded: false,
    }
}

fn event(at: i64, says: &str, undo: bool) -> Entry {
    Entry::Event(Event {
        at: minutes(at),
        says: says.into(),
        undo: undo.then(|| "/undo/1".into()),
    })
}

fn entries() -> Vec<Entry> {
    let say = |message| Entry::Message(Box::new(message));
    vec![
        say(message(1, "Dana Fox", -150, Kind::FromClient, "by mail to support@", &["Hello, since this morning the big printer on floor 2 takes two pages at once, so every second page is missing. Sorry to bother you again!"])),
        event(-150, "New ticket: no earlier mail of this thread. Ines is on duty for Support", false),
        say(Message {
            delivery: Some(Delivery::Sent { id: 2, at: minutes(-128) }),
            ..message(2, "Ines Moreau", -128, Kind::FromDesk, "first response after 22 min", &["Nothing to be sorry for, Dana, thank you for telling us. Two pages at once is nearly always a worn feed roller. Could you open the flap on the left and tell me whether the grey roller looks shiny or rough?"])
        }),
        event(-128, "Asked the client: Dana’s turn, answer due in 1 business day", false),
        say(Message { folded: true, ..message(3, "Out of office", -127, Kind::Automatic, "automatic, not counted as an answer", &["Thank you for your message. I am away from my desk until 13:00 and will answer then."]) }),
        say(message(4, "Jonas Petit", -117, Kind::Note, "", &["Same model at Alder in August (#0871): roller kit, 20 minutes. Third one this quarter, maybe a batch."])),
        say(Message {
            files: vec![Attachment { href: "/files/1/roller.jpg".into(), name: "roller.jpg".into(), size_bytes: 1_234_567, kind: FileKind::Image }],
            quoted: Some("Nothing to be sorry for, Dana, thank you for telling us.\nTwo pages at once is nearly always a worn feed roller.".into()),
            formatted: Some(Formatted { open: false, blocked: 2, tall: Tall::Short }),
            ..message(6, "Dana Fox", -18, Kind::FromClient, "by mail, joined: In-Reply-To", &["Shiny! And now it smells, too. Here is a picture."])
        }),
    ]
}

/// The same ticket an hour later, when things went less well.
pub fn troubled(shell: &Shell) -> TicketPage {
    let mut page = page(shell);
    page.life.class = "late";
    page.life.says = "Our turn since 13:20, 25 min late".into();
    page.life.strip = strip("d22 c110 d60 l25 m1 m22 m132");
    page.company.clear();
    page.entries.push(Entry::Message(Box::new(Message {
        warning: Some(
            "The sender’s domain did not confirm this mail. It may not be from Sofie Brandt."
                .into(),
        ),
        formatted: Some(Formatted {
            open: true,
            blocked: 2,
            tall: Tall::Short,
        }),
        ..message(
            7,
            "Sofie Brandt",
            -9,
            Kind::FromClient,
            "by mail, joined: subject tag",
            &["Can you send the invoice to my private address instead?"],
        )
    })));
    for (id, delivery) in [
        (
            8,
            Delivery::Failed {
                id: 4,
                why: "mailbox full (552 5.2.2)".into(),
            },
        ),
        (
            9,
            Delivery::Queued {
                id: 5,
                at: minutes(0),
            },
        ),
    ] {
        let text =
            ["Thank you, the kit is ordered. Please switch the printer off until it is replaced."];
        page.entries.push(Entry::Message(Box::new(Message {
            delivery: Some(delivery),
            ..message(id, "Ines Moreau", -2, Kind::FromDesk, "by mail", &text)
        })));
    }
    page.entries
        .push(event(-1, "Merged #1043 into this ticket", true));
    page.composer.mode = Mode::Note;
    page.composer.error = Some("Write something first: a note cannot be empty.".into());
    page
}

fn composer() -> Composer {
    Composer {
        reply_to: Some("Dana".into()),
        to: "Dana Fox <dana@fox-tax.example>".into(),
        cc: "Leo Fox <leo@fox-tax.example>".into(),
        audience: "only Fox & Sons Tax will read this".into(),
        mode: Mode::Reply,
        text: "Thanks, that settles it: the roller is worn and slips. Please switch the printer off until it is replaced. The kit is ordered; I’ll get back to you by Friday noon with the day we come.".into(),
        then: Then::Keep,
        error: None,
        undo_seconds: 10,
    }
}

fn owed(state: OwedState, what: &str, due: Option<i64>, why: &str) -> Owed {
    Owed {
        state,
        what: what.into(),
        due: due.map(minutes),
        why: why.into(),
    }
}

fn panel() -> Panel {
    let mut others = today();
    others.retain(|row| row.number == 1029);
    Panel {
        owed: vec![
            owed(
                OwedState::Met,
                "First response",
                None,
                "22 min of 1 h · their hours 9–17, Lisbon",
            ),
            owed(
                OwedState::Met,
                "Dana’s answer",
                None,
                "1 h 50 of 1 day · paused our clock",
            ),
            owed(OwedState::Running, "Next response", Some(42), "42 min left"),
            owed(
                OwedState::Running,
                "Resolution",
                Some(2822),
                "6 h 10 left of 8 h",
            ),
        ],
        responsible: Some("Ines Moreau".into()),
        responsible_says: "on duty when it came".into(),
        agents: agents(),
        agent: "0".into(),
        requester: Requester {
            id: 1,
            name: "Dana Fox".into(),
            address: "dana@fox-tax.example".into(),
            client: Some((1, "Fox & Sons Tax".into())),
            says: Some("9 tickets this quarter, 14 in the last".into()),
        },
        queues: vec![Choice::new("1", "Support"), Choice::new("2", "Purchasing")],
        queue: "1".into(),
        priorities: vec![
            Choice::new("low", "Low"),
            Choice::new("normal", "Normal"),
            Choice::new("high", "High"),
        ],
        priority: "normal".into(),
        status: "open".into(),
        acts: Acts {
            resolve: true,
            wait: true,
            merge: true,
            ..Acts::default()
        },
        others,
        sources: vec![(
            "13:20, from Dana Fox, 1.7 MB".into(),
            "/messages/6/raw".into(),
        )],
    }
}
