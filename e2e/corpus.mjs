// Takes a folder of real mail in, proves that nothing of it is lost, and compares what Kept
// understood with what the corpus expects: node e2e/corpus.mjs [FOLDER] (default $KEPT_CORPUS,
// then ../shared/corpus). Ends with one JSON line a purpose. Sends nothing anywhere but to the
// kept it started itself. The folder's layout is in corpus/layout.mjs.

import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { why } from "./corpus/argued.mjs";
import { reasons } from "./corpus/bounces.mjs";
import { compare } from "./corpus/expectations.mjs";
import { cases, envelopeFrom, mailFolder, messages } from "./corpus/layout.mjs";
import { judgeGroups, judgeThreads } from "./corpus/threads.mjs";
import { answered, signedIn, whereMailWent } from "./lib/desk.mjs";
import { doctor, kept, root, scratch, serve } from "./lib/kept.mjs";
import { asSent, Lmtp } from "./lib/lmtp.mjs";
import { brief, Suite } from "./lib/suite.mjs";

/**
 * What is run: `floor` is the share of cases whose every expectation must be met, `inOrder` the
 * files that make one history, `together` that it counts towards what reading a mail is held to as a whole,
 * `byPipe` that each file also goes in through `kept mail`, where
 * no protocol stands between the bytes and the desk, `silent` that nothing may be answered.
 */
const PURPOSES = {
  parse: { floor: 0.95, together: true },
  charsets: { floor: 0.9, byPipe: true, together: true },
  broken: { floor: 0.9, byPipe: true, together: true },
  threading: { floor: 0.98, inOrder: /^stalwart\/dovecot-list__/ },
  forwarded: { floor: 0.97 },
  replies: { floor: 0.92 },
  bounces: { floor: 0.95 },
  autoreplies: { floor: 1, silent: true },
  tnef: { floor: 0.95 },
  calendar: { floor: 0.95 },
};
/** The share of the purposes that count together. */
const TOGETHER = 0.97;
const CONNECTIONS = 8;
const RECIPIENT = "support@localhost";
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const asked = process.argv[2] ?? process.env.KEPT_CORPUS ?? join(root, "..", "shared", "corpus");
const folder = mailFolder(resolve(asked));
const suite = new Suite("corpus");
if (!folder) {
  suite.skip("mail corpora", `no corpus at ${resolve(asked)}; name a folder: bin/corpus FOLDER`);
  console.log(suite.summary());
  process.exit(process.argv[2] ? 1 : 0);
}

const results = [];
for (const [purpose, rules] of Object.entries(PURPOSES)) {
  const told = cases(folder, purpose);
  if (told.length > 0) results.push(await runPurpose(purpose, rules, told));
}
holdTogether();
console.log(suite.summary());
for (const result of results) console.log(JSON.stringify(result));
process.exit(suite.failed === 0 && suite.passed > 0 ? 0 : 1);

/** Reading a mail is one thing, however many folders its cases are in. */
function holdTogether() {
  const counted = results.filter((it) => PURPOSES[it.purpose].together);
  const sum = (key) => counted.reduce((total, it) => total + it[key], 0);
  const [met, expected] = [sum("met"), sum("expected")];
  if (expected === 0) return;
  const names = counted.map((it) => it.purpose).join(", ");
  suite.check(`${names}: together at least ${TOGETHER * 100} %`, met / expected >= TOGETHER, `${met} of ${expected}`);
}

async function runPurpose(purpose, rules, told) {
  console.log(`\n${purpose}: ${told.length} cases`);
  const desk = { data: scratch(`corpus-${purpose}`) };
  const mails = told.flatMap((it) => messages(it).map((bytes, n) => ({ case: it, n, bytes, hash: sha256(asSent(bytes)) })));
  await takeIn(desk, mails, rules);
  if (rules.silent) await staysSilent(desk);
  if (rules.byPipe) await takeInByPipe(mails);
  const inspected = await inspect(told);
  if (purpose === "bounces") sayReasons(told, inspected);
  const judged = [...understanding(told, inspected, purpose), ...threading(mails, inspected)];
  return report(purpose, rules, told, mails, judged);
}

