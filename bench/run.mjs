// Measures what the quality page promises and prints it as a table; the figures as data go to
// bench/results/. Figures compare within one run on one quiet machine; nothing here fails a test.
// Run it by bin/bench. Options: --quick (small sizes), --million (adds 1,000,000 tickets).

import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { signedIn, signedUp } from "../e2e/lib/desk.mjs";
import { binary, kept, root, scratch, serve } from "../e2e/lib/kept.mjs";
import { inBrowser } from "./browser.mjs";
import { intake, startUp, version } from "./intake.mjs";
import { pages } from "./pages.mjs";
import { machine, memory } from "./process.mjs";
import { print } from "./table.mjs";

const flags = new Set(process.argv.slice(2));
const sizes = flags.has("--quick") ? [1000] : flags.has("--million") ? [10_000, 100_000, 1_000_000] : [10_000, 100_000];
const mailsAt = flags.has("--quick") ? { 1: 300, 8: 1000, 32: 1000 } : { 1: 2000, 8: 6000, 32: 10_000 };
const SEED_LIMIT_MS = 60 * 60 * 1000;

const results = {
  version: await version(),
  machine: machine(),
  binary_mib: statSync(binary()).size / 1024 / 1024,
  intake: await intake({ examples: join(dirname(binary()), "examples"), mailsAt }),
  desks: [],
};
for (const tickets of sizes) results.desks.push(await desk(tickets));

print(results);
const folder = join(root, "bench", "results");
mkdirSync(folder, { recursive: true });
const name = `${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.json`;
writeFileSync(join(folder, name), `${JSON.stringify(results, null, 2)}\n`);
console.log(`written to bench/results/${name}`);

async function desk(tickets) {
  console.log(`making a desk with ${tickets} tickets`);
  const it = { data: scratch("bench-desk") };
  const made = await kept(["demo", "--data", it.data, "--tickets", String(tickets)], { limitMs: SEED_LIMIT_MS });
  if (made.code !== 0) throw new Error(`kept demo ended with ${made.code ?? made.signal}: ${made.stderr}`);
  const start_ms = await startUp(it);
  const server = await serve(it);
  const idle_mib = memory(server.pid).now_mib;
  const measured = await pages(await signedIn(it, server), tickets);
  const browser = await inBrowser(server, (await signedUp(it)).dispatcher);
  const loaded_mib = memory(server.pid).most_mib;
  await server.stop();
  return { tickets, start_ms, idle_mib, loaded_mib, pages: measured, browser };
}
