//! The shape of an inspection, which people and programs rely on.

use kept_mail::inspect;

const MAIL: &str = concat!(
    "Return-Path: <dana@client.example>\n",
    "From: =?utf-8?Q?D=C3=A4na?= <dana@client.example>\n",
    "To: Support <support+k1042.abc@desk.example>\n",
    "Subject: Re: Printer [#1042]\n",
    "Date: Mon, 2 Nov 2026 09:00:00 +0100\n",
    "Message-ID: <a@client.example>\n",
    "In-Reply-To: <k1042.1@desk.example>\n",
    "Content-Type: multipart/mixed; boundary=\"x\"\n\n",
    "--x\nContent-Type: text/plain; charset=utf-8\n\n",
    "It prints again.\n\nOn Mon, 2 Nov 2026 at 08:00, Lee wrote:\n> Does it print?\n-- \nDäna\n",
    "--x\nContent-Type: image/png; name=\"page.png\"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nAAEC\n",
    "--x--\n"
);

#[test]
fn an_inspection_says_everything_and_keeps_its_shape() {
    let seen = serde_json::to_string_pretty(&inspect(MAIL.as_bytes())).expect("plain data");
    insta::assert_snapshot!(seen);
}
