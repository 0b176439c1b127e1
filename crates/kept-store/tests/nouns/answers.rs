//! Automatic answers are counted by address, by domain, by hour, for the budgets against loops.

use kept_domain::ids::OutgoingId;
use kept_store::answers::{self, Answer};
use kept_store::testing::both;

use crate::support::{at, read, write};

#[test]
fn automatic_answers_are_counted_by_address_domain_and_time() {
    both(|store| {
        for (address, domain, minute) in [
            ("dana@acme.example", "acme.example", 0),
            ("dana@acme.example", "acme.example", 5),
            ("lee@acme.example", "acme.example", 5),
            ("kim@else.example", "else.example", 6),
        ] {
            write(&store, move |tx| {
                let answer = Answer {
                    address,
                    domain,
                    subject: "Printer",
                    outgoing: OutgoingId(1),
                };
                answers::insert(tx, answer, at(minute))
            });
        }
        let to = |minute| {
            read(&store, move |tx| {
                answers::to_address(tx, "dana@acme.example", at(minute))
            })
        };
        let printer = Some("Printer".to_owned());
        assert_eq!(to(-1), [(at(5), printer.clone()), (at(0), printer.clone())]);
        assert_eq!(to(0), [(at(5), printer)]);
        assert_eq!(to(5), []);
        let domain = |minute| {
            read(&store, move |tx| {
                answers::to_domain(tx, "acme.example", at(minute))
            })
        };
        assert_eq!([domain(-1), domain(0), domain(5)], [3, 2, 0]);
        let desk = |minute| read(&store, move |tx| answers::of_desk(tx, at(minute)));
        assert_eq!([desk(-1), desk(5), desk(6)], [4, 1, 0]);
    });
}
