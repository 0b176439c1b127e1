// Kills the program with SIGKILL while mail comes in, again and again, at seeded moments. Then
// every mail that got its 250, and every one sent again because nobody knew, is there exactly
// once, and `kept doctor` is content. On SQLite, and on PostgreSQL when bin/with-postgres runs it.
// Options: KEPT_KILLS (default 50), KEPT_SEED.

import { createHash } from "node:crypto";
import { mailsByHash } from "./lib/desk.mjs";
import { doctor, scratch, serve } from "./lib/kept.mjs";
import { asSent } from "./lib/lmtp.mjs";
import { freshDatabase, noPostgres } from "./lib/postgres.mjs";
import { Post } from "./lib/post.mjs";
import { random, seed } from "./lib/random.mjs";
import { Suite } from "./lib/suite.mjs";

const KILLS = Number(process.env.KEPT_KILLS ?? 50);
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const suite = new Suite("crashes");
console.log(`${KILLS} kills, seed ${seed}`);
await suite.scenario("Killed during intake, SQLite", () => kills({ data: scratch("crash") }));
if (noPostgres) suite.skip("killed during intake, PostgreSQL", noPostgres);
else await suite.scenario("Killed during intake, PostgreSQL", () => kills({ data: scratch("crash"), database: freshDatabase("crash").url }));
suite.finish();

async function kills(desk) {
  const dice = random();
  const post = new Post(dice);
  for (let round = 0; round < KILLS; round += 1) {
    const server = await serve(desk);
    await post.deliverUntil(server, 1 + Math.floor(dice() * 30));
    await server.kill();
    await post.settled();
  }
  const server = await serve(desk);
  await post.deliverTheRest(server);
  suite.check("mails in doubt are taken when sent again", post.waiting.length === 0, `${post.waiting.length} left`);
  suite.check("nothing panicked after the last restart", server.running && !server.panicked, server.log.slice(-600));
  await everyOneOnce(desk, post);
  await server.stop();
  const found = await doctor(desk);
  suite.check("kept doctor is content", found.content, found.words);
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
