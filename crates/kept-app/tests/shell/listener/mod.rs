//! Conversations with mail servers, over a real socket: what they send is what is kept, and a 250
//! means that it is kept.

mod client;

use kept_app::domain::ids::TicketId;
use kept_app::reading::raw_of_message;

use crate::support::{World, on_both};
pub use client::{Client, Door};

const HEAD: &str = "From: dana@acme.example\r\nSubject: Printer\r\n\r\n";

async fn greeted(door: &Door) -> Client {
    let mut client = door.client().await;
    client
        .check(&[("EHLO mx.acme.example", "250-desk.example 250-PIPELINING")])
        .await;
    client
}

/// The mail of a ticket as it came.
async fn kept(world: &World, ticket: i64) -> Vec<u8> {
    let said = world
        .conversation(TicketId(ticket))
        .await
        .said
        .pop()
        .expect("it was said");
    let raw = raw_of_message(&world.desk, &world.ines, said.message.id).await;
    raw.expect("it can be read").to_vec()
}

#[test]
fn what_is_sent_is_kept_to_the_byte() {
    on_both(|world| async {
        let door = Door::open(&world.desk).await;
        let mut client = greeted(&door).await;
        let contents: [(&[u8], &[u8]); 9] = [
            (b"Plain\r\n", b"Plain\r\n"),
            (b"..stuffed\r\n...twice\r\n", b".stuffed\r\n..twice\r\n"),
            (b"a . in the middle.\r\n", b"a . in the middle.\r\n"),
            (b"bare\nline\nends\r\n", b"bare\nline\nends\r\n"),
            (b"bare\rreturns\r\r\n", b"bare\rreturns\r\r\n"),
            (b"\n..\n.\n\r\n", b"\n..\n.\n\r\n"),
            (
                b"8 bit \xff\xfe\x80 and \0\r\n",
                b"8 bit \xff\xfe\x80 and \0\r\n",
            ),
            (b"no end of line\r\n\r\n", b"no end of line\r\n\r\n"),
            (b"", b""),
        ];
        for (ticket, (sent, expected)) in (1..).zip(contents) {
            let number = format!("X-Number: {ticket}\r\n");
            let [sent, expected] =
                [sent, expected].map(|body| [number.as_bytes(), HEAD.as_bytes(), body].concat());
            assert!(client.delivers(&sent).await.starts_with("250 "));
            let kept = kept(&world, ticket).await;
            assert_eq!(
                String::from_utf8_lossy(&kept),
                String::from_utf8_lossy(&expected)
            );
            assert_eq!(kept, expected);
        }
        door.close().await;
        world
    });
}

#[test]
fn a_mail_may_begin_with_a_dot_or_be_empty() {
    on_both(|world| async {
        let door = Door::open(&world.desk).await;
        let mut client = greeted(&door).await;
        assert!(
            client
                .delivers(b"..first: line\r\n\r\nx\r\n")
                .await
                .starts_with("250 ")
        );
        assert_eq!(kept(&world, 1).await, b".first: line\r\n\r\nx\r\n");
        assert!(client.delivers(b"").await.starts_with("250 "));
        assert_eq!(kept(&world, 2).await, b"");
        door.close().await;
        world
    });
}

#[test]
fn a_line_that_only_looks_like_the_end_is_not_the_end() {
    on_both(|world| async {
        let door = Door::open(&world.desk).await;
        let mut client = greeted(&door).await;
        let ends = [
            "\n.\n",
            "\r.\r",
            "\n.\r\n",
            "\r\n.\n",
            "\r\n.\r",
            "\r.\r\n",
            "\r\n\0.\r\n",
        ];
        for (ticket, end) in (1..).zip(ends) {
            let hidden =
                "MAIL FROM:<eve@evil.example>\r\nRCPT TO:<support@desk.example>\r\nDATA\r\n";
            let content =
                format!("{HEAD}{ticket}{end}{hidden}From: boss@acme.example\r\n\r\nPay\r\n");
            assert!(
                client
                    .delivers(content.as_bytes())
                    .await
                    .starts_with("250 "),
                "{end:?}"
            );
            assert!(
                client.says("NOOP").await.starts_with("250 "),
                "{end:?}: one answer a mail"
            );
            assert_eq!(world.rows("tickets").await, ticket, "{end:?}");
            let kept = kept(&world, ticket).await;
            assert!(kept.ends_with(b"Pay\r\n"), "{end:?}");
        }
        door.close().await;
        world
    });
}

