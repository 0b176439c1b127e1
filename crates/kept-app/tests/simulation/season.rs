//! What happens when: every act is drawn from the dice of the season and played at its own moment.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kept_app::agreements::Mode;
use kept_app::domain::ids::{PromiseId, TicketId};
use kept_app::domain::tickets::{Status, Ticket};
use kept_app::handover::{self, NewHandover};
use kept_app::store::handovers::Target;
use kept_app::store::{StoreError, tickets as rows};
use kept_app::tickets::{self, Change};
use kept_app::{Error, doctor};

use super::cast::{self, CLIENTS, Cast};
use super::client::Asker;
use super::dice::Dice;
use super::ending::{self, Ending};
use super::staff::{Hand, Then};
use super::theatre::{Theatre, opening_night};

#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub seed: u64,
    pub days: usize,
    pub tickets: usize,
}

impl Size {
    /// A short season is stopped often. A long one, which a stop in so few steps would leave no plan of its database for
    /// longer than a second, is stopped hundreds of times all the same.
    pub fn steps_between_stops(&self) -> usize {
        if self.tickets > 1_000 { 400 } else { 40 }
    }
}

impl Default for Size {
    fn default() -> Self {
        Self {
            seed: 7,
            days: 30,
            tickets: 50,
        }
    }
}

/// Longer nobody works on one ticket here.
const MOST_ROUNDS: usize = 14;
/// After the last ticket the ladders run out.
const EPILOGUE: SignedDuration = SignedDuration::from_hours(70 * 24);
const DAY: usize = 24 * 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Asks(usize),
    Works(usize),
    AnswersOffer(usize),
    KeepsPromise(usize, PromiseId),
    ClientWrites(usize),
    ClientThanks(usize),
    Merges(usize),
    ComesApart(usize),
    Agrees(usize),
    GoesOnHoliday(usize),
    Doctor,
}

struct Life {
    asker: Asker,
    ticket: TicketId,
    rounds: usize,
}

struct Season {
    theatre: Theatre,
    cast: Cast,
    dice: Dice,
    lives: BTreeMap<usize, Life>,
    /// By time, then in the order in which they were drawn.
    acts: BinaryHeap<Reverse<(Timestamp, usize, Act)>>,
    drawn: usize,
}

pub async fn play(theatre: Theatre, size: Size) -> Ending {
    let cast = cast::hire(&theatre.desk).await;
    let mut season = Season {
        theatre,
        cast,
        dice: Dice::new(size.seed),
        lives: BTreeMap::new(),
        acts: BinaryHeap::new(),
        drawn: 0,
    };
    season.draw(size);
    while let Some(Reverse((at, _, act))) = season.acts.pop() {
        season.theatre.until(at).await;
        season.play(act).await;
    }
    let end = season.theatre.now() + EPILOGUE;
    season.theatre.until(end).await;
    ending::look(season.theatre, &season.cast).await
}

impl Season {
    fn draw(&mut self, size: Size) {
        let minutes = size.days * DAY;
        for nth in 0..size.tickets {
            let at = self.dice.below(minutes);
            self.plan(at as u64, Act::Asks(nth), opening_night());
        }
        for nth in 0..size.days / 15 {
            let at = (nth + 1) * 13 * DAY;
            self.plan(at as u64, Act::Agrees(nth), opening_night());
            self.plan((at + DAY) as u64, Act::GoesOnHoliday(nth), opening_night());
        }
        for nth in 0..size.days / 90 {
            self.plan(((nth + 1) * 90 * DAY) as u64, Act::Doctor, opening_night());
        }
    }

    fn soon(&mut self, minutes: u64, act: Act) {
        self.plan(minutes, act, self.theatre.now());
    }

    fn plan(&mut self, minutes: u64, act: Act, from: Timestamp) {
        let minutes = i64::try_from(minutes).unwrap_or(0);
        let at = self.at_work(from + SignedDuration::from_mins(minutes));
        self.drawn += 1;
        self.acts.push(Reverse((at, self.drawn, act)));
    }

