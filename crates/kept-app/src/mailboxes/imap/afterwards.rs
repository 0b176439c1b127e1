//! What happens in the mailbox to a mail that is durable here: it is marked as read, moved or deleted.
//! Never removes a mail that is not named, and doing it twice does no harm.

use kept_domain::mailboxes::Trouble;
use kept_store::mailboxes::mails::State;

use super::names;
use super::problem::Problem;
use super::settings::Afterwards;
use super::talk::Talk;

/// What a refusal counts as.
pub(super) const TROUBLE: Trouble = Trouble::Afterwards;

pub(super) async fn carry_out(
    talk: &mut Talk,
    state: State,
    afterwards: &Afterwards,
    uids: &[u32],
) -> Result<(), Problem> {
    let set = names::uid_set(uids);
    match (state, afterwards) {
        (State::Canary, _) | (_, Afterwards::Delete) => delete(talk, &set).await,
        (_, Afterwards::Keep) => {
            let mark = format!("UID STORE {set} +FLAGS.SILENT (\\Seen)");
            talk.act(&mark, "fetched mail can't be marked as read")
                .await
        }
        (_, Afterwards::Move { folder }) => move_to(talk, &set, folder).await,
    }
}

async fn move_to(talk: &mut Talk, set: &str, folder: &str) -> Result<(), Problem> {
    let verb = if talk.can.move_mails { "MOVE" } else { "COPY" };
    let target = names::folder(folder);
    let command = format!("UID {verb} {set} {target}");
    let what = format!("fetched mail can't be moved to “{folder}”");
    if let Err(refused) = talk.act(&command, &what).await {
        if refused.kind != TROUBLE {
            return Err(refused);
        }
        // The folder may only be missing. If it can't be made either, the first refusal says more.
        let made = talk.act(&format!("CREATE {target}"), &what).await;
        made.map_err(|_| refused)?;
        talk.act(&command, &what).await?;
    }
    if talk.can.move_mails {
        return Ok(());
    }
    delete(talk, set).await
}

/// Without UIDPLUS a mail is only marked as deleted: removing would take others' marked mails along.
async fn delete(talk: &mut Talk, set: &str) -> Result<(), Problem> {
    let what = "fetched mail can't be deleted";
    let mark = format!("UID STORE {set} +FLAGS.SILENT (\\Seen \\Deleted)");
    talk.act(&mark, what).await?;
    if talk.can.uid_plus {
        talk.act(&format!("UID EXPUNGE {set}"), what).await?;
    }
    Ok(())
}
