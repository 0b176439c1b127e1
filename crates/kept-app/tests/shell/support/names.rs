//! A name server on this machine that knows a handful of records (RFC 1035 §4.1). Everything else does
//! not exist.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

/// Stops answering when it goes.
pub struct NameServer {
    pub address: SocketAddr,
    records: Arc<Mutex<Vec<Record>>>,
    fails: Arc<AtomicBool>,
    serving: JoinHandle<()>,
}

/// A name, and its texts as they go over the wire.
type Record = (String, Vec<u8>);

const TXT: u16 = 16;
const SERVER_FAILURE: u8 = 0x82;

impl NameServer {
    pub async fn start() -> NameServer {
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
        let address = socket.local_addr().expect("an address");
        let records = Arc::new(Mutex::new(Vec::new()));
        let known = Arc::clone(&records);
        let fails = Arc::new(AtomicBool::new(false));
        let failing = Arc::clone(&fails);
        let serving = tokio::spawn(async move {
            let mut packet = [0; 2048];
            while let Ok((length, peer)) = socket.recv_from(&mut packet).await {
                let mut answer = answer(&packet[..length], &known.lock().expect("records"));
                if failing.load(Ordering::SeqCst) {
                    answer[3] = SERVER_FAILURE;
                }
                let _ = socket.send_to(&answer, peer).await;
            }
        });
        NameServer {
            address,
            records,
            fails,
            serving,
        }
    }

    /// From now on it knows nothing for sure.
    pub fn fail(&self) {
        self.fails.store(true, Ordering::SeqCst);
    }

    /// Publishes a text under a name.
    pub fn text(&self, name: &str, text: &str) {
        let pieces = text.as_bytes().chunks(255);
        let data = pieces.flat_map(|piece| [&[piece.len() as u8], piece].concat());
        let mut records = self.records.lock().expect("records");
        records.push((name.to_ascii_lowercase(), data.collect()));
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn answer(question: &[u8], records: &[Record]) -> Vec<u8> {
    let (name, end) = name_in(question);
    let kind = u16::from_be_bytes([question[end], question[end + 1]]);
    let exists = records.iter().any(|(known, _)| *known == name);
    let found: Vec<&Vec<u8>> = records
        .iter()
        .filter(|(known, _)| *known == name && kind == TXT)
        .map(|(_, data)| data)
        .collect();
    let mut out = question[..2].to_vec();
    out.extend_from_slice(&[0x85, if exists { 0x80 } else { 0x83 }]);
    for count in [1, found.len() as u16, 0, 0] {
        out.extend_from_slice(&count.to_be_bytes());
    }
    out.extend_from_slice(&question[12..end + 4]);
    for data in found {
        // The name of the question again, TXT, IN, for a minute.
        out.extend_from_slice(&[0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60]);
        out.extend_from_slice(&(data.len() as u16).to_be_bytes());
        out.extend_from_slice(data);
    }
    out
}

/// The name that is asked for, and where it ends.
fn name_in(question: &[u8]) -> (String, usize) {
    let mut at = 12;
    let mut labels = Vec::new();
    while question[at] != 0 {
        let length = usize::from(question[at]);
        labels.push(String::from_utf8_lossy(&question[at + 1..=at + length]).to_lowercase());
        at += length + 1;
    }
    (labels.join("."), at + 1)
}
