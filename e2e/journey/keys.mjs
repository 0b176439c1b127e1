// A day without the mouse: moving in lists, opening, replying, sending, going places, the help and the palette.

import { visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

export async function keys(suite, browser, origin, storageState) {
  const { context, page, troubles } = await visit(browser, origin, { storageState });
  await page.goto("/now");
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await sees(suite, "g i goes to the inbox", page.getByRole("heading", { level: 1, name: "Inbox" }));
  await lists(suite, page);
  await ticket(suite, page);
  await palette(suite, page);
  await help(suite, page);
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
}

const current = (page) => page.locator('.row[aria-current="true"] .row-link').innerText();

async function lists(suite, page) {
  const subjects = await page.locator(".row .row-link").allInnerTexts();
  for (const key of ["j", "j", "k", "j"]) await page.keyboard.press(key);
  suite.check("j and k move in the list", (await current(page)) === subjects[1], await current(page));
  await page.keyboard.press("x");
  await sees(suite, "x ticks the row", page.locator('.row[aria-current="true"]:has(.row-pick input:checked)'));
  await sees(suite, "and offers what can be done with it", page.locator(".selection", { hasText: "1 selected" }));
  await page.keyboard.press("x");
  await page.keyboard.press("Enter");
  await sees(suite, "Enter opens it", page.getByRole("heading", { level: 1, name: new RegExp(subjects[1].replace(/[?]/g, "\\$&")) }));
}

async function ticket(suite, page) {
  await page.keyboard.press("r");
  await sees(suite, "r begins a reply", page.locator("#composer-words:focus"));
  await page.keyboard.type("Typed and sent without a mouse: g i is only text here.");
  await page.keyboard.press("Control+Enter");
  await sees(suite, "Ctrl Enter sends it", page.locator(".msg.from-desk", { hasText: "without a mouse: g i is only text" }));
  await page.keyboard.press("n");
  await page.keyboard.type("For the desk only.");
  await page.keyboard.press("Control+Enter");
  await sees(suite, "n writes a note", page.locator(".msg.note", { hasText: "For the desk only." }));
  // The turn is theirs now, so this ticket is the last of the list.
  const here = page.url();
  await page.keyboard.press("[");
  await page.waitForURL((url) => url.href !== here && /list=all$/.test(url.href));
  suite.check("[ goes to the ticket before it in the list", true);
  await arrived(page);
  const before = page.url();
  await page.keyboard.press("]");
  await page.waitForURL((url) => url.href !== before && /list=all$/.test(url.href));
  suite.check("] goes to the one after", true);
  await arrived(page);
  await page.keyboard.press("e");
  await sees(suite, "e chooses to resolve", page.locator(RESOLVE));
  await staysChosen(suite, page);
  await typesAhead(suite, page, before, here);
}

const RESOLVE = '.composer:focus-within label:has(input[name="then"][value="resolve"]:checked)';

/** What somebody else does to the ticket comes in live; what was chosen here, with no word written yet, stays. */
async function staysChosen(suite, page) {
  const colleague = await page.context().newPage();
  await colleague.goto(page.url());
  await colleague.locator("#composer-words").fill("A word from a colleague.");
  await colleague.locator(".composer-tabs label", { hasText: "Note" }).click();
  await colleague.getByRole("button", { name: "Add note" }).click();
  await sees(suite, "a colleague's note comes in meanwhile", page.locator(".msg.note", { hasText: "A word from a colleague." }));
  await colleague.close();
  await sees(suite, "and the choice stays, and the cursor", page.locator(RESOLVE));
}

/** Keys that are quicker than the page act on the page they lead to. */
async function typesAhead(suite, page, other, here) {
  await page.evaluate(() => document.activeElement.blur());
  await page.goto(other);
  await page.keyboard.press("]");
  await page.keyboard.press("r");
  await page.keyboard.type("Typed ahead.");
  await page.waitForURL((url) => url.pathname === new URL(here).pathname);
  await sees(suite, "keys that run ahead act on the page they lead to", page.locator("#composer-words:focus"));
  const words = page.locator("#composer-words");
  await page.waitForFunction(() => document.getElementById("composer-words").value === "Typed ahead.").catch(() => {});
  suite.check("and words that run ahead stand in its letter", (await words.inputValue()) === "Typed ahead.", await words.inputValue());
}

/** The address changes before the page does: waits until the ticket that it names is the one shown. */
async function arrived(page) {
  const [, number] = /tickets\/(\d+)/.exec(page.url());
  await page.getByRole("heading", { level: 1, name: new RegExp(`#${number}$`) }).waitFor();
}

/** Opens the palette and types: gives its lines. */
async function asks(page, words) {
  await page.keyboard.press("Control+k");
  await page.locator("dialog#palette[open]").waitFor();
  await page.keyboard.type(words);
  return page.locator("#palette li");
}

/** On a ticket: what can be done there by names that say it, and places that the page has no link to, also by other words. */
async function palette(suite, page) {
  const focused = (of) => page.locator(`${of}:focus`);
  await page.evaluate(() => document.activeElement?.blur());
  const assign = await asks(page, "assign");
  await sees(suite, "the palette names an act and shows its key", assign.filter({ hasText: "Assign to…" }).locator("kbd", { hasText: "a" }));
  await page.keyboard.press("Enter");
  await sees(suite, "and leads to the field that it needs", focused('select[name="agent"]'));
  await asks(page, "add a tag");
  await page.keyboard.press("Enter");
  await sees(suite, "a tag can be added from it", focused('input[name="tag"]'));
  await asks(page, "log a call on");
  await page.keyboard.press("Enter");
  await sees(suite, "and a call be logged", page.locator('.composer input[value="call"]:checked'));
  const places = await asks(page, "inbox late");
  await sees(suite, "it knows the views of the inbox", places.filter({ hasText: "Inbox: Late" }));
  await page.keyboard.press("Escape");
  const canned = await asks(page, "canned");
  await canned.filter({ hasText: "Reply templates" }).waitFor();
  await page.keyboard.press("Enter");
  await sees(suite, "a place by another word", page.getByRole("heading", { level: 1, name: "Reply templates" }));
  const keys = await asks(page, "inbox");
  await sees(suite, "keys that follow each other are drawn as two", keys.first().locator("kbd").nth(1));
  await page.keyboard.press("Escape");
}

async function help(suite, page) {
  await page.locator("h1").click();
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("?");
  await sees(suite, "? shows the keys", page.getByRole("heading", { name: "Keyboard" }));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await sees(suite, "Ctrl k opens the palette", page.locator("dialog#palette[open]"));
  await page.keyboard.type("clients");
  await page.keyboard.press("Enter");
  await sees(suite, "which goes anywhere", page.getByRole("heading", { level: 1, name: "Clients" }));
  await page.keyboard.press("/");
  await page.keyboard.type("printer");
  await page.keyboard.press("Enter");
  await sees(suite, "/ searches", page.getByRole("heading", { level: 1, name: /printer/ }));
}
