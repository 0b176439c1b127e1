// What an agent puts in order on and around a ticket, on the desk with sample data: sorting and taking that back, snoozing, a
// checklist, a template, a ticket that comes back by the calendar, a view of one's own.

import { visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

export async function working(suite, browser, origin, storageState) {
  const { context, page, troubles } = await visit(browser, origin, { storageState });
  await sorts(suite, page);
  await snoozes(suite, page);
  await steps(suite, page);
  await template(suite, page);
  await recurring(suite, page);
  await view(suite, page);
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
}

const toast = (page, hasText) => page.locator(".toast", { hasText });

async function first(page, path = "/inbox") {
  await page.goto(path);
  await page.locator(".row-link").first().click();
  await page.locator("#composer-words").waitFor();
}

async function sorts(suite, page) {
  await first(page);
  const before = await page.locator(".assign .who b").innerText();
  await page.keyboard.press("a");
  const others = page.locator(".assign select[name=agent]:focus optgroup").first().locator("option");
  const other = (await others.allTextContents()).find((name) => !name.startsWith(before));
  await page.keyboard.type(other.slice(0, 5));
  await page.getByRole("button", { name: "Assign at once" }).click();
  await sees(suite, "assigning says so", toast(page, "is responsible now."));
  await page.keyboard.press("Control+z");
  await sees(suite, "and Ctrl z gives it back", toast(page, `${before} is responsible again.`));
  await page.locator("select[name=priority]").selectOption("urgent");
  await sees(suite, "a choice that was made says so", toast(page, "Changed the priority."));
  await page.keyboard.press("Control+z");
  await sees(suite, "and Ctrl z makes it what it was", toast(page, /The priority is (normal|high|low) again/));
  await page.locator("summary", { hasText: "Merge into another ticket" }).click();
  await page.getByLabel("Number of the other ticket").fill("#4711");
  await page.getByLabel("Number of the other ticket").press("Enter");
  await sees(suite, "a number that is nowhere is said where it was typed", page.locator("[name=into][value='#4711']:focus"));
}

async function snoozes(suite, page) {
  await first(page);
  const subject = (await page.locator("h1").innerText()).replace(/\s*#\d+$/, "");
  await page.keyboard.press("z");
  await page.locator("[data-first]:focus").waitFor();
  await page.keyboard.press("Enter");
  await sees(suite, "z and Enter put a ticket off", page.locator(".snoozing", { hasText: /until|back/i }));
  await page.goto("/inbox?view=snoozed");
  await sees(suite, "it waits among the snoozed", page.locator(".row-link", { hasText: subject }));
  await page.goto("/inbox");
  const there = await page.locator(".row-link", { hasText: subject }).count();
  suite.check("and is out of the inbox", there === 0, there);
  await page.goto("/inbox?view=snoozed");
  await page.locator(".row-link", { hasText: subject }).click();
  await page.getByRole("button", { name: /bring it back|wake|not later/i }).first().click();
  await page.goto("/inbox");
  await sees(suite, "until somebody brings it back", page.locator(".row-link", { hasText: subject }));
}

async function steps(suite, page) {
  await first(page);
  await page.keyboard.press("s");
  await page.locator("textarea[name=steps]:focus").waitFor();
  await page.keyboard.type("Order the roller\nTell the second floor");
  await page.keyboard.press("Control+Enter");
  await sees(suite, "s and Ctrl Enter make a checklist of lines", page.locator(".checklist, .steps").filter({ hasText: "Tell the second floor" }));
  await page.getByRole("button", { name: /Order the roller/ }).first().click();
  await sees(suite, "a step is ticked, with who and when", page.locator("small", { hasText: /Ines|Jonas|Aki/ }));
  await page.keyboard.press("e");
  await page.locator("#composer-words:focus").waitFor();
  await page.keyboard.type("It prints again.");
  await page.keyboard.press("Control+Enter");
  await sees(suite, "resolving with an open step asks first", page.locator(".composer [role=alert]", { hasText: "Send again to resolve anyway" }));
  await page.keyboard.press("Control+Enter");
  await sees(suite, "and then does it", page.locator(".msg.from-desk", { hasText: "It prints again." }));
}

async function template(suite, page) {
  await page.goto("/settings/templates/new");
  await page.getByLabel("Name", { exact: true }).fill("New colleague");
  await page.getByLabel("Subject").fill("A new colleague begins");
  await page.getByLabel("Checklist").fill("Make the account\nOrder a phone");
  await page.getByRole("button", { name: "Save" }).click();
  await sees(suite, "a template is saved", toast(page, "Saved the template."));
  await page.goto("/tickets/new");
  await page.getByLabel("Begin with").selectOption({ label: "New colleague" });
  await page.locator(".from-template button").click().catch(() => {});
  await page.waitForURL(/template=/);
  suite.check("a new ticket begins with it", (await page.getByLabel("Subject").inputValue()) === "A new colleague begins", page.url());
  await page.getByRole("button", { name: "Open the ticket" }).click();
  await sees(suite, "and brings its checklist", page.getByText("Order a phone"));
}

async function recurring(suite, page) {
  await page.goto("/settings/recurring/new");
  await page.getByLabel("Name", { exact: true }).fill("Monthly look at the backups");
  await page.getByLabel("Template").selectOption({ label: "New colleague" });
  await page.getByLabel("How often").selectOption({ label: "Every month" });
  await page.getByRole("button", { name: "Show the dates" }).click();
  await page.locator(".coming li").first().waitFor();
  const dates = await page.locator(".coming li").count();
  suite.check("the next five dates are shown before it is saved", dates === 5, dates);
  await page.getByRole("button", { name: "Save" }).click();
  await sees(suite, "then it is saved", page.locator(".toast"));
}

async function view(suite, page) {
  await page.goto("/search?q=is:open");
  await page.getByRole("link", { name: "Save as a view" }).click();
  await page.getByLabel("Name", { exact: true }).fill("All that is open");
  await page.getByLabel("Headings").selectOption("client");
  await page.getByRole("button", { name: "Save" }).click();
  await sees(suite, "a search becomes a view", page.getByRole("heading", { level: 1, name: "All that is open" }));
  await sees(suite, "with a place and its number in the list of places", page.locator(".side a", { hasText: /All that is open\s*\d/ }));
  await sees(suite, "and the headings that were chosen", page.locator("main h2, main .group-head").first());
}
