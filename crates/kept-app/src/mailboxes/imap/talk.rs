//! The conversation with a mail server after signing in. A command that the server refuses, or whose
//! answer breaks off, is an error: an answer is never taken for complete because it ended.

use std::time::Duration;

use async_imap::Session;
use async_imap::imap_proto::RequestId;
use kept_domain::mailboxes::Trouble;
use tokio::sync::watch;
use tokio::time::timeout;

use super::answer::{Answer, Mail, Number};
use super::connect::Wire;
use super::names;
use super::problem::Problem;

/// A command may take this long, and longer the more it brings.
const PATIENCE: Duration = Duration::from_secs(60);
/// The slowest line that still counts as one, in bytes a second.
const SLOWEST: u64 = 20_000;

pub(super) struct Talk {
    session: Session<Wire>,
    pub can: Can,
}

/// What the server offers beyond the basics.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Can {
    /// It tells by itself when mail comes (RFC 2177).
    pub idle: bool,
    /// It moves (RFC 6851).
    pub move_mails: bool,
    /// It can remove only what we name (RFC 4315).
    pub uid_plus: bool,
}

/// A folder as it was opened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Folder {
    pub uid_validity: u32,
    pub uid_next: Option<u32>,
    pub mails: u32,
}

/// A mail's bytes, or why the server does not give them while all else is well.
pub(super) type Given = Result<Vec<u8>, String>;

/// Why a command did not work.
enum Refusal {
    No(String),
    Broken(Problem),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Refusal {
        Refusal::Broken(problem)
    }
}

impl Refusal {
    /// The problem this is, a refusal being one of `kind`.
    fn into_problem(self, kind: Trouble, what: &str) -> Problem {
        match self {
            Refusal::No(said) => Problem::new(kind, format!("{what}: {said}")),
            Refusal::Broken(problem) => problem,
        }
    }
}

impl Talk {
    pub async fn begin(session: Session<Wire>) -> Result<Talk, Problem> {
        let mut talk = Talk {
            session,
            can: Can::default(),
        };
        talk.can = talk.capabilities().await?;
        Ok(talk)
    }

    async fn capabilities(&mut self) -> Result<Can, Problem> {
        let answers = self.ask("CAPABILITY", PATIENCE).await;
        let answers =
            answers.map_err(|r| r.into_problem(Trouble::Unreachable, "no capabilities"))?;
        let has = |name: &str| {
            answers
                .iter()
                .any(|answer| matches!(answer, Answer::Can(all) if all.iter().any(|it| it == name)))
        };
        Ok(Can {
            idle: has("IDLE"),
            move_mails: has("MOVE"),
            uid_plus: has("UIDPLUS"),
        })
    }

    pub async fn select(&mut self, folder: &str) -> Result<Folder, Problem> {
        let command = format!("SELECT {}", names::folder(folder));
        let what = format!("the folder “{folder}” can't be opened");
        let answers = self.ask(&command, PATIENCE).await;
        let answers = answers.map_err(|r| r.into_problem(Trouble::Folder, &what))?;
        let mut opened = Folder {
            uid_validity: 0,
            uid_next: None,
            mails: 0,
        };
        for answer in &answers {
            match answer {
                Answer::Fine(Number::UidValidity(number)) => opened.uid_validity = *number,
                Answer::Fine(Number::UidNext(number)) => opened.uid_next = Some(*number),
                Answer::Exists(mails) => opened.mails = *mails,
                _ => {}
            }
        }
        if opened.uid_validity == 0 {
            return Err(Problem::new(
                Trouble::Folder,
                "the server gives mails in this folder no lasting numbers, so they can't be told apart",
            ));
        }
        Ok(opened)
    }

