//! The desk as commands hold it: where things are stored, what time it is, who we are to others.

use std::os::unix::fs::DirBuilderExt as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use jiff::Timestamp;
use kept_domain::ids::PersonId;
use kept_domain::people::{EmailAddress, Role};
use kept_domain::queues::Sender;
use kept_mail::token::ReplyKey;
use kept_store::blobs::Blobs;
use kept_store::people::NewPerson;
use kept_store::queues::QueueSettings;
use kept_store::{Options, Store, Tx, people, queues, settings};
use tokio::sync::Notify;

use crate::Error;
use crate::authentic::Names;
use crate::clock::Clock;
use crate::config::Config;
use crate::random::Random;
use crate::secret::Secret;
use crate::sign_in::Limits;

/// Cheap to clone; every command takes one.
#[derive(Clone)]
pub struct Desk(Arc<Parts>);

struct Parts {
    config: Config,
    store: Store,
    blobs: Blobs,
    clock: Clock,
    random: Random,
    secret: Secret,
    identity: Identity,
    work: Notify,
    limits: Limits,
    names: Names,
}

/// Who this desk is in mail. Fixed when its data folder is new.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The mark in `X-Kept-Desk` by which we know our own mail again.
    pub mark: String,
    pub reply_key: ReplyKey,
    pub host: String,
}

impl Identity {
    /// An id that stands for a whole ticket in the References of all we send: providers that rewrite
    /// our Message-ID leave it alone (RFC 5322 §3.6.4).
    pub fn thread_ref(&self, ticket: i64) -> String {
        let token = kept_mail::token::sign(&self.reply_key, ticket);
        format!("{token}@{}", self.host)
    }
}

impl Desk {
    /// Opens the data folder, brings its database up to date and makes sure there is a desk in it.
    ///
    /// # Errors
    /// When the folder or the database can't be used.
    pub async fn open(config: Config, clock: Clock, random: Random) -> Result<Desk, Error> {
        Self::open_with(config, clock, random, &Options::default()).await
    }

    /// The same with a store of another size; the command line needs few threads.
    ///
    /// # Errors
    /// When the folder or the database can't be used.
    pub async fn open_with(
        config: Config,
        clock: Clock,
        random: Random,
        options: &Options,
    ) -> Result<Desk, Error> {
        make_folder(&config.data)?;
        let store = Store::open(&config.database, options)?;
        let migrating = store.clone();
        let migrated = tokio::task::spawn_blocking(move || migrating.migrate()).await;
        migrated.map_err(|_| Error::Outside("the database migration was cut short".into()))??;
        let blobs = Blobs::open(&config.data.join("blobs"))?;
        let secret = Secret::of_folder(&config.data, &random)?;
        let identity = first_data(&store, &config, &clock, &random).await?;
        Ok(Desk(Arc::new(Parts {
            config,
            store,
            blobs,
            clock,
            random,
            secret,
            identity,
            work: Notify::new(),
            limits: Limits::default(),
            names: Names::default(),
        })))
    }

    pub fn config(&self) -> &Config {
        &self.0.config
    }

    pub fn store(&self) -> &Store {
        &self.0.store
    }

    pub fn blobs(&self) -> &Blobs {
        &self.0.blobs
    }

    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    pub fn random(&self) -> &Random {
        &self.0.random
    }

    pub fn secret(&self) -> &Secret {
        &self.0.secret
    }

