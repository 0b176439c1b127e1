// Compares what Kept understood of a mail (`kept mail inspect --json`) with what a case of the
// corpus expects: one entry a key, each giving what was got and whether it will do. Where Kept
// has no answer, the key is missed; nothing is passed over that is not listed in DESCRIBES.

import { answer, equal, lower } from "./answer.mjs";
import { AUTOMATIC } from "./automatic.mjs";
import { BOUNCES } from "./bounces.mjs";
import { CALENDARS } from "./calendars.mjs";
import { FORWARDS } from "./forwards.mjs";
import { REPLIES } from "./replies.mjs";
import { containsText, sameText } from "./text.mjs";
import { TNEF } from "./tnef.mjs";

/** Keys that describe the case or its origin's way of seeing it; there is nothing to compare. */
const DESCRIBES = new Set([
  "algorithm", "first_n_messages", "first_part_boundary", "first_part_parts", "input_is", "line_endings", "linked_by", "note", "origin_test", "origin_tests",
  "subject_is_reply", "subject_only_reply", "thread_response", "thread_size",
]);

/** The origin recorded uuencoded files as they travelled, or not at all; Kept takes the files out. */
const NOT_OF_UUENCODED = new Set(["attachments", "attachments_count"]);

/** Keys another part of the run compares: which messages share a ticket. */
const ELSEWHERE = new Set(["groups", "thread"]);

const addresses = (mailboxes) => mailboxes?.map((it) => it.address);
const names = (mailboxes) => mailboxes?.map((it) => it.name);

const exact = (read) => (mail, expected) => answer(read(mail), (got) => equal(got, expected));
const list = (read) => (mail, expected) => answer(read(mail), (got) => equal(got, expected ?? []));
const text = (read) => (mail, expected) => answer(read(mail), (got) => sameText(expected, got));
const folded = (read) => (mail, expected) => answer(lower(read(mail)), (got) => got === lower(expected));

const addressList = (field) => (mail, expected) =>
  answer(addresses(mail[field]), (got) => equal(got.map(lower), expected.map((it) => lower(it ?? ""))));

const nameList = (field) => (mail, expected) =>
  answer(names(mail[field]), (got) => {
    const wanted = Array.isArray(expected) ? expected : [expected];
    return wanted.length === got.length && wanted.every((it, n) => (it === null ? !got[n] : sameText(it, got[n])));
  });

function headers(mail, name) {
  return mail.headers?.filter(([known]) => lower(known) === name).map(([, value]) => value);
}

/** HTML alone has no text of its own, whatever is made of it to read. */
function plainText(mail, expected) {
  const types = [mail.mime_type, ...(mail.part_types ?? [])];
  if (expected === null) return answer(types, (got) => !got.includes("text/plain"));
  return answer(mail.text, () => [mail.text, ...(mail.text_parts ?? [])].some((it) => sameText(expected, it)));
}

function html(mail, expected) {
  if (expected === null) return answer(mail.html, (got) => got === null);
  return answer(mail.html, () => [mail.html, ...(mail.html_parts ?? [])].some((it) => sameText(expected, it)));
}

function textParts(mail, expected) {
  return answer(mail.text_parts, (got) => got.length === expected.length && expected.every((it, n) => sameText(it, got[n])));
}

const ATTACHMENT = {
  name: (file, name) => sameText(name, file.filename) || sameText(name, file.name),
  is_message: (file, isMessage) => file.is_message === isMessage,
  content_type: (file, type) => lower(file.content_type) === lower(type),
  disposition: (file, disposition) => file.disposition === disposition,
  content_id: (file, id) => file.content_id === id,
  size: (file, size) => file.size_bytes === size,
  sha256: (file, hash) => file.sha256 === hash,
};

