// Forwarded mail: who wrote the original, to whom, what, and what the forwarder said above it.

import { answer, equal } from "./answer.mjs";
import { nows, sameText } from "./text.mjs";

const mailbox = (it) => it && { address: it.address, name: it.name ?? null };
const found = (read) => (mail, expected) => answer(mail.forwarded ? read(mail.forwarded) : undefined, (got) => equal(got, expected));
const words = (read) => (mail, expected) =>
  answer(mail.forwarded ? read(mail.forwarded) : undefined, (got) => (expected === null ? got === null : sameText(expected, got ?? "")));
const person = (mail, expected) =>
  answer(mail.forwarded ? mailbox(mail.forwarded.from) : undefined, (got) => got?.address === expected.address && (got?.name ?? null) === (expected.name ?? null));

/** The corpus' forwarded text begins with the headers, ours below them: both must end alike. */
function forwardedText(mail, expected) {
  if (typeof expected !== "string") return null;
  const plain = (text) => nows(text.replaceAll(">", ""));
  return answer(mail.forwarded?.body, (got) => plain(expected).endsWith(plain(got)) && plain(mail.text).endsWith(plain(expected)));
}

const mailboxes = (field) => (mail, expected) =>
  answer(mail.forwarded?.[field].map(mailbox), (got) => equal(got, expected.map(mailbox)));

export const FORWARDS = {
  forwarded: (mail, expected) => answer(mail.forwarded !== undefined && mail.forwarded !== null, (got) => got === expected),
  orig_subject: found((it) => it.subject),
  orig_from: person,
  orig_to: mailboxes("to"),
  orig_to_first: (mail, expected) => answer(mail.forwarded?.to.slice(0, 1).map(mailbox), (got) => equal(got, expected.map(mailbox))),
  orig_to_addresses: found((it) => it.to.map((one) => one.address)),
  orig_cc: mailboxes("cc"),
  orig_has_date: found((it) => it.date_text !== null),
  orig_body: words((it) => it.body),
  message_above: words((it) => it.remark),
  text_before: words((it) => it.remark ?? ""),
  forwarded_text: forwardedText,
};
