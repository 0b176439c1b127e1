// Things that go wrong around the program: bad settings, a port that is taken, a disk that is
// full or read-only, a database that is newer or gone. Each must end, or go on, in a way a
// person understands, with nothing half-written and no acknowledged mail lost.
// Run: node e2e/faults.mjs (PostgreSQL's part: bin/with-postgres node e2e/faults.mjs).

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { whereMailWent } from "./lib/desk.mjs";
import { smallDisk } from "./lib/disk.mjs";
import { doctor, endpoint, kept, scratch, serve } from "./lib/kept.mjs";
import { asSent, Lmtp } from "./lib/lmtp.mjs";
import { letter } from "./lib/mails.mjs";
import { freshDatabase, noPostgres, sql } from "./lib/postgres.mjs";
import { sqlite } from "./lib/sqlite.mjs";
import { Suite } from "./lib/suite.mjs";

const suite = new Suite("faults");
const RECIPIENT = "support@localhost";
const START_LIMIT_MS = 30_000;
const NEWER = "INSERT INTO schema_migrations (number, name, applied_at_ms, sha256) VALUES (9999, 'from_the_future', 0, 'x')";
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

await suite.scenario("A mistake in kept.toml", async () => {
  const data = scratch("toml");
  writeFileSync(join(data, "kept.toml"), 'htpp = "127.0.0.1:0"\n');
  await refuses(["serve", "--data", data], ["kept.toml", "htpp"]);
  suite.check("nothing was made in the data folder", readdirSync(data).join() === "kept.toml", readdirSync(data));
});

await suite.scenario("An address that is none", async () => {
  await refuses(["serve", "--data", scratch("address"), "--http", "8080"], ["http", "8080"]);
});

await suite.scenario("A port that is taken", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.on("listening", resolve));
  const taken = `127.0.0.1:${other.address().port}`;
  await refuses(["serve", "--data", scratch("port"), "--http", taken, "--mail", "127.0.0.1:0"], [taken]);
  await refuses(["serve", "--data", scratch("port"), "--http", "127.0.0.1:0", "--mail", taken], [taken]);
  other.close();
});

await suite.scenario("A file where the data folder should be", async () => {
  const path = join(scratch("file"), "data");
  writeFileSync(path, "not a folder\n");
  await refuses(["serve", "--data", path], [path]);
  await refuses(["mail", "--data", path], [path], { input: letter({ n: 1 }), code: 75 });
  suite.check("the file is as it was", readFileSync(path, "utf8") === "not a folder\n");
});

await suite.scenario("A data folder on a read-only disk", async () => {
  const disk = smallDisk("readonly", 16);
  if (disk.why) return suite.skip("read-only disk", disk.why);
  const data = join(disk.folder, "data");
  mkdirSync(data);
  disk.remount("ro");
  await refuses(["serve", "--data", data], [data]);
  await refuses(["mail", "--data", data], [data], { input: letter({ n: 1 }), code: 75 });
  disk.release();
});

await suite.scenario("A SQLite database from a newer Kept", async () => {
  const desk = { data: scratch("newer") };
  const made = await kept(["migrate", "--data", desk.data]);
  suite.check("kept migrate makes the database", made.code === 0, made.stderr);
  const file = join(desk.data, "kept.sqlite");
  sqlite(file, NEWER);
  sqlite(file, "PRAGMA wal_checkpoint(TRUNCATE)");
  const before = sha256(readFileSync(file));
  await refuses(["serve", "--data", desk.data], ["newer", "9999"]);
  await refuses(["migrate", "--data", desk.data], ["newer", "9999"]);
  suite.check("the database is as it was", sha256(readFileSync(file)) === before);
});

