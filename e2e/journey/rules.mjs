// A rule from its first word on: it is tried on what was before it is saved, refused when it makes no sense, acts on the
// next mail under its own name, and is gone again with one undo.

import { handIn, mail } from "../lib/hand-in.mjs";
import { visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

const RULE = "Smoke is urgent";

export async function rules(suite, browser, { server, origin, state, subject }) {
  const { context, page, troubles } = await visit(browser, origin, { storageState: state });
  await page.goto("/settings/rules/new");
  await fill(page, "printer");
  await page.getByRole("button", { name: "Dry run" }).click();
  await sees(suite, "a dry run shows where the rule would have fired", page.locator("#trial a", { hasText: subject }));
  await sees(suite, "and says that nothing was changed", page.locator("#trial", { hasText: "Nothing was changed." }));
  suite.check("what was typed is still there", (await page.locator('[name="name"]').inputValue()) === RULE);
  await page.locator('[name="if"]').fill("client:");
  await page.getByRole("button", { name: "Save" }).click();
  await sees(suite, "a search that can't be read is refused beside its field", page.locator("#f-if-error"));
  await fill(page, "smokes");
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/\/settings\/rules(\/\d+)?$/);
  await sees(suite, "the rule reads like a sentence", page.locator(".rule-card", { hasText: "urgent" }));
  await acts(suite, page, server);
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
}

async function fill(page, condition) {
  await page.locator('[name="name"]').fill(RULE);
  await page.locator('[name="when"][value="opened"]').check();
  await page.locator('[name="if"]').fill(condition);
  await page.locator('[name="priority"]').selectOption("urgent");
}

async function acts(suite, page, server) {
  const from = "Kim Roe <kim@roe.example>";
  const bytes = mail({ from, to: "support@desk.example", subject: "The kettle", id: "kettle@roe.example", text: "It smokes." });
  await handIn(server, { from: "kim@roe.example", to: "support@desk.example", bytes });
  await page.goto("/inbox?view=all");
  await page.getByRole("link", { name: "The kettle" }).click();
  await sees(suite, "it acts on the next mail, under its own name", page.locator(".event", { hasText: RULE }));
  suite.check("and the ticket is urgent", (await page.locator('[name="priority"]').first().inputValue()) === "urgent");
}
