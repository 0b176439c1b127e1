// Kept fetches from a real Dovecot over TLS: mail arrives by IDLE, either side is killed in the
// middle, all mails get new numbers, humans read them first, the password is wrong for a while.
// Nothing is lost and nothing comes twice.

import { createHash } from "node:crypto";
import { join } from "node:path";
import { mailsByHash, signedIn } from "./lib/desk.mjs";
import { Dovecot, noDovecot } from "./lib/dovecot.mjs";
import { doctor, scratch, serve } from "./lib/kept.mjs";
import { letter } from "./lib/mails.mjs";
import { header, Sink } from "./lib/sink.mjs";
import { sqlite } from "./lib/sqlite.mjs";
import { Suite } from "./lib/suite.mjs";
import { Visitor } from "./lib/visitor.mjs";

const MANY = 80;
const KILL_AFTER = 15;
/** A mail at which the line broke waits longer each time before it is asked for again: this is several of those waits. */
const LIMIT_MS = 300_000;
const ADMIN = "tests@desk.example";
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const suite = new Suite("imap");
if (noDovecot) {
  suite.skip("fetching from a real mail server", noDovecot);
  process.exit(0);
}

const dovecot = await Dovecot.start();
const sink = await Sink.open();
const desk = { data: scratch("imap") };
const env = { KEPT_RELAY: `smtp://${sink.address}`, KEPT_LARGEST_MAIL_MIB: "1", SSL_CERT_FILE: dovecot.certificate };
let server = await serve(desk, { env });
let visitor = await signedIn(desk, server);
const query = (text) => sqlite(join(desk.data, "kept.sqlite"), text);
const sent = [];

await suite.scenario("Mail comes by IDLE over TLS", byIdle);
await suite.scenario("Kept is killed in mid-fetch", keptKilled);
await suite.scenario("Dovecot is killed in mid-fetch", dovecotKilled);
await suite.scenario("All mails get new numbers", newNumbers);
await suite.scenario("The password is wrong for a while", wrongPassword);
await suite.scenario("Fetched mail is moved or deleted", movedOrDeleted);
await suite.scenario("A mail is too large", tooLarge);
await suite.scenario("What is left behind is whole", whole);
suite.finish();

function send(count, options) {
  for (let n = 0; n < count; n += 1) {
    const bytes = letter({ n: sent.length, name: "imap", from: `client${sent.length}@acme.example` });
    sent.push(bytes);
    dovecot.deliver(bytes, options);
  }
}

function settings(more) {
  return {
    name: "Support", server: "localhost", port: String(dovecot.port), security: "tls", folder: "INBOX", user: dovecot.user,
    sign_in: "password", password: "hush", queue: "", begin_with: "unread", afterwards: "keep", move_to: "", poll_seconds: "10",
    canary_address: "", canary_hours: "6", canary_minutes: "15", is_on: "on", ...more,
  };
}

async function byIdle() {
  const added = await visitor.fillIn("/settings/mailboxes/new", settings());
  suite.check("a mailbox is added", added.headers.location === "/settings/mailboxes/1", `${added.status} ${words(added)}`);
  await visitor.fillIn("/settings/mailboxes/1", settings());
  const tested = await visitor.post("/settings/mailboxes/1/test", { csrf: await csrf() });
  const says = words(await visitor.get("/settings/mailboxes/1"));
  suite.check("a test says that the server tells by itself", says.includes("tells at once"), `${tested.status} ${says}`);
  await until("Kept looked", () => query("SELECT 1 FROM mailboxes WHERE checked_at_ms IS NOT NULL").length === 1);
  send(3);
  await allHere("mail that comes while Kept waits is taken in");
  const allRead = () => dovecot.files().every((flags) => flags.includes("S"));
  await until("it is marked as read there", allRead);
  suite.check("it is marked as read there", allRead(), dovecot.files());
  send(2, { seen: true });
  await allHere("mail a human has read first is taken in");
}

async function keptKilled() {
  const before = here();
  send(MANY);
  await until("some mails are here", () => here() >= before + KILL_AFTER);
  await server.kill();
  const left = sent.length - here();
  query("UPDATE mailboxes SET lease_until_ms = 1");
  server = await serve(desk, { env });
  visitor = signedInAgain();
  await allHere(`after a kill with ${left} mails to come, all are here`);
}

async function dovecotKilled() {
  const before = here();
  send(MANY);
  await until("some mails are here", () => here() >= before + KILL_AFTER);
  await dovecot.kill();
  const left = sent.length - here();
  await dovecot.run();
  await allHere(`after Dovecot was killed with ${left} mails to come, all are here`);
}

