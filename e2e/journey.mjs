// The journeys people make, in a real browser, on the running program: a new desk from its first page to a ticket that
// is reopened, two agents on one ticket, a ticket of thousands of messages, two weeks with both sides' duties, a rule,
// the keys, no JavaScript, a phone, a look at every page, and thousands of tickets.
// Usage: node e2e/journey.mjs [FOLDER FOR PICTURES]

import { mkdirSync } from "node:fs";
import { bell } from "./journey/bell.mjs";
import { bonds } from "./journey/bonds.mjs";
import { bothSides } from "./journey/both-sides.mjs";
import { cards } from "./journey/cards.mjs";
import { composing } from "./journey/composing.mjs";
import { drafts } from "./journey/drafts.mjs";
import { dashboards } from "./journey/dashboards.mjs";
import { fields } from "./journey/fields.mjs";
import { forward } from "./journey/forward.mjs";
import { hands } from "./journey/hands.mjs";
import { join } from "./journey/join.mjs";
import { keys } from "./journey/keys.mjs";
import { long } from "./journey/long.mjs";
import { looks } from "./journey/looks.mjs";
import { noScript } from "./journey/no-script.mjs";
import { rules } from "./journey/rules.mjs";
import { splitting } from "./journey/splitting.mjs";
import { ADMIN, firstAdmin, story } from "./journey/story.mjs";
import { thousands, TICKETS } from "./journey/thousands.mjs";
import { time } from "./journey/time.mjs";
import { undoSend } from "./journey/undo-send.mjs";
import { watching } from "./journey/watching.mjs";
import { working } from "./journey/working.mjs";
import { writing } from "./journey/writing.mjs";
import { launch } from "./lib/chromium.mjs";
import { kept, scratch, serve } from "./lib/kept.mjs";
import { Sink } from "./lib/sink.mjs";
import { Suite } from "./lib/suite.mjs";
import { faker } from "./lib/time.mjs";
import { visit } from "./lib/visit.mjs";

const folder = process.argv[2];
if (folder) mkdirSync(folder, { recursive: true });

const suite = new Suite("browser journeys");
const browser = await launch();
const sink = await Sink.open();
const servers = [];

async function running(desk, env, at) {
  const server = await serve(desk, { env, ...at });
  servers.push(server);
  return { server, origin: `http://${server.http}` };
}

await suite.scenario("A new desk: first admin, a mail, a reply, an answer, the end, and on again", async () => {
  const desk = { data: scratch("story") };
  const { server, origin } = await running(desk);
  const world = await story(suite, browser, { server, origin, sink });
  await suite.scenario("Two agents on one ticket", () => hands(suite, browser, world));
  await suite.scenario("The bell", () => bell(suite, browser, world));
  await suite.scenario("Without JavaScript", () => noScript(suite, browser, world));
  await suite.scenario("Composing a reply", () => composing(suite, browser, world));
  await suite.scenario("Taking back what was sent", () => undoSend(suite, browser, { ...world, sink }));
  await suite.scenario("Writing with templates, names and marks", () => writing(suite, browser, world));
  await suite.scenario("Cards, an asset and a table", () => cards(suite, browser, world));
  await suite.scenario("Two cards of one person", () => join(suite, browser, world));
  await suite.scenario("Fields of the desk's own", () => fields(suite, browser, world));
  await suite.scenario("A rule", () => rules(suite, browser, world));
});

await suite.scenario("A draft, a crash, a phone", async () => {
  const desk = { data: scratch("drafts") };
  const relay = await Sink.open();
  await drafts(suite, browser, (at) => running(desk, {}, at), relay);
  await relay.close();
});

await suite.scenario("A ticket of two thousand messages", async () => {
  const desk = { data: scratch("long") };
  const { server, origin } = await running(desk);
  const first = await visit(browser, origin);
  await firstAdmin(suite, first.page, server);
  await first.context.close();
  await long(suite, browser, { origin, server, admin: ADMIN });
});

await suite.scenario("A forward, a secret copy, quotes and marks", async () => {
  const desk = { data: scratch("forward") };
  const relay = await Sink.open();
  await forward(suite, browser, () => running(desk), relay, folder);
  await relay.close();
});

await suite.scenario("Two weeks of a ticket: both sides' duties, and how they are told", async () => {
  if (!faker) return suite.skip("time travel", "libfaketime is not installed");
  const desk = { data: scratch("both-sides") };
  const relay = await Sink.open();
  await bothSides(suite, browser, (env) => running(desk, env), relay, folder);
  await relay.close();
});

await suite.scenario("A desk with sample data", async () => {
  const desk = { data: scratch("sample") };
  const demo = await kept(["demo", "--data", desk.data]);
  const link = /https?:\/\/\S+/.exec(demo.stdout)?.[0];
  if (!link) throw new Error(`kept demo gave no link: ${demo.stdout}${demo.stderr}`);
  const { origin } = await running(desk);
  const state = await looks(suite, browser, origin, link, folder);
  await suite.scenario("Reports, dashboards and absences", () => dashboards(suite, browser, origin, state));
  await suite.scenario("Links between tickets", () => bonds(suite, browser, origin, state));
  await suite.scenario("Splitting messages off", () => splitting(suite, browser, origin, state));
  await suite.scenario("Watching tickets of others", () => watching(suite, browser, origin, state));
  await suite.scenario("Time on a ticket", () => time(suite, browser, origin, state));
  await suite.scenario("With the keyboard alone", () => keys(suite, browser, origin, state));
  await suite.scenario("Snoozing, checklists, templates, recurring tickets, views", () => working(suite, browser, origin, state));
});

await suite.scenario(`A desk with ${TICKETS} tickets`, async () => {
  const desk = { data: scratch("thousands") };
  const demo = await kept(["demo", "--data", desk.data, "--tickets", String(TICKETS)], { limitMs: 600_000 });
  if (demo.code !== 0) throw new Error(`kept demo ended with ${demo.code ?? demo.signal}: ${demo.stderr}`);
  const { origin } = await running(desk);
  await thousands(suite, browser, desk, origin);
});

await browser.close();
await sink.close();
for (const server of servers) {
  if (server.child.signalCode === "SIGKILL") continue;
  const { code } = await server.stop();
  suite.check("the server ends cleanly and nothing panicked", code === 0 && !server.panicked, server.log.slice(-2000));
}
suite.finish();
