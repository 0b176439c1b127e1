//! E7: answers to a first mail that never came to us, and replies in any order of arrival.

use kept_app::intake::{self, Taken};

use crate::support::{Mail, mail, on_both};

fn first() -> Mail {
    mail("dana@acme.example", "Printer", "It smells.").id("1@acme")
}

fn second() -> Mail {
    let mail = mail("lee@acme.example", "Re: Printer", "Here too.").id("2@acme");
    mail.answering("1@acme")
}

fn third() -> Mail {
    let mail = mail("kit@acme.example", "Re: Printer", "And here.").id("3@acme");
    mail.answering("2@acme")
        .with("References", "<1@acme> <2@acme>")
}

#[test]
fn e07_whatever_comes_first_opens_the_ticket_and_the_others_join() {
    on_both(|world| async {
        let orders: [[fn() -> Mail; 3]; 3] = [
            [third, second, first],
            [second, third, first],
            [third, first, second],
        ];
        for (round, order) in orders.into_iter().enumerate() {
            // Each round is a thread of its own.
            let own = |mail: Mail| {
                let text = String::from_utf8(mail.bytes().to_vec()).expect("text");
                text.replace("@acme>", &format!("@acme{round}>"))
            };
            let taken = world.take_raw(own(order[0]()), None).await;
            let Taken::Opened(ticket) = taken else {
                panic!("{taken:?} in round {round}")
            };
            for mail in &order[1..] {
                let taken = world.take_raw(own(mail()), None).await;
                assert_eq!(taken, Taken::Joined(ticket), "round {round}");
            }
        }
        world
    });
}

/// On PostgreSQL two writers did not see each other's ids and made two tickets.
#[test]
fn e07_a_mail_and_its_answer_taken_at_the_same_instant_share_a_ticket() {
    on_both(|world| async {
        let node = world.again(|_| {}).await;
        for round in 0..8 {
            let own = |mail: Mail| {
                let text = String::from_utf8(mail.bytes().to_vec()).expect("text");
                text.replace("@acme>", &format!("@acme{round}>"))
            };
            let taking = [(&world.desk, first()), (&node, second()), (&node, third())];
            let taking = taking.map(|(desk, mail)| {
                let (desk, envelope, raw) = (desk.clone(), mail.envelope(), own(mail));
                tokio::spawn(async move { intake::take_in(&desk, raw.into(), envelope).await })
            });
            let mut tickets = Vec::new();
            for taken in taking {
                match taken.await.expect("it ends").expect("it is taken") {
                    Taken::Opened(ticket) | Taken::Joined(ticket) => tickets.push(ticket),
                    other => panic!("{other:?}"),
                }
            }
            assert!(
                tickets.iter().all(|it| *it == tickets[0]),
                "{tickets:?} in round {round}"
            );
        }
        node.close().await;
        world
    });
}

/// Each of them answers a newsletter that we never had, and wants something else.
#[test]
fn e07_strangers_who_answer_the_same_unknown_mail_share_no_ticket() {
    on_both(|world| async {
        let answer = |from: &str, id: &str, subject: &str| {
            let mail = mail(from, subject, "A word about your offer.").id(id);
            mail.answering("offer@news.example")
        };
        let dana = answer("dana@acme.example", "1@acme", "Re: Offer");
        let ticket = world.opens(&dana).await;
        let strangers = [
            ("lee@lab.example", "1@lab"),
            ("kit@gmail.com", "1@kit"),
            ("sam@gmail.com", "1@sam"),
        ];
        for (from, id) in strangers {
            let other = world.opens(&answer(from, id, "Re: Offer")).await;
            let told = world.told(other).await;
            let reason = format!("#{ticket}");
            assert!(told.iter().any(|it| it.contains(&reason)), "{told:?}");
        }
        let colleague = answer("mia@acme.example", "2@acme", "Re: Offer");
        assert_eq!(world.take(&colleague).await, Taken::Joined(ticket));
        let again = answer("dana@acme.example", "3@acme", "Re: Offer");
        assert_eq!(world.take(&again).await, Taken::Joined(ticket));
        world
    });
}
