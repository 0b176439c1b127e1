//! Reports about mail that was not delivered (RFC 3464), and the older forms without one.
//!
//! It only recognises them; which mail and which recipient they speak of is read elsewhere.

use super::{has_part, report_type, subject_of};
use crate::address;
use crate::bounce;
use crate::mail::IncomingMail;

/// How mail systems head their reports.
const SUBJECTS: [&str; 102] = [
    "undelivered mail returned to sender",
    "undeliverable",
    "undelivered mail",
    "undeliverable mail",
    "delivery status notification",
    "delivery failure",
    "delivery failed",
    "delivery report",
    "delivery notification",
    "delivery error",
    "delivery has failed",
    "mail delivery failed",
    "mail delivery failure",
    "mail delivery problem",
    "mail delivery system",
    "mail system error",
    "mail could not be delivered",
    "message could not be delivered",
    "message undeliverable",
    "failure notice",
    "failed to deliver",
    "could not send message",
    "returned mail",
    "returned to sender",
    "unzustellbar",
    "non remis",
    "non recapitabile",
    "no se puede entregar",
    "zustellung fehlgeschlagen",
    "zustellungsfehler",
    "nicht zugestellt",
    "nicht zustellbar",
    "übermittlungsstatus",
    "échec de la remise",
    "échec de remise",
    "non distribué",
    "non livré",
    "état de remise",
    "remise différée",
    "no entregado",
    "no se pudo entregar",
    "no se ha podido entregar",
    "error de entrega",
    "fallo en la entrega",
    "estado de entrega",
    "correo devuelto",
    "mancato recapito",
    "mancata consegna",
    "recapito non riuscito",
    "non recapitato",
    "stato del recapito",
    "não entregue",
    "não foi possível entregar",
    "falha na entrega",
    "falha de entrega",
    "estado da entrega",
    "onbestelbaar",
    "niet bezorgd",
    "niet afgeleverd",
    "bezorging mislukt",
    "kunde inte levereras",
    "går inte att leverera",
    "olevererat",
    "oleverbart",
    "kunne ikke leveres",
    "ikke leveret",
    "ikke levert",
    "toimitus epäonnistui",
    "ei voitu toimittaa",
    "toimittamaton",
    "nie dostarczono",
    "niedostarczon",
    "nie można dostarczyć",
    "zwrot wiadomości",
    "nedoručen",
    "nelze doručit",
    "nedoručiteľn",
    "kézbesíthetetlen",
    "nem kézbesíthető",
    "nelivrat",
    "teslim edilemedi",
    "iletilemedi",
    "не доставлен",
    "недоставлен",
    "не удалось доставить",
    "не вдалося доставити",
    "不達",
    "配信不能",
    "配信エラー",
    "配達エラー",
    "送信できません",
    "退信",
    "無法傳遞",
    "無法投遞",
    "无法投递",
    "无法送达",
    "未送达",
    "未傳遞",
    "배달되지",
    "배달할 수 없",
    "전달되지",
    "반송",
];

/// How systems that head their reports with anything begin them.
const WORDS: [&str; 48] = [
    "did not reach the following recipient",
    "did not reach some or all",
    "could not be delivered to",
    "couldn't be delivered to",
    "was not delivered to",
    "wasn't delivered to",
    "could not be sent to",
    "unable to deliver",
    "failed to deliver",
    "delivery to the following recipient",
    "following addresses had",
    "error message below:",
    "following address failed",
    "konnte nicht zugestellt werden",
    "konnte nicht an",
    "empfänger nicht erreicht",
    "n'a pas pu être remis",
    "n’a pas pu être remis",
    "n'a pas pu être livré",
    "n'a pas pu être distribué",
    "no se pudo entregar",
    "no se ha podido entregar",
    "non è stato possibile recapitare",
    "non è stato recapitato",
    "não pôde ser entregue",
    "não foi possível entregar",
    "kon niet worden bezorgd",
    "kan niet worden bezorgd",
    "kunde inte levereras",
    "kunne ikke leveres",
    "ei voitu toimittaa",
    "nie mogła zostać dostarczona",
    "nie można było dostarczyć",
    "nebylo možné doručit",
    "nem sikerült kézbesíteni",
    "nu a putut fi livrat",
    "teslim edilemedi",
    "не удалось доставить",
    "не было доставлено",
    "не может быть доставлено",
    "не вдалося доставити",
    "配信できませんでした",
    "配送できませんでした",
    "無法傳遞",
    "無法寄送",
    "无法投递",
    "无法送达",
    "배달하지 못했",
];

