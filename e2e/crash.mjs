// Kills the program with SIGKILL while mail comes in, again and again, at seeded moments. Then
// every mail that got its 250, and every one sent again because nobody knew, is there exactly
// once, and `kept doctor` is content. On SQLite, and on PostgreSQL when bin/with-postgres runs it.
// Options: KEPT_KILLS (default 50), KEPT_SEED.

import { createHash } from "node:crypto";
import { mailsByHash } from "./lib/desk.mjs";
import { doctor, scratch, serve } from "./lib/kept.mjs";
import { asSent, Lmtp } from "./lib/lmtp.mjs";
import { letter } from "./lib/mails.mjs";
import { freshDatabase, noPostgres } from "./lib/postgres.mjs";
import { random, seed } from "./lib/random.mjs";
import { Suite } from "./lib/suite.mjs";

const KILLS = Number(process.env.KEPT_KILLS ?? 50);
const CONNECTIONS = 6;
const CONVERSATIONS = 12;
/** A few mails are too large for a database row: those go through a file. */
const LARGE_EVERY = 9;
const LARGE_BYTES = 90_000;
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
  suite.check("nothing panicked after the last restart", server.running && !server.panicked, server.log.slice(-600));
  await everyOneOnce(desk, post, server);
  await server.stop();
  const found = await doctor(desk);
  suite.check("kept doctor is content", found.content, found.words);
}

async function everyOneOnce(desk, post, server) {
  const stored = await mailsByHash(desk, server);
  const times = (bytes) => stored.get(sha256(asSent(bytes)))?.length ?? 0;
  const wrong = post.acknowledged.filter((bytes) => times(bytes) !== 1);
  const words = `mails acknowledged (${post.inDoubt} were in doubt and sent again) are there exactly once`;
  suite.tally(words, post.acknowledged.length - wrong.length, wrong.map((it) => `${times(it)} times: ${it.toString("utf8").split("\r\n")[3]}`));
  const total = [...stored.values()].reduce((sum, places) => sum + places.length, 0);
  suite.check("and nothing else is there", total === post.acknowledged.length, `${total} stored, ${post.acknowledged.length} acknowledged`);
}

/** Sends mails and remembers, as a real mail server would, which ones nobody confirmed. */
class Post {
  constructor(dice) {
    this.dice = dice;
    this.n = 0;
    this.acknowledged = [];
    this.waiting = [];
    this.inDoubt = 0;
    this.senders = [];
  }

  /** Resolves at the moment the server has confirmed `enough` mails; sending goes on. */
  deliverUntil(server, enough) {
    return new Promise((resolve) => {
      let confirmed = 0;
      const told = () => (confirmed += 1) === enough && resolve();
      this.senders = Array.from({ length: CONNECTIONS }, () => this.#send(server.mail, told, () => this.#next()));
      // Should every connection end early, the round is over rather than stuck.
      Promise.all(this.senders).then(resolve);
    });
  }

  /** Resolves when every sender has noticed that the server is gone. */
  settled() {
    return Promise.all(this.senders);
  }

  async deliverTheRest(server) {
    await this.#send(server.mail, () => {}, () => this.waiting.shift());
    suite.check("mails in doubt are taken when sent again", this.waiting.length === 0, `${this.waiting.length} left`);
  }

  #next() {
    if (this.waiting.length > 0) return this.waiting.shift();
    this.n += 1;
    const conversation = Math.floor(this.dice() * CONVERSATIONS);
    const padBytes = this.n % LARGE_EVERY === 0 ? LARGE_BYTES : 0;
    return letter({ n: this.n, name: "crash", conversation: `talk-${conversation}@acme.example`, padBytes });
  }

  async #send(address, told, next) {
    let bytes;
    try {
      const client = await Lmtp.open(address);
      while ((bytes = next())) {
        const reply = await client.send({ from: "dana@acme.example", to: "support@localhost", bytes });
        if (reply.code !== 250) throw new Error(reply.text);
        this.acknowledged.push(bytes);
        bytes = null;
        told();
      }
      await client.quit();
    } catch {
      if (!bytes) return;
      this.waiting.push(bytes);
      this.inDoubt += 1;
    }
  }
}
