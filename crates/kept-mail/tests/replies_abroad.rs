//! The line or block before a quote and the line a telephone adds, as programs write them in many languages
//! (E28), and what only looks like one.

use kept_mail::{IncomingMail, parse};

/// Introductions that need no marks below them.
const INTRODUCTIONS: [&str; 132] = [
    "On Nov 23, 2026, at 10:00 AM, Ines Moreau <ines@desk.example> wrote:",
    "On 23 Nov 2026, at 10:00, Ines Moreau wrote:",
    "On Mon, Nov 23, 2026 at 10:00 AM Ines Moreau\n<ines@desk.example> wrote:",
    "On Mon, Nov 23, 2026 at 10:00 AM\nInes Moreau <\nines@desk.example> wrote:",
    "On 11/23/2026 10:00 AM, Ines Moreau wrote:",
    "On 2026-11-23 10:00, Ines Moreau wrote:",
    "On Monday, November 23, 2026, Ines Moreau <ines@desk.example> wrote:",
    "On Monday, 23 November 2026 at 10:00:00 am GMT, Ines Moreau <ines@desk.example> wrote:",
    "Ines Moreau wrote on 23.11.2026 10:00:",
    "Ines Moreau <ines@desk.example> wrote on Mon, 23 Nov 2026 at 10:00:",
    "\"Ines Moreau\" <ines@desk.example> wrote:",
    "23.11.2026 10:00, Ines Moreau пишет:",
    "23.11.2026, 10:00, \"Ines Moreau\" <ines@desk.example>:",
    "23 ноября 2026, 10:00 +03:00 от Ines Moreau <ines@desk.example>:",
    "Понедельник, 23 ноября 2026, 10:00 +03:00 от Ines Moreau <ines@desk.example>:",
    "Понедельник, 23 ноября 2026 г., 10:00 +03:00 от \"Ines Moreau\" <ines@desk.example>:",
    "23 ноября 2026 г., в 10:00, Ines Moreau <ines@desk.example> написал(а):",
    "В Пн, 23/11/2026 в 10:00 +0300, Ines Moreau пишет:",
    "On Пн, ноя 23, 2026 at 10:00, Ines Moreau <ines@desk.example> wrote:",
    "Am 23.11.2026 um 10:00 schrieb Ines Moreau <ines@desk.example>:",
    "Am Montag, 23. November 2026, 10:00:00 CET schrieb Ines Moreau:",
    "Am Mo., 23. Nov. 2026 um 10:00 Uhr schrieb Ines Moreau <\nines@desk.example>:",
    "Ines Moreau <ines@desk.example> schrieb am Mo., 23. Nov. 2026, 10:00:",
    "Ines Moreau schrieb am 23.11.2026 um 10:00:",
    "Ines Moreau <ines@desk.example> hat am 23.11.2026 10:00 CET geschrieben:",
    "Gesendet: Montag, 23. November 2026 um 10:00 Uhr\nVon: \"Ines Moreau\" <ines@desk.example>\nAn: support@desk.example\nBetreff: Drucker",
    "Le 23 nov. 2026 à 10:00, Ines Moreau <ines@desk.example> a écrit :",
    "Le lun. 23 nov. 2026 à 10:00, Ines Moreau <ines@desk.example> a\nécrit :",
    "Le lundi 23 novembre 2026, 10:00:00 CET, Ines Moreau <ines@desk.example> a écrit :",
    "Le 23/11/2026 à 10:00, Ines Moreau a écrit :",
    "De : Ines Moreau <ines@desk.example>\nEnvoyé : lundi 23 novembre 2026 10:00\nÀ : Support\nObjet : Imprimante",
    "De: Ines Moreau <ines@desk.example>\nEnviado el: lunes, 23 de noviembre de 2026 10:00\nPara: Support\nAsunto: Impresora",
    "El lun, 23 nov 2026 a las 10:00, Ines Moreau (<ines@desk.example>) escribió:",
    "El 23/11/2026 a las 10:00, Ines Moreau escribió:",
    "El lunes, 23 de noviembre de 2026, 10:00:00 CET, Ines Moreau <ines@desk.example> escribió:",
    "El dl., 23 nov. 2026 a les 10:00, Ines Moreau (<ines@desk.example>) va\nescriure:",
    "Il giorno lun 23 nov 2026 alle ore 10:00 Ines Moreau <ines@desk.example> ha scritto:",
    "Il 23/11/2026 10:00, Ines Moreau ha scritto:",
    "Il lunedì 23 novembre 2026, Ines Moreau <ines@desk.example> ha scritto:",
    "Da: Ines Moreau <ines@desk.example>\nInviato: lunedì 23 novembre 2026 10:00\nA: Support\nOggetto: Stampante",
    "Em seg., 23 de nov. de 2026 às 10:00, Ines Moreau <ines@desk.example> escreveu:",
    "Em 23/11/2026 10:00, Ines Moreau escreveu:",
    "A segunda, 23 de nov de 2026, 10:00, Ines Moreau <ines@desk.example> escreveu:",
    "No dia 23 de nov de 2026, às 10:00, Ines Moreau <ines@desk.example> escreveu:",
    "Ines Moreau <ines@desk.example> escreveu no dia segunda, 23/11/2026 à(s) 10:00:",
    "De: Ines Moreau <ines@desk.example>\nEnviada em: segunda-feira, 23 de novembro de 2026 10:00\nPara: Support\nAssunto: Impressora",
    "Op ma 23 nov. 2026 om 10:00 schreef Ines Moreau <ines@desk.example>:",
    "Op 23 nov. 2026 10:00 schreef \"Ines Moreau\" <ines@desk.example>:",
    "Op 23-11-2026 om 10:00 schreef Ines Moreau:",
    "Op maandag 23 november 2026 heeft Ines Moreau <ines@desk.example> het volgende geschreven:",
    "Van: Ines Moreau <ines@desk.example>\nVerzonden: maandag 23 november 2026 10:00\nAan: Support\nOnderwerp: Printer",
    "Den mån 23 nov. 2026 kl 10:00 skrev Ines Moreau <ines@desk.example>:",
    "Den 2026-11-23 kl. 10:00, skrev Ines Moreau:",
    "23 nov. 2026 kl. 10:00 skrev Ines Moreau <ines@desk.example>:",
    "Från: Ines Moreau <ines@desk.example>\nSkickat: den 23 november 2026 10:00\nTill: Support\nÄmne: Skrivare",
    "man. 23. nov. 2026 kl. 10:00 skrev Ines Moreau <ines@desk.example>:",
    "Den man. 23. nov. 2026 kl. 10.00 skrev Ines Moreau <ines@desk.example>:",
    "Fra: Ines Moreau <ines@desk.example>\nSendt: mandag 23. november 2026 10:00\nTil: Support\nEmne: Printer",
    "ma 23. marrask. 2026 klo 10.00 Ines Moreau (ines@desk.example) kirjoitti:",
    "Ines Moreau <ines@desk.example> kirjoitti 23.11.2026 kello 10.00:",
    "Lähettäjä: Ines Moreau <ines@desk.example>\nLähetetty: maanantai 23. marraskuuta 2026 10:00\nVastaanottaja: Support\nAihe: Tulostin",
    "pon., 23 lis 2026 o 10:00 Ines Moreau <ines@desk.example> napisał(a):",
    "W dniu 23.11.2026 o 10:00, Ines Moreau pisze:",
    "Wiadomość napisana przez Ines Moreau <ines@desk.example> w dniu 23.11.2026, o godz. 10:00:",
    "Dnia 23 listopada 2026 10:00 Ines Moreau <ines@desk.example> napisał(a):",
    "Od: Ines Moreau <ines@desk.example>\nWysłano: poniedziałek, 23 listopada 2026 10:00\nDo: Support\nTemat: Drukarka",
    "po 23. 11. 2026 v 10:00 odesílatel Ines Moreau <ines@desk.example>\nnapsal:",
    "Dne 23. 11. 2026 v 10:00 Ines Moreau napsal(a):",
    "---------- Původní e-mail ----------\nOd: Ines Moreau <ines@desk.example>\nKomu: Support\nDatum: 23. 11. 2026 10:00:00\nPředmět: Tiskárna",
    "po 23. 11. 2026 o 10:00 Ines Moreau <ines@desk.example> napísal(a):",
    "Dňa 23. 11. 2026 o 10:00 Ines Moreau napísal(a):",
    "Ines Moreau <ines@desk.example> ezt írta (időpont: 2026. nov. 23., H, 10:00):",
    "2026. 11. 23. 10:00 keltezéssel, Ines Moreau írta:",
    "Feladó: Ines Moreau <ines@desk.example>\nElküldve: 2026. november 23., hétfő 10:00\nCímzett: Support\nTárgy: Nyomtató",
    "În lun., 23 nov. 2026 la 10:00, Ines Moreau <ines@desk.example> a scris:",
    "Pe lun., 23 nov. 2026 la 10:00, Ines Moreau <ines@desk.example> a scris:",
    "La 23.11.2026 10:00, Ines Moreau a scris:",
    "На пн, 23.11.2026 г. в 10:00 Ines Moreau <ines@desk.example> написа:",
    "пн, 23 лист. 2026 р. о 10:00 Ines Moreau <ines@desk.example> пише:",
    "Στις Δευ, 23 Νοε 2026 στις 10:00 π.μ., ο/η Ines Moreau <ines@desk.example> έγραψε:",
    "pon, 23. stu 2026. u 10:00 Ines Moreau <ines@desk.example> napisao je:",
    "Dana pon, 23. stu 2026. u 10:00 Ines Moreau <ines@desk.example> napisao je:",
    "V pon., 23. nov. 2026 ob 10:00 je oseba Ines Moreau <ines@desk.example> napisala:",
    "2026-11-23, pr, 10:00 Ines Moreau <ines@desk.example> rašė:",
    "Kuupäev E, 23. november 2026 kell 10:00 kirjutas Ines Moreau <ines@desk.example>:",
    "Kontakt Ines Moreau (<ines@desk.example>) kirjutas kuupäeval E, 23. november 2026 kell 10:00:",
    "Ines Moreau <ines@desk.example>, 23 Kas 2026 Pzt, 10:00 tarihinde şunu yazdı:",
    "23.11.2026 10:00 tarihinde Ines Moreau yazdı:",
    "בתאריך יום ב׳, 23 בנוב׳ 2026 ב-10:00 מאת Ines Moreau <\u{202a}ines@desk.example\u{202c}\u{200f}>:",
    "في الاثنين، 23 نوفمبر 2026 في 10:00 تمت كتابة ما يلي بواسطة Ines Moreau <ines@desk.example>:",
    "Vào Th 2, 23 thg 11, 2026 vào lúc 10:00 Ines Moreau <ines@desk.example> đã viết:",
    "Pada tanggal Sen, 23 Nov 2026 pukul 10.00 Ines Moreau <ines@desk.example> menulis:",
    "Pada Isn, 23 Nov 2026 10:00 PG Ines Moreau <ines@desk.example> menulis:",
    "ในวันที่ จ. 23 พ.ย. 2026 เวลา 10:00 Ines Moreau <ines@desk.example> เขียนว่า:",
    "2026年11月23日(月) 10:00 Ines Moreau <ines@desk.example>:",
    "2026/11/23 10:00、Ines Moreau <ines@desk.example>のメール:",
    "2026/11/23 10:00、Ines Moreauのメッセージ:",
    "2026年11月23日 10:00、Ines Moreau <ines@desk.example>のメール：",
    "On 2026/11/23 10:00, Ines Moreau wrote:",
    "Ines Moreau <ines@desk.example> 于2026年11月23日周一 10:00写道：",
    "Ines Moreau <ines@desk.example> 於 2026年11月23日 週一 上午10:00寫道：",
    "在 2026年11月23日，10:00，Ines Moreau <ines@desk.example> 写道：",
    "在 2026-11-23 10:00:00，\"Ines Moreau\" <ines@desk.example> 写道：",
    "------------------ 原始邮件 ------------------\n发件人: \"Ines Moreau\" <ines@desk.example>;\n发送时间: 2026年11月23日(星期一) 上午10:00\n收件人: \"Support\"<support@desk.example>;\n主题: 打印机",
    "2026년 11월 23일 (월) 오전 10:00, Ines Moreau <ines@desk.example>님이 작성:",
    "2026. 11. 23. 오전 10:00, Ines Moreau <ines@desk.example> 작성:",
    "-----Original Message-----\nFrom: Ines Moreau <ines@desk.example>\nSent: Monday, November 23, 2026 10:00 AM\nTo: Support\nSubject: Printer",
    "________________________________\nFrom: Ines Moreau <ines@desk.example>\nSent: Monday, November 23, 2026 10:00:00 AM\nTo: Support\nSubject: Printer",
    "*From:* Ines Moreau <ines@desk.example>\n*Sent:* Monday, November 23, 2026 10:00 AM\n*To:* Support\n*Subject:* Printer",
    "**From:** Ines Moreau <ines@desk.example>\n**Date:** Monday, November 23, 2026 at 10:00 AM\n**To:** Support\n**Subject:** Printer",
    "| From: Ines Moreau <ines@desk.example>\n| Sent: Monday, November 23, 2026 10:00 AM\n| To: Support",
    "---- On Mon, 23 Nov 2026 10:00:00 +0100 Ines Moreau <ines@desk.example> wrote ----",
    "---- On Mon, 23 Nov 2026 10:00:00 +0100 ines@desk.example wrote ----",
    "---- Ines Moreau wrote ----",
    "-------- Original message --------\nFrom: Ines Moreau <ines@desk.example>\nDate: 11/23/26 10:00 (GMT+01:00)\nTo: Support\nSubject: Printer",
    "-------- Ursprüngliche Nachricht --------\nVon: Ines Moreau <ines@desk.example>\nDatum: 23.11.26 10:00 (GMT+01:00)\nAn: Support\nBetreff: Drucker",
    "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Monday, November 23, 2026 10:00 AM, Ines Moreau <ines@desk.example> wrote:",
    "------- Original Message -------\nOn Monday, November 23rd, 2026 at 10:00, Ines Moreau <ines@desk.example> wrote:",
    "Sent: Monday, November 23, 2026 at 10:00 AM\nFrom: \"Ines Moreau\" <ines@desk.example>\nTo: support@desk.example\nSubject: Printer",
    "From: Ines Moreau\nSent: Monday, November 23, 2026 10:00 AM\nTo: Support\nSubject: Printer",
    "In a message dated 11/23/2026 10:00:00 AM Eastern Standard Time, ines@desk.example writes:",
    "Quoting Ines Moreau <ines@desk.example>:",
    "Citando Ines Moreau <ines@desk.example>:",
    "Zitat von Ines Moreau <ines@desk.example>:",
    "Quoting \"Ines Moreau\" <ines@desk.example>:",
    "On Nov 23, 2026 10:00 AM, \"Ines Moreau\" <ines@desk.example> wrote:",
    "At 10:00 AM 11/23/2026, Ines Moreau wrote:",
    "--- Original Nachricht ---\nAbsender: Ines Moreau\nDatum: 23.11.2026 10:00",
    "From: Ines Moreau [mailto:ines@desk.example] \nSent: 23 November 2026 10:00\nTo: Support\nSubject: Printer",
    "Von: Ines Moreau [mailto:ines@desk.example]\nGesendet: Montag, 23. November 2026 10:00\nAn: Support\nCc: Lee\nBetreff: AW: Drucker",
    "Mon, 23 Nov 2026 10:00 Ines Moreau <ines@desk.example>:",
    "Monday, November 23, 2026, 10:00:00 AM, you wrote:",
];

