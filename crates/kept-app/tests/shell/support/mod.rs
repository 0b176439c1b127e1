//! A desk on a temporary folder and a standing clock, once on SQLite and once on PostgreSQL.
//! Every test ends with the doctor looking at what it left behind.

mod mail;
mod names;
mod sink;

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use kept_app::authentic::{self, Checking};
use kept_app::clock::{Clock, StandingClock};
use kept_app::config::Config;
use kept_app::domain::access::Viewer;
use kept_app::domain::ids::{MessageId, PersonId, QueueId, TicketId, UnsortedId};
use kept_app::domain::people::{EmailAddress, Role};
use kept_app::domain::tickets::AndThen;
use kept_app::intake::{Envelope, Taken, Via};
use kept_app::mail::{IncomingMail, OutgoingMail};
use kept_app::notifications;
use kept_app::random::Random;
use kept_app::reading::{Conversation, conversation};
use kept_app::store::notifications::Notification;
use kept_app::store::outgoing::{Outgoing, State};
use kept_app::store::queues::QueueSettings;
use kept_app::store::{Location, Store, outgoing, people, queues, testing};
use kept_app::tickets::{Addressees, Change, Reply};
use kept_app::{Desk, Error, doctor, intake, sender, tickets, worker};
use tempfile::TempDir;

pub use mail::{Mail, PROVEN, SIGNED, mail};
pub use names::NameServer;
pub use sink::{allow_here, sink};

/// A desk with one queue, and Ines who holds everything there.
pub struct World {
    pub desk: Desk,
    pub clock: StandingClock,
    pub ines: Viewer,
    face: Clock,
    folder: TempDir,
    location: Location,
}

/// Runs a test on a desk of each database; afterwards the doctor must find nothing.
pub fn on_both<F: Future<Output = World>>(test: impl Fn(World) -> F) {
    testing::both(|store| {
        run(async {
            let world = test(World::new("desk.example", location_of(&store)).await).await;
            let report = doctor::examine(&world.desk)
                .await
                .expect("the doctor looks");
            assert!(report.is_content(), "{:#?}", report.findings);
            world.desk.close().await;
        });
    });
}

/// The same for a test that leaves damage behind on purpose.
pub fn on_both_damaged<F: Future<Output = World>>(test: impl Fn(World) -> F) {
    testing::both(|store| {
        run(async {
            let world = test(World::new("desk.example", location_of(&store)).await).await;
            world.desk.close().await;
        });
    });
}

/// The test's own connections go, so that few are open at once.
fn location_of(store: &Store) -> Location {
    let location = store.location().clone();
    store.close_blocking();
    location
}

pub fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(test)
}

/// Monday morning.
pub fn monday() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().expect("a time")
}

fn config(host: &str, folder: &TempDir, database: Location) -> Config {
    let anywhere = "127.0.0.1:0".parse().expect("an address");
    Config {
        data: folder.path().to_owned(),
        http: anywhere,
        mail: anywhere,
        database,
        public_url: format!("https://{host}"),
        host_name: host.to_owned(),
        intake_token: None,
        relay: None,
        largest_mail_bytes: 5 * 1024 * 1024,
        check_senders: None,
        trusted_servers: None,
        resolver: None,
        shown: vec![],
    }
}

async fn open(config: Config, clock: Clock, seed: u64) -> Desk {
    let desk = Desk::open_with(config, clock, Random::seeded(seed), &testing::options()).await;
    desk.expect("the desk opens")
}

impl World {
    /// The desk takes the word of the mail server in front of it.
    pub async fn trusts_its_server(&self) {
        let checking = Checking {
            directly: false,
            servers: vec!["mx.desk.example".into(), "desk.example".into()],
        };
        let changed = authentic::change(&self.desk, &self.ines, checking).await;
        changed.expect("the desk trusts its server");
    }

    /// Where an answer to this ticket goes.
    pub fn reply_address(&self, ticket: TicketId) -> String {
        let key = &self.desk.identity().reply_key;
        let found = kept_app::mail::token::reply_address(key, "support@desk.example", ticket.0);
        found.expect("an address")
    }

