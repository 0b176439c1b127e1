// Several messages of a ticket become one of their own: ticked on a page, named, and brought back by one undo; without
// scripts too.

import { visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

export async function splitting(suite, browser, origin, storageState) {
  const { context, page, troubles } = await visit(browser, origin, { storageState });
  await ticks(suite, page, "A matter of its own");
  await page.locator("body").press("u");
  await sees(suite, "one undo brings them back", page.locator(".toast", { hasText: "It is back on #1." }));
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
  const plain = await visit(browser, origin, { storageState, javaScriptEnabled: false });
  await ticks(suite, plain.page, "Another matter");
  await plain.page.getByRole("button", { name: /^Undo/ }).first().click();
  await sees(suite, "without scripts too", plain.page.locator(".toast", { hasText: "It is back on #1." }));
  await plain.context.close();
}

async function ticks(suite, page, subject) {
  await page.goto("/tickets/1");
  await page.getByRole("link", { name: "Split messages off" }).click();
  await page.getByRole("button", { name: "Make them a ticket" }).click();
  await sees(suite, "without a tick it says what to do", page.getByRole("alert").filter({ hasText: "Tick the messages that go first" }));
  await page.locator("input[name=message]").first().check();
  await page.getByLabel("Subject").fill(subject);
  await page.getByRole("button", { name: "Make them a ticket" }).click();
  await sees(suite, "what was ticked is a ticket of that name", page.locator("h1", { hasText: subject }));
}
