// Two nodes of Kept on one PostgreSQL: mail into both, answers out through a local sink that
// counts, and one node killed in the middle. Every mail becomes one ticket, every sender is
// answered once, and another node takes over what the dead one had leased. With the living node
// ended, the leases that are left are the dead one's; they are moved into the past. Run through bin/with-postgres.

import { createHash } from "node:crypto";
import { judgeAnswers, letLeasesRunOut, outboxRunsEmpty } from "./lib/answers.mjs";
import { mailsByHash } from "./lib/desk.mjs";
import { doctor, scratch, serve } from "./lib/kept.mjs";
import { asSent, Lmtp } from "./lib/lmtp.mjs";
import { fromOf, letter } from "./lib/mails.mjs";
import { freshDatabase, noPostgres, sql } from "./lib/postgres.mjs";
import { Sink } from "./lib/sink.mjs";
import { Suite } from "./lib/suite.mjs";

const MAILS = 160;
const KILL_AFTER = 60;
/** How many mails one node may have under way at once, so that many may go out a second time. */
const UNDER_WAY = 8;
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
  const query = (text) => sql(text, database.url);
  const left = letLeasesRunOut(query);
  const third = await serve(desk, { env });
  const unsent = await outboxRunsEmpty(query);
  suite.check(`another node sends what is left, ${left} leased by the dead node included`, unsent.length === 0, unsent);
  judgeAnswers(suite, sink, mails.map(fromOf), UNDER_WAY);
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

async function send(address, mails, told, rest) {
  const queue = [...mails];
  try {
    const client = await Lmtp.open(address);
    while (queue.length > 0) {
      const reply = await client.send({ from: fromOf(queue[0]), to: "support@localhost", bytes: queue[0] });
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

async function everyMailOnce(desk, mails) {
  const stored = await mailsByHash(desk);
  const wrong = mails.filter((bytes) => stored.get(sha256(asSent(bytes)))?.length !== 1);
  suite.tally("mails are there exactly once", mails.length - wrong.length, wrong.map((it) => it.toString().split("\r\n")[3]));
}
