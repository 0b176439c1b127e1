// Two nodes of Kept on one PostgreSQL: mail into both, answers out through a local sink that
// counts, and one node killed in the middle. Every mail becomes one ticket, every sender is
// answered once, and nothing waits for the dead node for ever. Run through bin/with-postgres.

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
/** A dead node's work is taken over when its lease has run out. */
const TAKE_OVER_LIMIT_MS = 240_000;
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
  await deliver(mails, first, second);
  suite.check("all mails are taken by one node or the other", mails.length === MAILS);
  await sink.until(() => answered(sink).size >= MAILS, TAKE_OVER_LIMIT_MS).catch((error) => suite.check("every sender is answered", false, error.message));
  judgeAnswers(sink);
  const unsent = sql("SELECT state, count(*) FROM outgoing WHERE state <> 'sent' GROUP BY state", database.url);
  suite.check("the outbox has nothing left to send", unsent.length === 0, unsent);
  suite.check("the living node is well", first.running && !first.panicked, first.log.slice(-600));
  await everyMailOnce(desk, mails);
  await first.stop();
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
  await send(first.mail, rest, () => {}, []);
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
  suite.tally("senders answered by exactly one mail", answers.length - two.length, two.map(([to, ids]) => `${to}: ${ids.join(", ")}`));
  const words = `sent once; ${twice.length} again under the same Message-ID, at most the ${UNDER_WAY} the killed node had under way`;
  suite.check(words, twice.length <= UNDER_WAY && twice.every(([, ids]) => ids.length === 2), twice);
}

async function everyMailOnce(desk, mails) {
  const stored = await mailsByHash(desk);
  const wrong = mails.filter((bytes) => stored.get(sha256(asSent(bytes)))?.length !== 1);
  suite.tally("mails are there exactly once", mails.length - wrong.length, wrong.map((it) => it.toString().split("\r\n")[3]));
}
