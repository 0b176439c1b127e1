// What the composer offers while somebody writes: a reply template with the ticket's names in it, a colleague, a ticket,
// formatting by a button, and the same templates from a list.

import { axe, visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

export async function writing(suite, browser, { origin, state }) {
  const { context, page, troubles } = await visit(browser, origin, { storageState: state });
  await keeps(suite, page, "Restart the scanner", "Dear {{ first_name }},\n\nplease restart it. This is #{{ number }}.");
  await keeps(suite, page, "Thanks", "Thank you for your patience.");
  await page.goto("/tickets/1");
  const words = page.getByRole("textbox", { name: "Your words" });
  await words.click();
  await typed(suite, page, words, "/sca", "Restart the scanner");
  suite.same("a template comes with the ticket's names in it", await words.inputValue(), "Dear Dana,\n\nplease restart it. This is #1.");
  await typed(suite, page, words, " @jon", "Jonas Petit");
  await typed(suite, page, words, "and #1", "#1");
  suite.check("a colleague and a ticket by their names", (await words.inputValue()).endsWith("This is #1. @Jonas Petit and #1 "), await words.inputValue());
  await words.press("Control+A");
  await page.locator(".marks-menu summary").click();
  await page.locator("md-bold").click();
  suite.check("bold by a button", /^\*\*Dear[^]*\*\*/.test(await words.inputValue()), await words.inputValue());
  await words.fill("");
  await page.locator(".templates-menu summary").click();
  await page.locator(".templates-menu").getByRole("link", { name: "Thanks" }).click();
  await page.waitForFunction(() => document.querySelector("#composer-words").value === "Thank you for your patience.");
  suite.check("a template from the list", true);
  await words.fill("");
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
}

async function keeps(suite, page, name, text) {
  await page.goto("/reply-templates");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("What it says").fill(text);
  await page.getByRole("button", { name: "Save" }).click();
  await sees(suite, `the template “${name}” is kept`, page.locator(".toast", { hasText: "is saved" }));
}

/** Types, waits for the menu, and takes its first line with the keyboard. */
async function typed(suite, page, words, keys, expected) {
  await words.pressSequentially(keys);
  const first = page.getByRole("option").first();
  await sees(suite, `${keys} offers “${expected}”`, first.filter({ hasText: expected }));
  suite.same("axe finds nothing in the menu", await axe(page), []);
  await page.keyboard.press("Enter");
  await first.waitFor({ state: "hidden" });
}
