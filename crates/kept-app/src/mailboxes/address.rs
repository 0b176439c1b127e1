//! Addresses as they stand in SMTP commands.

/// An address that can't break out of a reply or a log line, or nothing.
pub fn clean(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = text.len() <= 320 && !text.chars().any(|c| c.is_control() || "<>".contains(c));
    (plain && text.contains('@')).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn only_addresses_pass() {
        assert_eq!(
            clean("support@localhost").as_deref(),
            Some("support@localhost")
        );
        assert_eq!(clean("support"), None);
        assert_eq!(clean("a@b\r\n250 OK"), None);
        assert_eq!(clean(&format!("{}@b", "a".repeat(400))), None);
    }
}
