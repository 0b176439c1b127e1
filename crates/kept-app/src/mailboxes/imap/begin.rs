//! Where fetching begins in a folder: on the first visit, and again when the server has given all
//! mails new numbers (UIDVALIDITY, RFC 9051 §2.3.1.1). Mails that come twice by that are known by
//! their content.

use jiff::{SignedDuration, Timestamp};
use kept_store::mailboxes::{Place, mails};

use super::problem::Problem;
use super::settings::BeginWith;
use super::talk::{Folder, Talk};
use crate::Desk;
use kept_domain::ids::MailboxId;

/// Their clock and ours may differ by this.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_hours(1);

/// The place to go on from in a folder just opened; new numbers are written down first.
pub(super) async fn place(
    desk: &Desk,
    id: MailboxId,
    before: Place,
    begin_with: BeginWith,
    folder: &Folder,
    talk: &mut Talk,
) -> Result<Place, Problem> {
    if before.uid_validity == Some(folder.uid_validity) {
        return Ok(before);
    }
    let now = desk.now();
    let uids = wanted(before, begin_with, talk).await?;
    let next_uid = match folder.uid_next {
        Some(next) => next,
        None => after(&talk.search("ALL").await?),
    };
    let place = Place {
        uid_validity: Some(folder.uid_validity),
        next_uid,
        begun_at: before.begun_at.or(Some(now)),
    };
    let is_here = |uid: &u32| *uid < next_uid || *uid == u32::MAX;
    let uids: Vec<u32> = uids.into_iter().filter(is_here).collect();
    if before.uid_validity.is_some() {
        tracing::info!(
            mailbox = id.0,
            mails = uids.len(),
            "the server numbers this mailbox anew; looking through it again"
        );
    }
    desk.store()
        .write(move |tx| mails::seen(tx, id, &place, &uids, now))
        .await?;
    Ok(place)
}

/// The number behind the last of these, where there is one: numbers end (RFC 9051 §2.3.1.1).
fn after(uids: &[u32]) -> u32 {
    uids.last().map_or(1, |last| last.saturating_add(1))
}

/// Which of the mails that are there are to be taken in.
async fn wanted(
    before: Place,
    begin_with: BeginWith,
    talk: &mut Talk,
) -> Result<Vec<u32>, Problem> {
    let mut uids = match begin_with {
        BeginWith::Everything => return talk.search("ALL").await,
        BeginWith::Unread => talk.search("UNSEEN").await?,
        BeginWith::New => vec![],
    };
    if let (Some(begun_at), Some(_)) = (before.begun_at, before.uid_validity) {
        uids.extend(since(&talk.dates().await?, begun_at));
        uids.sort_unstable();
        uids.dedup();
    }
    Ok(uids)
}

/// Mails that came after `begun_at`. One whose date can't be read is among them.
fn since(dates: &[(u32, String)], begun_at: Timestamp) -> Vec<u32> {
    let is_new = |date: &str| {
        let came = Timestamp::strptime("%d-%b-%Y %H:%M:%S %z", date.trim());
        came.map_or(true, |came| came >= begun_at - CLOCKS_DIFFER)
    };
    let new = dates.iter().filter(|(_, date)| is_new(date));
    new.map(|(uid, _)| *uid).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_after_the_last_one_does_not_run_over() {
        assert_eq!(after(&[]), 1);
        assert_eq!(after(&[4, 7]), 8);
        assert_eq!(after(&[7, u32::MAX]), u32::MAX);
    }

    #[test]
    fn mails_that_came_since_we_began_are_found_by_their_dates() {
        let begun_at: Timestamp = "2026-11-23T09:00:00Z".parse().expect("a time");
        let check = |date: &str, new: bool| {
            let found = since(&[(7, date.to_owned())], begun_at);
            assert_eq!(found == [7], new, "{date}");
        };
        check("23-Nov-2026 09:30:00 +0000", true);
        check("23-Nov-2026 10:30:00 +0200", true);
        check("23-Nov-2026 07:30:00 +0000", false);
        check(" 3-Nov-2026 23:59:00 -0800", false);
        check("some day", true);
    }
}
