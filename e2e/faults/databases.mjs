// Faults of the database: made by a newer Kept, not there, gone for a while.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kept, scratch, serve } from "../lib/kept.mjs";
import { letter } from "../lib/mails.mjs";
import { freshDatabase, noPostgres, sql } from "../lib/postgres.mjs";
import { sqlite } from "../lib/sqlite.mjs";
import { contentDoctor, everyOneIsThere, refuses, sendOne, sha256, suite } from "./common.mjs";

const NEWER = "INSERT INTO schema_migrations (number, name, applied_at_ms, sha256) VALUES (9999, 'from_the_future', 0, 'x')";

export async function databases() {
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

  await postgres();
}

async function postgres() {
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

/** Sends until it is taken; each refusal must be temporary. Waits a little between two tries. */
async function eventuallyTaken(address, bytes) {
  for (let tries = 0; tries < 200; tries += 1) {
    const reply = await sendOne(address, bytes);
    if (reply.code === 250) return true;
    if (reply.code < 400 || reply.code >= 500) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