/// Introductions that are believed above marked lines only.
const ABOVE_MARKS: [&str; 3] = [
    "Ines Moreau wrote:",
    "Ines Moreau writes:",
    ">>>>> \"IM\" == Ines Moreau <ines@desk.example> writes:",
];

fn plain(body: &str) -> IncomingMail {
    let head = "From: dana@client.example\nContent-Type: text/plain; charset=utf-8\n\n";
    parse(format!("{head}{body}").as_bytes())
}

fn new_text(body: &str) -> String {
    plain(body).body.new_text()
}

#[test]
fn e28_an_introduction_hides_what_follows_it() {
    for introduction in INTRODUCTIONS {
        let body = format!("It works.\n\n{introduction}\n\nDoes it work?\n");
        assert_eq!(new_text(&body), "It works.", "{introduction}");
    }
}

#[test]
fn e28_an_introduction_above_marks_goes_with_them() {
    for introduction in INTRODUCTIONS.iter().chain(&ABOVE_MARKS) {
        let body = format!("It works.\n\n{introduction}\n\n> Does it work?\n> Regards\n");
        assert_eq!(new_text(&body), "It works.", "{introduction}");
    }
}

#[test]
fn e28_an_address_in_pieces_is_part_of_the_introduction() {
    let body = "It works.\n\nOn Mon, Nov 23, 2026 at 10:00 AM Ines Moreau\n\n<\nmailto:Ines Moreau <ines@desk.example>\n> wrote:\nDoes it work?\n";
    assert_eq!(new_text(body), "It works.");
}

