//! `kept doctor`

use kept_app::config::Given;
use kept_app::doctor;

use super::{print, print_json, with_existing_desk};
use crate::failure::Failure;

pub fn run(given: &Given, rebuild: bool, json: bool) -> Result<(), Failure> {
    with_existing_desk(given, async |desk| {
        if rebuild {
            let rebuilt = doctor::rebuild(&desk).await?;
            print(&format!("Rebuilt {rebuilt} tickets from their history."))?;
        }
        let report = doctor::examine(&desk).await?;
        if json {
            print_json(&report)?;
        } else {
            print(&format!(
                "Looked at {} tickets, {} messages, {} events, {} originals, {} unsorted mails.",
                report.tickets, report.messages, report.events, report.originals, report.unsorted
            ))?;
            for finding in &report.findings {
                print(&format!("  {finding}"))?;
            }
        }
        if report.is_content() {
            return if json {
                Ok(())
            } else {
                print("Everything is whole.")
            };
        }
        Err(Failure::found("not everything is whole; see above"))
    })
}
