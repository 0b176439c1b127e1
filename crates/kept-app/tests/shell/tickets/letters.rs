//! The mail that carries a reply: to whom, what stands in it, and what ties the answer to it.

use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::AndThen;
use kept_app::mail::token;
use kept_app::settings::queues::edit;
use kept_app::store::queues::QueueSettings;
use kept_app::tickets::addressees;

use crate::support::{Mail, World, address, mail, on_both};

fn first() -> Mail {
    mail(
        "Dana Fox <dana@acme.example>",
        "Printer",
        "It smells.\nBadly.",
    )
    .id("1@acme")
}

const LETTER: &str = "\
Hello Dana,

- switch it off
- call us

-- 
Acme Desk, always here

On Mon, 23 Nov 2026 09:00 UTC, Dana Fox wrote:
> It smells.
> Badly.";

#[test]
fn a_reply_carries_text_signature_quote_and_what_leads_back() {
    on_both(|world| async {
        let ines = world.ines.person;
        let signed = QueueSettings {
            name: "Support".into(),
            addresses: vec![
                address("help@desk.example"),
                address("support@desk.example"),
            ],
            members: vec![(ines, vec![])],
            dispatcher: ines,
            zone: "UTC".into(),
            signature: "Acme Desk, **always here**".into(),
            sender: kept_app::domain::queues::Sender::default(),
        };
        let queue = world.queue().await;
        edit(&world.desk, &world.ines, queue, signed)
            .await
            .expect("is changed");
        let ticket = world.opens(&first()).await;
        let text = "Hello *Dana*,\n\n- switch it off\n- call us";
        world.reply(ticket, text, AndThen::Ask).await;
        let (_, sent) = world.last_sent().await;
        let words = sent.text.split("[kept:").next().unwrap_or_default().trim();
        assert_eq!(words, LETTER);
        let html = sent.html.clone().expect("it has HTML");
        for piece in [
            "<em>Dana</em>",
            "<li>call us</li>",
            "<strong>always here</strong>",
            "It smells.",
        ] {
            assert!(html.contains(piece), "{piece} in {html}");
        }
        let key = &world.desk.identity().reply_key;
        assert_eq!(token::find(key, &sent.text), Some(ticket.0));
        assert_eq!(token::find(key, &html), Some(ticket.0));
        assert_eq!(sent.subject.as_deref(), Some("Re: Printer [#1]"));
        assert_eq!(sent.from[0].address, "help@desk.example");
        assert_eq!(sent.from[0].name.as_deref(), Some("Ines Moreau"));
        assert_eq!(sent.header("X-Kept-Ticket"), Some("1"));
        assert_eq!(sent.header("Auto-Submitted"), None);
        let mails = world.written().await;
        let returns = mails[1].envelope_sender();
        assert_eq!(token::find(key, returns), Some(ticket.0), "{returns}");
        assert!(returns.starts_with("help+k1."), "{returns}");
        world
    });
}

/// The client's words are text, not Markdown: no picture, no link, no heading comes of them.
#[test]
fn what_is_quoted_stays_as_it_was_written() {
    on_both(|world| async {
        let words = "# 5 printers <script>x()</script>\n\n    ![p](https://evil.example/p.png)\n\
                     1) C:\\new_file_name *now* [a](javascript:x)\n> older & \"wiser\"";
        let ticket = world
            .opens(&mail("Dana <b> <dana@acme.example>", "Printer", words))
            .await;
        world.reply(ticket, "Hello", AndThen::Ask).await;
        let (_, sent) = world.last_sent().await;
        let html = sent.html.clone().unwrap_or_default();
        for mark in [
            "<script", "<img", "<a ", "<h1", "<em>", "<b>", "<ol", "<code",
        ] {
            assert!(!html.contains(mark), "{mark} in {html}");
        }
        assert!(html.contains("<blockquote"), "{html}");
        assert!(html.contains("C:\\new_file_name *now*"), "{html}");
        assert!(
            sent.text.contains("> 1) C:\\new_file_name *now*"),
            "{}",
            sent.text
        );
        world
    });
}

#[test]
fn each_mail_names_all_that_the_client_saw_before() {
    on_both(|world| async {
        let ticket = world.opens(&first()).await;
        world.reply(ticket, "Which?", AndThen::Ask).await;
        let (_, ours) = world.last_sent().await;
        let ours = ours.message_id.expect("an id");
        assert_eq!(world.last_sent().await.1.in_reply_to, ["1@acme"]);
        let answer = mail("dana@acme.example", "Re: Printer", "That one").id("2@acme");
        world.take(&answer.answering(&ours)).await;
        world.reply(ticket, "Thanks", AndThen::Update).await;
        let (_, last) = world.last_sent().await;
        assert_eq!(last.in_reply_to, ["2@acme"]);
        let stands_for_it = world.desk.identity().thread_ref(ticket.0);
        assert_eq!(last.references, [&stands_for_it, "1@acme", &ours, "2@acme"]);
        world
    });
}

async fn check(world: &World, mail: Mail, to: &[&str], cc: &[&str]) -> TicketId {
    let ticket = world.opens(&mail).await;
    let found = addressees(&world.desk, ticket)
        .await
        .expect("the ticket is there");
    let plain = |list: &[kept_app::mail::Mailbox]| -> Vec<String> {
        list.iter().map(|mailbox| mailbox.address.clone()).collect()
    };
    assert_eq!(
        (plain(&found.to), plain(&found.cc)),
        (words(to), words(cc)),
        "{mail:?}"
    );
    ticket
}

fn words(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn a_reply_goes_to_whoever_wrote_and_those_they_copied_and_never_to_us() {
    on_both(|world| async {
        let dana = |subject: &str| mail("Dana <dana@acme.example>", subject, subject);
        let to_dana = ["dana@acme.example"];
        check(&world, dana("Plain"), &to_dana, &[]).await;
        let copied = dana("Copied")
            .with(
                "To",
                "Support@desk.example, lee@acme.example, support+k1.x@localhost",
            )
            .with(
                "Cc",
                "kit@acme.example, Dana@acme.example, no-reply@shop.example",
            );
        check(
            &world,
            copied,
            &to_dana,
            &["lee@acme.example", "kit@acme.example"],
        )
        .await;
        let form = dana("A form").with("Reply-To", "Client <kit@acme.example>");
        check(&world, form, &["kit@acme.example"], &[]).await;
        let us = dana("Reply to us").with("Reply-To", "support@desk.example");
        check(&world, us, &to_dana, &[]).await;
        let broken = dana("Broken")
            .with("Reply-To", "not an address")
            .with("Cc", "neither <@>");
        check(&world, broken, &to_dana, &[]).await;
        world
    });
}

#[test]
fn a_reply_goes_to_the_requester_and_copies_whoever_wrote_but_no_program() {
    on_both(|world| async {
        let ticket = world.opens(&first()).await;
        let lee = mail("lee@acme.example", "Re: Printer", "Me too").answering("1@acme");
        world.take(&lee).await;
        let away = mail("boss@acme.example", "Away", "Away").answering("1@acme");
        world
            .take(&away.with("Auto-Submitted", "auto-replied"))
            .await;
        world.reply(ticket, "Hello", AndThen::Ask).await;
        let (_, sent) = world.last_sent().await;
        let plain = |list: &[kept_app::mail::Mailbox]| -> Vec<String> {
            list.iter().map(|mailbox| mailbox.address.clone()).collect()
        };
        assert_eq!(plain(&sent.to), ["dana@acme.example"]);
        assert_eq!(plain(&sent.cc), ["lee@acme.example"]);
        world
    });
}
