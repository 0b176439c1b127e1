// How two texts of a mail are compared: what the eye can't see does not count. The rules are
// the corpus' own (its README, "A text expectation may also be an object").

import { createHash } from "node:crypto";

const sha256 = (text) => createHash("sha256").update(text, "utf8").digest("hex");

/** NFC, one kind of line end and space, no space at line ends, no blank lines in a row or at the ends. */
export function lines(text) {
  const plain = text.normalize("NFC").replace(/\r\n?/g, "\n").replaceAll("\u00a0", " ");
  return plain
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\n+|\n+$/g, "");
}

/** NFC without any white space. */
export function nows(text) {
  return text.normalize("NFC").replace(/[\s\u0085]+/g, "");
}

/**
 * An origin writes U+FFFD where it could not read a character; any reading of it will do. NUL
 * can't be seen, nor stored by PostgreSQL, and counts as one of those.
 */
function reads(expected, got) {
  const plain = (text) => text.replaceAll("\0", "\ufffd");
  if (plain(expected) === plain(got)) return true;
  if (!plain(expected).includes("\ufffd")) return false;
  const pieces = plain(expected).split(/\ufffd+/).map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pieces.join("[^]{0,8}")}$`, "u").test(plain(got));
}

/** `expected` is a text, or the hashes of one: {sha256_lines, sha256_nows, …}. Either match counts. */
export function sameText(expected, got) {
  if (typeof got !== "string") return false;
  if (typeof expected === "string") return reads(lines(expected), lines(got)) || reads(nows(expected), nows(got));
  return expected.sha256_lines === sha256(lines(got)) || expected.sha256_nows === sha256(nows(got));
}

/** True when `part` stands somewhere in `got`, white space aside. */
export function containsText(part, got) {
  return typeof got === "string" && nows(got).includes(nows(part));
}
