//! How a mail was understood.

use kept_domain::intake::authentic::Authentic;
use kept_mail::Inspection;
use serde::Serialize;

#[derive(Serialize)]
pub struct Inspected<'a> {
    pub file: &'a str,
    /// What trusted servers found out about its sender; null when none is named or none says anything.
    pub authentic: Option<Authentic>,
    #[serde(flatten)]
    pub mail: &'a Inspection,
}

/// The same for people at a terminal.
pub fn inspection(inspected: &Inspected<'_>) -> String {
    let value = serde_json::to_value(inspected).unwrap_or_default();
    let pretty = serde_json::to_string_pretty(&value).unwrap_or_default();
    format!("{}\n{pretty}", inspected.file)
}
