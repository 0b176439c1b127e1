//! Delivery reports and vacation notes in the languages mail systems speak, and refusals in the words of
//! servers nobody here has met (E10, E15).

use kept_mail::bounce::{Bounce, Reason, of_refusal, read};
use kept_mail::{Kind, parse};

fn from_postmaster(subject: &str, text: &str) -> Bounce {
    let raw = format!(
        "From: postmaster@client.example\nTo: support@desk.example\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    );
    read(&parse(raw.as_bytes())).unwrap_or_else(|| panic!("{subject} is a report"))
}

/// A report by RFC 3464 whose notice and diagnostic are these.
fn standard(notice: &str, fields: &str) -> Bounce {
    let raw = format!(
        "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n\
         --x\nContent-Type: text/plain; charset=utf-8\n\n{notice}\n\
         --x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; dana@client.example\n{fields}\n--x--\n"
    );
    read(&parse(raw.as_bytes())).expect("a report")
}

fn only(bounce: &Bounce) -> (Reason, bool) {
    assert_eq!(bounce.reports.len(), 1, "{bounce:?}");
    (bounce.reports[0].reason, bounce.reports[0].hard)
}

#[test]
fn e15_reports_in_other_languages_are_read() {
    use Reason::{Expired, HostUnknown, MailboxFull, Suspend, UserUnknown};
    for (subject, text, reason) in [
        (
            "Unzustellbar: Drucker",
            "Ihre Nachricht konnte nicht zugestellt werden:\n\ndana@client.example\nDie Mailbox existiert nicht.",
            UserUnknown,
        ),
        (
            "Zustellung fehlgeschlagen",
            "dana@client.example\nDas Postfach ist voll.",
            MailboxFull,
        ),
        (
            "Zustellung verzögert (nicht zugestellt)",
            "dana@client.example\nDie Zustellung verzögert sich.\nist verzögert",
            Expired,
        ),
        (
            "Échec de la remise : Imprimante",
            "Votre message n'a pas pu être remis à :\n\ndana@client.example\nUtilisateur inconnu.",
            UserUnknown,
        ),
        (
            "Non remis : Imprimante",
            "dana@client.example\nLa boîte aux lettres est pleine.",
            MailboxFull,
        ),
        (
            "Mensaje no entregado",
            "No se pudo entregar su mensaje a:\n\ndana@client.example\nEl usuario no existe.",
            UserUnknown,
        ),
        (
            "No se ha podido entregar",
            "dana@client.example\nEl dominio no existe.",
            HostUnknown,
        ),
        (
            "Mancato recapito: Stampante",
            "dana@client.example\nUtente sconosciuto",
            UserUnknown,
        ),
        (
            "Mensagem não entregue",
            "dana@client.example\nA caixa de correio cheia.",
            MailboxFull,
        ),
        (
            "Onbestelbaar: Printer",
            "dana@client.example\nDit adres bestaat niet.",
            UserUnknown,
        ),
        (
            "Meddelandet kunde inte levereras",
            "dana@client.example\nAdressen finns inte.",
            UserUnknown,
        ),
        (
            "Nie dostarczono: Drukarka",
            "dana@client.example\nTen adres nie istnieje.",
            UserUnknown,
        ),
        (
            "Сообщение не доставлено",
            "dana@client.example\nТакой пользователь не найден.",
            UserUnknown,
        ),
        (
            "Сообщение не доставлено",
            "dana@client.example\nПочтовый ящик переполнен.",
            MailboxFull,
        ),
        (
            "Сообщение не доставлено",
            "dana@client.example\nЯщик заблокирован.",
            Suspend,
        ),
        (
            "İletiniz teslim edilemedi",
            "dana@client.example\nAdres bulunamadı.",
            UserUnknown,
        ),
        ("退信通知", "dana@client.example\n收件人不存在", UserUnknown),
        ("退信通知", "dana@client.example\n邮箱已满", MailboxFull),
        (
            "配信不能のお知らせ",
            "dana@client.example\n宛先不明です。",
            UserUnknown,
        ),
        (
            "메일이 배달되지 않았습니다",
            "dana@client.example\n사용자를 찾을 수 없습니다.",
            UserUnknown,
        ),
    ] {
        let seen = from_postmaster(subject, text);
        assert_eq!(
            seen.reports[0].recipient, "dana@client.example",
            "{subject}"
        );
        let expected = (reason, reason.is_hard());
        assert_eq!(only(&seen), expected, "{subject}: {text}");
    }
}

/// To call an address dead silences a client: that wants the server that knows, asked about the recipient.
#[test]
fn e15_bare_words_from_afar_do_not_kill_an_address() {
    let fields =
        |said: &str| format!("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; {said}\n");
    for (notice, said, dead) in [
        // Nobody says which command was answered.
        (
            "It could not be sent.",
            "550 dana@client.example... No such user",
            false,
        ),
        ("It could not be sent.", "550 User unknown", false),
        // The reporting server says it.
        (
            "host mx said: 550 No such user (in reply to RCPT TO command)",
            "550 No such user",
            true,
        ),
        (
            "host mx said: 550 No such user (in reply to end of DATA command)",
            "550 No such user",
            false,
        ),
        ("** Address not found **", "550 No such user here", true),
        // The answer is about the recipient and nothing else.
        (
            "It could not be sent.",
            "550 <dana@client.example>: User unknown",
            true,
        ),
        // The status says it too.
        ("It could not be sent.", "550 5.1.1 No such user", true),
        // No server was asked.
        ("It could not be sent.", "unknown user", true),
    ] {
        let seen = standard(notice, &fields(said));
        assert_eq!(only(&seen).1, dead, "{notice} {said}");
    }
}

#[test]
fn e15_what_our_own_server_was_told_is_about_the_recipient() {
    assert!(of_refusal("dana@client.example", "550 No such user here").hard);
    assert!(!of_refusal("dana@client.example", "550 spam").hard);
}

#[test]
fn e15_a_status_in_the_notice_says_what_the_fields_leave_out() {
    let notice =
        "<dana@client.example>: 550 5.1.1 Recipient address rejected\nversion 4.7.12 of Mailer";
    let seen = standard(notice, "Action: failed\nStatus: 5.0.0\n");
    assert_eq!(seen.reports[0].status.as_deref(), Some("5.1.1"));
    assert_eq!(only(&seen), (Reason::UserUnknown, true));
}

/// The words come from a list of answers its owner chose from.
#[test]
fn e15_a_service_without_mailboxes_knows_no_dead_address() {
    let raw = "From: postmaster@client.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n\
               --x\n\nThis message could not be delivered.\n--x\nContent-Type: message/delivery-status\n\n\
               Reporting-MTA: dns; inbound-smtp.eu-west-1.amazonaws.com\n\nAction: failed\nFinal-Recipient: rfc822; dana@client.example\n\
               Diagnostic-Code: smtp; 550 5.1.1 Mailbox does not exist\nStatus: 5.1.1\n\n--x--\n";
    let seen = read(&parse(raw.as_bytes())).expect("a report");
    assert_eq!(only(&seen), (Reason::Filtered, false));
}

#[test]
fn e10_vacation_notes_in_other_languages_are_known_by_their_subject() {
    for subject in [
        "Automatische Antwort: Drucker",
        "Réponse automatique : Imprimante",
        "Respuesta automática: Impresora",
        "Risposta automatica: Stampante",
        "Automatiskt svar: Skrivare",
        "Automatisk svar: Printer",
        "Automatyczna odpowiedź: Drukarka",
        "Automatická odpověď: Tiskárna",
        "Automatikus válasz: Nyomtató",
        "Răspuns automat: Imprimanta",
        "Otomatik yanıt: Yazıcı",
        "Автоматический ответ: Принтер",
        "Автоматична відповідь: Принтер",
        "Αυτόματη απάντηση: Εκτυπωτής",
        "自動応答: プリンター",
        "自动答复: 打印机",
        "자동 회신: 프린터",
        "תשובה אוטומטית",
    ] {
        let raw = format!("From: dana@client.example\nSubject: {subject}\n\nI am away.\n");
        let kind = parse(raw.as_bytes()).kind;
        assert!(
            matches!(kind, Kind::VacationReply { .. }),
            "{subject}: {kind:?}"
        );
    }
    for subject in [
        "Abwesenheit von Dana",
        "Automatic replies do not work",
        "Antwort",
    ] {
        let raw = format!("From: dana@client.example\nSubject: {subject}\n\nHow do I set that?\n");
        assert_eq!(parse(raw.as_bytes()).kind, Kind::Person, "{subject}");
    }
}
