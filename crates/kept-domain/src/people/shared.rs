//! Domains whose addresses belong to people who have nothing else in common.

use super::Domain;

/// Providers of mailboxes for everybody, by the name before the last dot or the whole domain.
const SHARED: [&str; 44] = [
    "gmail",
    "googlemail",
    "outlook",
    "hotmail",
    "live",
    "msn",
    "yahoo",
    "ymail",
    "rocketmail",
    "icloud",
    "me.com",
    "mac.com",
    "aol",
    "gmx",
    "web.de",
    "t-online",
    "freenet",
    "posteo",
    "mailbox.org",
    "proton",
    "protonmail",
    "tutanota",
    "tuta",
    "mail.ru",
    "yandex",
    "bk.ru",
    "list.ru",
    "rambler",
    "orange.fr",
    "free.fr",
    "laposte",
    "wanadoo",
    "sfr.fr",
    "libero",
    "virgilio",
    "sapo",
    "qq.com",
    "163.com",
    "126.com",
    "zoho",
    "fastmail",
    "comcast",
    "btinternet",
    "bluewin",
];

impl Domain {
    /// Whether two addresses here say nothing about whether their people know each other.
    pub fn is_shared(&self) -> bool {
        let domain = self.as_str();
        let name = domain.split('.').next().unwrap_or_default();
        SHARED.iter().any(|known| match known.contains('.') {
            true => *known == domain,
            false => *known == name,
        })
    }
}