    pub fn identity(&self) -> &Identity {
        &self.0.identity
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn names(&self) -> &Names {
        &self.0.names
    }

    /// Tells every process of this desk something that nothing else records.
    ///
    /// # Errors
    /// When the database can't be asked.
    pub async fn announce(&self, topic: String) -> Result<(), Error> {
        self.store()
            .write(move |tx| {
                tx.announce(topic.as_str());
                Ok(())
            })
            .await
    }

    /// Says that there is work to do now, rather than when the worker next looks.
    pub fn wake_worker(&self) {
        self.0.work.notify_one();
    }

    pub(crate) async fn woken(&self) {
        self.0.work.notified().await;
    }

    /// A new Message-ID without angle brackets (RFC 5322 §3.6.4).
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn new_message_ref(&self) -> Result<String, Error> {
        Ok(format!(
            "kept.{}@{}",
            self.random().word()?,
            self.identity().host
        ))
    }

    /// Finishes what is under way and lets go of the database.
    pub async fn close(&self) {
        self.0.store.close().await;
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Desk({})", self.config().data.display())
    }
}

fn make_folder(folder: &std::path::Path) -> Result<(), Error> {
    let problem = |e: std::io::Error| {
        Error::Outside(format!(
            "The data folder {} can't be used: {e}. Choose another with --data, or make it writable.",
            folder.display()
        ))
    };
    // Mail is nobody else's business: a folder we make is for us alone.
    let mut builder = std::fs::DirBuilder::new();
    builder
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(problem)?;
    let probe = folder.join(format!(".kept-probe-{}", std::process::id()));
    std::fs::write(&probe, b"").map_err(problem)?;
    std::fs::remove_file(&probe).map_err(problem)
}

const MARK: &str = "desk.mark";
const REPLY_KEY: &str = "desk.reply-key";
const HOST: &str = "desk.host";

/// Makes a new database a working desk: one queue that takes mail, one admin to be claimed.
async fn first_data(
    store: &Store,
    config: &Config,
    clock: &Clock,
    random: &Random,
) -> Result<Identity, Error> {
    let mark = random.word()?;
    let key = STANDARD_NO_PAD.encode(random.bytes::<32>()?);
    let host = config.host_name.clone();
    let now = clock.now();
    let identity = store
        .write(move |tx| -> Result<_, Error> {
            if settings::claim(tx, MARK, &mark)? {
                settings::set(tx, REPLY_KEY, &key)?;
                settings::set(tx, HOST, &host)?;
                first_queue(tx, &host, now)?;
            }
            crate::agreements::ensure(tx, now)?;
            let read =
                |tx: &mut Tx<'_>, key| Ok::<_, Error>(settings::get(tx, key)?.unwrap_or_default());
            Ok((read(tx, MARK)?, read(tx, REPLY_KEY)?, read(tx, HOST)?))
        })
        .await?;
    // A desk from before names had keys gets them now, some at a time.
    while store.write(kept_store::likeness::work_out_keys).await? > 0 {}
    let (mark, key, host) = identity;
    let key = STANDARD_NO_PAD
        .decode(key)
        .ok()
        .and_then(|bytes| bytes.try_into().ok());
    let key: [u8; 32] = key.ok_or_else(|| {
        Error::Outside("the desk's reply key in the database is damaged; restore a backup".into())
    })?;
    Ok(Identity {
        mark,
        reply_key: ReplyKey(key),
        host,
    })
}

fn first_queue(tx: &mut Tx<'_>, host: &str, now: Timestamp) -> Result<(), Error> {
    let admin = first_admin(tx, host, now)?;
    let on_host = EmailAddress::parse(&format!("support@{host}")).ok();
    let local = EmailAddress::parse("support@localhost").ok();
    let mut addresses: Vec<EmailAddress> = on_host.into_iter().chain(local).collect();
    addresses.dedup();
    let support = QueueSettings {
        name: "Support".into(),
        addresses,
        members: vec![(admin, vec![])],
        dispatcher: admin,
        zone: "UTC".into(),
        signature: String::new(),
        sender: Sender::default(),
    };
    queues::insert(tx, &support)?;
    Ok(())
}

/// Somebody must hold the first tickets before anybody has signed in; the first admin takes this
/// person's place.
fn first_admin(tx: &mut Tx<'_>, host: &str, now: Timestamp) -> Result<PersonId, Error> {
    let address = EmailAddress::parse(&format!("postmaster@{host}"))
        .or_else(|_| EmailAddress::parse("postmaster@localhost"))
        .map_err(|e| Error::invalid("host_name", e.to_string()))?;
    let admin = NewPerson {
        name: "Admin",
        address: &address,
        client: None,
        role: Some(Role::Admin),
    };
    Ok(people::insert(tx, &admin, now)?)
}
