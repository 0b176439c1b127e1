//! Recipients told apart, and domains that asked for patience.

use kept_domain::delivery::Standing;
use kept_domain::ids::{OutgoingId, TicketId};
use kept_store::Store;
use kept_store::deliveries::{self, Delivery};
use kept_store::domain_pauses::{self, DomainPause};
use kept_store::outgoing::{self, NewOutgoing};
use kept_store::testing::both;

use crate::support::{at, read, write};

fn mail(store: &Store, message_ref: &'static str, ticket: Option<TicketId>) -> OutgoingId {
    let made = store.write_blocking(move |tx| {
        let mail = NewOutgoing {
            ticket,
            message: None,
            message_ref,
            recipients: "[]",
            subject: "Re: Printer",
            automatic: false,
            mail: "{}",
        };
        outgoing::insert(tx, &mail, at(0))
    });
    made.expect("is queued")
}

fn row(outgoing: OutgoingId, recipient: &str, state: Standing) -> Delivery {
    Delivery {
        outgoing,
        recipient: recipient.into(),
        state,
        tries: 0,
        answer: None,
        changed_at: at(1),
        next_try: (state == Standing::Queued).then(|| at(1)),
    }
}

fn begin(store: &Store, id: OutgoingId, recipients: &[&str], minute: i64) {
    let recipients: Vec<String> = recipients.iter().map(|to| (*to).to_owned()).collect();
    write(store, move |tx| {
        deliveries::begin(tx, id, &recipients, at(minute))
    });
}

#[test]
fn what_was_sent_stays_sent_and_the_rest_can_be_tried_anew() {
    both(|store| {
        let id = mail(&store, "1@desk", None);
        begin(&store, id, &["a@one.example", "B@two.example"], 1);
        let sent = Delivery {
            tries: 1,
            answer: Some("250 taken".into()),
            ..row(id, "a@one.example", Standing::Sent)
        };
        let failed = Delivery {
            tries: 3,
            answer: Some("550 nobody".into()),
            changed_at: at(5),
            ..row(id, "B@two.example", Standing::Failed)
        };
        for change in [&sent, &failed, &row(id, "a@one.example", Standing::Failed)] {
            let change = change.clone();
            write(&store, move |tx| deliveries::update(tx, &change));
        }
        begin(&store, id, &["a@one.example"], 8);
        let now = |id| read(&store, move |tx| deliveries::of_outgoing(tx, id));
        let mut both = now(id);
        both.sort_by(|one, other| one.state.as_str().cmp(other.state.as_str()));
        assert_eq!(both, [failed.clone(), sent.clone()]);
        write(&store, move |tx| deliveries::try_anew(tx, id, at(9)));
        let anew = Delivery {
            state: Standing::Queued,
            tries: 0,
            next_try: Some(at(9)),
            ..failed
        };
        assert!(now(id).contains(&anew) && now(id).contains(&sent));
    });
}

#[test]
fn recipients_are_found_by_mail_and_by_ticket() {
    both(|store| {
        let ticket = TicketId(7);
        let (one, other) = (
            mail(&store, "1@desk", Some(ticket)),
            mail(&store, "2@desk", None),
        );
        begin(&store, one, &["a@one.example"], 1);
        begin(&store, other, &["b@one.example"], 1);
        let a = row(one, "a@one.example", Standing::Queued);
        let b = row(other, "b@one.example", Standing::Queued);
        let of_mails = read(&store, move |tx| deliveries::of_mails(tx, &[one, other]));
        assert_eq!(of_mails, [a.clone(), b]);
        let of_ticket = read(&store, move |tx| deliveries::of_tickets(tx, &[ticket]));
        assert_eq!(of_ticket, [a]);
        assert_eq!(read(&store, |tx| deliveries::of_mails(tx, &[])), []);
    });
}

#[test]
fn a_pause_is_replaced_and_lifted() {
    both(|store| {
        let pause = |times| DomainPause {
            domain: "acme.example".into(),
            times,
            until: at(times),
            answer: "451 later".into(),
        };
        for times in [1, 2] {
            write(&store, move |tx| domain_pauses::put(tx, &pause(times)));
        }
        let known = || {
            let asked = ["acme.example".to_owned(), "other.example".to_owned()];
            read(&store, move |tx| domain_pauses::of(tx, &asked))
        };
        assert_eq!(known(), [pause(2)]);
        write(&store, |tx| {
            domain_pauses::lift(tx, &["acme.example".to_owned()])
        });
        assert_eq!(known(), []);
    });
}
