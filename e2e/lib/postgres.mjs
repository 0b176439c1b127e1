// Databases of their own on the server that bin/with-postgres started, through psql. Each is
// dropped when this process ends.

import { execFileSync, spawnSync } from "node:child_process";

const server = process.env.KEPT_TEST_POSTGRES;

/** Why PostgreSQL can't be used here; null when it can. */
export const noPostgres = server ? null : "KEPT_TEST_POSTGRES is not set: run through bin/with-postgres";

const made = [];
process.on("exit", () => {
  for (const name of made) spawnSync("psql", [server, "-qc", `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]);
});

/** Runs SQL on the server, or in one database of it; gives rows as text, fields parted by `|`. */
export function sql(text, url = server) {
  const out = execFileSync("psql", [url, "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", text], { encoding: "utf8" });
  return out.split("\n").filter(Boolean);
}

/** A fresh, empty database: {name, url}. */
export function freshDatabase(purpose) {
  const name = `kept_${purpose}_${process.pid}_${made.length}`;
  made.push(name);
  sql(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { name, url: url.toString() };
}
