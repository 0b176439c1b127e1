//! Prints what understanding one mail costs: `cargo run --release -p kept-mail --example parse_cost -- FILE …`
//! Without a file it takes a made-up 2-KB reply.

#![expect(clippy::print_stdout, reason = "printing is what an example is for")]
#![allow(
    clippy::disallowed_methods,
    reason = "an example may look at the clock"
)]

use std::time::Instant;

/// Bytes understood for one figure, whatever the size of the mail.
const WORK_BYTES: usize = 10_000_000;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        report("a made-up reply", reply().as_bytes());
    }
    for file in files {
        match std::fs::read(&file) {
            Ok(raw) => report(&file, &raw),
            Err(error) => println!("{file}: {error}"),
        }
    }
}

fn report(name: &str, raw: &[u8]) {
    let rounds = u32::try_from(WORK_BYTES / raw.len().max(1))
        .unwrap_or(1)
        .max(1);
    let start = Instant::now();
    for _ in 0..rounds {
        std::hint::black_box(kept_mail::parse(std::hint::black_box(raw)));
    }
    let each = start.elapsed() / rounds;
    println!(
        "{name}: {} bytes, {:.1} µs",
        raw.len(),
        each.as_secs_f64() * 1e6
    );
}

fn reply() -> String {
    let words = "The printer on the second floor still shows the same message after the restart.\n";
    let quoted = words
        .lines()
        .map(|line| format!("> {line}\n"))
        .collect::<String>();
    format!(
        "Return-Path: <dana@client.example>\r\nReceived: from mx.client.example by desk.example; Mon, 2 Nov 2026 09:00:00 +0000\r\n\
         From: =?utf-8?Q?D=C3=A4na?= <dana@client.example>\r\nTo: Support <support@desk.example>\r\nCc: Lee <lee@client.example>\r\n\
         Subject: Re: Printer [#1042]\r\nDate: Mon, 2 Nov 2026 09:00:00 +0000\r\nMessage-ID: <a@client.example>\r\n\
         In-Reply-To: <k1042.1@desk.example>\r\nReferences: <first@client.example> <k1042.1@desk.example>\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\nRegards,\nDana\n\n\
         On Mon, 2 Nov 2026 at 08:00, Support wrote:\n{}",
        words.repeat(10),
        quoted.repeat(7)
    )
}
