//! A lot of tickets, for measuring. They come in as mail, many at once.

use bytes::Bytes;
use tokio::task::JoinSet;

use crate::intake::{self, Envelope, Via};
use crate::{Desk, Error};

const AT_ONCE: usize = 64;
const WORDS: [&str; 24] = [
    "printer",
    "network",
    "mailbox",
    "password",
    "laptop",
    "screen",
    "calendar",
    "backup",
    "update",
    "invoice",
    "export",
    "server",
    "phone",
    "badge",
    "door",
    "cable",
    "licence",
    "account",
    "folder",
    "signature",
    "camera",
    "router",
    "meeting",
    "paper",
];

/// Takes in `tickets` mails from many senders, and twenty answers to the first of them.
///
/// # Errors
/// When the store can't take them.
pub async fn fill_many(desk: &Desk, tickets: usize) -> Result<(), Error> {
    let mut under_way = JoinSet::new();
    for number in 0..tickets {
        if under_way.len() >= AT_ONCE {
            next(&mut under_way).await?;
        }
        let desk = desk.clone();
        under_way.spawn(async move { take_in(&desk, mail(number)).await });
    }
    while !under_way.is_empty() {
        next(&mut under_way).await?;
    }
    for number in 0..20 {
        take_in(desk, answer(number)).await?;
    }
    Ok(())
}

async fn next(under_way: &mut JoinSet<Result<(), Error>>) -> Result<(), Error> {
    match under_way.join_next().await {
        Some(Ok(done)) => done,
        Some(Err(_)) => Err(Error::Outside("a sample mail was cut short".into())),
        None => Ok(()),
    }
}

async fn take_in(desk: &Desk, raw: String) -> Result<(), Error> {
    let envelope = Envelope {
        from: None,
        to: vec!["support@localhost".into()],
        via: Via::Smtp,
    };
    intake::take_in(desk, Bytes::from(raw), envelope)
        .await
        .map(|_| ())
}

/// Five words that differ from mail to mail and repeat over many.
fn words(number: usize) -> [&'static str; 5] {
    let mut rest = number.wrapping_mul(2_654_435_761);
    std::array::from_fn(|_| {
        rest = rest.rotate_right(7).wrapping_mul(31).wrapping_add(17);
        WORDS[rest % WORDS.len()]
    })
}

fn mail(number: usize) -> String {
    let [a, b, c, d, e] = words(number);
    let sender = number % 5_000;
    format!(
        "From: Person {sender} <person{sender}@client{}.example>\r\nTo: support@localhost\r\nSubject: {a} and {b} {number}\r\nMessage-ID: <{number}@many.example>\r\n\r\nHello,\r\n\r\nthe {c} does not work since the {d} was moved, and the {e} neither.\r\nPlease help, case {number}.\r\n",
        sender % 50,
    )
}

fn answer(number: usize) -> String {
    format!(
        "From: Person 0 <person0@client0.example>\r\nTo: support@localhost\r\nSubject: Re: first\r\nMessage-ID: <answer{number}@many.example>\r\nIn-Reply-To: <0@many.example>\r\n\r\nOne more thing, number {number}: it still does not work.\r\n"
    )
}
