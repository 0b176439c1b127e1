//! What clients do: they ask, answer, thank, object, or say nothing.

use bytes::Bytes;
use jiff::Timestamp;
use kept_app::domain::ids::TicketId;
use kept_app::intake::{self, Envelope, Taken, Via};

use super::dice::Dice;
use super::theatre::Theatre;

const TROUBLES: &[&str] = &[
    "The printer smells of burnt toast.",
    "Nobody can sign in since this morning.",
    "The projector shows everything in green.",
    "My screen stays dark. What can I do?",
    "Please set up a laptop for a new colleague.",
    "The shared drive has lost a folder.",
];
const ANSWERS: &[&str] = &[
    "It is the one on the second floor, and it still does it.",
    "I tried what you said and the light is red now.",
    "The number on the back is 4711, and the cable was loose.",
    "We did that; the second screen has the same fault.",
];
const THANKS: &[&str] = &[
    "Thank you!",
    "Thanks a lot, that was quick.",
    "Vielen Dank!",
];

/// Somebody at a client who has asked something.
#[derive(Debug, Clone)]
pub struct Asker {
    pub client: usize,
    pub person: usize,
    pub queue: usize,
    /// The how manieth ticket of the season.
    pub nth: usize,
}

impl Asker {
    fn address(&self) -> String {
        format!("person{}@client{}.example", self.person, self.client)
    }

    pub async fn asks(&self, theatre: &Theatre, dice: &mut Dice) -> TicketId {
        let subject = format!("Trouble {}", self.nth);
        let taken = self
            .writes(theatre, &subject, dice.of::<&str>(TROUBLES), 0)
            .await;
        match taken {
            Taken::Opened(ticket) => ticket,
            other => panic!("{other:?} instead of a new ticket for trouble {}", self.nth),
        }
    }

    pub async fn answers(&self, theatre: &Theatre, dice: &mut Dice, round: usize) {
        self.writes(
            theatre,
            &format!("Re: Trouble {}", self.nth),
            dice.of::<&str>(ANSWERS),
            round,
        )
        .await;
    }

    pub async fn thanks(&self, theatre: &Theatre, dice: &mut Dice, round: usize) {
        self.writes(
            theatre,
            &format!("Re: Trouble {}", self.nth),
            dice.of::<&str>(THANKS),
            round,
        )
        .await;
    }

    async fn writes(&self, theatre: &Theatre, subject: &str, words: &str, round: usize) -> Taken {
        let (from, nth, queue) = (self.address(), self.nth, self.queue);
        let date = rfc2822(theatre.now());
        let first = format!("<t{nth}@client{}.example>", self.client);
        let threads = match round {
            0 => format!("Message-ID: {first}\r\n"),
            _ => format!(
                "Message-ID: <t{nth}.{round}@client{}.example>\r\nIn-Reply-To: {first}\r\nReferences: {first}\r\n",
                self.client
            ),
        };
        let mail = format!(
            "From: Person {} <{from}>\r\nTo: queue{queue}@desk.example\r\nSubject: {subject}\r\nDate: {date}\r\n{threads}Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n",
            self.person
        );
        let envelope = Envelope {
            from: Some(from),
            to: vec![format!("queue{queue}@desk.example")],
            via: Via::Smtp,
        };
        let taken = intake::take_in(&theatre.desk, Bytes::from(mail), envelope).await;
        taken.expect("the mail is taken")
    }
}

fn rfc2822(at: Timestamp) -> String {
    jiff::fmt::rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC)).expect("a date")
}
