// Tickets hang together: a link is made by key and number, or by words on a page of its own; both sides tell it; it is
// taken back.

import { visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

export async function bonds(suite, browser, origin, storageState) {
  const { context, page, troubles } = await visit(browser, origin, { storageState });
  const [one, two] = await firstTickets(page);
  await byKey(suite, page, one, two);
  await whileTyping(suite, page, one, two);
  await byWords(suite, browser, origin, storageState, one, two);
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
}

async function firstTickets(page) {
  await page.goto("/inbox");
  const hrefs = await page.locator('main a[href^="/tickets/"]').evaluateAll((links) => links.map((link) => link.pathname));
  return [...new Set(hrefs)].filter((href) => /\/\d+$/.test(href)).slice(0, 2).map((href) => Number(href.split("/").at(-1)));
}

async function byKey(suite, page, one, two) {
  await page.goto(`/tickets/${one}`);
  await page.locator("h1").click({ position: { x: 1, y: 1 } });
  await page.keyboard.press("Escape");
  await page.locator("body").press("b");
  const form = page.locator(`form[action="/tickets/${one}/links"]`);
  await sees(suite, "the key b opens the form for a link", form);
  await form.getByLabel("How it is linked").selectOption("blocked-by");
  await form.getByLabel("The other ticket").fill(`#${two}`);
  await form.getByLabel("The other ticket").press("Enter");
  await sees(suite, "the head says what is in the way", page.locator(".blocked", { hasText: `#${two}` }));
  await page.goto(`/tickets/${two}`);
  await sees(suite, "the other says it from its side", page.locator("#links", { hasText: "Blocks" }).locator(`a[href="/tickets/${one}"]`));
  await page.goto(`/search?q=blocked%3Ayes`);
  await sees(suite, "the search finds what is blocked", page.locator(`main a[href^="/tickets/${one}"]`).first());
  await page.goto(`/tickets/${one}`);
  await page.locator("#links .tag-off").first().click();
  await page.locator(".toast", { hasText: `Took the link to #${two} off.` }).waitFor();
  suite.check("a link is taken off", (await page.locator(".blocked").count()) === 0);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await sees(suite, "and undo brings it back", page.locator(".blocked", { hasText: `#${two}` }));
}

/** Each field for another ticket offers what may be meant; the keys take one, and its number goes into the field. */
async function whileTyping(suite, page, one, two) {
  await page.goto(`/tickets/${two}`);
  const words = (await page.locator("h1").innerText()).replace(/#.*/s, "").trim().split(" ").slice(0, 2).join(" ");
  await page.goto(`/tickets/${one}/links/new`);
  await offered(suite, page, page.getByLabel("Words of the other ticket"), words, two);
  await page.goto(`/tickets/${one}`);
  await page.locator("summary", { hasText: "Merge into another ticket" }).click();
  await offered(suite, page, page.getByLabel("Number of the other ticket"), words, two);
}

async function offered(suite, page, field, words, two) {
  await field.pressSequentially(words);
  const offer = page.locator(".names-ticket [role=option]", { hasText: `#${two}` });
  await sees(suite, "the field offers tickets while one types", offer);
  const at = await page.locator(".names-ticket [role=option]").allInnerTexts();
  for (const line of at) {
    await field.press("ArrowDown");
    if (line.includes(`#${two}`)) break;
  }
  await field.press("Enter");
  suite.check("and takes the number of the chosen one", (await field.inputValue()) === `#${two}`, await field.inputValue());
}

async function byWords(suite, browser, origin, storageState, one, two) {
  const { context, page } = await visit(browser, origin, { storageState, javaScriptEnabled: false });
  await page.goto(`/tickets/${two}`);
  const words = (await page.locator("h1").innerText()).replace(/#.*/s, "").trim();
  await page.goto(`/tickets/${one}`);
  await page.locator("#links summary").click();
  const form = page.locator(`form[action="/tickets/${one}/links"]`);
  await form.getByLabel("How it is linked").selectOption("refers-to");
  await form.getByLabel("The other ticket").fill(words.split(" ").slice(0, 2).join(" "));
  await form.getByRole("button", { name: "Link", exact: true }).click();
  await page.getByRole("button", { name: `Link to #${two}` }).click();
  await sees(suite, "without scripts words lead to a choice, and the choice to a link", page.locator("#links", { hasText: "Refers to" }));
  await context.close();
}
