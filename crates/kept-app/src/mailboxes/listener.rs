//! Listens for mail servers. Many may talk to us at once; more than that are asked to come back.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::session;
use crate::{Desk, Error};

/// Conversations at once.
const MOST_SESSIONS: usize = 256;

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
                    sessions.spawn(serve_one(desk.clone(), socket, peer, place, stop.clone()));
                }
                Err(error) => {
                    // Out of file handles, most likely: others must end first.
                    tracing::warn!(%error, "a mail connection could not be accepted");
                    let _ = sessions.join_next().await;
                }
            }
        }
        drop(self.socket);
        while sessions.join_next().await.is_some() {}
    }
}

async fn serve_one(
    desk: Desk,
    socket: TcpStream,
    peer: SocketAddr,
    place: Option<tokio::sync::OwnedSemaphorePermit>,
    stop: watch::Receiver<bool>,
) {
    let _ = socket.set_nodelay(true);
    let ended = match place {
        Some(_place) => session::talk(&desk, socket, stop).await,
        None => session::turn_away(socket).await,
    };
    if let Err(error) = ended {
        tracing::debug!(%peer, %error, "a mail conversation broke off");
    }
}
