//! Messages and their files come back as they were written.

use kept_domain::ids::{MessageId, TicketId};
use kept_domain::messages::{Audience, Channel};
use kept_store::messages::{self, Attachment, Mark, Message};
use kept_store::testing::both;
use kept_store::{Store, people};

use crate::support::{Desk, address, desk, read, write};

fn insert(store: &Store, message: &Message) -> MessageId {
    let message = message.clone();
    write(store, move |tx| messages::insert(tx, &message))
}

fn find(store: &Store, id: MessageId) -> Option<Message> {
    read(store, move |tx| messages::find(tx, id))
}

#[test]
fn a_message_comes_back_as_it_was_written() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let whole = desk.message(ticket);
        let bare = Message {
            audience: Audience::Desk,
            channel: Channel::Desk,
            person: None,
            claimed_at: None,
            subject: None,
            remark: None,
            message_ref: None,
            raw_sha256: None,
            automatic: true,
            kind: None,
            has_html: false,
            ..whole.clone()
        };
        for message in [whole, bare] {
            let id = insert(&store, &message);
            assert_eq!(find(&store, id), Some(Message { id, ..message }));
        }
        assert_eq!(find(&store, MessageId(4711)), None);
    });
}

#[test]
fn a_byte_that_texts_cannot_hold_does_not_lose_the_message() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let message = Message {
            author_name: "Dana\0Fox".into(),
            subject: Some("a\0b".into()),
            ..desk.message(ticket)
        };
        let id = insert(&store, &message);
        let found = find(&store, id).expect("it is there");
        assert_eq!(found.author_name, "Dana\u{FFFD}Fox");
    });
}

#[test]
fn messages_of_several_tickets_stand_in_the_order_they_came() {
    both(|store| {
        let desk = desk(&store);
        let [first, second, other] = [0, 1, 2].map(|n| desk.open(&store, n, "x").id);
        let ids = [first, second, first].map(|ticket| desk.say(&store, ticket, "Hello"));
        desk.say(&store, other, "Elsewhere");
        let found = read(&store, move |tx| messages::of_tickets(tx, &[second, first]));
        assert_eq!(found.iter().map(|m| m.id).collect::<Vec<_>>(), ids);
        let some = read(&store, move |tx| messages::by_ids(tx, &[ids[2], ids[0]]));
        assert_eq!(some.len(), 2);
        assert_eq!(read(&store, |tx| messages::by_ids(tx, &[])), []);
    });
}

#[test]
fn a_message_of_the_desks_gets_the_id_it_goes_out_under() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let id = desk.say(&store, ticket, "Hello");
        write(&store, move |tx| {
            messages::set_message_ref(tx, id, "kept.1@desk.example")
        });
        let found = find(&store, id).and_then(|m| m.message_ref);
        assert_eq!(found.as_deref(), Some("kept.1@desk.example"));
    });
}

fn file(message: MessageId, name: &str, content_id: Option<&str>) -> Attachment {
    Attachment {
        id: 0,
        message,
        filename: name.into(),
        content_type: "image/png".into(),
        inline: content_id.is_some(),
        minor: false,
        content_id: content_id.map(Into::into),
        size_bytes: 412,
        sha256: "cd".repeat(32),
    }
}

fn attach(store: &Store, file: &Attachment) {
    let file = file.clone();
    write(store, move |tx| messages::attach(tx, &file));
}

#[test]
fn marks_are_found_by_ticket_each_once() {
    both(|store| {
        let desk = desk(&store);
        let [ticket, other] = [0, 1].map(|n| desk.open(&store, n, "x").id);
        let message = desk.say(&store, ticket, "Signed");
        let mark = Mark {
            code: "signed-pgp".into(),
            says: "Signed (PGP), not verified".into(),
        };
        let twice = mark.clone();
        write(&store, move |tx| {
            messages::mark(tx, message, &twice)?;
            messages::mark(tx, message, &twice)
        });
        let found = read(&store, move |tx| {
            messages::marks_of_tickets(tx, &[ticket, other])
        });
        assert_eq!(found, [(message, mark)]);
        assert_eq!(
            read(&store, move |tx| messages::marks_of_tickets(tx, &[other])),
            []
        );
    });
}

#[test]
fn files_are_found_by_message_by_ticket_and_by_number() {
    both(|store| {
        let desk = desk(&store);
        let [ticket, other] = [0, 1].map(|n| desk.open(&store, n, "x").id);
        let message = desk.say(&store, ticket, "See the picture");
        let picture = Attachment {
            minor: true,
            ..file(message, "logo.png", Some("logo@acme"))
        };
        attach(&store, &picture);
        attach(
            &store,
            &file(desk.say(&store, other, "And this"), "scan.png", None),
        );
        let of_message = read(&store, move |tx| messages::files_of_message(tx, message));
        let id = of_message[0].id;
        assert_eq!(of_message, [Attachment { id, ..picture }]);
        let of_ticket = read(&store, move |tx| messages::files_of_tickets(tx, &[ticket]));
        assert_eq!(of_ticket, of_message);
        let both = read(&store, move |tx| {
            messages::files_of_tickets(tx, &[ticket, other])
        });
        assert_eq!(both.len(), 2);
        assert_eq!(
            read(&store, move |tx| messages::file(tx, id)),
            Some(both[0].clone())
        );
        assert_eq!(read(&store, move |tx| messages::file(tx, id + 99)), None);
    });
}

fn takes_part(store: &Store, ticket: TicketId, who: &'static str) -> bool {
    read(store, move |tx| messages::takes_part(tx, ticket, who))
}

#[test]
fn whoever_wrote_or_asked_takes_part_and_nobody_else() {
    both(|store| {
        let desk: Desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        write(&store, move |tx| {
            let both = [address("dana@acme.example"), address("dana@home.example")];
            people::set_addresses(tx, desk.dana, &both)
        });
        insert(
            &store,
            &Message {
                author_address: "lee@acme.example".into(),
                ..desk.message(ticket)
            },
        );
        for (who, expected) in [
            ("dana@acme.example", true),
            ("dana@home.example", true),
            ("lee@acme.example", true),
            ("eve@acme.example", false),
            ("", false),
        ] {
            assert_eq!(takes_part(&store, ticket, who), expected, "{who}");
            assert!(!takes_part(&store, TicketId(ticket.0 + 1), who), "{who}");
        }
    });
}
