// Kills the program with SIGKILL while mail comes in and goes out, again and again, at seeded
// moments. Then every mail that got its 250, and every one sent again because nobody knew, is
// there exactly once; every sender is answered by one mail, perhaps sent twice but under one
// Message-ID; and `kept doctor` is content. On SQLite, and on PostgreSQL when bin/with-postgres
// runs it. Options: KEPT_KILLS (default 50), KEPT_SEED.

import { createHash } from "node:crypto";
import { join } from "node:path";
import { judgeAnswers, letLeasesRunOut, outboxRunsEmpty } from "./lib/answers.mjs";
import { mailsByHash } from "./lib/desk.mjs";
import { doctor, scratch, serve } from "./lib/kept.mjs";
import { asSent } from "./lib/lmtp.mjs";
import { fromOf, letter } from "./lib/mails.mjs";
import { freshDatabase, noPostgres, sql } from "./lib/postgres.mjs";
import { Post } from "./lib/post.mjs";
import { random, seed } from "./lib/random.mjs";
import { Sink } from "./lib/sink.mjs";
import { sqlite } from "./lib/sqlite.mjs";
import { Suite } from "./lib/suite.mjs";

const KILLS = Number(process.env.KEPT_KILLS ?? 50);
const CONVERSATIONS = 12;
/** A few mails are too large for a database row: those go through a file. */
const LARGE_EVERY = 9;
const LARGE_BYTES = 90_000;
/** How many mails the program may be sending at once. */
const UNDER_WAY = 8;
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const suite = new Suite("crashes");
console.log(`${KILLS} kills, seed ${seed}`);
const sqliteDesk = () => {
  const data = scratch("crash");
  return { data, query: (text) => sqlite(join(data, "kept.sqlite"), text) };
};
const postgresDesk = () => {
  const { url } = freshDatabase("crash");
  return { data: scratch("crash"), database: url, query: (text) => sql(text, url) };
};
await everything("SQLite", sqliteDesk);
if (noPostgres) suite.skip("crashes on PostgreSQL", noPostgres);
else await everything("PostgreSQL", postgresDesk);
suite.finish();

async function everything(database, fresh) {
  await suite.scenario(`Killed during intake, ${database}`, () => duringIntake(fresh()));
  await suite.scenario(`Killed while answers go out, ${database}`, () => whileSending(fresh()));
}

async function duringIntake(desk) {
  const dice = random();
  const post = new Post((n) => letter({
    n,
    name: "crash",
    conversation: `talk-${Math.floor(dice() * CONVERSATIONS)}@acme.example`,
    padBytes: n % LARGE_EVERY === 0 ? LARGE_BYTES : 0,
  }));
  await kills(desk, post, dice, {});
  await everyOneOnce(desk, post);
  await contentDoctor(desk);
}

/** Every mail begins a ticket and is answered; the relay counts. */
async function whileSending(desk) {
  const dice = random(seed + 1);
  const sink = await Sink.open();
  const env = { KEPT_RELAY: `smtp://${sink.address}` };
  await answersWithoutLimit(desk);
  const post = new Post((n) => letter({ n, name: "answer", from: `client${n}@acme.example` }));
  await kills(desk, post, dice, env);
  letLeasesRunOut(desk.query);
  const server = await serve(desk, { env });
  const unsent = await outboxRunsEmpty(desk.query);
  suite.check("the outbox runs empty", unsent.length === 0, unsent);
  judgeAnswers(suite, sink, post.acknowledged.map(fromOf), KILLS * UNDER_WAY);
  await server.stop();
  await sink.close();
  await contentDoctor(desk);
}

/** All these clients are of one domain: more automatic answers in an hour than any desk allows. */
async function answersWithoutLimit(desk) {
  await (await serve(desk)).stop();
  desk.query(`INSERT INTO settings (key, value) VALUES ('mail.answer-limits', '{"domain_hour":1000000,"desk_hour":1000000}')`);
}

/** Starts, sends, kills, again and again; in the end all that was in doubt is sent again. */
async function kills(desk, post, dice, env) {
  for (let round = 0; round < KILLS; round += 1) {
    const server = await serve(desk, { env });
    await post.deliverUntil(server, 1 + Math.floor(dice() * 30));
    await server.kill();
    await post.settled();
  }
  const server = await serve(desk, { env });
  await post.deliverTheRest(server);
  suite.check("mails in doubt are taken when sent again", post.waiting.length === 0, `${post.waiting.length} left`);
  suite.check("nothing panicked after the last restart", server.running && !server.panicked, server.log.slice(-600));
  await server.stop();
}

async function everyOneOnce(desk, post) {
  const stored = await mailsByHash(desk);
  const times = (bytes) => stored.get(sha256(asSent(bytes)))?.length ?? 0;
  const wrong = post.acknowledged.filter((bytes) => times(bytes) !== 1);
  const words = `mails acknowledged (${post.inDoubt} were in doubt and sent again) are there exactly once`;
  suite.tally(words, post.acknowledged.length - wrong.length, wrong.map((it) => `${times(it)} times: ${it.toString("utf8").split("\r\n")[3]}`));
  const total = [...stored.values()].reduce((sum, places) => sum + places.length, 0);
  suite.check("and nothing else is there", total === post.acknowledged.length, `${total} stored, ${post.acknowledged.length} acknowledged`);
}

async function contentDoctor(desk) {
  const found = await doctor(desk);
  suite.check("kept doctor is content", found.content, found.words);
}
