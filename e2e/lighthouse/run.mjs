// What Lighthouse says of the pages people wait for, signed in, on the sample desk: performance, accessibility, best
// practices, each at least 95. Run it by bin/lighthouse; prints a line a page and ends with 1 when a score is lower.

import { createRequire } from "node:module";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";
import { ask, kept, scratch, serve } from "../lib/kept.mjs";
import { signedIn } from "../lib/desk.mjs";

const LEAST = 0.95;
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const QUIET = ["--headless=new", "--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const { version } = createRequire(import.meta.url)("lighthouse/package.json");

const desk = { data: scratch("lighthouse") };
const demo = await kept(["demo", "--data", desk.data]);
if (demo.code !== 0) throw new Error(`kept demo ended with ${demo.code ?? demo.signal}: ${demo.stderr}`);
const server = await serve(desk);
const visitor = await signedIn(desk, server);
const [ticket] = (await ask(desk, ["ticket", "list"])).sort((a, b) => Date.parse(b.touched_at) - Date.parse(a.touched_at));
const chrome = await launch({ chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromeFlags: QUIET });

console.log(`Lighthouse ${version}: ${CATEGORIES.join(", ")}`);
const me = { Cookie: visitor.cookie };
let low = 0;
const pages = [["/inbox", me], [`/tickets/${ticket.number}`, me], ["/now", me], ["/sign-in", {}], [await confirming(), {}]];
for (const [path, headers] of pages) {
  for (const formFactor of ["desktop", "mobile"]) low += await judge(path, headers, formFactor);
}
await chrome.kill();
await server.stop();
process.exit(low === 0 ? 0 : 1);

/** Where a client confirms what was resolved: the page a mail leads to, without signing in. */
async function confirming() {
  const { number } = (await ask(desk, ["ticket", "list", "is:open"]))[0];
  const said = { to: "dana@fox.example", text: "The printer has a new drum and prints again.", kind: "reply", then: "resolve" };
  await visitor.fillInParts(`/tickets/${number}`, said);
  const [mail] = /\/outbox\/\d+/.exec((await visitor.get("/outbox")).body.toString());
  const raw = (await visitor.get(`${mail}/raw`)).body.toString().replace(/=\r?\n/g, "");
  return /\/done\/[\w-]+/.exec(raw)[0];
}

/** Prints the scores of a page and what cost points; how many scores are too low. */
async function judge(path, extraHeaders, formFactor) {
  const flags = { port: chrome.port, output: "json", logLevel: "error", onlyCategories: CATEGORIES, extraHeaders };
  const once = () => lighthouse(`http://${server.http}${path}`, flags, formFactor === "desktop" ? desktopConfig : undefined);
  let { lhr } = await once();
  if (lhr.runtimeError) {
    console.log(`     ${formFactor}  ${path} could not be judged (${lhr.runtimeError.code}); once more`);
    ({ lhr } = await once());
  }
  const scores = CATEGORIES.map((name) => lhr.categories[name].score ?? 0);
  console.log(`${scores.map((it) => String(Math.round(it * 100)).padStart(3)).join(" ")}  ${formFactor.padEnd(7)}  ${path}  ${lhr.audits["total-byte-weight"].displayValue ?? ""}`);
  for (const name of CATEGORIES) for (const audit of costly(lhr, name)) console.log(`      ${name}: ${audit.title} ${audit.displayValue ?? ""}`);
  return scores.filter((it) => it < LEAST).length;
}

function costly(lhr, name) {
  const refs = lhr.categories[name].auditRefs.filter((ref) => ref.weight > 0);
  return refs.map((ref) => lhr.audits[ref.id]).filter((audit) => audit.score !== null && audit.score < 0.9);
}
