//! What a column means, and what its header most likely says, in English and German.

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::messages::text_form;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    Name,
    GivenName,
    FamilyName,
    Email,
    Client,
    Job,
    Phone,
    Language,
    Zone,
    Notes,
    Domains,
    Identifier,
    Kind,
    Owner,
    Service,
    Warranty,
}

text_form!(Column {
    Column::Name => "name",
    Column::GivenName => "given-name",
    Column::FamilyName => "family-name",
    Column::Email => "email",
    Column::Client => "client",
    Column::Job => "job",
    Column::Phone => "phone",
    Column::Language => "language",
    Column::Zone => "zone",
    Column::Notes => "notes",
    Column::Domains => "domains",
    Column::Identifier => "identifier",
    Column::Kind => "kind",
    Column::Owner => "owner",
    Column::Service => "service",
    Column::Warranty => "warranty",
});

impl Column {
    /// In the middle of a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Column::Name => "name",
            Column::GivenName => "given name",
            Column::FamilyName => "family name",
            Column::Email => "e-mail address",
            Column::Client => "client",
            Column::Job => "job",
            Column::Phone => "phone",
            Column::Language => "language",
            Column::Zone => "time zone",
            Column::Notes => "notes",
            Column::Domains => "mail domains",
            Column::Identifier => "identifier",
            Column::Kind => "kind",
            Column::Owner => "owner’s e-mail address",
            Column::Service => "service",
            Column::Warranty => "last day of warranty",
        }
    }
}

/// Headers in the form [`plain`] gives them.
const SAID: &[(Column, &[&str])] = &[
    (
        Column::Email,
        &[
            "email",
            "mail",
            "emailaddress",
            "mailaddress",
            "emailadresse",
            "mailadresse",
            "address",
            "adresse",
        ],
    ),
    (
        Column::Name,
        &[
            "name",
            "fullname",
            "displayname",
            "anzeigename",
            "vollername",
            "person",
            "kontakt",
            "ansprechpartner",
            "asset",
            "device",
            "gerat",
            "bezeichnung",
            "hostname",
            "computername",
            "geratename",
            "clientname",
            "firmenname",
        ],
    ),
    (
        Column::GivenName,
        &["givenname", "firstname", "vorname", "rufname"],
    ),
    (
        Column::FamilyName,
        &[
            "familyname",
            "lastname",
            "surname",
            "nachname",
            "familienname",
        ],
    ),
    (
        Column::Client,
        &[
            "client",
            "company",
            "customer",
            "organisation",
            "organization",
            "account",
            "firma",
            "kunde",
            "mandant",
            "unternehmen",
            "betrieb",
        ],
    ),
    (
        Column::Job,
        &[
            "job", "jobtitle", "title", "position", "role", "funktion", "rolle", "stelle", "beruf",
            "titel",
        ],
    ),
    (
        Column::Phone,
        &[
            "phone",
            "phonenumber",
            "telephone",
            "mobile",
            "mobilephone",
            "tel",
            "telefon",
            "telefonnummer",
            "rufnummer",
            "mobil",
            "handy",
            "festnetz",
        ],
    ),
    (Column::Language, &["language", "lang", "locale", "sprache"]),
    (Column::Zone, &["timezone", "zone", "tz", "zeitzone"]),
    (
        Column::Notes,
        &[
            "notes",
            "note",
            "comment",
            "comments",
            "remarks",
            "notiz",
            "notizen",
            "bemerkung",
            "bemerkungen",
            "kommentar",
        ],
    ),
    (
        Column::Domains,
        &[
            "domain",
            "domains",
            "maildomain",
            "maildomains",
            "emaildomain",
            "emaildomains",
            "domane",
            "domanen",
        ],
    ),
    (
        Column::Identifier,
        &[
            "identifier",
            "id",
            "serial",
            "serialnumber",
            "serialno",
            "sn",
            "assettag",
            "tag",
            "inventorynumber",
            "seriennummer",
            "seriennr",
            "inventarnummer",
            "inventarnr",
            "geratenummer",
            "kennung",
        ],
    ),
    (
        Column::Kind,
        &[
            "kind",
            "type",
            "category",
            "model",
            "art",
            "typ",
            "kategorie",
            "geratetyp",
            "modell",
        ],
    ),
    (
        Column::Owner,
        &[
            "owner",
            "owneremail",
            "user",
            "usermail",
            "useremail",
            "assignedto",
            "besitzer",
            "benutzer",
            "nutzer",
            "inhaber",
            "zugewiesenan",
        ],
    ),
    (Column::Service, &["service", "dienst", "system"]),
    (
        Column::Warranty,
        &[
            "warranty",
            "warrantyuntil",
            "warrantyend",
            "warrantydate",
            "warrantyexpires",
            "garantie",
            "garantiebis",
            "garantieende",
            "gewahrleistungbis",
        ],
    ),
];

/// What a header most likely means for lines of this kind.
pub fn guess(kind: Kind, header: &str) -> Option<Column> {
    let said = plain(header);
    // “Firma” heads the names of clients, and the clients of people.
    if kind == Kind::Clients && SAID[4].1.contains(&said.as_str()) {
        return Some(Column::Name);
    }
    let meant = |(column, names): &&(Column, &[&str])| {
        kind.columns().contains(column) && names.contains(&said.as_str())
    };
    SAID.iter().find(meant).map(|(column, _)| *column)
}

/// Letters only, small and without accents: `E-Mail-Adresse` is `emailadresse`, `Gerät` is `gerat`.
fn plain(header: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let folded = header.to_lowercase().replace('ß', "ss");
    folded.nfd().filter(|c| c.is_ascii_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_in_english_and_german() {
        let check = |kind, header: &str, expected| {
            assert_eq!(guess(kind, header), expected, "{header}");
        };
        check(Kind::People, "E-Mail-Adresse", Some(Column::Email));
        check(Kind::People, "\u{feff}Email", Some(Column::Email));
        check(Kind::People, "First Name", Some(Column::GivenName));
        check(Kind::People, "Nachname", Some(Column::FamilyName));
        check(Kind::People, "Firma", Some(Column::Client));
        check(Kind::Clients, "Firma", Some(Column::Name));
        check(Kind::People, "Telefon", Some(Column::Phone));
        check(Kind::Assets, "Serial No.", Some(Column::Identifier));
        check(Kind::Assets, "Gerät", Some(Column::Name));
        check(Kind::Assets, "Garantie bis", Some(Column::Warranty));
        check(Kind::Clients, "Domänen", Some(Column::Domains));
        check(Kind::People, "Garantie bis", None);
        check(Kind::People, "Shoe size", None);
    }

    #[test]
    fn no_header_means_two_columns_of_one_kind() {
        for kind in Kind::ALL {
            let mut seen = Vec::new();
            for (column, names) in SAID.iter().filter(|it| kind.columns().contains(&it.0)) {
                for name in *names {
                    assert_eq!(plain(name), *name, "{column:?}");
                    assert!(!seen.contains(name), "{name} twice for {kind:?}");
                    seen.push(name);
                }
            }
        }
    }
}
