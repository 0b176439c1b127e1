// A day without the mouse: moving in lists, opening, replying, sending, going places, the help and the palette.

import { visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

export async function keys(suite, browser, origin, storageState) {
  const { context, page, troubles } = await visit(browser, origin, { storageState });
  await page.goto("/now");
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.waitForURL(/\/inbox$/);
  suite.check("g i goes to the inbox", true);
  await lists(suite, page);
  await ticket(suite, page);
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
  suite.check("x ticks the row", (await page.locator(".row-pick input:checked").count()) === 1);
  await sees(suite, "and offers what can be done with it", page.locator(".selection", { hasText: "1 selected" }));
  await page.keyboard.press("x");
  await page.keyboard.press("Enter");
  await sees(suite, "Enter opens it", page.getByRole("heading", { level: 1, name: new RegExp(subjects[1].replace(/[?]/g, "\\$&")) }));
}

async function ticket(suite, page) {
  const words = page.getByRole("textbox", { name: "Your words" });
  await page.keyboard.press("r");
  suite.check("r begins a reply", await words.evaluate((area) => area === document.activeElement));
  await page.keyboard.type("Typed and sent without a mouse: g i is only text here.");
  await page.keyboard.press("Control+Enter");
  await sees(suite, "Ctrl Enter sends it", page.locator(".msg.from-desk", { hasText: "without a mouse: g i is only text" }));
  await letGo(page);
  await page.keyboard.press("n");
  await page.keyboard.type("For the desk only.");
  await page.keyboard.press("Control+Enter");
  await sees(suite, "n writes a note", page.locator(".msg.note", { hasText: "For the desk only." }));
  await letGo(page);
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
  suite.check("e chooses to resolve", await page.locator('input[name="then"][value="resolve"]').isChecked());
}

/** Loads the page anew: Turbo may give the focus back to the field that was just sent, at a moment of its own. */
async function letGo(page) {
  await page.reload();
}

/** The address changes before the page does: waits until the ticket that it names is the one shown. */
async function arrived(page) {
  const [, number] = /tickets\/(\d+)/.exec(page.url());
  await page.getByRole("heading", { level: 1, name: new RegExp(`#${number}$`) }).waitFor();
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
  await page.waitForURL(/\/clients$/);
  suite.check("which goes anywhere", true);
  await page.keyboard.press("/");
  await page.keyboard.type("printer");
  await page.keyboard.press("Enter");
  await sees(suite, "/ searches", page.getByRole("heading", { level: 1, name: /printer/ }));
}
