// Files of the corpus that are no mail but a piece of one (a body, a winmail.dat, a calendar object) travel in the
// smallest mail that carries them, their bytes untouched.

import { extname } from "node:path";

const BODIES = { ".txt": "text/plain", ".html": "text/html", ".htm": "text/html" };

const head = (told, fields) =>
  Buffer.from([
    `From: Sender <${told.purpose}.${told.file.replace(/[^A-Za-z0-9]+/g, "-").toLowerCase().slice(0, 50)}@corpus.example>`,
    "To: support@localhost",
    "Date: Mon, 2 Nov 2026 09:00:00 +0000",
    ...(told.inputs?.subject === undefined ? [] : [`Subject: ${told.inputs.subject}`]),
    "MIME-Version: 1.0",
    ...fields,
    "",
    "",
  ].join("\r\n"));

const base64 = (bytes) => Buffer.from(bytes.toString("base64").replace(/.{1,76}/g, "$&\r\n"));

/** The mail a case is about: the file itself, or one that carries it. */
export function asMail(told) {
  const type = BODIES[extname(told.file)];
  if (extname(told.file) === ".tnef" || told.expected?.input_is?.startsWith("TNEF")) {
    return Buffer.concat([head(told, ['Content-Type: application/ms-tnef; name="winmail.dat"', 'Content-Disposition: attachment; filename="winmail.dat"', "Content-Transfer-Encoding: base64"]), base64(told.bytes)]);
  }
  if (extname(told.file) === ".ics") {
    return Buffer.concat([head(told, ["Content-Type: text/calendar; charset=utf-8", "Content-Transfer-Encoding: base64"]), base64(told.bytes)]);
  }
  if (!type || told.expected?.input_is === "mbox") return told.bytes;
  return Buffer.concat([head(told, [`Content-Type: ${type}; charset=utf-8`, "Content-Transfer-Encoding: 8bit"]), told.bytes]);
}