async function newNumbers() {
  const before = query("SELECT uid_validity FROM mailboxes")[0];
  await dovecot.kill();
  dovecot.numberAnew();
  await dovecot.run();
  send(1);
  await allHere("the mail after that is here");
  const now = query("SELECT uid_validity FROM mailboxes")[0];
  suite.check("the numbers are really others", before !== now, `${before}, ${now}`);
  await until("the whole mailbox was looked through", () => query("SELECT 1 FROM mailbox_mails").length === 0);
  suite.check("nothing came twice", here() === sent.length, `${here()} of ${sent.length}`);
}

async function wrongPassword() {
  dovecot.setPassword("changed");
  await dovecot.kill();
  await dovecot.run();
  send(1);
  await until("an alarm went out", () => alarms().length === 1);
  suite.check("the admin is told what is wrong", alarms()[0].startsWith("Kept: the sign-in fails"), alarms());
  const page = words(await visitor.get("/now"));
  suite.check("every page of an admin says so", page.includes("The sign-in fails (Support)"), page.slice(0, 300));
  await visitor.fillIn("/settings/mailboxes/1", settings({ password: "changed" }));
  await allHere("with the right password the mail that waited is here");
  await until("the end is told", () => alarms().length === 2);
  suite.check("once each", alarms()[1].startsWith("Kept: mail comes in again"), alarms());
}

async function movedOrDeleted() {
  await visitor.fillIn("/settings/mailboxes/1", settings({ password: "changed", afterwards: "move", move_to: "Archive" }));
  send(2);
  await allHere("mail that is to be moved is here");
  await until("it is moved", () => dovecot.files("Archive").length === 2);
  suite.check("two mails are in Archive", dovecot.files("Archive").length === 2, dovecot.files("Archive"));
  const before = dovecot.files().length;
  await visitor.fillIn("/settings/mailboxes/1", settings({ password: "changed", afterwards: "delete" }));
  send(2);
  await allHere("mail that is to be deleted is here");
  await until("it is deleted", () => dovecot.files().length === before);
  suite.check("the mails of others stay", dovecot.files().length === before, dovecot.files().length);
}

async function tooLarge() {
  const before = dovecot.files().length;
  dovecot.deliver(letter({ n: 9999, name: "large", from: "large@acme.example", padBytes: 2 * 1024 * 1024 }));
  await until("its headers wait", () => query("SELECT 1 FROM unsorted WHERE reason = 'too-large'").length === 1);
  await until("the admin is told", () => alarms().length === 3);
  suite.check("it says how large", alarms()[2].includes("was not fetched"), alarms());
  send(1);
  await allHere("the mail after it is here");
  suite.check("it stays where it is", dovecot.files().length === before + 1, dovecot.files().length);
}

async function whole() {
  const stored = await mailsByHash(desk);
  const wrong = sent.filter((bytes) => stored.get(sha256(bytes))?.length !== 1);
  suite.tally("mails are here exactly once, to the byte", sent.length - wrong.length, wrong.map((it) => it.toString().split("\r\n")[3]));
  const found = await doctor(desk);
  suite.check("kept doctor is content", found.content, found.words);
  suite.check("nothing panicked", !server.panicked, server.log.slice(-600));
  const { code } = await server.stop();
  suite.check("asked to end, it ends", code === 0, server.log.slice(-600));
  await dovecot.kill();
  await sink.close();
}

function here() {
  return Number(query("SELECT count(*) FROM tickets")[0]);
}

function alarms() {
  return sink.mails.filter((mail) => mail.to.includes(ADMIN)).map((mail) => header(mail, "Subject"));
}

function words(answer) {
  return answer.body.toString("utf8").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}

async function csrf() {
  const page = await visitor.get("/settings/mailboxes");
  return /name="csrf" value="([^"]*)"/.exec(page.body.toString("utf8"))[1];
}

async function allHere(what) {
  await until(what, () => here() === sent.length);
  suite.check(what, here() === sent.length, `${here()} of ${sent.length}; ${server.log.slice(-300)}`);
}

/** Asks now and then; what did not happen is left to the check that follows. */
async function until(what, holds) {
  const deadline = performance.now() + LIMIT_MS;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`in vain: ${what}; ${server.log.slice(-400)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The same person at the new address of the same desk; their session is still good. */
function signedInAgain() {
  return Object.assign(new Visitor(server.http), { cookies: visitor.cookies });
}