function attachments(mail, expected) {
  const shown = mail.attachments?.map(({ name, content_type, disposition, content_id, size_bytes, sha256 }) =>
    ({ name, content_type, disposition, content_id, size_bytes, sha256 }));
  const same = (file, wanted) => Object.entries(wanted).every(([key, value]) => ATTACHMENT[key]?.(file, value));
  return answer(shown, () =>
    mail.attachments.length >= expected.length && expected.every((wanted, n) => same(mail.attachments[n], wanted)));
}

function groups(mail, expected) {
  return answer(headers(mail, "cc"), (got) => expected.every((name) => got.some((value) => value.includes(`${name}:`))));
}

/** The same mail with other line ends must be understood the same. */
function sameMessage(mail, _expected, { twin }) {
  if (!twin) return null;
  const told = (it) => [it.subject, addresses(it.from), addresses(it.to), it.message_id, it.mime_nodes, it.kind?.kind];
  return answer(told(mail), (got) => equal(got, told(twin)) && sameText(twin.text, mail.text));
}

/** What every mail is asked; the purposes add their own below. */
const MAILS = {
  attachments,
  attachments_count: exact((mail) => mail.attachments?.length),
  boundary: exact((mail) => mail.boundary),
  cc: addressList("cc"),
  cc_display: nameList("cc"),
  cc_groups: groups,
  charset: folded((mail) => mail.charset),
  date: (mail, expected) => answer(mail.date, (got) => Date.parse(got) === Date.parse(expected)),
  envelope_from: folded((mail) => mail.return_path),
  from: addressList("from"),
  from_display: nameList("from"),
  has_attachments: exact((mail) => mail.attachments && mail.attachments.length > 0),
  html,
  html_contains: (mail, expected) => answer(mail.html, (got) => expected.every((it) => containsText(it, got))),
  in_reply_to: list((mail) => mail.in_reply_to),
  message_id: exact((mail) => mail.message_id),
  mime_nodes: exact((mail) => mail.mime_nodes),
  mime_type: folded((mail) => mail.mime_type),
  multipart: exact((mail) => mail.mime_type?.startsWith("multipart/")),
  part_types: list((mail) => mail.part_types),
  parts_top_level: exact((mail) => mail.part_types?.length),
  references: list((mail) => mail.references),
  reply_to: addressList("reply_to"),
  reply_to_display: nameList("reply_to"),
  resent_from: addressList("resent_from"),
  resent_to: addressList("resent_to"),
  same_message_as: sameMessage,
  sender: folded((mail) => mail.sender?.address),
  subject: text((mail) => mail.subject),
  subject_prefix: (mail, expected) => answer(mail.subject, (got) => got?.startsWith(expected)),
  text: plainText,
  text_contains: (mail, expected) => answer(mail.text, (got) => expected.every((it) => containsText(it, got))),
  text_flowed: text((mail) => mail.text),
  text_parts: textParts,
  to: addressList("to"),
  to_display: nameList("to"),
};

const PURPOSES = {
  autoreplies: { ...MAILS, ...AUTOMATIC },
  bounces: { ...MAILS, ...BOUNCES },
  broken: { ...MAILS, ...BOUNCES },
  calendar: { ...MAILS, ...CALENDARS },
  forwarded: { ...MAILS, ...FORWARDS },
  replies: { ...MAILS, ...REPLIES },
  tnef: { ...MAILS, ...TNEF },
};

/** Every key of one case that can be compared: [{key, expected, got, met}]. A key that is `null` for a purpose says nothing there. */
export function compare(purpose, mail, expected, context = {}) {
  const keys = PURPOSES[purpose] ?? MAILS;
  const argued = (key) => context.tags?.includes("uuencode") && NOT_OF_UUENCODED.has(key);
  return Object.entries(expected)
    .filter(([key]) => !argued(key) && !DESCRIBES.has(key) && !ELSEWHERE.has(key) && keys[key] !== null)
    .map(([key, wanted]) => {
      const result = keys[key] ? keys[key](mail, wanted, context) : { got: "(no answer)", met: false };
      return result && { key, expected: wanted, ...result };
    })
    .filter(Boolean);
}