/** Every mail through LMTP: one connection for what has an order, several for the rest. */
async function takeIn(desk, mails, { inOrder }) {
  const server = await serve(desk);
  const ordered = (it) => it.case.expected?.input_is === "mbox" || inOrder?.test(it.case.file);
  const queues = [mails.filter(ordered), ...deal(mails.filter((it) => !ordered(it)), CONNECTIONS)];
  await Promise.all(queues.map((queue) => sendAll(server.mail, queue)));
  const lived = server.running && !server.panicked;
  suite.check("the program still runs and nothing panicked", lived, server.log.slice(-600));
  await findAll(desk, mails);
  await readBack(desk, server, mails);
  await server.stop();
  const found = await doctor(desk);
  suite.check("kept doctor is content", found.content, found.words);
}

function deal(items, hands) {
  const dealt = Array.from({ length: hands }, () => []);
  items.forEach((item, n) => dealt[n % hands].push(item));
  return dealt;
}

async function sendAll(address, queue) {
  if (queue.length === 0) return;
  let client = null;
  for (const mail of queue) {
    try {
      client ??= await Lmtp.open(address);
      mail.reply = await client.send({ from: envelopeFrom(mail.bytes), to: RECIPIENT, bytes: mail.bytes });
    } catch (error) {
      mail.reply = { code: 0, text: error.message };
      client = null;
    }
  }
  await client?.quit();
}

/** Finds each mail again by the hash of its bytes, on a ticket or in Unsorted. */
async function findAll(desk, mails) {
  const places = await whereMailWent(desk);
  for (const mail of mails) mail.place = places.get(mail.hash);
  const name = (mail) => (mail.n > 0 ? `${mail.case.file} (message ${mail.n + 1})` : mail.case.file);
  const refused = mails.filter((it) => it.reply.code !== 250);
  suite.tally("mails taken in", mails.length - refused.length, refused.map((it) => `${name(it)}: ${it.reply.text}`));
  const accepted = mails.filter((it) => it.reply.code === 250);
  const lost = accepted.filter((it) => !it.place);
  suite.tally("mails kept byte for byte", accepted.length - lost.length, lost.map((it) => `${name(it)}: no stored mail has these bytes`));
}

/** Asks for the original of each mail, as a person would by its link, and compares every byte. */
async function readBack(desk, server, mails) {
  const visitor = await signedIn(desk, server);
  const failures = [];
  const reachable = mails.filter((it) => it.place?.raw);
  for (const mail of reachable) {
    const original = await visitor.get(mail.place.raw);
    const same = original.status === 200 && original.body.equals(asSent(mail.bytes));
    if (!same) failures.push(`${mail.case.file}: ${mail.place.raw} gave ${original.status} and ${original.body.length} bytes`);
  }
  suite.tally("originals read back byte for byte", reachable.length - failures.length, failures);
}

/** The pipe adds nothing and mends nothing: here the stored bytes are the file's own. */
async function takeInByPipe(mails) {
  const desk = { data: scratch("corpus-pipe") };
  const failures = [];
  for (const mail of mails) {
    const done = await kept(["mail", "--data", desk.data], { input: mail.bytes });
    if (done.code !== 0) failures.push(`${mail.case.file}: exit ${done.code ?? done.signal}: ${done.stderr}`);
  }
  const places = await whereMailWent(desk);
  const lost = mails.filter((it) => !places.has(sha256(it.bytes)));
  failures.push(...lost.map((it) => `${it.case.file}: no stored mail has these bytes`));
  suite.tally("mails kept byte for byte through the pipe", mails.length - lost.length, failures);
}

async function staysSilent(desk) {
  const numbers = await answered(desk);
  suite.check("nothing a program wrote was answered", numbers.length === 0, numbers.map((it) => `#${it}`).join(" "));
}

