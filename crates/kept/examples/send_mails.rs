//! The load for the intake bench: sends distinct mails over LMTP on many connections at once.
//!
//! `send_mails ADDRESS CONNECTIONS MAILS SIZE_BYTES FIRST_NUMBER` prints one JSON line: how many
//! were taken, in how long, and how long one waited for its 250. Each connection sends its next
//! mail when the last one is confirmed. Never part of the program; talks to ADDRESS only.

use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

struct Load {
    address: String,
    connections: usize,
    mails: usize,
    size_bytes: usize,
    first: usize,
}

fn main() -> Outcome<()> {
    let load = load(&std::env::args().skip(1).collect::<Vec<_>>())?;
    let (seconds, mut waits) = send_all(&load)?;
    waits.sort_unstable();
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    let line = serde_json::json!({
        "connections": load.connections, "mails": waits.len(), "seconds": seconds,
        "per_second": waits.len() as f64 / seconds, "p50_ms": at(0.5), "p99_ms": at(0.99),
    });
    std::io::stdout().write_all(format!("{line}\n").as_bytes())?;
    Ok(())
}

fn load(arguments: &[String]) -> Outcome<Load> {
    let [address, connections, mails, size_bytes, first] = arguments else {
        return Err("say: send_mails ADDRESS CONNECTIONS MAILS SIZE_BYTES FIRST_NUMBER".into());
    };
    let load = Load {
        address: address.clone(),
        connections: connections.parse()?,
        mails: mails.parse()?,
        size_bytes: size_bytes.parse()?,
        first: first.parse()?,
    };
    if load.mails == 0 {
        Err("say how many mails to send, at least one".into())
    } else {
        Ok(load)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a bench is there to measure real time"
)]
fn send_all(load: &Load) -> Outcome<(f64, Vec<Duration>)> {
    let next = AtomicUsize::new(0);
    let began = Instant::now();
    let waits = thread::scope(|scope| {
        let hands: Vec<_> = (0..load.connections)
            .map(|_| scope.spawn(|| send(load, &next)))
            .collect();
        let done = hands
            .into_iter()
            .map(|hand| hand.join().map_err(|_| "a sender panicked")?);
        done.collect::<Outcome<Vec<_>>>()
    })?;
    Ok((began.elapsed().as_secs_f64(), waits.concat()))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a bench is there to measure real time"
)]
fn send(load: &Load, next: &AtomicUsize) -> Outcome<Vec<Duration>> {
    let mut out = TcpStream::connect(&load.address)?;
    out.set_nodelay(true)?;
    let mut replies = BufReader::new(out.try_clone()?);
    expect(&mut replies, "220")?;
    out.write_all(b"LHLO bench.example\r\n")?;
    expect(&mut replies, "250")?;
    let mut waits = Vec::new();
    loop {
        let n = next.fetch_add(1, Ordering::Relaxed);
        if n >= load.mails {
            return Ok(waits);
        }
        let mail = mail(load.first + n, load.size_bytes);
        let began = Instant::now();
        out.write_all(b"MAIL FROM:<dana@acme.example>\r\nRCPT TO:<support@localhost>\r\nDATA\r\n")?;
        for code in ["250", "250", "354"] {
            expect(&mut replies, code)?;
        }
        out.write_all(mail.as_bytes())?;
        expect(&mut replies, "250")?;
        waits.push(began.elapsed());
    }
}

/// Reads one reply, all its lines, and checks its code.
fn expect(replies: &mut impl BufRead, code: &str) -> Outcome<()> {
    loop {
        let mut line = String::new();
        replies.read_line(&mut line)?;
        if !line.starts_with(code) {
            return Err(format!("the server said “{}” where {code} was due", line.trim()).into());
        }
        if line.as_bytes().get(3) != Some(&b'-') {
            return Ok(());
        }
    }
}

/// More than there are mails: nobody writes twice, so that each mail is answered. One that is not costs less.
const WRITERS: usize = 20_000;
const WORDS: [&str; 16] = [
    "printer", "floor", "smoke", "paper", "invoice", "login", "please", "since", "morning",
    "again", "network", "screen", "thanks", "nobody", "urgent", "tray",
];

/// A short mail of about `size_bytes`, ready for the wire: distinct, ASCII, no line begins with a dot.
fn mail(n: usize, size_bytes: usize) -> String {
    let writer = n % WRITERS;
    let mut mail = format!(
        "From: Client {writer} <client{writer}@acme{}.example>\r\nTo: support@localhost\r\n\
         Subject: {} and {} number {n}\r\nMessage-ID: <bench-{n}@acme.example>\r\n\
         Date: Mon, 02 Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\n",
        writer % 40,
        WORDS[n % 16],
        WORDS[n / 16 % 16],
    );
    let mut state = n as u64 | 1;
    while mail.len() < size_bytes {
        for _ in 0..10 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            mail.push_str(WORDS[(state >> 60) as usize]);
            mail.push(' ');
        }
        mail.push_str("\r\n");
    }
    mail.push_str(".\r\n");
    mail
}