await suite.scenario("A full disk", async () => {
  const disk = smallDisk("full", 48);
  if (disk.why) return suite.skip("full disk", disk.why);
  const desk = { data: join(disk.folder, "data") };
  const server = await serve(desk);
  const ballast = join(disk.folder, "ballast");
  fill(ballast, 24);
  const sent = await sendUntilRefused(server.mail, 400);
  suite.check("the disk took some mails and then no more", sent.accepted.length > 0 && sent.refused, sent.refused);
  suite.check("the refusal is temporary, so the sender tries again", sent.refused?.code >= 400 && sent.refused.code < 500, sent.refused);
  suite.check("the program still runs", server.running && !server.panicked, server.log.slice(-600));
  rmSync(ballast);
  const after = letter({ n: 9000, name: "full" });
  const reply = await sendOne(server.mail, after);
  suite.check("with room again, mail is taken again without a restart", reply.code === 250, reply);
  await everyOneIsThere(desk, [...sent.accepted, after]);
  await server.stop();
  await contentDoctor(desk);
  disk.release();
});

await suite.scenario("What the mail port is told that is no mail", async () => {
  const desk = { data: scratch("port-talk") };
  const server = await serve(desk);
  const rude = await sayRaw(server.mail, "LHLO x\r\nNONSENSE\r\nDATA\r\nRSET\r\nQUIT\r\n");
  suite.check("unknown and misplaced commands are refused in words", /\r\n5\d\d /.test(rude) && rude.includes("221"), rude);
  const half = `LHLO x\r\nMAIL FROM:<dana@acme.example>\r\nRCPT TO:<${RECIPIENT}>\r\nDATA\r\nSubject: half a mail\r\n\r\nIt stops in the mid`;
  await sayRaw(server.mail, half, { cut: /354/ });
  const endless = await sayRaw(server.mail, `LHLO ${"x".repeat(300_000)}\r\n`);
  suite.check("a line without end is refused", /(^|\r\n)5\d\d /.test(endless) || !endless.includes("250"), endless.slice(-200));
  const dots = Buffer.from("..first line\r\nSubject: dots\r\n\r\n.\r\n..\r\n.end\r\n");
  const smuggled = Buffer.from("Subject: smuggled\r\n\r\nbefore\n.\nMAIL FROM:<x@example.com>\r\nafter\r.\rlast\r\n");
  const bare = Buffer.from("Subject: no end of line");
  for (const [words, mail] of [["begins with dots", dots], ["holds bare line ends around a dot", smuggled], ["does not end its last line", bare]]) {
    const reply = await sendOne(server.mail, mail);
    suite.check(`a mail that ${words} is taken`, reply.code === 250, reply);
  }
  await everyOneIsThere(desk, [dots, smuggled, bare], { only: true });
  await server.stop();
});

await suite.scenario("A mail beyond the limit", async () => {
  const desk = { data: scratch("limit") };
  const server = await serve(desk, { env: { KEPT_LARGEST_MAIL_MIB: "1" } });
  const reply = await sendOne(server.mail, letter({ n: 1, padBytes: 1_200_000 }));
  suite.check("it is refused for good, with 552", reply.code === 552, reply);
  const next = letter({ n: 2, padBytes: 700_000 });
  suite.check("one below the limit is taken", (await sendOne(server.mail, next)).code === 250);
  await everyOneIsThere(desk, [next], { only: true });
  await server.stop();
});

await suite.scenario("Mail handed in over HTTP", async () => {
  const desk = { data: scratch("http") };
  const closed = await serve(desk);
  suite.check("without a token in the configuration the door is closed", (await handIn(closed, letter({ n: 1 }), "guess")).status === 404);
  await closed.stop();
  const server = await serve(desk, { env: { KEPT_INTAKE_TOKEN: "open sesame", KEPT_LARGEST_MAIL_MIB: "1" } });
  const wrong = await handIn(server, letter({ n: 2 }), "open sesamf");
  suite.check("a wrong token is refused with 401", wrong.status === 401, wrong.status);
  const large = await handIn(server, letter({ n: 3, padBytes: 1_200_000 }), "open sesame");
  suite.check("a mail beyond the limit is refused with 413", large.status === 413, large.status);
  const right = letter({ n: 4 });
  const taken = await handIn(server, right, "open sesame");
  suite.check("the right token opens", taken.status === 200, taken.status);
  suite.check("and the answer says what became of the mail", (await taken.json()).taken === "opened");
  await everyOneIsThere(desk, [right], { only: true, as: (bytes) => bytes });
  await server.stop();
});

