//! The last mails that were refused, and no more of them.

use kept_store::refused::{self, Refused};
use kept_store::testing::both;

use crate::support::{at, read, write};

#[test]
fn the_last_refused_mails_are_kept() {
    both(|store| {
        let mail = |n: i64| Refused {
            at: at(n),
            sender: format!("{n}@acme.example"),
            recipients: String::new(),
            size_bytes: (n % 2 == 0).then_some(n),
            why: "too large".into(),
        };
        write(&store, move |tx| {
            (0..250).try_for_each(|n| refused::insert(tx, &mail(n)))
        });
        let last = read(&store, |tx| refused::last(tx, 1_000));
        assert_eq!(last.len(), 200);
        assert_eq!(last[..2], [mail(249), mail(248)]);
        assert_eq!(read(&store, |tx| refused::last(tx, 1)), [mail(249)]);
    });
}
