// A ticket's whole life with both sides' duties, over two weeks: a client asks, the agent asks back, the client is silent
// and is reminded twice, the ticket is parked, the client answers, a promise is made from the reply's text and kept, the
// ticket is resolved, the client confirms by one click. Then both sides' scorecards and the strip tell precisely this.

import { join } from "node:path";
import { handIn, mail } from "../lib/hand-in.mjs";
import { header } from "../lib/sink.mjs";
import { at, later, nextMonday } from "../lib/time.mjs";
import { signIn, visit } from "../lib/visit.mjs";
import { ADMIN, firstAdmin, relay, sees, sendsAtOnce } from "./story.mjs";

const DANA = "dana@fox.example";
const SUBJECT = "The scanner sends no mails";
const MONDAY = nextMonday();

/** Plays it. `begin(env)` starts the server on the same desk with another clock; gives {server, origin}. */
export async function bothSides(suite, browser, begin, sink, folder) {
  const stage = { suite, browser, begin, sink, folder };
  await goesTo(stage, later(MONDAY, 0, 10));
  await setUp(stage);
  await asks(stage);
  await silence(stage);
  await wakes(stage);
  await promises(stage);
  await keeps(stage);
  await confirms(stage);
  await scorecards(stage);
  await strip(stage);
  suite.check("the browser complained of nothing", stage.troubles.length === 0, stage.troubles);
  await stage.page.context().close();
}

/** Ends the server, and begins again at `date`. Whoever was signed in still is, if so many days are not too long. */
async function goesTo(stage, date) {
  const { server: before, page } = stage;
  const kept = page ? await page.context().storageState() : undefined;
  if (page) await page.context().close();
  if (before) stage.suite.check("the server ends cleanly", (await before.stop()).code === 0);
  Object.assign(stage, await stage.begin(at(date)), { now: date });
  const seen = await visit(stage.browser, stage.origin);
  stage.troubles = [...(stage.troubles ?? []), ...seen.troubles];
  stage.page = seen.page;
  if (kept) await signIn(stage.page, ADMIN);
}

async function setUp({ suite, page, server, sink }) {
  await firstAdmin(suite, page, server);
  await relay(suite, page, sink);
  await sendsAtOnce(suite, page);
  await page.goto("/clients/new");
  await page.getByLabel("Name").fill("Fox & Sons");
  await page.getByLabel("Domains").fill("fox.example");
  await page.locator("main form").getByRole("button").first().click();
  await sees(suite, "a client", page.getByRole("heading", { name: "Fox & Sons" }));
}

const writes = (stage, id, text, answers) =>
  handIn(stage.server, { from: DANA, to: "support@desk.example", bytes: mail({ from: `Dana Fox <${DANA}>`, to: "support@desk.example", subject: answers ? `Re: ${SUBJECT}` : SUBJECT, id, text, answers, at: stage.now }) });

async function opens({ suite, page }) {
  await page.goto("/tickets/1");
  await sees(suite, "the ticket opens", page.getByRole("heading", { level: 1, name: new RegExp(SUBJECT) }));
}

/** The mail with these words, as soon as the relay has it. */
async function sent({ suite, page, sink }, what, words) {
  const found = () => sink.mails.find((it) => it.to.includes(DANA) && plain(it.text).includes(words));
  for (let tries = 0; !found() && tries < 100; tries += 1) await page.waitForTimeout(100);
  suite.check(what, Boolean(found()), sink.mails.map((it) => header(it, "Subject")));
  return found();
}

/** The words of a mail, for looking for some of them: without the folds of quoted-printable. */
const plain = (text) => text.replace(/=\r\n/g, "").replace(/=3D/g, "=").replace(/\s+/g, " ");

const words = (page) => page.getByRole("textbox", { name: "Your words" });

async function asks(stage) {
  const { suite, page } = stage;
  await writes(stage, "one@fox.example", "Hello,\r\n\r\nsince Friday the scanner on floor 1 sends no mails. Can you help?");
  await opens(stage);
  await words(page).fill("Good morning Dana,\n\nwhich scanner is it: the grey one or the white one?");
  await sees(suite, "the composer reads that this asks something", page.locator(".suggestion", { hasText: "asks" }));
  await page.getByRole("button", { name: "Send" }).click();
  await sees(suite, "and gives the turn to the client", page.locator(".life .turn.client"));
  stage.ours = header(await sent(stage, "the client has the question", "grey one or the white one"), "Message-ID").replace(/[<>]/g, "");
}

async function silence(stage) {
  const { suite } = stage;
  await goesTo(stage, later(MONDAY, 2, 10, 5));
  await sent(stage, "after two working days the client is reminded", "we asked you something about #1");
  await opens(stage);
  await sees(suite, "it is their turn still, and their answer is late", stage.page.locator(".life .turn.late", { hasText: "Their turn" }));
  await goesTo(stage, later(MONDAY, 4, 10, 5));
  await sent(stage, "after four once more, and what will happen", "we put it aside on Wednesday");
  await goesTo(stage, later(MONDAY, 9, 10, 5));
  await sent(stage, "after seven the ticket is parked, and they are told", "just answer this mail, whenever you like");
  await opens(stage);
  await sees(suite, "it says so itself", stage.page.locator(".life .turn.parked"));
}

