// An agent watches a ticket that is not theirs: by its key, in a view of its own, found by a search, told of what is said
// there; a colleague is asked to watch; it is let go with undo, and all of it without scripts too.

import { visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

export async function watching(suite, browser, origin, storageState) {
  const { context, page, troubles } = await visit(browser, origin, { storageState });
  const number = await first(page);
  await byKey(suite, page, number);
  await asks(suite, page, number);
  await letsGo(suite, page, number);
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
  await withoutScripts(suite, browser, origin, storageState, number);
}

const toast = (page, hasText) => page.locator(".toast", { hasText });

async function first(page) {
  await page.goto("/inbox");
  const href = await page.locator(".row-link").first().getAttribute("href");
  return Number(/\/tickets\/(\d+)/.exec(href)[1]);
}

async function byKey(suite, page, number) {
  await page.goto(`/tickets/${number}`);
  await page.keyboard.press("o");
  await sees(suite, "the key o watches a ticket", toast(page, "You are told what is said here"));
  await sees(suite, "and its page says so", page.getByRole("button", { name: "Stop watching" }));
  await page.goto("/inbox");
  await page.locator('a[href="/inbox?view=watching"]', { hasText: "1" }).click();
  await sees(suite, "it stands in the view of what is watched, which is counted", page.locator(`.row-link[href^="/tickets/${number}"]`));
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  suite.check("the page is a light one", nodes <= 1500, nodes);
  await page.goto("/search?q=watching%3Ame");
  await sees(suite, "watching:me finds it", page.locator(`main a[href^="/tickets/${number}"]`).first());
  await page.goto("/inbox");
  const box = page.locator("search-box input");
  await box.pressSequentially("watching:m");
  await sees(suite, "the box completes who watches", page.locator("search-box li", { hasText: "me" }));
}

async function asks(suite, page, number) {
  await page.goto(`/tickets/${number}`);
  await page.getByText("Ask a colleague to watch").click();
  const form = page.locator(`form[action="/tickets/${number}/watchers"]`).filter({ has: page.locator("select") });
  const asked = await form.locator("option").first().innerText();
  await form.getByRole("button", { name: "Ask" }).click();
  await sees(suite, "a colleague is asked to watch", toast(page, `${asked} is asked to watch.`));
  await sees(suite, "and stands among the watchers", page.locator(".participants li", { hasText: asked }));
  await page.getByRole("button", { name: `Take ${asked} off the watchers` }).click();
  await toast(page, "does not watch this any more").waitFor();
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await sees(suite, "who was taken off watches again by one undo", page.locator(".participants li", { hasText: asked }));
}

async function letsGo(suite, page, number) {
  await page.locator("body").press("o");
  await sees(suite, "the same key ends it", toast(page, "You do not watch this any more."));
  await page.locator("body").press("u");
  await sees(suite, "and undo takes that back", page.getByRole("button", { name: "Stop watching" }));
  await page.getByRole("button", { name: "Stop watching" }).click();
  await page.getByRole("button", { name: "Watch this ticket" }).waitFor();
  await page.goto("/inbox?view=watching");
  await sees(suite, "without any the view says what it is for", page.getByText("You watch nothing"));
}

async function withoutScripts(suite, browser, origin, storageState, number) {
  const { context, page } = await visit(browser, origin, { storageState, javaScriptEnabled: false });
  await page.goto(`/tickets/${number}`);
  await page.getByRole("button", { name: "Watch this ticket" }).click();
  await sees(suite, "without scripts a button watches", page.getByRole("button", { name: "Stop watching" }));
  await page.getByRole("button", { name: "Stop watching" }).click();
  await sees(suite, "and ends it", page.getByRole("button", { name: "Watch this ticket" }));
  await context.close();
}