#[test]
fn commands_may_come_all_at_once_or_byte_by_byte() {
    on_both(|world| async {
        let door = Door::open(&world.desk).await;
        let mail = |n: i64| {
            format!(
                "MAIL FROM:<dana@acme.example> BODY=8BITMIME\r\nRCPT TO:<support@desk.example>\r\n\
                 DATA\r\nX-Number: {n}\r\n{HEAD}Hello {n}\r\n.\r\n"
            )
        };
        let all = format!(
            "EHLO x\r\n{}{}RSET\r\nNOOP\r\n{}QUIT\r\n",
            mail(1),
            mail(2),
            mail(3)
        );
        let answers = [
            "250-", "250", "250", "354", "250", "250", "250", "354", "250", "250", "250",
        ];
        let rest = ["250", "250", "354", "250", "221"];
        let answers: Vec<&str> = answers.into_iter().chain(rest).collect();
        let mut client = door.client().await;
        client.sends(all.as_bytes()).await;
        for (n, expected) in answers.iter().enumerate() {
            let answer = client.hears().await;
            assert!(answer.starts_with(expected), "answer {n}: {answer}");
        }
        assert!(client.is_over().await);
        assert_eq!(world.rows("tickets").await, 3);
        let mut client = greeted(&door).await;
        for byte in mail(4).as_bytes() {
            client.sends(&[*byte]).await;
        }
        for expected in ["250", "250", "354", "250"] {
            assert!(client.hears().await.starts_with(expected));
        }
        assert!(kept(&world, 4).await.ends_with(b"Hello 4\r\n"));
        door.close().await;
        world
    });
}

#[test]
fn the_answers_are_those_of_the_standards() {
    on_both(|world| async {
        let door = Door::open(&world.desk).await;
        let mut client = door.client().await;
        client
            .check(&[
                ("MAIL FROM:<dana@acme.example>", "503 "),
                ("HELO mx.acme.example", "250 desk.example"),
                ("RCPT TO:<support@desk.example>", "503 "),
                ("DATA", "503 "),
                ("NOOP", "250 "),
                ("VRFY support", "252 "),
                ("RSET", "250 "),
                ("MAIL FROM:<>", "250 "),
                ("MAIL FROM:<dana@acme.example>", "503 "),
                ("DATA", "503 "),
                (
                    "RCPT TO:<who@desk.example>",
                    "550 5.1.1 Nobody takes mail for <who@desk.example>",
                ),
                ("RCPT TO:<support+k1.x@desk.example>", "250 "),
                ("RSET", "250 "),
                ("RCPT TO:<support@desk.example>", "503 "),
                ("STARTTLS", "502 "),
                ("ehlo again", "250-"),
                ("QUIT", "221 "),
            ])
            .await;
        assert!(client.is_over().await);
        door.close().await;
        world
    });
}

#[test]
fn lmtp_answers_for_each_recipient() {
    on_both(|world| async {
        let door = Door::open(&world.desk).await;
        let mut client = door.client().await;
        client
            .check(&[
                ("LHLO mx.acme.example", "250-"),
                ("MAIL FROM:<dana@acme.example>", "250 "),
                ("RCPT TO:<support@desk.example>", "250 "),
                ("RCPT TO:<who@desk.example>", "550 "),
                ("RCPT TO:<support@localhost>", "250 "),
                ("DATA", "354 "),
            ])
            .await;
        client.sends(HEAD.as_bytes()).await;
        assert!(client.says("Hello\r\n.").await.starts_with("250 "));
        assert!(client.hears().await.starts_with("250 "));
        assert!(
            client.says("QUIT").await.starts_with("221 "),
            "two answers, no third"
        );
        assert_eq!(world.rows("messages").await, 1);
        door.close().await;
        world
    });
}

#[test]
fn e38_a_mail_that_is_too_large_is_refused_where_admins_see_it_and_the_next_one_is_taken() {
    on_both(|world| async {
        let desk = world
            .again(|config| config.largest_mail_bytes = 100_000)
            .await;
        let door = Door::open(&desk).await;
        let mut client = greeted(&door).await;
        client
            .check(&[
                ("MAIL FROM:<dana@acme.example> SIZE=100001", "552 5.3.4"),
                ("MAIL FROM:<dana@acme.example> SIZE=100000", "250 "),
                ("RSET", "250 "),
            ])
            .await;
        let line = "0123456789\r\n".repeat(10_000);
        assert!(
            client
                .delivers(format!("{HEAD}{line}").as_bytes())
                .await
                .starts_with("552 5.3.4")
        );
        assert_eq!(
            (world.rows("tickets").await, world.rows("blobs").await),
            (0, 0)
        );
        let fits = 100_000 - HEAD.len() - 2;
        let exactly = format!("{HEAD}{}\r\n", "x".repeat(fits));
        assert!(
            client
                .delivers(exactly.as_bytes())
                .await
                .starts_with("250 ")
        );
        let beyond = format!("{HEAD}{}\r\n", "x".repeat(fits + 1));
        assert!(client.delivers(beyond.as_bytes()).await.starts_with("552 "));
        let refused = kept_app::reading::refused(&world.desk, &world.ines).await;
        let refused = refused.expect("an admin sees them");
        let noted: Vec<_> = refused
            .iter()
            .map(|mail| (mail.sender.as_str(), mail.size_bytes))
            .collect();
        let dana = "dana@acme.example";
        assert_eq!(noted, [(dana, None), (dana, None), (dana, Some(100_001))]);
        assert_eq!(world.rows("tickets").await, 1);
        door.close().await;
        desk.close().await;
        world
    });
}

