//! What agents do with a ticket whose turn is theirs, well or badly.

use jiff::SignedDuration;
use kept_app::delegation::{self, NewOffer, OfferTo};
use kept_app::domain::access::Viewer;
use kept_app::domain::ids::PromiseId;
use kept_app::domain::tickets::{AndThen, Kind, Priority, Ticket};
use kept_app::domain::turn::Turn;
use kept_app::domain::waits::NextDate;
use kept_app::promises::{self, NewPromise, WithReply};
use kept_app::tickets::{self, Change, Composed, NewWait, Reply};
use kept_app::{Error, ErrorKind};

use super::cast::Cast;
use super::dice::Dice;
use super::theatre::Theatre;

/// What follows from what an agent did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The client has been asked something.
    ClientAsked,
    /// The client was told that it is done.
    ClientToConfirm,
    /// The agent goes on later.
    GoOn,
    /// Somebody was asked to take it.
    Offered,
    /// A promise was given; it may be kept then.
    Promised(PromiseId),
    Over,
}

/// A play of one agent on one ticket.
pub struct Hand<'a> {
    pub theatre: &'a Theatre,
    pub cast: &'a Cast,
    pub ticket: &'a Ticket,
}

impl Hand<'_> {
    fn agent(&self) -> &Viewer {
        self.cast.viewer(self.ticket.responsible)
    }

    pub async fn works(&self, dice: &mut Dice) -> Then {
        match dice.below(100) {
            0..30 => {
                self.says("I had a look at it.", AndThen::Update, Then::GoOn)
                    .await
            }
            30..55 => {
                self.says("Which one is it?", AndThen::Ask, Then::ClientAsked)
                    .await
            }
            55..75 => {
                self.says("It works again.", AndThen::Resolve, Then::ClientToConfirm)
                    .await
            }
            75..81 => self.waits(dice).await,
            81..87 => self.promises(dice).await,
            87..91 => self.offers(dice).await,
            91..94 => {
                self.changes(Change::Priority(*dice.of(&Priority::ALL)))
                    .await
            }
            94..95 => self.changes(Change::Kind(*dice.of(&Kind::ALL))).await,
            95..96 => {
                self.changes(Change::Queue(*dice.of(&self.cast.queues)))
                    .await
            }
            96..98 => self.corrects().await,
            98..99 => self.changes(Change::MarkSpam).await,
            _ => self.changes(Change::Close).await,
        }
    }

    async fn says(&self, text: &str, then: AndThen, follows: Then) -> Then {
        let reply = Reply {
            text: text.into(),
            then,
            addressees: None,
            files: vec![],
        };
        let said = tickets::reply(&self.theatre.desk, self.agent(), self.ticket.id, reply).await;
        went(said, follows)
    }

    async fn waits(&self, dice: &mut Dice) -> Then {
        let next = *dice.of(&[
            NextDate::Tomorrow,
            NextDate::InThreeWorkingDays,
            NextDate::NextWeek,
        ]);
        let new = NewWait {
            party: "The maker".into(),
            what: "a spare part".into(),
            tracking: String::new(),
            next,
        };
        if dice.percent(40) {
            let waits =
                tickets::wait_for(&self.theatre.desk, self.agent(), self.ticket.id, new).await;
            return went(waits, Then::GoOn);
        }
        let composed = Composed {
            wait: Some(new),
            ..Composed::default()
        };
        self.composed("We wait for a part.", composed, Then::GoOn)
            .await
    }

    async fn composed(&self, text: &str, composed: Composed, follows: Then) -> Then {
        let reply = Reply {
            text: text.into(),
            then: AndThen::Update,
            addressees: None,
            files: vec![],
        };
        let (desk, agent) = (&self.theatre.desk, self.agent());
        let said = tickets::reply_as(desk, agent, self.ticket.id, reply, composed).await;
        went(said, follows)
    }

    async fn promises(&self, dice: &mut Dice) -> Then {
        let hours = i64::try_from(2 + dice.below(70)).unwrap_or(2);
        let due = self.theatre.now() + SignedDuration::from_hours(hours);
        let new = NewPromise {
            what: "call back".into(),
            due,
            message: None,
        };
        match promises::make(&self.theatre.desk, self.agent(), self.ticket.id, new).await {
            Ok(promise) => Then::Promised(promise),
            Err(error) => refused(&error),
        }
    }

    /// Keeps it by a reply, or agrees on another time, or just says that it is done.
    pub async fn keeps(&self, dice: &mut Dice, promise: PromiseId) -> Then {
        let moved = promises::Moved {
            promise,
            due: self.theatre.now() + SignedDuration::from_hours(30),
        };
        let with = match dice.below(10) {
            0..6 => WithReply {
                keeps: vec![promise],
                ..WithReply::default()
            },
            6..8 => WithReply {
                moves: Some(moved),
                ..WithReply::default()
            },
            _ => {
                let kept = promises::keep(&self.theatre.desk, self.agent(), promise).await;
                return went(kept, Then::GoOn);
            }
        };
        let composed = Composed {
            promises: with,
            ..Composed::default()
        };
        self.composed("As I said I would.", composed, Then::GoOn)
            .await
    }

    async fn offers(&self, dice: &mut Dice) -> Then {
        let to = match dice.percent(70) {
            true => OfferTo::Agent(dice.of(&self.cast.agents).person),
            false => OfferTo::Queue(*dice.of(&self.cast.queues)),
        };
        let new = NewOffer {
            to,
            note: "Yours?".into(),
            due: None,
        };
        let offered =
            delegation::offer(&self.theatre.desk, self.agent(), self.ticket.id, new).await;
        went(offered, Then::Offered)
    }

    /// Whoever was asked takes it, declines, or lets it pass.
    pub async fn answers_offer(&self, dice: &mut Dice) -> Then {
        let Some(offer) = &self.ticket.delegation else {
            return Then::GoOn;
        };
        let (desk, other, id) = (
            &self.theatre.desk,
            self.cast.viewer(offer.to),
            self.ticket.id,
        );
        let answered = match dice.below(10) {
            0..5 => delegation::accept(desk, other, id).await.map(drop),
            5..7 => delegation::decline(desk, other, id, "No time".into()).await,
            _ => Ok(()),
        };
        went(answered, Then::GoOn)
    }

    async fn corrects(&self) -> Then {
        let (desk, id) = (&self.theatre.desk, self.ticket.id);
        let why = "They said so on the phone".to_owned();
        let corrected = tickets::correct_turn(desk, self.agent(), id, Turn::Client, why).await;
        went(corrected, Then::ClientAsked)
    }

    pub async fn changes(&self, change: Change) -> Then {
        let follows = match change {
            Change::MarkSpam | Change::Close => Then::Over,
            _ => Then::GoOn,
        };
        let (desk, agent) = (&self.theatre.desk, self.agent());
        went(
            tickets::change(desk, agent, self.ticket.id, change).await,
            follows,
        )
    }
}

/// A rule may refuse what chance proposes; nothing else may go wrong.
fn went<T>(done: Result<T, Error>, follows: Then) -> Then {
    match done {
        Ok(_) => follows,
        Err(error) => refused(&error),
    }
}

fn refused(error: &Error) -> Then {
    let kind = error.kind();
    assert!(
        matches!(
            kind,
            ErrorKind::Conflict | ErrorKind::Invalid | ErrorKind::NotFound
        ),
        "{kind:?}: {error}"
    );
    Then::GoOn
}