#[test]
fn what_a_device_adds_is_folded() {
    for line in [
        "Sent from my iPhone",
        "Sent from my cell, please excuse any typos.",
        "Sent from my Windows 8 PC <https://vendor.example>",
        "Sent by my tablet",
        "(sent from a phone)",
        "From my iPhone 6",
        "Dana from mobile",
        "Get [Outlook for Android](https://vendor.example)",
        "Von meinem Mobilgerät gesendet",
        "Gesendet mit der Mail-App vom iPhone",
        "Envoyé depuis mon téléphone",
        "Télécharger Outlook pour iOS",
        "Enviado desde mi móvil",
        "Descargar Outlook para Android",
        "Inviato dal mio iPhone",
        "Scarica Outlook per iOS",
        "Enviado do meu telemóvel",
        "Verzonden vanaf mijn iPhone",
        "Skickat från min iPhone",
        "Sendt fra min iPhone",
        "Lähetetty iPhonesta",
        "Wysłane z iPhone’a",
        "Odesláno z iPhonu",
        "Отправлено с iPhone",
        "Надіслано з iPhone",
        "iPhone'umdan gönderildi",
        "Gửi từ iPhone của tôi",
        "发自我的 iPhone",
        "發自我的 iPhone",
        "從我的 iPhone 傳送",
        "iPhoneから送信",
        "나의 iPhone에서 보냄",
        "נשלח מה-iPhone שלי",
    ] {
        assert_eq!(
            new_text(&format!("It works.\n\n{line}\n")),
            "It works.",
            "{line}"
        );
    }
}

