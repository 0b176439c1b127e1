//! Signing in at providers that want OAuth2 (RFC 6749): once by a person, ever after by itself. Knows
//! nothing of what the tokens are for; mailboxes and relays ask for one.

mod answer;
mod code;
mod device;
mod provider;
mod tokens;

pub use code::{Link, account_of, begin as begin_code, finish as finish_code, return_address};
pub use device::{Polled, ShownCode, begin as begin_device, poll as poll_device, under_way};
pub use provider::{AccountSettings, Provider};
pub(crate) use tokens::access_token;
pub use tokens::{NoToken, Tokens};

/// What SASL XOAUTH2 sends, before base64.
pub(crate) fn xoauth2(user: &str, token: &str) -> String {
    // A control character would end a field early.
    let plain = |text: &str| -> String { text.chars().filter(|c| !c.is_control()).collect() };
    format!(
        "user={}\u{1}auth=Bearer {}\u{1}\u{1}",
        plain(user),
        plain(token)
    )
}

/// A form as token endpoints want it.
fn form(fields: &[(&str, &str)]) -> Vec<u8> {
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)));
    pairs.collect::<Vec<_>>().join("&").into_bytes()
}

/// Everything but unreserved characters is escaped (RFC 3986 §2.3).
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_can_not_be_broken_out_of() {
        assert_eq!(
            xoauth2("a@b", "to\u{1}ken"),
            "user=a@b\u{1}auth=Bearer token\u{1}\u{1}"
        );
        assert_eq!(form(&[("a", "b&c=d e")]), b"a=b%26c%3Dd%20e");
    }
}