/// Bytes at the start of the text that are looked at for those words.
const MAX_WORDS_BYTES: usize = 2_000;

/// Why the mail is a delivery report, if it is one.
pub fn bounce(mail: &IncomingMail) -> Option<String> {
    if matches!(
        report_type(mail).as_deref(),
        Some("delivery-status" | "delivery-status-notification")
    ) {
        return Some("it is a delivery report".into());
    }
    if has_part(mail, "message/delivery-status") || has_part(mail, "message/global-delivery-status")
    {
        return Some("it carries a delivery report".into());
    }
    if mail.header("X-Failed-Recipients").is_some() {
        return Some("it has the header X-Failed-Recipients".into());
    }
    if bounce::is_notification(mail) {
        return Some("it is a mail service's notification about a delivery".into());
    }
    let sender = mail.from.first();
    if let Some(sender) = sender.filter(|sender| address::is_mailer(sender)) {
        return Some(format!("{} is mail software", address::shown(sender)));
    }
    let by_postmaster = sender.is_some_and(|sender| address::is_postmaster(&sender.address));
    let nobody = mail.return_path.as_deref() == Some("");
    if !by_postmaster && !nobody {
        return robot_naming_recipient(mail).or_else(|| list_refusing(mail));
    }
    let subject = subject_of(mail);
    if let Some(words) = SUBJECTS.iter().find(|words| subject.contains(*words)) {
        return Some(format!(
            "mail software wrote it and its subject says {words:?}"
        ));
    }
    let start = mail.text.floor_char_boundary(MAX_WORDS_BYTES);
    let start = mail.text.get(..start).unwrap_or_default().to_lowercase();
    let words = WORDS.iter().find(|words| start.contains(*words))?;
    Some(format!("mail software wrote it and it says {words:?}"))
}

/// A robot that says to which address it could not deliver. Parcels are not delivered either, but not
/// to an address with an `@`.
fn robot_naming_recipient(mail: &IncomingMail) -> Option<String> {
    let sender = mail.from.first()?;
    if !address::is_noreply(&sender.address) {
        return None;
    }
    let start = mail.text.floor_char_boundary(MAX_WORDS_BYTES);
    let mut lines = mail.text.get(..start).unwrap_or_default().lines();
    let found = lines.find(|line| {
        let line = line.to_lowercase();
        line.contains('@') && WORDS.iter().any(|words| line.contains(words))
    });
    found.map(|_| format!("{} says where it could not deliver", sender.address))
}

/// A mailing list's manager that refuses what was sent to the list.
fn list_refusing(mail: &IncomingMail) -> Option<String> {
    const REFUSALS: [&str; 5] = [
        "you are not a member of this mailing list",
        "you are not allowed to post to this mailing list",
        "duplicated message-id in <",
        "your message to the list was rejected",
        "your mail to this list was rejected",
    ];
    let sender = mail.from.first()?;
    let local = sender.address.rsplit_once('@')?.0.to_ascii_lowercase();
    let manages = ["-admin", "-owner", "-request", "-bounces"]
        .iter()
        .any(|end| local.ends_with(end))
        || local.starts_with("owner-");
    if !manages {
        return None;
    }
    let start = mail.text.floor_char_boundary(MAX_WORDS_BYTES);
    let start = mail.text.get(..start).unwrap_or_default().to_lowercase();
    let refused = REFUSALS.iter().any(|words| start.contains(words));
    refused.then(|| format!("the list {} refused a mail", address::shown(sender)))
}
