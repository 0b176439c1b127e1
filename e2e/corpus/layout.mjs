// Reads a corpus folder. Layout: mail/PURPOSE/cases.jsonl, one case a line, {file, expected, …},
// the files beside it. Bytes are given as they are; nothing is written.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { asMail } from "./wrapping.mjs";

/** The folder that holds the purposes: FOLDER/mail, or FOLDER itself. Null when there is none. */
export function mailFolder(folder) {
  return [join(folder, "mail"), folder].find((it) => ["parse", "threading"].some((p) => existsSync(join(it, p)))) ?? null;
}

/** The cases of one purpose, in order: [{purpose, file, path, bytes, mail, expected?, …}]; `mail` is the file, or the mail that carries it. */
export function cases(folder, purpose) {
  const index = join(folder, purpose, "cases.jsonl");
  if (!existsSync(index)) return [];
  const lines = readFileSync(index, "utf8").split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const told = JSON.parse(line);
    const path = join(folder, purpose, told.file);
    const read = { ...told, purpose, path, bytes: readFileSync(path) };
    return { ...read, mail: asMail(read) };
  });
}

/** The messages of a case: one, or those of an mbox in their order (RFC 4155, `From ` after a blank line). */
export function messages(told) {
  if (told.expected?.input_is !== "mbox") return [told.mail];
  const text = told.bytes.toString("latin1");
  const starts = [...text.matchAll(/(?:^|\n\r?\n)From [^\n]*\n/g)];
  return starts.map((start, n) => {
    const end = starts[n + 1]?.index ?? text.length;
    return Buffer.from(text.slice(start.index + start[0].length, end + 1), "latin1");
  });
}

/** Who a real server would name as the sender: the return path, else the first From address, else nobody. */
export function envelopeFrom(bytes) {
  const head = bytes.toString("latin1").replace(/\r\n?/g, "\n").split("\n\n", 1)[0].replace(/\n[ \t]+/g, " ");
  const path = /^Return-Path:\s*<([^>\s]*)>/im.exec(head)?.[1];
  const from = /^From:[^\n]*?([\w.+=-]+@[\w.-]+\w)/im.exec(head)?.[1];
  const address = path ?? from ?? "";
  return address === "" || /^[\x21-\x3b\x3d\x3f-\x7e]+@[\w.-]+$/.test(address) ? address : "";
}
