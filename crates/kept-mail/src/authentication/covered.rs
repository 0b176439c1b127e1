//! Which headers the signatures of a mail cover (RFC 6376 §3.5, tag `h`): what stands elsewhere can have been
//! added by whoever handed the mail on. Whether a signature is genuine is found out elsewhere.

use kept_domain::intake::authentic::{Authentic, Verdict, Voucher};

use crate::mail::IncomingMail;

/// Signatures of one mail that are looked at, and bytes of one.
const MAX_SIGNATURES: usize = 20;
const MAX_BYTES: usize = 16 * 1024;

/// What nobody on the way can have changed, because whoever vouched for the mail vouched for that too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Covered {
    Nothing,
    /// The domain's own server handed it over.
    Everything,
    /// What every signature covers that may be the one that vouched: a forged one beside it adds nothing.
    Signed(Vec<Vec<String>>),
}

/// What the proof of where a mail is from extends to.
pub fn covered(mail: &IncomingMail, authentic: Option<&Authentic>) -> Covered {
    let Some(authentic) = authentic else {
        return Covered::Nothing;
    };
    let Verdict::Aligned { by, .. } = &authentic.verdict else {
        return Covered::Nothing;
    };
    let signatures = match by {
        _ if authentic.came_directly => return Covered::Everything,
        Voucher::Dkim(domain) => signatures(mail, Some(domain)),
        // The rule was met by a signature that is not named, or by the server when there is none.
        Voucher::Dmarc(_) => match signatures(mail, None) {
            none if none.is_empty() => return Covered::Everything,
            some => some,
        },
        Voucher::Spf(_) | Voucher::Arc(_) => return Covered::Nothing,
    };
    match signatures.is_empty() {
        true => Covered::Nothing,
        false => Covered::Signed(signatures),
    }
}

impl Covered {
    /// Whether all headers of this name are as they were written. A name signed fewer times than it stands
    /// there leaves room for one more.
    pub fn has(&self, mail: &IncomingMail, name: &str) -> bool {
        let there = mail.headers_named(name).count();
        match self {
            Covered::Nothing => false,
            Covered::Everything => true,
            Covered::Signed(all) => all.iter().all(|names| {
                let signed = names.iter().filter(|it| it.eq_ignore_ascii_case(name));
                there == 0 || signed.count() >= there
            }),
        }
    }
}

/// The names each signature covers; of one domain, or of any.
fn signatures(mail: &IncomingMail, by: Option<&str>) -> Vec<Vec<String>> {
    let all = mail.headers_named("DKIM-Signature").take(MAX_SIGNATURES);
    let all = all.map(|value| &value[..value.floor_char_boundary(MAX_BYTES)]);
    let ours = all.filter(|value| {
        let domain = tag(value, "d").unwrap_or_default();
        by.is_none_or(|by| domain.trim_end_matches('.').eq_ignore_ascii_case(by))
    });
    ours.map(names).collect()
}

/// Nothing when only a part of the text is signed: the rest is anybody's.
fn names(value: &str) -> Vec<String> {
    if tag(value, "l").is_some() {
        return vec![];
    }
    let listed = tag(value, "h").unwrap_or_default();
    listed.split(':').map(str::to_owned).collect()
}

/// The value of one tag without the white space that folding puts there.
fn tag(value: &str, wanted: &str) -> Option<String> {
    let mut tags = value.split(';').filter_map(|tag| tag.split_once('='));
    let (_, found) = tags.find(|(name, _)| name.trim() == wanted)?;
    Some(found.chars().filter(|c| !c.is_whitespace()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &str, directly: bool, by: Voucher, expected: &str) {
        let raw = format!(
            "{headers}From: rui@desk.example\r\nSubject: x\r\nTo: a@desk.example\r\n\r\nx\r\n"
        );
        let mail = crate::parse(raw.as_bytes());
        let authentic = Authentic {
            verdict: Verdict::Aligned {
                domain: "desk.example".into(),
                by,
            },
            came_directly: directly,
            ..Authentic::default()
        };
        let covered = covered(&mail, Some(&authentic));
        let names = ["From", "To", "Cc", "Subject", "References"];
        let found: Vec<&str> = names
            .into_iter()
            .filter(|name| covered.has(&mail, name))
            .collect();
        assert_eq!(found.join(" "), expected, "{headers}");
    }

    fn signed() -> Voucher {
        Voucher::Dkim("desk.example".into())
    }

    fn ruled() -> Voucher {
        Voucher::Dmarc("desk.example".into())
    }

    const ALL: &str = "From To Cc Subject References";

    #[test]
    fn only_what_every_possible_signature_covers_counts() {
        let full = "DKIM-Signature: v=1; d=Desk.example; s=k; h=From: to :\r\n subject:cc; b=x\r\n";
        let little = "DKIM-Signature: v=1; d=desk.example; h=from:subject; b=x\r\n";
        check(full, false, signed(), ALL);
        check(little, false, signed(), "From Cc Subject References");
        check(
            &format!("{full}{little}"),
            false,
            signed(),
            "From Cc Subject References",
        );
        let other = little.replace("d=desk", "d=relay");
        check(&format!("{full}{other}"), false, signed(), ALL);
        check(
            &format!("{full}{other}"),
            false,
            ruled(),
            "From Cc Subject References",
        );
        check(&other, false, signed(), "");
        check(
            &format!("To: b@desk.example\r\n{full}"),
            false,
            signed(),
            "From Cc Subject References",
        );
        let added = format!("References: <1@x>\r\n{full}");
        check(&added, false, signed(), "From To Cc Subject");
        check(
            &full.replace("; b=", "; l=20; b="),
            false,
            signed(),
            "Cc References",
        );
    }

    #[test]
    fn what_its_own_server_hands_over_did_not_go_around() {
        check("", true, signed(), ALL);
        check("", false, ruled(), ALL);
        check("", false, signed(), "");
        check("", false, Voucher::Spf("desk.example".into()), "");
        check("", false, Voucher::Arc("list.example".into()), "");
    }

    #[test]
    fn nothing_is_covered_when_nobody_vouched() {
        let mail = crate::parse(b"From: rui@desk.example\r\n\r\nx\r\n");
        assert_eq!(covered(&mail, None), Covered::Nothing);
        assert_eq!(
            covered(&mail, Some(&Authentic::default())),
            Covered::Nothing
        );
    }
}