#[test]
fn a_name_with_ways_to_reach_it_is_a_signature() {
    let card =
        "Dana Wolf\nClient Company\ndana@client.example\n(555) 555-0100\nwww.client.example\n";
    assert_eq!(new_text(&format!("It works.\n\n{card}")), "It works.");
    assert_eq!(
        plain(&format!("It works.\n\n{card}")).body.signature(),
        card.trim()
    );
    for asked in ["Please call her:", "Whom do you mean?"] {
        let body = format!("{asked}\n\n{card}");
        assert_eq!(new_text(&body), body.trim(), "{asked}");
    }
    let answer = format!("{card}\nShe will be there from nine.\n");
    assert_eq!(
        new_text(&format!("Hello\n\n{answer}")),
        format!("Hello\n\n{answer}").trim()
    );
    assert_eq!(new_text("It works.\n\n- dana\n"), "It works.");
}

/// Hiding what a client wrote is a loss; showing a quote is a nuisance.
#[test]
fn what_only_looks_like_one_stays() {
    for body in [
        "Hello\n\nA list of 10 of the 20 files you sent\nis missing.",
        "Hello\n\nOn which of the machines 1 to 20 does it fail?\nOn all of them.",
        "Hello\n\nFrom my phone I cannot open what you sent me.\nCan you help?",
        "Hello\n\nDana wrote:\nit works again.",
        "Hello\n\nPlease bring:\n- milk",
        "Hello\n\nThese are missing,\n- paper\n- toner",
        "Hello\n\nSent from Berlin on Monday.\nHas it arrived?",
        "こんにちは\n\n11/23 10:00のメールを見ました。\nありがとうございます。",
        "Thanks,\nDana",
        "It works.\n\nThanks,\nDana",
        "Hello\n\nThe original message was lost.\nCan you send it again?",
    ] {
        assert_eq!(new_text(body), body, "{body}");
    }
}
