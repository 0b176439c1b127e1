//! The sample week, as a list of who says what and how many hours before now.

use kept_domain::people::Role;
use kept_domain::tickets::AndThen;

pub(super) struct Story {
    pub name: &'static str,
    pub address: &'static str,
    pub subject: &'static str,
    /// Further header lines, each with its line end.
    pub headers: &'static str,
    pub acts: &'static [(f64, Act)],
}

/// Agents are named by their place in [`TEAM`].
pub(super) enum Act {
    Mail(&'static str),
    /// A mail in several parts: its Content-Type and its body. `{DAY}` stands for the day after tomorrow.
    Parts(&'static str, &'static str),
    /// The agent forwards somebody's mail to the desk.
    HandIn(usize, &'static str),
    /// The last reply comes back.
    Bounce,
    Reply(usize, AndThen, &'static str),
    Note(usize, &'static str),
    Assign(usize),
    /// The agent waits for a third party: who, what for, their reference.
    Wait(usize, &'static str, &'static str, &'static str),
    /// The first asks the second to take it, with a note.
    Offer(usize, usize, &'static str),
    Decline(usize, &'static str),
    /// Something is promised, so many hours ahead.
    Promise(usize, i64, &'static str),
    /// What the ticket was promised is done.
    Keep(usize),
    /// The agent worked on it: how long, and on what.
    Time(usize, &'static str),
    Urgent(usize),
    Spam(usize),
}

use Act::{
    Assign, Bounce, Decline, HandIn, Keep, Mail, Note, Offer, Parts, Promise, Reply, Spam, Time,
    Urgent, Wait,
};
use AndThen::{Ask, Resolve, Update};

pub(super) const TEAM: [(&str, &str, Role); 3] = [
    ("Ines Moreau", super::AGENT, Role::Admin),
    ("Jonas Petit", "jonas.petit@desk.example", Role::Agent),
    (
        "Aki Korhonen",
        "aki.korhonen@desk.example",
        Role::Dispatcher,
    ),
];

pub(super) const CLIENTS: [(&str, &str); 3] = [
    ("Fox & Sons Tax", "foxandsons.example"),
    ("Harbour Logistics", "harbour.example"),
    ("Alder Clinic", "alderclinic.example"),
];

/// The client with an agreement of its own.
pub(super) const ROUND_THE_CLOCK: &str = "Harbour Logistics";

pub(super) const STORIES: &[Story] = &[
    Story {
        name: "Dana Fox",
        address: "dana@foxandsons.example",
        subject: "Printer on floor 2 eats every second page",
        headers: "",
        acts: &[
            (
                27.0,
                Mail(
                    "Hello,\n\nsince this morning the big printer on floor 2 takes two pages at once, so every second page is missing. Sorry to bother you again!\n\nDana",
                ),
            ),
            (26.6, Assign(0)),
            (
                26.5,
                Reply(
                    0,
                    Ask,
                    "Nothing to be sorry for, Dana, thank you for telling us.\n\nTwo pages at once is nearly always a worn feed roller. Could you open the flap on the left and tell me whether the grey roller looks **shiny or rough**?",
                ),
            ),
            (
                26.3,
                Note(
                    1,
                    "Same model at Alder in August: roller kit, 20 minutes. Third one this quarter, maybe a batch.",
                ),
            ),
            (26.4, Time(0, "10m looked up the model and its parts")),
            (26.2, Time(1, "1h 15m fetched the roller kit")),
            (
                2.2,
                Mail(
                    "Shiny! And now it smells, too.\n\nOn Monday Ines Moreau wrote:\n> Nothing to be sorry for, Dana, thank you for telling us.\n> Could you open the flap on the left and tell me whether the\n> grey roller looks shiny or rough?\n\n-- \nDana Fox\nFox & Sons Tax",
                ),
            ),
        ],
    },
    Story {
        name: "Tomasz Bielak",
        address: "tomasz@harbour.example",
        subject: "VPN drops every ten minutes since Monday",
        headers: "",
        acts: &[
            (
                50.0,
                Mail(
                    "Hi,\n\nthe VPN drops every ten minutes, for all of us in the warehouse office. Before Monday it was fine.\n\nTomasz",
                ),
            ),
            (49.5, Assign(0)),
            (49.4, Urgent(0)),
            (
                49.0,
                Reply(
                    0,
                    Update,
                    "Thank you, Tomasz. I see the drops on our side, every ten minutes to the second, which smells like a session limit. I don't know yet where it comes from, but I will find out and get back to you today.",
                ),
            ),
            (48.9, Promise(0, 8, "Find out where the drops come from")),
            (48.5, Offer(0, 1, "You know the gateway better than I do.")),
            (48.0, Decline(1, "At Alder all day; ask me again tomorrow.")),
            (
                45.0,
                Reply(
                    0,
                    Ask,
                    "The gateway update on Sunday brought a new limit; we have taken it out. Does it hold for you now?",
                ),
            ),
            (44.9, Keep(0)),
            (
                3.5,
                Mail(
                    "It happened again during the board call, is there any chance to get this fixed before Thursday?",
                ),
            ),
        ],
    },
    Story {
        name: "Marta Okafor",
        address: "marta@harbour.example",
        subject: "New colleague starts on 1 December",
        headers: "",
        acts: &[
            (
                5.0,
                Mail(
                    "Hello,\n\na new colleague starts on 1 December: laptop, mailbox, door badge, the usual set please. The name follows tomorrow.\n\nBest\nMarta",
                ),
            ),
            (4.9, Assign(1)),
            (
                1.0,
                Offer(1, 2, "I am at Alder on the first; could you set her up?"),
            ),
        ],
    },
    Story {
        name: "Leo Fox",
        address: "leo@foxandsons.example",
        subject: "Why is the invoice export so slow?",
        headers: "",
        acts: &[
            (
                30.0,
                Mail(
                    "The export of the October invoices took four minutes. Last year it took ten seconds. Why?",
                ),
            ),
            (29.0, Assign(0)),
            (
                28.5,
                Reply(
                    0,
                    Update,
                    "I don't know yet, but I will find out and get back to you tomorrow noon.",
                ),
            ),
            (
                28.4,
                Promise(0, 48, "Find out why the export takes four minutes"),
            ),
        ],
    },
    Story {
        name: "Rui Almeida",
        address: "rui@alderclinic.example",
        subject: "Which of these accounts may be closed?",
        headers: "",
        acts: &[
            (
                90.0,
                Mail("We are tidying up. Can you tell me which accounts are no longer used?"),
            ),
            (89.0, Assign(0)),
            (
                88.0,
                Reply(
                    0,
                    Ask,
                    "These nobody has used for half a year:\n\n- reception2\n- locum-3\n- archive\n\nWhich of them may be closed?",
                ),
            ),
            (87.9, Time(0, "40m listed who signed in when")),
            (87.8, Time(1, "15m")),
            (26.8, Parts(super::mails::SIGNED_TYPE, super::mails::SIGNED)),
            (
                26.2,
                Reply(
                    0,
                    Ask,
                    "Closed, all but archive. Who may decide about that one?",
                ),
            ),
        ],
    },
    Story {
        name: "Sofie Brandt",
        address: "sofie@alderclinic.example",
        subject: "Replacement screen for reception",
        headers: "",
        acts: &[
            (
                80.0,
                Mail(
                    "The screen at reception flickers and goes dark. Patients notice. Could we have another one?",
                ),
            ),
            (79.0, Assign(1)),
            (
                78.0,
                Reply(
                    1,
                    Update,
                    "A replacement is ordered. It comes by courier and should be with you on Thursday. Until then, the one from the meeting room fits the same cable.",
                ),
            ),
            (
                77.9,
                Wait(1, "Nordkurier", "the replacement screen", "NK-20481"),
            ),
        ],
    },
    // Nobody answers: reminded, then parked by the client's own agreement.
    Story {
        name: "Piet de Wit",
        address: "piet@harbour.example",
        subject: "Badge reader at gate 3 blinks red",
        headers: "",
        acts: &[
            (
                84.0,
                Mail("The reader at gate 3 blinks red, but the door opens. Is that bad?\n\nPiet"),
            ),
            (83.8, Assign(1)),
            (
                83.5,
                Reply(
                    1,
                    Ask,
                    "Not bad, Piet, but it may stop one day. Which number stands on the sticker below it?",
                ),
            ),
        ],
    },
    Story {
        name: "Marta Okafor",
        address: "marta@harbour.example",
        subject: "Shared calendar shows the wrong time zone",
        headers: "",
        acts: &[
            (
                70.0,
                Mail("Everybody's meetings in the shared calendar are one hour late."),
            ),
            (69.0, Assign(2)),
            (
                68.0,
                Reply(
                    2,
                    Ask,
                    "Is it only the shared calendar, or your own as well?",
                ),
            ),
            (66.0, Mail("Only the shared one.")),
            (
                20.0,
                Reply(
                    2,
                    Resolve,
                    "The shared calendar stood on Reykjavik time since its move. It is on Lisbon time now and the meetings are where they belong.\n\n**What you can do:** nothing. If one still looks wrong, just answer this mail.",
                ),
            ),
        ],
    },
    Story {
        name: "Lena Voss",
        address: "lena.voss@harbour.example",
        subject: "No mail on the new phone",
        headers: "",
        acts: &[
            (
                18.0,
                Mail("Since I have the new phone there is no mail on it. Can you help?\n\nLena"),
            ),
            (17.5, Assign(1)),
            (
                17.0,
                Reply(
                    1,
                    Ask,
                    "It needs to be set up once, Lena. When would ten minutes on the phone suit you?",
                ),
            ),
            (16.9, Bounce),
        ],
    },
    Story {
        name: "Marta Okafor",
        address: "marta@harbour.example",
        subject: "Walk through the new warehouse office",
        headers: "",
        acts: &[(
            1.5,
            Parts(super::mails::INVITATION_TYPE, super::mails::INVITATION),
        )],
    },
    Story {
        name: "Jonas Petit",
        address: "jonas.petit@desk.example",
        subject: "Fwd: Scanner in the archive",
        headers: "",
        acts: &[(4.0, HandIn(1, super::mails::FORWARD))],
    },
    Story {
        name: "Backup",
        address: "backup@alderclinic.example",
        subject: "Backup of the file server failed twice",
        headers: "Auto-Submitted: auto-generated\r\n",
        acts: &[(
            0.6,
            Mail(
                "Job nightly-files: FAILED (2 of 2)\nReason: target not reachable\nNext try: 03:00",
            ),
        )],
    },
    Story {
        name: "Paper Deals",
        address: "hello@paperdeals.example",
        subject: "Toner -70% only today!!!",
        headers: "",
        acts: &[(12.0, Mail("Dear friend, buy toner now.")), (11.0, Spam(2))],
    },
    Story {
        name: "",
        address: "mailer-daemon@elsewhere.example",
        subject: "Undelivered Mail Returned to Sender",
        headers: "Auto-Submitted: auto-replied\r\n",
        acts: &[(
            8.0,
            Mail(
                "This is the mail system.\n\nYour message could not be delivered to <nobody@elsewhere.example>: unknown user.",
            ),
        )],
    },
];
