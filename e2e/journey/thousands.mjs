// A desk with thousands of tickets: twenty sorted by keyboard alone, the acts of every day counted, five thousand closed
// at once and put back, and how heavy the pages are.

import { Acts } from "../lib/acts.mjs";
import { signedUp } from "../lib/desk.mjs";
import { ask } from "../lib/kept.mjs";
import { signIn, visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

export const TICKETS = 5_200;
const TRIAGED = 20;
const CLOSED = 5_000;
const LONG_MS = 180_000;
const MOST_BYTES = 40_000;
const MOST_NODES = 1_500;

export async function thousands(suite, browser, desk, origin) {
  const people = await signedUp(desk);
  const { context, page, troubles } = await visit(browser, origin);
  await signIn(page, people.dispatcher);
  await suite.scenario("The weight of a list of 50", () => weight(suite, page));
  await suite.scenario("Twenty tickets sorted by keyboard alone", () => triage(suite, page, desk, people));
  await suite.scenario("How many acts the work of every day takes", () => everyDay(suite, page));
  await suite.scenario("Five thousand closed, and put back", () => bulk(suite, page, desk));
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
}

async function weight(suite, page) {
  const answer = await page.goto("/inbox");
  const sizes = await answer.request().sizes();
  const rows = await page.locator(".row").count();
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  suite.check(`the inbox shows 50 of ${TICKETS} tickets`, rows === 50, rows);
  suite.check(`in ${sizes.responseBodySize} bytes on the wire, at most ${MOST_BYTES}`, sizes.responseBodySize <= MOST_BYTES, sizes);
  suite.check(`and ${nodes} nodes, at most ${MOST_NODES}`, nodes <= MOST_NODES, nodes);
  await page.locator(".row-link").first().click();
  await page.locator(".msg").first().waitFor();
  const box = await page.locator(".msg").first().boundingBox();
  suite.check("the first message of a ticket is seen without scrolling", box.y >= 0 && box.y < page.viewportSize().height - 100, box);
}

/** What is done to each of the twenty, in turns; each ends on the ticket's page. */
const SORTING = [
  { words: "is answered with a question", how: (page) => write(page, "r", "Which floor is it on?"), holds: (it) => it.turn === "client" },
  { words: "is resolved with an answer", how: (page) => write(page, "e", "We changed it; all is well."), holds: (it) => it.status === "resolved" },
  { words: "is taken", how: (page) => press(page, "t"), holds: (it, { dispatcher }) => it.responsible === dispatcher.name },
  { words: "is offered to a colleague", how: offer, holds: (it, _, all) => all.offers.includes(it.number) },
  { words: "gets a note and stays", how: (page) => write(page, "n", "Looks like the one of last week."), holds: (it) => it.turn === "desk" },
];

async function triage(suite, page, desk, people) {
  await press(page, "g", "i");
  await page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor();
  await page.locator(".row").first().waitFor();
  await press(page, "j", "Enter");
  const sorted = [];
  const offers = [];
  for (let n = 0; n < TRIAGED; n += 1) {
    const number = await shown(page, sorted);
    const { how } = SORTING[n % SORTING.length];
    await how(page).catch((error) => suite.check(`ticket #${number}, the ${n + 1}th`, false, error.message));
    if (how === offer) offers.push(number);
    sorted.push(number);
    await page.locator(".toast, .msg.from-desk, .msg.note").first().waitFor();
    if (n + 1 < TRIAGED) await press(page, "]");
  }
  const tickets = new Map((await ask(desk, ["ticket", "list"])).map((it) => [it.number, it]));
  for (const [at, { words, holds }] of SORTING.entries()) {
    const those = sorted.filter((_, n) => n % SORTING.length === at).map((number) => tickets.get(number));
    suite.tally(`each ${words}`, those.filter((it) => holds(it, people, { offers })).length, those.filter((it) => !holds(it, people, { offers })));
  }
  suite.check(`${TRIAGED} different tickets, and no mouse`, new Set(sorted).size === TRIAGED, sorted);
}

/** The number of the ticket on the page, once it is another than those. */
async function shown(page, others) {
  await page.waitForFunction((known) => {
    const number = Number(/#(\d+)$/.exec(document.querySelector("h1")?.textContent.trim() ?? "")?.[1]);
    return number && !known.includes(number) && location.pathname.endsWith(`/${number}`) && document.querySelector("#composer-words");
  }, others);
  return Number(/#(\d+)$/.exec((await page.locator("h1").innerText()).trim())[1]);
}

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

async function write(page, key, words) {
  await press(page, key);
  await page.locator("#composer-words:focus").waitFor();
  await page.keyboard.type(words);
  await press(page, "Control+Enter");
  await page.locator(".msg", { hasText: words }).waitFor();
}

async function offer(page) {
  await press(page, "a");
  await page.locator(".assign select:focus").first().waitFor();
  await page.keyboard.type("Jonas");
  await press(page, "Control+Enter");
  await page.getByText("Offered to").first().waitFor();
}

/** The most each may take: what the tool this trade grew up with takes, less one. */
const MOST = { reply: 2, "reply and resolve": 4, assign: 3, "log time": 3, take: 1, "find last week’s ticket about the printer": 3 };

async function everyDay(suite, page) {
  const counted = {};
  const count = async (name, act, seen) => {
    const acts = new Acts(page);
    await act(acts);
    await seen().first().waitFor();
    counted[name] = acts.count;
  };
  const fresh = async (n) => {
    await page.goto(`/tickets/${n}`);
    await page.locator("#composer-words").waitFor();
  };
  const said = (words) => () => page.locator(".msg.from-desk", { hasText: words });
  await fresh(101);
  await count("reply", async (acts) => { await acts.press("r"); await acts.type("It is on its way."); await acts.press("Control+Enter"); }, said("It is on its way."));
  await fresh(102);
  await count("reply and resolve", async (acts) => { await acts.press("e"); await acts.type("All is well again."); await acts.press("Control+Enter"); }, said("All is well again."));
  await fresh(103);
  await count("assign", async (acts) => { await acts.press("a"); await acts.type("Jonas"); acts.count += 1; await acts.press("Control+Enter"); }, () => page.getByText("Offered to"));
  await fresh(105);
  await count("log time", async (acts) => { await acts.press("h"); await acts.type("15m new roller"); await acts.press("Enter"); }, () => page.locator(".toast", { hasText: "Logged 15 min." }));
  await fresh(104);
  await count("take", (acts) => acts.press("t"), () => page.locator(".toast"));
  await page.goto("/now");
  await count("find last week’s ticket about the printer", async (acts) => {
    await acts.press("Control+k");
    await acts.type("printer");
    await page.locator("#palette li small", { hasText: "#" }).first().waitFor();
    await acts.press("Enter");
  }, () => page.locator("#composer-words"));
  suite.check("the palette leads to a ticket about it", /printer/i.test(await page.locator("h1").innerText()), await page.locator("h1").innerText());
  for (const [name, most] of Object.entries(MOST)) suite.check(`${name}: ${counted[name]}, at most ${most}`, counted[name] <= most, counted[name]);
}

async function bulk(suite, page, desk) {
  const before = await standing(desk);
  await page.goto("/search?q=is:new");
  await page.getByRole("link", { name: "Act on all" }).click();
  await page.getByLabel("What to do").selectOption("close");
  await page.getByRole("button", { name: "Look what it would do" }).click();
  const look = page.locator(".bulk-look h2");
  await sees(suite, "it says first what it would do", look.filter({ hasText: /tickets will be closed/ }));
  const many = Number(/^([\d,]+)/.exec(await look.innerText())?.[1].replaceAll(",", ""));
  suite.check(`to ${many} tickets, more than ${CLOSED}`, many > CLOSED, many);
  const began = performance.now();
  await page.locator('[data-key="begin"]').click();
  const done = page.locator(".bulk-look h2", { hasText: /tickets were closed/ });
  await sees(suite, "it shows how far it is", page.locator(".bulk-look progress, .bulk-look h2"));
  await done.waitFor({ timeout: LONG_MS });
  console.log(`        closed in ${Math.round(performance.now() - began)} ms`);
  const closed = (await standing(desk)).filter((it) => it.endsWith("closed")).length;
  suite.check("all of them are closed", closed >= many, closed);
  await page.keyboard.press("u");
  await page.locator(".bulk-look h2", { hasText: /as they were before/ }).waitFor({ timeout: LONG_MS });
  suite.same("and u puts every one back as it stood", await standing(desk), before);
}

const standing = async (desk) => (await ask(desk, ["ticket", "list"])).map((it) => `${it.number} ${it.turn} ${it.responsible} ${it.status}`);