    /// Few write at night or on a Sunday.
    fn at_work(&mut self, at: Timestamp) -> Timestamp {
        let wall = at.to_zoned(TimeZone::UTC);
        let free = matches!(wall.weekday(), Weekday::Saturday | Weekday::Sunday);
        let night = !(6..20).contains(&wall.hour());
        match (free || night) && self.dice.percent(85) {
            true => at + SignedDuration::from_hours(if free { 48 } else { 10 }),
            false => at,
        }
    }

    async fn play(&mut self, act: Act) {
        match act {
            Act::Asks(nth) => self.asks(nth).await,
            Act::Works(nth) => self.works(nth).await,
            Act::AnswersOffer(nth) => self.answers_offer(nth).await,
            Act::KeepsPromise(nth, promise) => self.keeps(nth, promise).await,
            Act::ClientWrites(nth) => self.client_writes(nth).await,
            Act::ClientThanks(nth) => self.client_thanks(nth).await,
            Act::Merges(nth) => self.merges(nth).await,
            Act::ComesApart(nth) => self.comes_apart(nth).await,
            Act::Agrees(nth) => self.agrees(nth).await,
            Act::GoesOnHoliday(nth) => self.goes_on_holiday(nth).await,
            Act::Doctor => self.doctor().await,
        }
    }

    async fn asks(&mut self, nth: usize) {
        let client = self.dice.below(CLIENTS);
        let asker = Asker {
            client,
            person: self.dice.below(8),
            queue: client % 3,
            nth,
        };
        let ticket = asker.asks(&self.theatre, &mut self.dice).await;
        self.lives.insert(
            nth,
            Life {
                asker,
                ticket,
                rounds: 0,
            },
        );
        let soon = self.dice.minutes(10, DAY);
        self.soon(soon, Act::Works(nth));
        if self.dice.percent(5) {
            let later = self.dice.minutes(30, 2 * DAY);
            self.soon(later, Act::ClientWrites(nth));
        }
        if self.dice.percent(4) {
            let later = self.dice.minutes(60, 2 * DAY);
            self.soon(later, Act::Merges(nth));
        }
    }

    async fn ticket(&self, nth: usize) -> Ticket {
        let id = self.lives[&nth].ticket;
        let found = self.theatre.desk.store().read(move |tx| rows::find(tx, id));
        let found: Result<_, StoreError> = found.await;
        found
            .expect("the store answers")
            .expect("the ticket is there")
    }

    async fn works(&mut self, nth: usize) {
        let ticket = self.ticket(nth).await;
        if ticket.aside().is_some() || !ticket.is_open() {
            return;
        }
        let life = self.lives.get_mut(&nth).expect("a life");
        life.rounds += 1;
        let tired = life.rounds > MOST_ROUNDS;
        let hand = Hand {
            theatre: &self.theatre,
            cast: &self.cast,
            ticket: &ticket,
        };
        let then = match tired {
            true => hand.changes(Change::Close).await,
            false => hand.works(&mut self.dice).await,
        };
        self.follow(nth, then);
    }

    fn follow(&mut self, nth: usize, then: Then) {
        let (within, act) = match then {
            Then::ClientAsked => match self.dice.below(100) {
                0..65 => (2 * DAY, Act::ClientWrites(nth)),
                65..80 => (15 * DAY, Act::ClientWrites(nth)),
                _ => return,
            },
            Then::ClientToConfirm => match self.dice.below(100) {
                0..25 => (DAY, Act::ClientThanks(nth)),
                25..40 => (3 * DAY, Act::ClientWrites(nth)),
                40..45 => (20 * DAY, Act::ClientWrites(nth)),
                _ => return,
            },
            Then::GoOn => (3 * DAY, Act::Works(nth)),
            Then::Offered => (8 * 60, Act::AnswersOffer(nth)),
            Then::Promised(promise) => (3 * DAY, Act::KeepsPromise(nth, promise)),
            Then::Over => return,
        };
        let minutes = self.dice.minutes(20, within);
        self.soon(minutes, act);
    }

    async fn answers_offer(&mut self, nth: usize) {
        let ticket = self.ticket(nth).await;
        let hand = Hand {
            theatre: &self.theatre,
            cast: &self.cast,
            ticket: &ticket,
        };
        let then = hand.answers_offer(&mut self.dice).await;
        self.follow(nth, then);
    }

