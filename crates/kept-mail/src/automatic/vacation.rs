//! Out-of-office notes and other automatic replies to a mail (RFC 3834).
//!
//! A subject alone counts only where people do not write it themselves.

use super::machine::auto_submitted_value;
use super::subject_of;
use crate::mail::IncomingMail;

/// Headers only automatic replies have.
const HEADERS: [&str; 7] = [
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Auto-Reply",
    "X-Auto-Response",
    "X-AutoReply-From",
    "X-Mail-Autoreply",
];

/// How automatic replies begin their subject, as mail systems word it.
const SUBJECTS: [&str; 82] = [
    "automatic reply:",
    "auto reply:",
    "auto-reply:",
    "autoreply:",
    "auto response:",
    "autoresponse:",
    "autoresponder:",
    "out of office:",
    "out of office autoreply",
    "out of the office:",
    "out-of-office:",
    "vacation reply",
    "on vacation:",
    "automatische antwort:",
    "automatisch antwoord:",
    "abwesenheitsnotiz:",
    "abwesenheit:",
    "abwesend:",
    "réponse automatique",
    "absence du bureau",
    "respuesta automática",
    "fuera de la oficina",
    "risposta automatica",
    "fuori sede",
    "resposta automática",
    "autosvar:",
    "automaattinen vastaus",
    "autosvar ",
    "automatická odpověď",
    "odpowiedź automatyczna",
    "réponse d'absence",
    "automatiskt svar",
    "automatisk svar",
    "automatikus válasz",
    "automatyczna odpowiedź",
    "automatická odpoveď",
    "răspuns automat",
    "raspuns automat",
    "otomatik yanıt",
    "otomatik cevap",
    "автоматический ответ",
    "автоответ",
    "автоматична відповідь",
    "автоматичен отговор",
    "αυτόματη απάντηση",
    "automatski odgovor",
    "samodejni odgovor",
    "automatinis atsakymas",
    "automātiska atbilde",
    "automaatvastus",
    "sjálfvirkt svar",
    "abwesenheitsassistent",
    "abwesenheitsmeldung",
    "afwezigheidsassistent",
    "notification d'absence",
    "respuesta automàtica",
    "resposta automàtica",
    "messaggio automatico:",
    "自動応答",
    "自動返信",
    "不在通知",
    "自动答复",
    "自动回复",
    "自動回覆",
    "自動回復",
    "자동 회신",
    "자동 응답",
    "부재 중",
    "תשובה אוטומטית",
    "מענה אוטומטי",
    "رد تلقائي",
    "الرد التلقائي",
    "trả lời tự động",
    "ตอบกลับอัตโนมัติ",
    "balasan otomatis",
    "jawapan automatik",
    "[auto-reply]",
    "[autoreply]",
    "autoreply re:",
    "out of office reply",
    "out-of-office reply",
    "i am out of the office re:",
];

/// Why the mail is an automatic reply, if it is one.
pub fn vacation(mail: &IncomingMail) -> Option<String> {
    if let Some(name) = HEADERS.iter().find(|name| is_set(mail, name)) {
        return Some(format!("it has the header {name}"));
    }
    if mail
        .header("Precedence")
        .is_some_and(|value| value.trim().eq_ignore_ascii_case("auto_reply"))
    {
        return Some("Precedence: auto_reply".into());
    }
    let submitted = auto_submitted_value(mail);
    if submitted.as_deref() == Some("auto-replied") {
        return Some("Auto-Submitted: auto-replied".into());
    }
    let subject = subject_of(mail);
    let words = SUBJECTS.iter().find(|words| subject.starts_with(*words))?;
    Some(format!(
        "its subject says {:?}",
        words.trim_end_matches([':', ' '])
    ))
}

fn is_set(mail: &IncomingMail, name: &str) -> bool {
    mail.header(name)
        .is_some_and(|value| !value.is_empty() && !value.eq_ignore_ascii_case("no"))
}