/** `kept mail inspect` of every mail: Map path → what it understood. */
async function inspect(told) {
  const twins = told.map(twinPath).filter((path) => path && existsSync(path));
  writeCarriers(told);
  const paths = [...new Set([...told.map((it) => it.path), ...twins])];
  const inspected = new Map();
  for (let at = 0; at < paths.length; at += 50) {
    const some = paths.slice(at, at + 50);
    const done = await kept(["mail", "inspect", ...some, "--json"]);
    const lines = done.stdout.split("\n").filter(Boolean);
    if (done.code !== 0 || lines.length !== some.length) {
      suite.check("every file can be inspected", false, `exit ${done.code ?? done.signal}, ${lines.length} of ${some.length} answers: ${done.stderr}`);
      continue;
    }
    some.forEach((path, n) => inspected.set(path, JSON.parse(lines[n])));
  }
  return inspected;
}

/** A mail that carries a file of the corpus is a file of its own, away from it. */
function writeCarriers(told) {
  const carried = told.filter((it) => it.mail !== it.bytes);
  if (carried.length === 0) return;
  const place = scratch("corpus-carriers");
  carried.forEach((it, n) => {
    it.path = join(place, `${n}.eml`);
    writeFileSync(it.path, it.mail);
  });
}

/** The bounce a `broken/` file is a copy of, with other line ends. */
function twinPath(told) {
  const name = told.expected?.same_message_as;
  return name && join(folder, "bounces", told.file.split("/")[0], `${name}.eml`);
}

function understanding(told, inspected, purpose) {
  return told.filter((it) => it.expected && it.expected.input_is !== "mbox").flatMap((it) => {
    const mail = inspected.get(it.path);
    if (!mail) return [{ file: it.file, key: "inspect", expected: "an answer", got: "none", met: false }];
    const twin = inspected.get(twinPath(it));
    return compare(purpose, mail, it.expected, { twin, tags: it.tags }).map((judged) => ({ file: it.file, ...judged }));
  });
}

function sayReasons(told, inspected) {
  const counts = told.map((it) => reasons(inspected.get(it.path) ?? {}, it.expected));
  const sum = (key) => counts.reduce((total, it) => total + it[key], 0);
  console.log(`  (the very word an origin has for the reason: ${sum("same")} of ${sum("asked")})`);
}

/** Which messages share a ticket, for the cases that say which should. */
function threading(mails, inspected) {
  const history = mails.filter((it) => it.case.expected?.thread).map((it) => ({
    file: it.case.file,
    thread: it.case.expected.thread,
    ticket: it.place?.ticket,
    subject: inspected.get(it.case.path)?.subject,
    subjectOnly: it.case.expected.subject_only_reply === true,
  }));
  const boxes = mails.filter((it) => it.case.expected?.groups && it.n === 0).map((it) => {
    const tickets = mails.filter((other) => other.case === it.case).map((other) => other.place?.ticket);
    return judgeGroups(it.case.file, it.case.expected.groups, tickets);
  });
  return [...judgeThreads(history), ...boxes];
}

function report(purpose, rules, told, mails, judged) {
  const misses = judged.filter((it) => !it.met);
  for (const miss of misses) {
    console.log(`  miss  ${miss.file}  ${miss.key}\n          expected ${brief(miss.expected, 300)}\n          got      ${brief(miss.got, 300)}`);
  }
  for (const file of new Set(misses.map((it) => it.file))) console.log(`  why   ${file}: ${why(purpose, file)}`);
  const files = (list) => new Set(list.map((it) => it.file)).size;
  const expected = files(judged);
  const met = expected - files(misses);
  const share = expected === 0 ? 1 : met / expected;
  const whole = (it) => mails.every((mail) => mail.case !== it || (mail.reply.code === 250 && mail.place));
  suite.check(`${purpose}: at least ${rules.floor * 100} % of the expectations are met`, share >= rules.floor, `${met} of ${expected}`);
  return {
    purpose,
    cases: told.length,
    taken_in: told.filter(whole).length,
    expected,
    met,
    keys: judged.length,
    keys_met: judged.length - misses.length,
  };
}
