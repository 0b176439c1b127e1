//! E50: dates that are missing, in the future, or of another zone: clocks run from receipt.

use kept_app::domain::turn::Turn;
use kept_app::intake::{Settle, settle};

use crate::support::{mail, monday, on_both};

#[test]
fn e50_clocks_run_from_receipt_and_the_claimed_time_is_kept_beside() {
    on_both(|world| async {
        for date in [
            "Thu, 31 Dec 2099 23:59:59 +0000",
            "Mon, 23 Nov 1998 08:00:00 -1200",
            "yesterday",
            "",
        ] {
            let dated = mail("dana@acme.example", "Printer", date).with("Date", date);
            let ticket = world.opens(&dated).await;
            let read = world.conversation(ticket).await;
            let message = &read.said[0].message;
            assert_eq!(message.at, monday(), "{date}");
            assert_eq!(read.ticket.turn_since, monday(), "{date}");
            let year = message.claimed_at.map(|at| at.strftime("%Y").to_string());
            let expected = ["2099", "1998"]
                .into_iter()
                .find(|year| date.contains(year));
            assert_eq!(year.as_deref(), expected, "{date}");
        }
        world
    });
}

#[test]
fn e50_what_waited_in_unsorted_counts_from_when_it_came() {
    on_both(|world| async {
        let nobody = |n: u32| {
            mail("", "Who am I?", &format!("Guess {n}."))
                .without("From")
                .sent_by(None)
        };
        let first = world.waits(&nobody(1)).await;
        let second = world.waits(&nobody(2)).await;
        world.later(300);
        let ticket = settle(&world.desk, &world.ines, first, Settle::Open(None)).await;
        let ticket = ticket.expect("is settled").expect("a ticket");
        let read = world.conversation(ticket).await;
        assert_eq!(read.said[0].message.at, monday());
        assert_eq!(
            (read.ticket.turn(), read.ticket.turn_since),
            (Turn::Desk, monday())
        );
        let late = mail("dana@acme.example", "Printer", "It smells.");
        let other = world.opens(&late).await;
        let joined = settle(&world.desk, &world.ines, second, Settle::Join(other)).await;
        assert_eq!(joined.expect("is settled"), Some(other));
        let said = world.conversation(other).await.said;
        assert_eq!(said[1].message.at, monday());
        world
    });
}
