//! The server at the other end of a conversation, and what is found out about the senders of its mail.

use std::net::SocketAddr;

use bytes::Bytes;
use kept_domain::intake::authentic::Authentic;

use crate::Desk;
use crate::authentic::{self, Checking, Peer};
use crate::intake::{Envelope, Via};

pub(super) struct Other {
    address: SocketAddr,
    /// What it called itself.
    pub helo: String,
    /// Whose word about senders counts; `None` when Kept does not check them itself.
    checking: Option<Checking>,
}

impl Other {
    /// Looks the settings up, once a conversation. A store that can't answer now says so again when a
    /// mail is to be stored.
    pub async fn at(address: SocketAddr, desk: &Desk) -> Self {
        let checking = authentic::in_force(desk).await.ok();
        Self {
            address,
            helo: String::new(),
            checking: checking.filter(|checking| checking.directly),
        }
    }

    /// What is found out about a mail's sender, where that is asked for. LMTP is spoken by servers of
    /// our own, which have checked it.
    pub async fn checked(
        &self,
        desk: &Desk,
        raw: &Bytes,
        envelope: &Envelope,
    ) -> Option<Authentic> {
        let checking = self.checking.as_ref()?;
        if envelope.via != Via::Smtp {
            return None;
        }
        let peer = Peer {
            ip: self.address.ip(),
            helo: self.helo.clone(),
            from: envelope.from.clone().unwrap_or_default(),
        };
        authentic::check(desk, checking, raw.clone(), peer, authentic::PATIENCE).await
    }
}
