//! Mailboxes: where fetching stands in each, what is to be done there, and how it does.

use kept_domain::ids::MailboxId;
use kept_store::mailboxes::health::{self, Trouble};
use kept_store::mailboxes::mails::{self, State};
use kept_store::mailboxes::{self, Place};
use kept_store::testing::both;
use kept_store::{Store, accounts};

use crate::support::{at, read, write};

fn add(store: &Store) -> MailboxId {
    write(store, |tx| {
        mailboxes::insert(tx, "Support", "{}", true, at(0))
    })
}

fn place(uid_validity: u32, next_uid: u32) -> Place {
    Place {
        uid_validity: Some(uid_validity),
        next_uid,
        begun_at: Some(at(0)),
    }
}

fn due(store: &Store, id: MailboxId, state: State, minute: i64) -> Vec<u32> {
    let due = read(store, move |tx| {
        mails::due(tx, id, state, at(minute), 1_000)
    });
    due.iter().map(|mail| mail.uid).collect()
}

#[test]
fn a_mail_is_on_the_list_until_everything_is_done_with_it() {
    both(|store| {
        let id = add(&store);
        let many: Vec<u32> = (1..=450).collect();
        let seen = many.clone();
        write(&store, move |tx| {
            mails::seen(tx, id, &place(7, 451), &seen, at(0))?;
            // Seen once more by another node: nothing changes.
            mails::seen(tx, id, &place(7, 451), &[3, 4], at(9))
        });
        assert_eq!(due(&store, id, State::Waiting, 0), many);
        write(&store, move |tx| {
            mails::advance(tx, id, 3, State::Taken, at(1))?;
            mails::later(tx, id, 4, at(5), "the disk is full")?;
            mails::done(tx, id, &(5..=450).collect::<Vec<_>>())
        });
        assert_eq!(due(&store, id, State::Waiting, 1), [1, 2]);
        assert_eq!(due(&store, id, State::Waiting, 5), [1, 2, 4]);
        assert_eq!(due(&store, id, State::Taken, 1), [3]);
        assert_eq!(read(&store, move |tx| mails::count(tx, id)), [3, 1, 0]);
        let stuck = read(&store, move |tx| mails::stuck(tx, id, 9));
        assert_eq!(
            (stuck[0].uid, stuck[0].error.as_str()),
            (4, "the disk is full")
        );
        let found = read(&store, move |tx| mailboxes::find(tx, id)).expect("is there");
        assert_eq!(found.place, place(7, 451));
    });
}

#[test]
fn new_numbers_make_the_old_list_void() {
    both(|store| {
        let id = add(&store);
        write(&store, move |tx| {
            mails::seen(tx, id, &place(7, 9), &[1, 2], at(0))?;
            mails::seen(tx, id, &place(8, 3), &[2], at(0))
        });
        assert_eq!(due(&store, id, State::Waiting, 0), [2]);
        write(&store, move |tx| mailboxes::begin_anew(tx, id));
        let found = read(&store, move |tx| mailboxes::find(tx, id)).expect("is there");
        assert_eq!((found.place.uid_validity, found.place.next_uid), (None, 1));
        assert_eq!(due(&store, id, State::Waiting, 0), [0; 0]);
    });
}

#[test]
fn one_node_fetches_at_a_time() {
    both(|store| {
        let id = add(&store);
        let lease = |node: &'static str, now: i64, until: i64| {
            write(&store, move |tx| {
                mailboxes::lease(tx, id, node, at(now), at(until))
            })
        };
        assert!(lease("one", 0, 2));
        assert!(lease("one", 1, 3));
        assert!(!lease("two", 2, 4));
        assert!(lease("two", 3, 5));
        assert!(!lease("one", 4, 6));
        write(&store, move |tx| mailboxes::release(tx, id, "two"));
        assert!(lease("one", 4, 6));
        let trouble = Trouble {
            kind: "sign-in".into(),
            since: at(4),
            words: "no".into(),
        };
        write(&store, move |tx| {
            health::failed(tx, id, &trouble, Some(at(9)))?;
            mailboxes::release(tx, id, "one")
        });
        assert!(!lease("two", 8, 9));
        assert!(lease("two", 9, 10));
        write(&store, move |tx| {
            mailboxes::update(tx, id, "Support", "{}", false)
        });
        assert!(!lease("two", 9, 10));
    });
}

#[test]
fn trouble_counts_from_its_beginning_and_is_told_once() {
    both(|store| {
        let id = add(&store);
        let fail = |kind: &'static str, minute: i64| {
            let trouble = Trouble {
                kind: kind.into(),
                since: at(minute),
                words: format!("at {minute}"),
            };
            write(&store, move |tx| health::failed(tx, id, &trouble, None));
            let found = read(&store, move |tx| mailboxes::find(tx, id)).expect("is there");
            found.health.trouble.expect("it is in trouble")
        };
        fail("unreachable", 1);
        let same = fail("unreachable", 5);
        assert_eq!((same.since, same.words.as_str()), (at(1), "at 5"));
        assert_eq!(fail("sign-in", 6).since, at(6));
        let tell = |before: Option<&'static str>, now: Option<&'static str>| {
            write(&store, move |tx| health::told(tx, id, before, now))
        };
        assert!(tell(None, Some("sign-in")));
        assert!(!tell(None, Some("sign-in")));
        assert!(tell(Some("sign-in"), None));
        write(&store, move |tx| {
            health::checked(tx, id, at(7))?;
            health::received(tx, id, at(7), "[]")?;
            health::well(tx, id)
        });
        let found = read(&store, move |tx| mailboxes::find(tx, id)).expect("is there");
        assert_eq!(
            (found.health.trouble, found.health.checked_at),
            (None, Some(at(7)))
        );
    });
}

#[test]
fn only_the_canary_that_is_awaited_counts() {
    both(|store| {
        let id = add(&store);
        write(&store, move |tx| {
            health::canary_sent(tx, id, "tweet", at(0))
        });
        let seen =
            |word: &'static str| write(&store, move |tx| health::canary_seen(tx, id, word, at(1)));
        assert!(!seen("older"));
        assert!(seen("tweet"));
        assert!(!seen("tweet"));
    });
}

#[test]
fn what_is_removed_is_gone_with_its_list() {
    both(|store| {
        let id = add(&store);
        write(&store, move |tx| {
            mails::seen(tx, id, &place(7, 9), &[1, 2], at(0))
        });
        assert!(write(&store, move |tx| mailboxes::remove(tx, id)));
        assert!(!write(&store, move |tx| mailboxes::remove(tx, id)));
        assert_eq!(read(&store, mailboxes::all), []);
    });
}

#[test]
fn an_account_keeps_its_tokens_and_a_sign_in_under_way() {
    both(|store| {
        let id = write(&store, |tx| accounts::insert(tx, "Fox", "{}", at(0)));
        write(&store, move |tx| {
            accounts::update(tx, id, "Fox & Sons", "{\"a\":1}")?;
            accounts::set_tokens(tx, id, Some("sealed"), Some("revoked"))?;
            accounts::set_pending(tx, id, Some("under way"))
        });
        let found = read(&store, accounts::all).pop().expect("is there");
        assert_eq!(found.name, "Fox & Sons");
        assert_eq!(found.tokens.as_deref(), Some("sealed"));
        assert_eq!(found.pending.as_deref(), Some("under way"));
        assert_eq!(found.last_error.as_deref(), Some("revoked"));
        assert!(write(&store, move |tx| accounts::remove(tx, id)));
        assert_eq!(read(&store, move |tx| accounts::find(tx, id)), None);
    });
}
