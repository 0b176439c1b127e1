//! `GET /live?topic=`: tells a page that it changed, as server-sent events. It says nothing of what changed: the page
//! asks again, with its reader's rights.

mod recent;

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::watch;

pub(crate) use self::recent::Recent;
use crate::session::SignedIn;
use crate::web::Web;

/// Between two words on one stream: ten a second at most.
const PAUSE: Duration = Duration::from_millis(100);
const STILL_HERE_EVERY: Duration = Duration::from_secs(20);
/// A stream ends after this and the browser begins another, so that a session that has ended does not listen on.
const LONGEST_STREAM: Duration = Duration::from_secs(3600);
const MOST_TOPICS: usize = 20;
/// What stands for every topic, asked for or announced.
const EVERYTHING: &str = "*";

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    topic: String,
    /// The mark of the page that listens; without one it missed nothing.
    since: Option<String>,
}

/// `topic` names what to listen for, with commas between: `tickets`, `ticket:1042`, `notifications:3`, `outbox`, `*`.
pub(crate) async fn listen(
    State(web): State<Web>,
    _: SignedIn,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let ear = Ear {
        topics: wish
            .topic
            .split(',')
            .take(MOST_TOPICS)
            .map(|topic| topic.trim().to_owned())
            .collect(),
        changes: web.recent.changes(),
        stop: web.stop,
        recent: web.recent,
        since: since(wish.since, &headers),
        until: Box::pin(tokio::time::sleep(LONGEST_STREAM)),
        resting: None,
    };
    let words = stream::unfold(ear, |mut ear| async {
        let topic = ear.next().await?;
        let word = Event::default().id(ear.recent.mark()).data(topic);
        Some((Ok(word), ear))
    });
    Sse::new(words).keep_alive(
        KeepAlive::new()
            .interval(STILL_HERE_EVERY)
            .text("still here"),
    )
}

/// Where the listener stands: at the last word it heard (HTML Standard §9.2), else where its page was made.
fn since(of_page: Option<String>, headers: &HeaderMap) -> Option<String> {
    let heard = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok());
    heard.map(str::to_owned).or(of_page)
}

struct Ear {
    topics: Vec<String>,
    recent: Recent,
    /// Looked at once, when the stream begins.
    since: Option<String>,
    changes: Receiver<String>,
    stop: watch::Receiver<bool>,
    until: std::pin::Pin<Box<tokio::time::Sleep>>,
    /// Ends when the next word may be said.
    resting: Option<std::pin::Pin<Box<tokio::time::Sleep>>>,
}

impl Ear {
    /// The next topic that changed; nothing when the stream is to end.
    async fn next(&mut self) -> Option<String> {
        let since = self.since.take();
        if since.is_some_and(|mark| self.recent.missed(&mark, &self.topics)) {
            return Some("changed".to_owned());
        }
        tokio::select! {
            topic = heard(&mut self.changes, &self.topics, self.resting.take()) => {
                self.resting = Some(Box::pin(tokio::time::sleep(PAUSE)));
                topic
            }
            _ = self.stop.wait_for(|stop| *stop) => None,
            () = &mut self.until => None,
        }
    }
}

/// The first change that is wanted. What else changes during the rest is part of the same word: topics with commas between.
async fn heard(
    changes: &mut Receiver<String>,
    topics: &[String],
    resting: Option<std::pin::Pin<Box<tokio::time::Sleep>>>,
) -> Option<String> {
    let mut word = wanted(changes, topics).await?;
    if let Some(resting) = resting {
        resting.await;
        let mut said: Vec<String> = vec![word];
        said.extend(meanwhile(changes, topics));
        said.sort();
        said.dedup();
        word = said.join(",");
    }
    Some(word)
}

/// What changed by now and is wanted.
fn meanwhile(changes: &mut Receiver<String>, topics: &[String]) -> Vec<String> {
    let mut said = Vec::new();
    loop {
        match changes.try_recv() {
            Ok(topic) if is_wanted(&topic, topics) => said.push(topic),
            Ok(_) => {}
            Err(TryRecvError::Lagged(_)) => said.push("changed".to_owned()),
            Err(TryRecvError::Empty | TryRecvError::Closed) => return said,
        }
    }
}

async fn wanted(changes: &mut Receiver<String>, topics: &[String]) -> Option<String> {
    loop {
        match changes.recv().await {
            Ok(topic) if is_wanted(&topic, topics) => return Some(topic),
            Ok(_) => {}
            // Something was missed, so the page is asked to look at everything again.
            Err(RecvError::Lagged(_)) => return Some("changed".to_owned()),
            Err(RecvError::Closed) => return None,
        }
    }
}

fn is_wanted(topic: &str, topics: &[String]) -> bool {
    topic == EVERYTHING
        || topics
            .iter()
            .any(|wish| wish == EVERYTHING || wish == topic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_hears_of_its_topics_and_of_everything() {
        let topics = ["ticket:7".to_owned(), "outbox".to_owned()];
        for (topic, expected) in [
            ("ticket:7", true),
            ("outbox", true),
            ("*", true),
            ("ticket:70", false),
            ("tickets", false),
        ] {
            assert_eq!(is_wanted(topic, &topics), expected, "{topic}");
        }
        assert!(is_wanted("tickets", &["*".to_owned()]));
    }

    #[tokio::test]
    async fn what_changes_during_the_rest_is_said_with_the_next_word() {
        let topics = ["ticket:7".to_owned(), "notifications:3".to_owned()];
        let (told, mut changes) = tokio::sync::broadcast::channel(8);
        for topic in [
            "ticket:9",
            "ticket:7",
            "outbox",
            "notifications:3",
            "ticket:7",
        ] {
            told.send(topic.to_owned()).expect("is heard");
        }
        let rested = Some(Box::pin(tokio::time::sleep(Duration::ZERO)));
        let word = heard(&mut changes, &topics, rested).await;
        assert_eq!(word.as_deref(), Some("notifications:3,ticket:7"));
        told.send("notifications:3".to_owned()).expect("is heard");
        let word = heard(&mut changes, &topics, None).await;
        assert_eq!(word.as_deref(), Some("notifications:3"));
    }
}
