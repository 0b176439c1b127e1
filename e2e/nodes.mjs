// Two nodes of Kept on one PostgreSQL: mail into both, answers out through a local sink that
// counts, and one node killed in the middle. Every mail becomes one ticket, every sender is
// answered once, and another node takes over what the dead one had leased (the lease is moved
// into the past rather than waited for). Run through bin/with-postgres.

import { createHash } from "node:crypto";
import { mailsByHash } from "./lib/desk.mjs";
import { doctor, scratch, serve } from "./lib/kept.mjs";
import { asSent, Lmtp } from "./lib/lmtp.mjs";
import { letter } from "./lib/mails.mjs";
import { freshDatabase, noPostgres, sql } from "./lib/postgres.mjs";
import { header, Sink } from "./lib/sink.mjs";
import { Suite } from "./lib/suite.mjs";

const MAILS = 160;
const KILL_AFTER = 60;
/** How many mails one node may have under way at once, so that many may go out a second time. */
const UNDER_WAY = 8;
const OUTBOX_LIMIT_MS = 60_000;
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const suite = new Suite("two nodes");
if (noPostgres) {
  suite.skip("two nodes on one PostgreSQL", noPostgres);
  process.exit(0);
}
await suite.scenario("Two nodes on one PostgreSQL, one killed", twoNodes);
suite.finish();

async function twoNodes() {
  const database = freshDatabase("nodes");
  const desk = { data: scratch("nodes"), database: database.url };
  const sink = await Sink.open();
  const env = { KEPT_RELAY: `smtp://${sink.address}` };
  const first = await serve(desk, { env });
  const second = await serve(desk, { env });
  const mails = Array.from({ length: MAILS }, (_, n) => letter({ n, name: "nodes", from: `client${n}@acme.example` }));
  const taken = await deliver(mails, first, second);
  suite.check("all mails are taken by one node or the other", taken === MAILS, `${taken} of ${MAILS}`);
  suite.check("the living node is well", first.running && !first.panicked, first.log.slice(-600));
  const { code } = await first.stop();
  suite.check("asked to end, it finishes what it began", code === 0, first.log.slice(-600));
  const left = letLeasesRunOut(database);
  const third = await serve(desk, { env });
  const unsent = await outboxRunsEmpty(database);
  suite.check(`another node sends what is left, ${left} leased by the dead node included`, unsent.length === 0, unsent);
  judgeAnswers(sink);
  await everyMailOnce(desk, mails);
  await third.stop();
  await sink.close();
  const found = await doctor(desk);
  suite.check("kept doctor is content", found.content, found.words);
}

/** Half of the mails to each node; when the second dies, its rest goes to the first, as by MX. */
async function deliver(mails, first, second) {
  const rest = [];
  let taken = 0;
  const told = () => {
    taken += 1;
    if (taken === KILL_AFTER) second.child.kill("SIGKILL");
  };
  await Promise.all([
    send(first.mail, mails.filter((_, n) => n % 2 === 0), told, []),
    send(second.mail, mails.filter((_, n) => n % 2 === 1), told, rest),
  ]);
  await second.ended;
  await send(first.mail, rest, told, []);
  return taken;
}

/** With the living node ended, the leases that are left are the dead one's. Moves them into the past. */
function letLeasesRunOut(database) {
  return sql("UPDATE jobs SET lease_until_ms = 1 WHERE leased_by IS NOT NULL RETURNING id", database.url).length;
}

/** Waits until every mail is sent, asking now and then; gives what is left when time is up. */
async function outboxRunsEmpty(database) {
  const deadline = performance.now() + OUTBOX_LIMIT_MS;
  for (;;) {
    const unsent = sql("SELECT state, count(*) FROM outgoing WHERE state <> 'sent' GROUP BY state", database.url);
    if (unsent.length === 0 || performance.now() > deadline) return unsent;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function send(address, mails, told, rest) {
  const queue = [...mails];
  try {
    const client = await Lmtp.open(address);
    while (queue.length > 0) {
      const reply = await client.send({ from: /From: (.*)\r/.exec(queue[0].toString())[1], to: "support@localhost", bytes: queue[0] });
      if (reply.code !== 250) throw new Error(reply.text);
      queue.shift();
      told();
    }
    await client.quit();
  } catch (error) {
    if (queue.length === 0) return;
    rest.push(...queue);
    console.log(`  a node stopped answering with ${queue.length} mails left: ${error.message}`);
  }
}

/** Map from a client's address to the Message-IDs of what was sent there. */
function answered(sink) {
  const answers = new Map();
  for (const mail of sink.mails) {
    const ids = answers.get(mail.to[0]) ?? [];
    answers.set(mail.to[0], [...ids, header(mail, "Message-ID")]);
  }
  return answers;
}

function judgeAnswers(sink) {
  const answers = [...answered(sink)];
  const twice = answers.filter(([, ids]) => ids.length > 1);
  const two = twice.filter(([, ids]) => new Set(ids).size > 1);
  suite.check("every sender is answered", answers.length === MAILS, `${answers.length} of ${MAILS}`);
  suite.tally("senders answered by exactly one mail", answers.length - two.length, two.map(([to, ids]) => `${to}: ${ids.join(", ")}`));
  const words = `sent once; ${twice.length} again under the same Message-ID, at most the ${UNDER_WAY} the killed node had under way`;
  suite.check(words, twice.length <= UNDER_WAY && twice.every(([, ids]) => ids.length === 2), twice);
}

async function everyMailOnce(desk, mails) {
  const stored = await mailsByHash(desk);
  const wrong = mails.filter((bytes) => stored.get(sha256(asSent(bytes)))?.length !== 1);
  suite.tally("mails are there exactly once", mails.length - wrong.length, wrong.map((it) => it.toString().split("\r\n")[3]));
}