    pub async fn new(host: &str, location: Location) -> World {
        let folder = tempfile::tempdir().expect("a folder");
        World::within(host, folder, location).await
    }

    async fn within(host: &str, folder: TempDir, location: Location) -> World {
        let (clock, hand) = Clock::standing(monday());
        let seed = host.len() as u64;
        let desk = open(config(host, &folder, location.clone()), clock.clone(), seed).await;
        let ines = holder(&desk).await;
        World {
            desk,
            clock: hand,
            face: clock,
            ines,
            folder,
            location,
        }
    }

    /// A desk of its own on SQLite, beside the one under test.
    pub async fn elsewhere(host: &str) -> World {
        let folder = tempfile::tempdir().expect("a folder");
        let location = Location::Sqlite(folder.path().join("kept.sqlite"));
        World::within(host, folder, location).await
    }

    /// The same desk opened once more, as another node or after a change of its configuration.
    pub async fn again(&self, change: impl FnOnce(&mut Config)) -> Desk {
        let mut config = config("desk.example", &self.folder, self.location.clone());
        change(&mut config);
        open(config, self.face.clone(), 99).await
    }

    pub fn data(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub fn later(&self, minutes: u64) {
        self.clock.advance(Duration::from_secs(60 * minutes));
    }

    // Mail comes in.

    pub async fn take(&self, mail: &Mail) -> Taken {
        self.try_take(mail).await.expect("the mail is taken")
    }

    pub async fn try_take(&self, mail: &Mail) -> Result<Taken, Error> {
        intake::take_in(&self.desk, mail.bytes(), mail.envelope()).await
    }

    pub async fn take_raw(&self, raw: impl Into<Bytes>, from: Option<&str>) -> Taken {
        let envelope = Envelope {
            from: from.map(str::to_owned),
            to: vec!["support@desk.example".into()],
            via: Via::Smtp,
        };
        let taken = intake::take_in(&self.desk, raw.into(), envelope).await;
        taken.expect("the mail is taken")
    }

    pub async fn opens(&self, mail: &Mail) -> TicketId {
        match self.take(mail).await {
            Taken::Opened(ticket) => ticket,
            other => panic!("{other:?} instead of a new ticket: {mail:?}"),
        }
    }

    pub async fn waits(&self, mail: &Mail) -> UnsortedId {
        match self.take(mail).await {
            Taken::Unsorted(id) => id,
            other => panic!("{other:?} instead of Unsorted: {mail:?}"),
        }
    }

    // People work.

    pub async fn reply(&self, ticket: TicketId, text: &str, then: AndThen) -> MessageId {
        let reply = self.try_reply(ticket, text, then, None).await;
        reply.expect("the reply is written")
    }

    pub async fn try_reply(
        &self,
        ticket: TicketId,
        text: &str,
        then: AndThen,
        addressees: Option<Addressees>,
    ) -> Result<MessageId, Error> {
        let reply = Reply {
            text: text.into(),
            then,
            addressees,
            files: vec![],
        };
        tickets::reply(&self.desk, &self.ines, ticket, reply).await
    }

    pub async fn change(&self, ticket: TicketId, change: Change) {
        self.try_change(ticket, change).await.expect("it changes");
    }

    pub async fn try_change(&self, ticket: TicketId, change: Change) -> Result<(), Error> {
        let changed = tickets::change(&self.desk, &self.ines, ticket, change).await;
        changed.map(|_| ())
    }

    // Looking.

    pub async fn conversation(&self, ticket: TicketId) -> Conversation {
        let found = conversation(&self.desk, &self.ines, ticket).await;
        found.expect("the ticket is there")
    }

    /// What was said on a ticket, the new words of each message.
    pub async fn said(&self, ticket: TicketId) -> Vec<String> {
        let said = self.conversation(ticket).await.said;
        said.iter()
            .map(|said| said.body.new_text().trim().to_owned())
            .collect()
    }

    /// What happened, a sentence each.
    pub async fn told(&self, ticket: TicketId) -> Vec<String> {
        let happened = self.conversation(ticket).await.happened;
        happened.into_iter().map(|line| line.sentence).collect()
    }

    /// Everything somebody was told, the oldest first.
    pub async fn notices(&self, who: &Viewer) -> Vec<Notification> {
        let page = notifications::told(&self.desk, who, None, notifications::From::Start).await;
        let page = page.expect("are read");
        let all = page.new.into_iter().chain(page.read);
        let mut all: Vec<Notification> = all.map(|it| it.notification).collect();
        all.sort_by_key(|it| it.id);
        all
    }

    /// All mail out, whatever became of it, oldest first.
    pub async fn outbox(&self) -> Vec<Outgoing> {
        let rows = self.desk.store().read(|tx| {
            let mut all = Vec::new();
            for state in State::ALL {
                all.extend(outgoing::list(tx, state, None, 1_000)?);
            }
            Ok::<_, Error>(all)
        });
        let mut rows = rows.await.expect("the outbox is read");
        rows.sort_by_key(|row| row.id);
        rows
    }

    pub async fn written(&self) -> Vec<OutgoingMail> {
        let rows = self.outbox().await;
        let read = |row: &Outgoing| serde_json::from_str(&row.mail).expect("a mail");
        rows.iter().map(read).collect()
    }

    /// The last mail out as it goes over the wire, and as others read it.
    pub async fn last_sent(&self) -> (Vec<u8>, IncomingMail) {
        let mails = self.written().await;
        let last = mails.last().expect("a mail went out");
        let bytes = sender::bytes_of(&self.desk, last).await;
        let bytes = bytes.expect("it can be composed");
        let mail = kept_app::mail::parse(&bytes);
        (bytes, mail)
    }

    pub async fn work(&self) -> usize {
        worker::run_due(&self.desk).await.expect("the worker works")
    }

    /// How many rows a table holds.
    pub async fn rows(&self, table: &'static str) -> i64 {
        let counted = self.desk.store().read(move |tx| {
            let row = tx.one(&format!("SELECT count(*) AS n FROM {table}"), &[])?;
            row.map_or(Ok(0), |row| row.int("n"))
        });
        let counted: Result<i64, kept_app::store::StoreError> = counted.await;
        counted.expect("the table is counted")
    }

    /// Changes the database behind the desk's back.
    pub async fn tamper(&self, sql: &'static str) {
        let done = self.desk.store().write(move |tx| tx.exec(sql, &[])).await;
        let done: Result<u64, kept_app::store::StoreError> = done;
        done.expect("the database does as it is told");
    }

    pub async fn queue(&self) -> QueueId {
        self.desk
            .store()
            .read(queues::first)
            .await
            .expect("a queue")
    }

    /// Makes somebody a member of the queue, without hours of their own.
    pub async fn joins(&self, who: &Viewer) {
        let (queue, person) = (self.queue().await, who.person);
        let joined = self.desk.store().write(move |tx| {
            let known = queues::all(tx)?.into_iter().find(|it| it.id == queue);
            let mut settings = QueueSettings::of(known.expect("the queue"), String::new());
            settings.members.push((person, vec![]));
            queues::update(tx, queue, &settings)
        });
        let joined: Result<(), kept_app::store::StoreError> = joined.await;
        joined.expect("joins");
    }

    /// Somebody more at the desk, without a password.
    pub async fn agent(&self, name: &'static str, mail: &'static str) -> Viewer {
        let now = self.desk.now();
        let person = self.desk.store().write(move |tx| {
            let person = people::NewPerson {
                name,
                address: &address(mail),
                client: None,
                role: Some(Role::Agent),
            };
            people::insert(tx, &person, now)
        });
        let person: Result<PersonId, kept_app::store::StoreError> = person.await;
        Viewer {
            person: person.expect("is added"),
            name: name.into(),
            role: Role::Agent,
        }
    }
}

pub fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

/// Ines holds the queue from the beginning.
async fn holder(desk: &Desk) -> Viewer {
    let person = desk.store().write(|tx| {
        let person = people::first_admin(tx)?.expect("somebody holds the first tickets");
        people::update(tx, person, "Ines Moreau", None)?;
        Ok::<_, Error>(person)
    });
    Viewer {
        person: person.await.expect("is renamed"),
        name: "Ines Moreau".into(),
        role: Role::Admin,
    }
}