#[test]
fn nonsense_is_answered_for_a_while_and_then_hung_up_on() {
    on_both(|world| async {
        let door = Door::open(&world.desk).await;
        let mut client = door.client().await;
        let long = "x".repeat(5_000);
        client
            .check(&[("GET / HTTP/1.1", "500 "), ("", "500 "), ("EHLO x", "250-")])
            .await;
        let answer = client.says(&long).await;
        assert!(answer.starts_with("500 "), "{answer}");
        let mut client = door.client().await;
        for _ in 0..10 {
            assert!(client.says("NONSENSE now").await.starts_with("500 "));
        }
        assert!(client.says("NONSENSE now").await.starts_with("421 "));
        assert!(client.is_over().await);
        let mut client = door.client().await;
        client.sends(&[0xFF; 9_000]).await;
        client.sends(b"\r\n").await;
        assert!(client.hears().await.starts_with("500 "));
        door.close().await;
        world
    });
}

#[test]
fn addresses_that_could_break_out_are_refused() {
    on_both(|world| async {
        let door = Door::open(&world.desk).await;
        let mut client = greeted(&door).await;
        for line in ["MAIL FROM:<dana>", "MAIL FROM:<a\0b@acme.example>"] {
            let answer = client.says(line).await;
            assert!(answer.starts_with('5'), "{line:?}: {answer}");
        }
        client
            .check(&[("MAIL FROM:<dana@acme.example>", "250 ")])
            .await;
        for line in [
            "RCPT TO:<support>",
            "RCPT TO:<>",
            "RCPT TO:<a\0@desk.example>",
        ] {
            let answer = client.says(line).await;
            assert!(answer.starts_with('5'), "{line:?}: {answer}");
        }
        let mut client = greeted(&door).await;
        client
            .check(&[("MAIL FROM:<dana@acme.example>", "250 ")])
            .await;
        for n in 0..100 {
            client
                .check(&[(&format!("RCPT TO:<support+{n}@desk.example>"), "250 ")])
                .await;
        }
        client
            .check(&[("RCPT TO:<support@desk.example>", "452 ")])
            .await;
        door.close().await;
        world
    });
}

#[test]
fn what_can_not_be_stored_is_not_taken() {
    on_both(|world| async {
        let desk = world.again(|_| {}).await;
        let door = Door::open(&desk).await;
        let mut client = greeted(&door).await;
        client.begins_a_mail().await;
        desk.close().await;
        client.sends(HEAD.as_bytes()).await;
        let answer = client.says("Hello\r\n.").await;
        assert!(answer.starts_with("451 4.3.0"), "{answer}");
        client
            .check(&[
                ("MAIL FROM:<dana@acme.example>", "250 "),
                ("RCPT TO:<support@desk.example>", "451 "),
                ("QUIT", "221 "),
            ])
            .await;
        assert_eq!(world.rows("tickets").await, 0);
        door.close().await;
        world
    });
}

#[test]
fn a_conversation_that_breaks_off_leaves_nothing() {
    on_both(|world| async {
        let door = Door::open(&world.desk).await;
        let mut client = greeted(&door).await;
        client.begins_a_mail().await;
        client.sends(format!("{HEAD}Hel").as_bytes()).await;
        drop(client);
        door.close().await;
        assert_eq!(
            (world.rows("tickets").await, world.rows("unsorted").await),
            (0, 0)
        );
        world
    });
}

#[test]
fn a_stop_lets_the_mail_under_way_end_and_nothing_new_begin() {
    on_both(|world| async {
        let door = Door::open(&world.desk).await;
        let (mut idle, mut busy) = (greeted(&door).await, greeted(&door).await);
        let mut slow = greeted(&door).await;
        slow.check(&[("MAIL FROM:<lee@acme.example>", "250 ")])
            .await;
        busy.begins_a_mail().await;
        busy.sends(HEAD.as_bytes()).await;
        door.stop();
        assert!(idle.hears().await.starts_with("421 4.3.2 Kept is stopping"));
        assert!(idle.is_over().await);
        assert!(slow.hears().await.starts_with("421 "));
        assert!(busy.says("Hello\r\n.").await.starts_with("250 "));
        assert!(busy.hears().await.starts_with("421 "));
        assert!(busy.is_over().await);
        let address = door.address;
        door.close().await;
        assert!(tokio::net::TcpStream::connect(address).await.is_err());
        assert_eq!(world.said(TicketId(1)).await, ["Hello"]);
        world
    });
}
