// A field of the desk's own: made, filled in while a ticket is opened, changed on it, asked for at the end, found.

import { visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

export async function fields(suite, browser, { origin, state }) {
  const { context, page, troubles } = await visit(browser, origin, { storageState: state });
  await make(page, { name: "Room", kind: "One of several", choices: "Blue\nRed" });
  await make(page, { name: "Cause", kind: "Text", required: true });
  await sees(suite, "an admin makes fields", page.locator(".field-list code", { hasText: "field.room" }));
  await page.goto("/tickets/new");
  await page.getByLabel("Subject").fill("The lamp flickers");
  await page.getByLabel("Room").selectOption("Blue");
  await page.getByRole("button", { name: "Open the ticket" }).click();
  await sees(suite, "what was filled in is on the ticket", page.locator(".own-fields option[selected]", { hasText: "Blue" }).locator(".."));
  await page.locator(".own-fields").getByLabel("Room").selectOption("Red");
  await sees(suite, "a choice is kept when it is made", page.locator(".event", { hasText: "changed Room from Blue to Red" }));
  await page.getByRole("button", { name: "Resolve without a reply" }).click();
  await sees(suite, "what resolving needs is asked for", page.locator(".toast", { hasText: "Fill in first: Cause" }));
  await page.locator(".own-fields").getByLabel(/^Cause/).fill("A loose wire");
  await page.locator(".own-fields").getByLabel(/^Cause/).press("Enter");
  await sees(suite, "a text is kept", page.locator(".event", { hasText: "filled in Cause: A loose wire" }));
  await page.getByRole("button", { name: "Resolve without a reply" }).click();
  await sees(suite, "then it resolves", page.locator(".toast", { hasText: /Resolved #/ }));
  await page.goto("/search?q=field.room%3Ared");
  await sees(suite, "the search finds it", page.locator("a.row-link", { hasText: "The lamp flickers" }));
  await inColumns(suite, page);
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
}

async function inColumns(suite, page) {
  await page.getByRole("link", { name: "Save as a view" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Red rooms");
  await page.getByRole("group", { name: "The desk’s own fields, after them" }).getByLabel("Cause").check();
  await page.getByRole("button", { name: "Save" }).click();
  await sees(suite, "a view shows it in a column", page.locator(".cell-field", { hasText: "A loose wire" }));
}

async function make(page, { name, kind, choices, required }) {
  await page.goto("/settings/fields/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("What is filled in").selectOption({ label: kind });
  if (choices) await page.getByLabel("To choose from").fill(choices);
  if (required) await page.getByLabel("Resolving a ticket needs it").check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/\/settings\/fields$/);
}
