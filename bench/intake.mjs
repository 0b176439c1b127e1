// Mail in, over LMTP, durable before the 250: mails a second, processor time a mail, and the
// share of what a bare rusqlite loop reaches with the same rows in the same run, once with a
// commit for each mail and once with a commit for as many mails as there are connections.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { kept, scratch, serve } from "../e2e/lib/kept.mjs";
import { cpuSeconds, memory } from "./process.mjs";

const SIZE_BYTES = 2048;
const WARM_UP = 300;
const ROUNDS = 3;

/** One line for each number of connections; medians of ROUNDS alternating runs. */
export async function intake({ examples, mailsAt }) {
  const lines = [];
  for (const [connections, mails] of Object.entries(mailsAt)) {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await once(examples, Number(connections), mails));
    lines.push({ connections: Number(connections), mails, size_bytes: SIZE_BYTES, ...medians(rounds) });
    console.log(`intake, ${connections} connections: ${JSON.stringify(lines.at(-1))}`);
  }
  return lines;
}

async function once(examples, connections, mails) {
  const desk = { data: scratch("bench-intake") };
  const server = await serve(desk);
  const load = (count, first) =>
    JSON.parse(execFileSync(join(examples, "send_mails"), [server.mail, connections, count, SIZE_BYTES, first].map(String), { encoding: "utf8" }));
  load(WARM_UP, 1_000_000);
  const before = cpuSeconds(server.pid);
  const sent = load(mails, 1);
  const cpu = cpuSeconds(server.pid) - before;
  const { most_mib } = memory(server.pid);
  await server.stop();
  const alone = bareLoop(examples, desk, 1);
  const together = bareLoop(examples, desk, connections);
  return {
    per_second: sent.per_second,
    p50_ms: sent.p50_ms,
    p99_ms: sent.p99_ms,
    cpu_ms_per_mail: (cpu * 1000) / mails,
    memory_mib: most_mib,
    rows_per_mail: together.rows / together.mails,
    bare_alone_per_second: alone.per_second,
    bare_together_per_second: together.per_second,
    share_of_alone: sent.per_second / alone.per_second,
    share_of_together: sent.per_second / together.per_second,
  };
}

function bareLoop(examples, desk, group) {
  const target = join(scratch("bench-bare"), "bare.sqlite");
  const source = join(desk.data, "kept.sqlite");
  return JSON.parse(execFileSync(join(examples, "bare_loop"), [source, target, String(group)], { encoding: "utf8" }));
}

function medians(rounds) {
  const middle = (name) => rounds.map((it) => it[name]).sort((a, b) => a - b)[Math.floor(rounds.length / 2)];
  return Object.fromEntries(Object.keys(rounds[0]).map((name) => [name, middle(name)]));
}

/** Time from the start of the program to its first answer, on existing data, in ms: the median of five. */
export async function startUp(desk) {
  const times = [];
  for (let n = 0; n < 5; n += 1) {
    const began = performance.now();
    const server = await serve(desk);
    await fetch(`http://${server.http}/readyz`);
    times.push(performance.now() - began);
    await server.stop();
  }
  return times.sort((a, b) => a - b)[2];
}

/** The program's own word on its version. */
export async function version() {
  return (await kept(["version"])).stdout.trim();
}
