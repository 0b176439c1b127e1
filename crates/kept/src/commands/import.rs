//! `kept import`: a table of people, clients or assets, looked at and brought in as the browser does it.

use std::path::Path;

use kept_app::Desk;
use kept_app::config::Given;
use kept_app::domain::imports::{Kind, Outcome};
use kept_app::imports::{self, Progress};
use kept_app::store::imports::State;

use super::{everybody, print, with_existing_desk};
use crate::failure::Failure;

pub fn run(given: &Given, kind: &str, file: &Path, dry_run: bool) -> Result<(), Failure> {
    let kinds = "Say what the lines are: people, clients or assets";
    let kind = Kind::from_text(kind).ok_or_else(|| Failure::data(kinds.to_owned()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let name = name.into_owned();
    let bytes = std::fs::read(file)?;
    with_existing_desk(given, async |desk| {
        let id = imports::upload(&desk, &everybody(), kind, (name, &bytes)).await?;
        let columns = standing(&desk, id).await?.import.mapping.0;
        imports::look(&desk, &everybody(), id, columns).await?;
        finish(&desk, id).await?;
        if !dry_run {
            imports::begin(&desk, &everybody(), id).await?;
            finish(&desk, id).await?;
        }
        tell(&standing(&desk, id).await?)
    })
}

async fn standing(desk: &Desk, id: i64) -> Result<Progress, Failure> {
    let refused = vec![Outcome::Refused];
    Ok(imports::progress(desk, &everybody(), id, refused, 0).await?)
}

/// A server that runs beside may do parts of it too; it ends either way.
async fn finish(desk: &Desk, id: i64) -> Result<(), Failure> {
    while imports::part(desk, id).await? {}
    Ok(())
}

fn tell(it: &Progress) -> Result<(), Failure> {
    let n = |outcome| it.count(outcome);
    let (made, changed) = (Outcome::Made, Outcome::Changed);
    let (same, refused) = (n(Outcome::Same), n(Outcome::Refused));
    print(&match it.import.state {
        State::Done => format!(
            "{} new, {} changed, {same} as they were, {refused} not taken",
            n(made),
            n(changed)
        ),
        _ => format!(
            "{} would be new, {} changed, {same} are so already, {refused} can't be taken; nothing was changed",
            n(Outcome::Make),
            n(Outcome::Change)
        ),
    })?;
    let line = |line: &kept_app::store::imports::Line| {
        print(&format!("line {}: {}", line.line, line.says))
    };
    it.lines.iter().try_for_each(line)?;
    match it.next {
        Some(_) => print(&format!("… the rest is on /imports/{}", it.import.id)),
        None => Ok(()),
    }
}
