// What every fault is judged by: the command says what is wrong, the mails are still there, the
// doctor is content. Counts in one suite.

import { createHash } from "node:crypto";
import { whereMailWent } from "../lib/desk.mjs";
import { doctor, kept } from "../lib/kept.mjs";
import { asSent, Lmtp } from "../lib/lmtp.mjs";
import { Suite } from "../lib/suite.mjs";

const START_LIMIT_MS = 30_000;

export const suite = new Suite("faults");
export const RECIPIENT = "support@localhost";
export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The command must end by itself, not with success, and say each of `hints`. */
export async function refuses(args, hints, { input, code } = {}) {
  const done = await kept(args, { input, limitMs: START_LIMIT_MS });
  const words = args.slice(0, 1).concat(code ? [`(exit ${code})`] : []).join(" ");
  const sane = code ? done.code === code : done.code > 0 && done.code < 126;
  suite.check(`kept ${words} ends with an error`, sane, { code: done.code, signal: done.signal, stderr: done.stderr.slice(-400) });
  const told = hints.every((hint) => done.stderr.includes(hint)) && !/panicked|RUST_BACKTRACE/.test(done.stderr);
  suite.check(`and says why: ${hints.join(", ")}`, told, done.stderr);
  return done;
}

export async function sendOne(address, bytes) {
  const client = await Lmtp.open(address);
  const reply = await client.send({ from: "dana@acme.example", to: RECIPIENT, bytes });
  await client.quit();
  return reply;
}

/** `as` gives the bytes to expect: those of the wire, where nothing else is said. */
export async function everyOneIsThere(desk, mails, { only = false, as = asSent } = {}) {
  const places = await whereMailWent(desk);
  const missing = mails.filter((mail) => !places.has(sha256(as(mail))));
  suite.check(`all ${mails.length} acknowledged mails are there, byte for byte`, missing.length === 0, missing.map((it) => it.toString("latin1").slice(0, 80)));
  if (only) suite.check("and nothing else is", places.size === mails.length, `${places.size} mails`);
}

export async function contentDoctor(desk) {
  const found = await doctor(desk);
  suite.check("kept doctor is content", found.content, found.words);
}
