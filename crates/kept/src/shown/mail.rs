//! How a mail was understood.

use kept_mail::Inspection;
use serde::Serialize;

#[derive(Serialize)]
pub struct Inspected<'a> {
    pub file: &'a str,
    #[serde(flatten)]
    pub mail: &'a Inspection,
}

/// The same for people at a terminal.
pub fn inspection(file: &str, inspection: &Inspection) -> String {
    let value = serde_json::to_value(inspection).unwrap_or_default();
    let pretty = serde_json::to_string_pretty(&value).unwrap_or_default();
    format!("{file}\n{pretty}")
}
