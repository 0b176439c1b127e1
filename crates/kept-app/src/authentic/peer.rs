//! The server that hands us a mail, as far as that says something about the sender.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Who talks to us, and what they said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    pub ip: IpAddr,
    /// What it called itself.
    pub helo: String,
    /// The sender of the envelope; empty for the null return path.
    pub from: String,
}

impl Peer {
    /// Whether it talks from the internet. A server on this machine or its network only hands on what
    /// it got: where that came from, its address does not say.
    pub fn is_public(&self) -> bool {
        match self.ip.to_canonical() {
            IpAddr::V4(ip) => is_public_v4(ip),
            IpAddr::V6(ip) => is_public_v6(ip),
        }
    }

    /// The sender whose domain answers for the server (RFC 7208 §2.4).
    pub(super) fn sender(&self) -> String {
        if self.from.is_empty() {
            format!("postmaster@{}", self.helo)
        } else {
            self.from.clone()
        }
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    // 100.64.0.0/10 is carrier-grade translation (RFC 6598).
    let [first, second, ..] = ip.octets();
    let shared = first == 100 && (64..128).contains(&second);
    !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified() || shared)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    !(ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_internet_are_public() {
        let check = |ip: &str, expected: bool| {
            let peer = Peer {
                ip: ip.parse().expect("an address"),
                helo: "mx.acme.example".into(),
                from: String::new(),
            };
            assert_eq!(peer.is_public(), expected, "{ip}");
            assert_eq!(peer.sender(), "postmaster@mx.acme.example");
        };
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.9",
            "172.16.0.1",
            "100.64.0.1",
            "::1",
            "fd00::1",
            "fe80::1",
            "::ffff:10.0.0.1",
        ] {
            check(ip, false);
        }
        for ip in ["192.0.2.7", "100.128.0.1", "2001:db8::1"] {
            check(ip, true);
        }
    }
}
