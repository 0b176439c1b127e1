//! Who will read a reply as it is addressed, in words, with a warning where somebody on it is a stranger to its ticket. The
//! page says it of what it was made with; a script asks again while somebody writes.

use kept_app::domain::ids::TicketId;
use kept_app::tickets::{self, Addressees, Outsider, Party, Readers};
use maud::{Markup, html};

use super::composer::Composer;
use super::mailboxes::mailboxes;
use super::writing;
use crate::errors::Failure;
use crate::forms::Fields;
use crate::parts::{Icon, icon};
use crate::session::SignedIn;
use crate::web::Web;

/// Strangers named one by one; of more it is said how many.
const MOST_NAMED: usize = 5;

/// Who reads what stands in the composer.
pub(super) async fn of(
    web: &Web,
    who: &SignedIn,
    id: TicketId,
    composer: &Composer,
) -> Result<Readers, Failure> {
    let ticked = composer.cc.iter().filter(|(_, gets)| *gets);
    let ticked = ticked.flat_map(|(mailbox, _)| mailboxes(mailbox));
    let to = Addressees {
        to: mailboxes(&composer.to),
        cc: ticked.chain(mailboxes(&composer.more)).collect(),
        bcc: mailboxes(&composer.bcc),
    };
    Ok(tickets::readers(&web.desk, &who.viewer, id, to).await?)
}

/// Who reads what stands in the form.
pub(super) async fn typed(
    web: &Web,
    who: &SignedIn,
    id: TicketId,
    fields: &Fields,
) -> Result<Readers, Failure> {
    let to = writing::addressees(fields);
    Ok(tickets::readers(&web.desk, &who.viewer, id, to).await?)
}

/// `Dana Fox and Leo will read this; 1 more gets a hidden copy`.
pub(super) fn line(readers: &Readers) -> String {
    let open = match readers.open.as_slice() {
        [] if readers.hidden == 0 => return "nobody will read this yet".to_owned(),
        [] => "nobody in the open will read this".to_owned(),
        [only] => format!("{only} will read this"),
        [first, second] => format!("{first} and {second} will read this"),
        [first, more @ ..] => format!("{first} and {} others will read this", more.len()),
    };
    match readers.hidden {
        0 => open,
        1 => format!("{open}; 1 more gets a hidden copy"),
        more => format!("{open}; {more} more get a hidden copy"),
    }
}

/// The warning, where there is something to warn of.
pub(super) fn strangers(readers: &Readers) -> Markup {
    html! {
        @if let Some(says) = warning(readers) { p.warning { (icon(Icon::Warning)) span { (says) } } }
    }
}

fn warning(readers: &Readers) -> Option<String> {
    let (named, rest) = readers
        .outside
        .split_at(readers.outside.len().min(MOST_NAMED));
    let each = named.iter().map(|one| stranger(one, &readers.whose));
    let more = (!rest.is_empty()).then(|| match rest.len() {
        1 => "1 more is not either".to_owned(),
        more => format!("{more} more are not either"),
    });
    let unknown = (readers.unknown > 0)
        .then(|| format!("{} more addresses were not looked at", readers.unknown));
    let all: Vec<String> = each.chain(more).chain(unknown).collect();
    (!all.is_empty()).then(|| format!("{}. Leave out whoever should not read it.", all.join("; ")))
}

fn stranger(one: &Outsider, whose: &Party) -> String {
    let address = &one.address;
    match (whose, &one.client) {
        (Party::Client(ours), Some(other)) => format!("{address} is of {other}, not of {ours}"),
        (Party::Client(ours), None) => format!("{address} is not of {ours}"),
        (Party::Requester(name), Some(other)) => {
            format!("{address} is of {other}, not with {name}")
        }
        (Party::Requester(name), None) => format!("{address} is not with {name}"),
        (Party::Nobody, _) => format!("{address} is unknown here"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_counts_everybody_who_reads() {
        let check = |open: &[&str], hidden, expected: &str| {
            let readers = Readers {
                open: open.iter().map(ToString::to_string).collect(),
                hidden,
                ..Readers::default()
            };
            assert_eq!(line(&readers), expected);
        };
        check(&[], 0, "nobody will read this yet");
        check(&["Dana"], 0, "Dana will read this");
        check(&["Dana", "Leo"], 0, "Dana and Leo will read this");
        check(
            &["Dana", "Leo", "Kim"],
            0,
            "Dana and 2 others will read this",
        );
        check(
            &["Dana"],
            1,
            "Dana will read this; 1 more gets a hidden copy",
        );
        check(
            &["Dana"],
            2,
            "Dana will read this; 2 more get a hidden copy",
        );
        check(
            &[],
            1,
            "nobody in the open will read this; 1 more gets a hidden copy",
        );
    }

    #[test]
    fn strangers_are_named_by_their_address() {
        let check = |whose: Party, outside: &[(&str, Option<&str>)], expected: Option<&str>| {
            let one = |(address, client): &(&str, Option<&str>)| Outsider {
                address: (*address).to_owned(),
                client: client.map(str::to_owned),
            };
            let outside = outside.iter().map(one).collect();
            let readers = Readers {
                outside,
                whose,
                ..Readers::default()
            };
            let ends = |it: &str| format!("{it}. Leave out whoever should not read it.");
            assert_eq!(warning(&readers), expected.map(ends));
        };
        let alder = || Party::Client("Alder Clinic".to_owned());
        let tomasz = || Party::Requester("Tomasz".to_owned());
        let boss = ("boss@evil.example", None);
        let kim = ("kim@bolt.example", Some("Bolt"));
        check(alder(), &[], None);
        check(
            alder(),
            &[boss],
            Some("boss@evil.example is not of Alder Clinic"),
        );
        check(
            alder(),
            &[boss, kim],
            Some(
                "boss@evil.example is not of Alder Clinic; kim@bolt.example is of Bolt, not of Alder Clinic",
            ),
        );
        check(
            tomasz(),
            &[boss],
            Some("boss@evil.example is not with Tomasz"),
        );
        check(
            tomasz(),
            &[kim],
            Some("kim@bolt.example is of Bolt, not with Tomasz"),
        );
        let many = [kim; 7];
        let said = warning(&Readers {
            outside: many
                .iter()
                .map(|(address, _)| Outsider {
                    address: (*address).to_owned(),
                    client: None,
                })
                .collect(),
            whose: alder(),
            unknown: 3,
            ..Readers::default()
        });
        let said = said.expect("a warning");
        assert!(
            said.contains("2 more are not either; 3 more addresses were not looked at"),
            "{said}"
        );
    }
}