await suite.scenario("A stored original that was damaged behind our back", async () => {
  const desk = { data: scratch("damage") };
  const done = await kept(["mail", "--data", desk.data], { input: letter({ n: 1, padBytes: 90_000 }) });
  suite.check("a large mail is taken through the pipe", done.code === 0, done.stderr);
  const blobs = readdirSync(join(desk.data, "blobs"), { recursive: true }).map((name) => join(desk.data, "blobs", name));
  const [original] = blobs.filter((path) => statSync(path).isFile());
  const bytes = readFileSync(original);
  bytes[bytes.length - 9] ^= 1;
  writeFileSync(original, bytes);
  const changed = await doctor(desk);
  suite.check("kept doctor notices one changed bit", !changed.content && !changed.panicked, changed.words);
  rmSync(original);
  const gone = await doctor(desk);
  suite.check("kept doctor notices that it is gone", !gone.content && !gone.panicked, gone.words);
});

await suite.scenario("Being asked to end while mail comes in", async () => {
  const desk = { data: scratch("term") };
  const server = await serve(desk);
  const accepted = [];
  const client = await Lmtp.open(server.mail);
  let end;
  for (let n = 0; n < 200; n += 1) {
    const mail = letter({ n, name: "term" });
    const reply = await client.send({ from: "dana@acme.example", to: RECIPIENT, bytes: mail }).catch(() => ({ code: 0 }));
    if (reply.code !== 250) break;
    accepted.push(mail);
    if (n === 20) end = server.stop();
  }
  const { code, signal } = await end;
  suite.check("it ends with exit code 0", code === 0, { code, signal, log: server.log.slice(-300) });
  await everyOneIsThere(desk, accepted, { only: true });
  await contentDoctor(desk);
});

await postgresScenarios();
suite.finish();

async function postgresScenarios() {
  if (noPostgres) return suite.skip("faults of PostgreSQL", noPostgres);

  await suite.scenario("A PostgreSQL that is not there", async () => {
    const url = "postgres://kept:hush@127.0.0.1:1/kept";
    const done = await refuses(["serve", "--data", scratch("nowhere"), "--database", url], ["127.0.0.1"]);
    suite.check("the password is not shown", !`${done.stdout}${done.stderr}`.includes("hush"), done.stderr);
  });

  await suite.scenario("A PostgreSQL database from a newer Kept", async () => {
    const database = freshDatabase("newer");
    const place = ["--data", scratch("newer"), "--database", database.url];
    await kept(["migrate", ...place]);
    sql(NEWER, database.url);
    await refuses(["serve", ...place], ["newer", "9999"]);
  });

  await suite.scenario("A PostgreSQL that goes away and comes back", async () => {
    const database = freshDatabase("gone");
    const desk = { data: scratch("gone"), database: database.url };
    const server = await serve(desk);
    const first = letter({ n: 1, name: "gone" });
    suite.check("mail is taken before", (await sendOne(server.mail, first)).code === 250);
    sql(`ALTER DATABASE ${database.name} ALLOW_CONNECTIONS false`);
    sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database.name}'`);
    const lost = letter({ n: 2, name: "gone" });
    const reply = await sendOne(server.mail, lost);
    suite.check("meanwhile the refusal is temporary", reply.code >= 400 && reply.code < 500, reply);
    suite.check("the program still runs", server.running && !server.panicked, server.log.slice(-600));
    sql(`ALTER DATABASE ${database.name} ALLOW_CONNECTIONS true`);
    suite.check("afterwards mail is taken again by itself", await eventuallyTaken(server.mail, lost));
    await everyOneIsThere(desk, [first, lost], { only: true });
    await server.stop();
    await contentDoctor(desk);
  });
}