    /// UIDs that match, lowest first.
    pub async fn search(&mut self, what: &str) -> Result<Vec<u32>, Problem> {
        let answers = self.ask(&format!("UID SEARCH {what}"), PATIENCE).await;
        let answers = answers.map_err(|r| r.into_problem(Trouble::Unreachable, "no search"))?;
        let mut found: Vec<u32> = answers
            .into_iter()
            .flat_map(|answer| match answer {
                Answer::Found(uids) => uids,
                _ => vec![],
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The size of each of these mails that is still there, in bytes.
    pub async fn sizes(&mut self, uids: &[u32]) -> Result<Vec<(u32, u64)>, Problem> {
        let answers = self.ask(&fetching(uids, "RFC822.SIZE"), PATIENCE).await;
        let answers = answers.map_err(|r| r.into_problem(Trouble::Unreachable, "no sizes"))?;
        let sizes = mails(answers).filter_map(|mail| mail.uid.zip(mail.size));
        Ok(sizes.collect())
    }

    /// When each mail of the folder came to it, as the server writes it.
    pub async fn dates(&mut self) -> Result<Vec<(u32, String)>, Problem> {
        let command = "UID FETCH 1:* (UID INTERNALDATE)";
        let answers = self.ask(command, 10 * PATIENCE).await;
        let answers = answers.map_err(|r| r.into_problem(Trouble::Unreachable, "no dates"))?;
        let dates = mails(answers).filter_map(|mail| mail.uid.zip(mail.date));
        Ok(dates.collect())
    }

    /// A whole mail, read without leaving a mark; why not, when the server does not give it.
    pub async fn mail(&mut self, uid: u32, size: u64) -> Result<Given, Problem> {
        let patience = PATIENCE + Duration::from_secs(size / SLOWEST);
        self.body(uid, "BODY.PEEK[]", patience).await
    }

    /// Its headers, at most so many bytes.
    pub async fn headers(&mut self, uid: u32, most: usize) -> Result<Given, Problem> {
        let what = format!("BODY.PEEK[HEADER]<0.{most}>");
        self.body(uid, &what, PATIENCE).await
    }

    async fn body(&mut self, uid: u32, what: &str, patience: Duration) -> Result<Given, Problem> {
        let answers = match self.ask(&fetching(&[uid], what), patience).await {
            Ok(answers) => answers,
            Err(Refusal::No(said)) => {
                return Ok(Err(format!("the server does not give it: {said}")));
            }
            Err(Refusal::Broken(problem)) => return Err(problem),
        };
        let mut of_it = mails(answers).filter(|mail| mail.uid == Some(uid));
        let body = of_it.find_map(|mail| mail.body);
        Ok(body.ok_or_else(|| "the server gave nothing for it".to_owned()))
    }

    /// Does something to mails; a refusal is said in words.
    pub async fn act(&mut self, command: &str, what: &str) -> Result<(), Problem> {
        let done = self.ask(command, PATIENCE).await;
        done.map(drop)
            .map_err(|r| r.into_problem(Trouble::Afterwards, what))
    }

    /// Waits until the server says that something changed, `longest` has passed or `stop` says so.
    pub async fn idle(
        &mut self,
        longest: Duration,
        stop: &mut watch::Receiver<bool>,
    ) -> Result<(), Problem> {
        let tag = self.session.run_command("IDLE").await;
        let tag = tag.map_err(|e| Problem::of(&e))?;
        let begun = timeout(PATIENCE, self.until_idling()).await;
        begun.map_err(|_| Problem::slow())??;
        let waited = tokio::select! {
            changed = self.until_news() => changed,
            () = tokio::time::sleep(longest) => Ok(()),
            _ = stop.wait_for(|stop| *stop) => Ok(()),
        };
        waited?;
        let done = self.session.run_command_untagged("DONE").await;
        done.map_err(|e| Problem::of(&e))?;
        let ended = timeout(PATIENCE, self.until_done(&tag)).await;
        let ended = ended.map_err(|_| Problem::slow())?;
        ended
            .map(drop)
            .map_err(|r| r.into_problem(Trouble::Unreachable, "the server ended the wait"))
    }

    async fn until_idling(&mut self) -> Result<(), Problem> {
        loop {
            match self.next().await? {
                Answer::GoOn => return Ok(()),
                Answer::Done { .. } => {
                    return Err(Problem::unreachable("the server does not let us wait"));
                }
                _ => {}
            }
        }
    }

    async fn until_news(&mut self) -> Result<(), Problem> {
        loop {
            if matches!(self.next().await?, Answer::Exists(_)) {
                return Ok(());
            }
        }
    }

    /// Says good-bye; whether the server hears it does not matter.
    pub async fn leave(mut self) {
        const POLITENESS: Duration = Duration::from_secs(2);
        let _ = timeout(POLITENESS, self.session.logout()).await;
    }

    /// Sends a command and reads everything up to its own end.
    async fn ask(&mut self, command: &str, patience: Duration) -> Result<Vec<Answer>, Refusal> {
        let talk = async {
            let tag = self.session.run_command(command).await;
            let tag = tag.map_err(|e| Problem::of(&e))?;
            self.until_done(&tag).await
        };
        timeout(patience, talk).await.map_err(|_| Problem::slow())?
    }

    async fn until_done(&mut self, tag: &RequestId) -> Result<Vec<Answer>, Refusal> {
        let mut answers = Vec::new();
        loop {
            match self.next().await? {
                Answer::Done {
                    tag: done,
                    ok,
                    said,
                } if done == *tag => {
                    return match ok {
                        true => Ok(answers),
                        false => Err(Refusal::No(said)),
                    };
                }
                answer => answers.push(answer),
            }
        }
    }

    async fn next(&mut self) -> Result<Answer, Problem> {
        let heard = self.session.read_response().await;
        let heard = heard.map_err(|e| Problem::of(&async_imap::error::Error::Io(e)))?;
        let heard = heard.ok_or_else(Problem::hung_up)?;
        match Answer::read(heard.parsed()) {
            Answer::GoodBye(said) => {
                Err(Problem::unreachable(format!("the server hung up: {said}")))
            }
            answer => Ok(answer),
        }
    }
}

fn fetching(uids: &[u32], what: &str) -> String {
    format!("UID FETCH {} (UID {what})", names::uid_set(uids))
}

fn mails(answers: Vec<Answer>) -> impl Iterator<Item = Mail> {
    answers.into_iter().filter_map(|answer| match answer {
        Answer::Mail(mail) => Some(mail),
        _ => None,
    })
}