async function wakes(stage) {
  await goesTo(stage, later(MONDAY, 10, 10));
  await opens(stage);
  await writes(stage, "two@fox.example", "Sorry for the silence! It is the grey one.", stage.ours);
  await sees(stage.suite, "the client answers, and it is the desk's turn, live", stage.page.locator(".life .turn.desk"));
}

async function promises(stage) {
  const { suite, page } = stage;
  await words(page).fill("Thank you, Dana. I will replace its network card by tomorrow noon.");
  await sees(suite, "the composer reads that this promises something", page.locator(".suggestion", { hasText: "promise" }));
  await page.getByRole("button", { name: "Send" }).click();
  const offer = page.locator(".offer.is-promise");
  await sees(suite, "the promise is offered, until tomorrow at noon", offer.filter({ hasText: "12:00" }));
  await offer.getByRole("button", { name: "Yes" }).click();
  await sees(suite, "and made", page.getByText(/network card/).nth(1));
  await sees(suite, "it stays our turn", page.locator(".life .turn.desk"));
}

async function keeps(stage) {
  const { suite } = stage;
  await goesTo(stage, later(MONDAY, 11, 11));
  await opens(stage);
  const { page } = stage;
  await words(page).fill("The grey scanner has a new network card and sends mails again.");
  await page.locator(".keeps label").click();
  await page.locator(".composer-foot label", { hasText: "Resolve" }).click();
  await page.getByRole("button", { name: "Send" }).click();
  await sees(suite, "a reply keeps the promise and resolves the ticket", page.locator(".life .turn.resolved"));
  const resolving = await sent(stage, "the client has it, with a link to confirm", "/done/");
  stage.link = /\/done\/[\w-]+/.exec(plain(resolving?.text ?? ""))?.[0];
}

async function confirms(stage) {
  const { suite, browser, origin, page } = stage;
  const client = await visit(browser, origin);
  await client.page.goto(stage.link);
  await sees(suite, "without signing in, the client reads what it is about", client.page.getByRole("heading", { name: SUBJECT }));
  await client.page.getByRole("button", { name: "Yes, it is done" }).click();
  await sees(suite, "and confirms it by one click", client.page.getByRole("status").filter({ hasText: "done and closed" }));
  await sees(suite, "the agent's page says so, live", page.locator(".life .turn.closed"));
  stage.troubles.push(...client.troubles);
  await client.context.close();
}

/** One side of a scorecard, a line for each kind: `what | owed | met | missed | percent | open`. */
const lines = (page, side) =>
  page.locator(`.score-side.is-${side} tbody tr`).evaluateAll((rows) => rows.map((row) => [...row.children].map((it) => it.firstChild.textContent.trim()).join(" | ")));

const inHours = (text) => Math.round(Number(/(\d+) h/.exec(text)?.[1] ?? 0) + Number(/(\d+) min/.exec(text)?.[1] ?? 0) / 60);

const MET = "1 | 1 | – | 100 % | –";
const DESK = ["First response", "Next response", "Next update", "Resolution", "Promise"].map((what) => `${what} | ${MET}`);
const CLIENT = ["Answer | 1 | – | 1 | 0 % | –", `Confirmation | ${MET}`];

async function scorecards(stage) {
  const { suite, page } = stage;
  const day = (date) => date.toISOString().slice(0, 10);
  const period = `period=days&from=${day(MONDAY)}&to=${day(later(MONDAY, 13, 0))}`;
  for (const [of, whose] of [["desk", "the desk"], ["client-1", "the client"]]) {
    await page.goto(`/scorecards?of=${of}&${period}`);
    suite.same(`the scorecard of ${whose}: the desk kept its word five times of five`, await lines(page, "desk"), DESK);
    suite.same("the client answered late once, and confirmed in time", await lines(page, "client"), CLIENT);
    const times = await page.locator(".score-times dd").allInnerTexts();
    suite.same("and where the eleven days went, in hours", times.map(inHours), [25, 216, 24, 0, 265]);
  }
  await shot(stage, "scorecard");
  await page.locator(".score-side.is-client .is-missed a").click();
  await sees(suite, "the missed answer leads to its ticket", page.locator("main").getByRole("link", { name: SUBJECT }));
}

async function strip(stage) {
  await opens(stage);
  const { page, suite } = stage;
  const turns = await page.locator(".strip-life rect").evaluateAll((parts) => parts.map((it) => it.classList[0]));
  suite.same("the strip shows whose turn it was, to the eye", turns, ["s-desk", "s-client", "s-quiet", "s-desk", "s-kept"]);
  const marks = await page.locator(".strip-life path").evaluateAll((parts) => parts.map((it) => it.classList[0]).sort());
  suite.same("with every message, the promise, and the one time that was missed", marks, [...Array(5).fill("s-message"), "s-missed", "s-promise"]);
  const wide = await page.locator(".strip-life .s-client").evaluate((it) => parseFloat(it.getAttribute("width")));
  suite.check("most of it was the client's", wide > 50, wide);
  await shot(stage, "strip");
}

async function shot({ page, folder }, name) {
  if (folder) await page.screenshot({ path: join(folder, `both-sides-${name}.png`), fullPage: true });
}