    async fn keeps(&mut self, nth: usize, promise: PromiseId) {
        let ticket = self.ticket(nth).await;
        if self.dice.percent(20) {
            // Forgotten: it breaks at its time.
            return self.follow(nth, Then::GoOn);
        }
        let hand = Hand {
            theatre: &self.theatre,
            cast: &self.cast,
            ticket: &ticket,
        };
        let then = hand.keeps(&mut self.dice, promise).await;
        self.follow(nth, then);
    }

    async fn client_writes(&mut self, nth: usize) {
        let life = self.lives.get_mut(&nth).expect("a life");
        life.rounds += 1;
        let (asker, round) = (life.asker.clone(), life.rounds);
        asker.answers(&self.theatre, &mut self.dice, round).await;
        let soon = self.dice.minutes(15, DAY);
        self.soon(soon, Act::Works(nth));
    }

    async fn client_thanks(&mut self, nth: usize) {
        if self.ticket(nth).await.status != Status::Resolved {
            return;
        }
        let life = self.lives.get_mut(&nth).expect("a life");
        life.rounds += 1;
        let (asker, round) = (life.asker.clone(), life.rounds);
        asker.thanks(&self.theatre, &mut self.dice, round).await;
    }

    /// Into another open ticket of the same client.
    async fn merges(&mut self, nth: usize) {
        let client = self.lives[&nth].asker.client;
        let others = self
            .lives
            .iter()
            .filter(|(other, life)| **other != nth && life.asker.client == client);
        let others: Vec<usize> = others.map(|(other, _)| *other).collect();
        if others.is_empty() {
            return;
        }
        let into = *self.dice.of(&others);
        let (from, into) = (self.ticket(nth).await, self.ticket(into).await);
        if !from.is_open() || !into.is_open() {
            return;
        }
        let admin = &self.cast.admin;
        let merged = tickets::merge(&self.theatre.desk, admin, from.id, into.id).await;
        if allowed(merged) && self.dice.percent(40) {
            let later = self.dice.minutes(10, 2 * DAY);
            self.soon(later, Act::ComesApart(nth));
        }
    }

    async fn comes_apart(&mut self, nth: usize) {
        let id = self.lives[&nth].ticket;
        let undone = tickets::undo_merge(&self.theatre.desk, &self.cast.admin, id).await;
        if allowed(undone.map(|_| ())) {
            self.soon(60, Act::Works(nth));
        }
    }

    /// Some clients agree on a new version, each round in another way.
    async fn agrees(&mut self, nth: usize) {
        let round = u32::try_from(nth % 3 + 2).unwrap_or(2);
        for number in (nth % 5..CLIENTS).step_by(5) {
            let mode = Mode::ALL[(nth + number) % Mode::ALL.len()];
            let client = self.cast.clients[number];
            cast::agree(
                &self.theatre.desk,
                &self.cast.admin,
                client,
                number,
                mode,
                round,
            )
            .await;
        }
    }

    async fn goes_on_holiday(&mut self, nth: usize) {
        let from = self.cast.agents[nth % self.cast.agents.len()].person;
        let colleague = self.cast.agents[(nth + 5) % self.cast.agents.len()].person;
        let to = match nth % 2 {
            0 => Target::Queue(self.cast.queues[nth % 3]),
            _ => Target::Agent(colleague),
        };
        let new = NewHandover {
            from,
            to,
            reason: "Holiday".into(),
            outright: nth.is_multiple_of(3),
            away_until: Some(self.theatre.now() + SignedDuration::from_hours(9 * 24)),
        };
        let begun = handover::begin(&self.theatre.desk, &self.cast.admin, new).await;
        allowed(begun.map(|_| ()));
    }

    async fn doctor(&self) {
        let report = doctor::examine(&self.theatre.desk)
            .await
            .expect("the doctor looks");
        assert!(report.is_content(), "{:#?}", report.findings);
    }
}

/// Whether it was done; a rule may refuse what chance proposes.
fn allowed(done: Result<(), Error>) -> bool {
    match done {
        Ok(()) => true,
        Err(error) => {
            let rule = matches!(
                error,
                Error::Refused(_) | Error::Invalid { .. } | Error::Conflict(_) | Error::NotFound(_)
            );
            assert!(rule, "{error}");
            false
        }
    }
}
