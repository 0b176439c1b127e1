//! Listens for mail servers. Many may talk to us at once; more than that are asked to come back.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::room::Room;
use super::session;
use crate::{Desk, Error};

/// Conversations at once.
const MOST_SESSIONS: usize = 256;
/// The pause after a connection that could not be accepted.
const AFTER_AN_ERROR: Duration = Duration::from_millis(100);
/// How long mails under way may still take once we are asked to stop.
const LAST_MAILS: Duration = Duration::from_secs(15);

/// A port that takes mail.
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    pub address: SocketAddr,
}

/// Opens the port, so that an address in use is told at once.
///
/// # Errors
/// When the address can't be had.
pub async fn listen(address: SocketAddr) -> Result<Listener, Error> {
    let problem = |e: std::io::Error| {
        Error::Outside(format!(
            "The mail address {address} can't be used: {e}. Choose another with --mail, or stop what uses it."
        ))
    };
    let socket = TcpListener::bind(address).await.map_err(problem)?;
    let address = socket.local_addr().map_err(problem)?;
    Ok(Listener { socket, address })
}

impl Listener {
    /// Serves until `stop` says so; conversations under way come to the end of their mail.
    pub async fn serve(self, desk: Desk, stop: watch::Receiver<bool>) {
        let places = Arc::new(Semaphore::new(MOST_SESSIONS));
        let room = Room::new(desk.config().largest_mail_bytes);
        let mut sessions = JoinSet::new();
        let mut stopping = stop.clone();
        loop {
            let accepted = tokio::select! {
                accepted = self.socket.accept() => accepted,
                _ = stopping.changed() => break,
                Some(_) = sessions.join_next(), if !sessions.is_empty() => continue,
            };
            match accepted {
                Ok((socket, peer)) => {
                    let place = Arc::clone(&places).try_acquire_owned().ok();
                    let talk = Talk {
                        desk: desk.clone(),
                        socket,
                        peer,
                        room: room.clone(),
                        stop: stop.clone(),
                    };
                    sessions.spawn(serve_one(talk, place));
                }
                Err(error) => {
                    // Out of file handles, most likely: others must end first.
                    tracing::warn!(%error, "a mail connection could not be accepted");
                    tokio::time::sleep(AFTER_AN_ERROR).await;
                }
            }
        }
        drop(self.socket);
        let ended = async { while sessions.join_next().await.is_some() {} };
        if tokio::time::timeout(LAST_MAILS, ended).await.is_err() {
            // Whoever is still sending keeps the mail: it was not acknowledged.
            sessions.shutdown().await;
        }
    }
}

/// One conversation before it begins.
struct Talk {
    desk: Desk,
    socket: TcpStream,
    peer: SocketAddr,
    room: Room,
    stop: watch::Receiver<bool>,
}

async fn serve_one(talk: Talk, place: Option<tokio::sync::OwnedSemaphorePermit>) {
    let _ = talk.socket.set_nodelay(true);
    let ended = match place {
        Some(_place) => {
            session::talk(&talk.desk, (talk.socket, talk.peer), talk.room, talk.stop).await
        }
        None => session::turn_away(talk.socket).await,
    };
    if let Err(error) = ended {
        tracing::debug!(peer = %talk.peer, %error, "a mail conversation broke off");
    }
}
