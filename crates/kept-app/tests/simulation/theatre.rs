//! The desk that is played on: its clock is moved from one moment at which something is due to the next, and it is closed
//! and opened again in between.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use kept_app::clock::{Clock, StandingClock};
use kept_app::config::Config;
use kept_app::random::Random;
use kept_app::store::{Location, testing};
use kept_app::{Desk, worker};
use tempfile::TempDir;

use super::dice::Dice;

pub struct Theatre {
    pub desk: Desk,
    face: Clock,
    hand: StandingClock,
    folder: TempDir,
    location: Location,
    stops: Dice,
    /// One stop in so many.
    steps_between_stops: usize,
    openings: u64,
}

/// A Monday morning in winter.
pub fn opening_night() -> Timestamp {
    "2026-01-05T08:00:00Z".parse().expect("a time")
}

impl Theatre {
    pub async fn open(location: Location, stops: u64, steps_between_stops: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (face, hand) = Clock::standing(opening_night());
        let desk = open(&folder, &location, &face, 0).await;
        Self {
            desk,
            face,
            hand,
            folder,
            location,
            stops: Dice::new(stops),
            steps_between_stops,
            openings: 1,
        }
    }

    pub fn now(&self) -> Timestamp {
        self.desk.now()
    }

    /// Does whatever falls due until `at`, each at its own moment, and stands there.
    pub async fn until(&mut self, at: Timestamp) {
        while let Some(due) = self.next_due().await.filter(|due| *due <= at) {
            self.turn_to(due);
            self.perhaps_stop().await;
            worker::run_due(&self.desk).await.expect("the worker works");
        }
        self.turn_to(at);
        self.perhaps_stop().await;
    }

    fn turn_to(&self, at: Timestamp) {
        let ahead = at.duration_since(self.now()).max(SignedDuration::ZERO);
        let ahead = Duration::try_from(ahead).expect("it lies ahead");
        self.hand.advance(ahead);
    }

    /// When the worker has something to do next.
    async fn next_due(&self) -> Option<Timestamp> {
        worker::next_due(&self.desk)
            .await
            .expect("the store answers")
    }

    async fn perhaps_stop(&mut self) {
        if self.stops.below(self.steps_between_stops) > 0 {
            return;
        }
        // Done once a minute of a working day; here often enough that nothing piles up.
        worker::tidy(&self.desk).await;
        self.desk.close().await;
        self.desk = open(&self.folder, &self.location, &self.face, self.openings).await;
        self.openings += 1;
    }
}

async fn open(folder: &TempDir, database: &Location, face: &Clock, opening: u64) -> Desk {
    let anywhere = "127.0.0.1:0".parse().expect("an address");
    let config = Config {
        data: folder.path().to_owned(),
        http: anywhere,
        mail: anywhere,
        database: database.clone(),
        public_url: "https://desk.example".into(),
        host_name: "desk.example".into(),
        intake_token: None,
        relay: None,
        largest_mail_bytes: 1024 * 1024,
        check_senders: None,
        trusted_servers: None,
        resolver: None,
        shown: vec![],
    };
    // No two openings may give out the same Message-IDs.
    let random = Random::seeded(1_000 + opening);
    let desk = Desk::open_with(config, face.clone(), random, &testing::options()).await;
    desk.expect("the desk opens")
}
