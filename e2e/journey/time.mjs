// Time on a ticket: a line by key, taken back and put right; the composer proposes it, leaves alone what was typed, and takes
// it back with the message; without JavaScript; and the page stays light.

import { visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

const MOST_NODES = 48;

export async function time(suite, browser, origin, storageState) {
  const { context, page, troubles } = await visit(browser, origin, { storageState });
  await page.goto("/inbox");
  const ticket = await page.locator(".row-link").first().evaluate((link) => link.pathname);
  await byKey(suite, page, ticket);
  await proposed(suite, page, ticket);
  await takenBack(suite, page, ticket);
  await plain(suite, browser, origin, storageState, ticket);
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
}

const block = (page) => page.locator("section.time");
const total = async (page) => ((await block(page).locator(".status").count()) ? block(page).locator(".status").innerText() : "nothing");

async function byKey(suite, page, ticket) {
  await page.goto(ticket);
  const nodes = await block(page).evaluate((it) => it.querySelectorAll("*").length);
  suite.check(`the block has ${nodes} nodes, at most ${MOST_NODES}`, nodes <= MOST_NODES, nodes);
  const before = await total(page);
  await page.keyboard.press("h");
  await page.locator('section.time [name="line"]:focus').waitFor();
  await page.keyboard.type("15m new roller");
  await page.keyboard.press("Enter");
  await sees(suite, "h, a line and Enter log time", page.locator(".toast", { hasText: "Logged 15 min." }));
  await sees(suite, "the ticket shows who did what", block(page).locator("li", { hasText: "new roller" }));
  await sees(suite, "and the history says it quietly", page.locator(".event", { hasText: "logged 15 min: new roller" }));
  await page.keyboard.press("u");
  await page.locator(".toast", { hasText: "off again" }).waitFor();
  suite.same("u takes it back", await total(page), before);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("log time");
  await sees(suite, "the palette has it", page.locator("#palette li", { hasText: "Log time" }));
  await page.keyboard.press("Escape");
}

async function proposed(suite, page, ticket) {
  await page.goto(ticket);
  const field = page.locator('.composer [name="time"]');
  suite.same("the field is empty until something is written", await field.inputValue(), "");
  await page.keyboard.press("n");
  await page.keyboard.type("It is the roller.");
  suite.same("the first words propose a minute", await field.inputValue(), "1m");
  await field.fill("25m");
  await page.locator("#composer-words").pressSequentially(" Again.");
  suite.same("what was typed by hand stays", await field.inputValue(), "25m");
  await field.press("Enter");
  suite.check("Enter there sends nothing", (await page.locator(".msg.note", { hasText: "It is the roller. Again." }).count()) === 0);
  await page.locator(".composer .draft-line p", { hasText: "Draft kept" }).waitFor();
  await page.reload();
  suite.same("a draft keeps it", await field.inputValue(), "25m");
  await page.locator("#composer-words").pressSequentially("!");
  suite.same("and that it was typed", await field.inputValue(), "25m");
  await page.locator("#composer-words").press("Control+Enter");
  await page.locator(".msg.note", { hasText: "It is the roller. Again." }).waitFor();
  await sees(suite, "it is logged with the note", block(page).locator("b", { hasText: /^25 min$/ }));
  suite.same("the next one begins anew", await field.inputValue(), "");
}

async function takenBack(suite, page, ticket) {
  await page.goto(ticket);
  const before = await total(page);
  await page.keyboard.press("n");
  await page.keyboard.type("Said too soon.");
  await page.locator('.composer [name="time"]').fill("1h");
  await page.locator("#composer-words").press("Control+Enter");
  await page.locator(".msg.note", { hasText: "Said too soon." }).waitFor();
  suite.check("the time stands", (await total(page)) !== before, await total(page));
  await page.locator("body").press("u");
  await page.locator(".taken-back").waitFor();
  suite.same("what is taken back takes its time along", await total(page), before);
  suite.same("and it waits in the composer", await page.locator('.composer [name="time"]').inputValue(), "1h");
  await page.getByRole("button", { name: "Discard it" }).click();
  await page.locator(".toast", { hasText: "Discarded." }).waitFor();
}

async function plain(suite, browser, origin, storageState, ticket) {
  const { context, page } = await visit(browser, origin, { storageState, javaScriptEnabled: false });
  await page.goto(ticket);
  await page.locator("section.time summary").click();
  await page.locator('section.time [name="line"]').fill("a while");
  await page.getByRole("button", { name: "Log", exact: true }).click();
  await sees(suite, "what is no time is said in words", page.locator(".toast", { hasText: "is not a length of time" }));
  await page.goto(ticket);
  await page.locator("section.time summary").click();
  await page.locator('section.time [name="line"]').fill("1:10 travel to them");
  await page.locator('section.time [name="type"]').selectOption("travel");
  await page.getByRole("button", { name: "Log", exact: true }).click();
  await sees(suite, "without JavaScript time is logged", page.locator(".toast", { hasText: "Logged 1 h 10 min." }));
  await page.locator(".times-all a").click();
  await page.locator(".times-page a", { hasText: "Change" }).first().click();
  await page.getByLabel("How long").fill("1h");
  await page.getByRole("button", { name: "Save" }).click();
  await sees(suite, "put right", page.locator(".toast", { hasText: "Changed." }));
  await page.locator(".times-page a", { hasText: "Change" }).first().click();
  await page.getByRole("button", { name: "Take it off" }).click();
  await sees(suite, "and taken off", page.locator(".toast", { hasText: "Took 1 h off." }));
  await context.close();
}
