// Replies: what its writer wrote now. The keys of one library's model of fragments are hints and not judged.

import { answer } from "./answer.mjs";
import { containsText, nows, sameText } from "./text.mjs";

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
const textOf = (html) =>
  html
    .replace(/<(head|style|script)\b[^]*?<\/\1>/gi, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&(\w+);/g, (whole, name) => ENTITIES[name] ?? whole);

const reply = (mail, expected) => answer(mail.new_text, (got) => sameText(expected, got));

export const REPLIES = {
  reply,
  first_fragment: (mail, expected) => answer(mail.body?.segments[0]?.text.trim() ?? "", (got) => sameText(expected, got)),
  reply_html: (mail, expected) => answer(mail.new_text, (got) => nows(textOf(expected)) === nows(got)),
  reply_contains: (mail, expected) => answer(mail.new_text, (got) => expected.every((it) => containsText(it, got))),
  reply_not_contains: (mail, expected) => answer(mail.new_text, (got) => !expected.some((it) => containsText(it, got))),
  compare: null,
  elided: null,
  fragment_count: null,
  fragment_flags: null,
  fragment_matches: null,
  sender: null,
  signature: null,
};