/** The command must end by itself, not with success, and say each of `hints`. */
async function refuses(args, hints, { input, code } = {}) {
  const done = await kept(args, { input, limitMs: START_LIMIT_MS });
  const words = args.slice(0, 1).concat(code ? [`(exit ${code})`] : []).join(" ");
  const sane = code ? done.code === code : done.code > 0 && done.code < 126;
  suite.check(`kept ${words} ends with an error`, sane, { code: done.code, signal: done.signal, stderr: done.stderr.slice(-400) });
  const told = hints.every((hint) => done.stderr.includes(hint)) && !/panicked|RUST_BACKTRACE/.test(done.stderr);
  suite.check(`and says why: ${hints.join(", ")}`, told, done.stderr);
  return done;
}

/** Writes zeros until only `leaveMebibytes` are free on a disk of twice that. */
function fill(path, mebibytes) {
  const done = spawnSync("dd", ["if=/dev/zero", `of=${path}`, "bs=1M", `count=${mebibytes}`], { encoding: "utf8" });
  if (!existsSync(path)) throw new Error(`can't fill the disk: ${done.stderr}`);
}

async function sendOne(address, bytes) {
  const client = await Lmtp.open(address);
  const reply = await client.send({ from: "dana@acme.example", to: RECIPIENT, bytes });
  await client.quit();
  return reply;
}

async function sendUntilRefused(address, most) {
  const accepted = [];
  for (let n = 0; n < most; n += 1) {
    const bytes = letter({ n, padBytes: 200_000, name: "full" });
    const reply = await sendOne(address, bytes).catch((error) => ({ code: 0, text: error.message }));
    if (reply.code !== 250) return { accepted, refused: reply };
    accepted.push(bytes);
  }
  return { accepted, refused: null };
}

/** Sends until it is taken; each refusal must be temporary. The connection itself paces this. */
async function eventuallyTaken(address, bytes) {
  for (let tries = 0; tries < 200; tries += 1) {
    const reply = await sendOne(address, bytes);
    if (reply.code === 250) return true;
    if (reply.code < 400 || reply.code >= 500) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

function handIn(server, bytes, token) {
  return fetch(`http://${server.http}/intake/mail`, { method: "POST", body: bytes, headers: { authorization: `Bearer ${token}` } });
}

/** Says something on a bare connection; gives all it heard. Hangs up when `cut` is heard. */
function sayRaw(address, text, { cut } = {}) {
  return new Promise((resolve) => {
    let heard = "";
    const socket = connect(endpoint(address), () => socket.write(text));
    const timer = setTimeout(() => socket.destroy(), 10_000);
    socket.on("data", (chunk) => {
      heard += chunk;
      if (cut?.test(heard)) socket.destroy();
      else if (/^221/m.test(heard)) socket.end();
    });
    socket.on("error", () => {});
    socket.on("close", () => (clearTimeout(timer), resolve(heard)));
  });
}

/** `as` gives the bytes to expect: those of the wire, where nothing else is said. */
async function everyOneIsThere(desk, mails, { only = false, as = asSent } = {}) {
  const places = await whereMailWent(desk);
  const missing = mails.filter((mail) => !places.has(sha256(as(mail))));
  suite.check(`all ${mails.length} acknowledged mails are there, byte for byte`, missing.length === 0, missing.map((it) => it.toString("latin1").slice(0, 80)));
  if (only) suite.check("and nothing else is", places.size === mails.length, `${places.size} mails`);
}

async function contentDoctor(desk) {
  const found = await doctor(desk);
  suite.check("kept doctor is content", found.content, found.words);
}
