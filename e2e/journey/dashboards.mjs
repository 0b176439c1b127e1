// A dashboard from its first report on: any search is counted, kept as a card, moved without a mouse, taken away and brought
// back; its figures open their tickets, and its mail is read before it goes out. An absence with somebody who stands in.

import { readFileSync } from "node:fs";
import { visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

export async function dashboards(suite, browser, origin, storageState) {
  const { context, page, troubles } = await visit(browser, origin, { storageState });
  await page.goto("/dashboards");
  await sees(suite, "the overview shows whose turn it is", page.locator(".dash-card", { hasText: "Whose turn it is" }));
  await counts(suite, page);
  await keeps(suite, page);
  await mails(suite, page);
  await standsIn(suite, page);
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
}

async function counts(suite, page) {
  await page.goto("/reports");
  await page.locator('[name="q"]').last().fill("is:open");
  await page.locator('[name="by1"]').selectOption("turn");
  await page.locator('[name="shape"]').selectOption("bars");
  await page.getByRole("button", { name: "Count" }).click();
  const figure = page.locator(".chart-bars td.num a").first();
  await sees(suite, "a search is counted as bars", figure);
  const many = Number(await figure.textContent());
  await figure.click();
  await page.waitForURL(/\/search\?q=/);
  suite.check("a figure opens as many tickets as it says", (await page.locator("main .row").count()) === many, many);
  await page.goBack();
}

async function keeps(suite, page) {
  await page.locator('[name="title"]').fill("Open by turn");
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.waitForURL(/\/dashboards\/\d+$/);
  const dashboard = page.url();
  await page.goto(`${dashboard}/edit`);
  await page.locator('[name="shows"]').selectOption("chart-age");
  await page.getByRole("button", { name: "Add it" }).click();
  await sees(suite, "a chart is added", page.locator(".dash-cards li").nth(1));
  await page.getByRole("button", { name: "Up: Age of open tickets" }).focus();
  await page.keyboard.press("Enter");
  await sees(suite, "a card moves by the keyboard", page.locator(".dash-cards li").first().filter({ hasText: "Age of open tickets" }));
  await page.getByRole("button", { name: "Remove Open by turn" }).click();
  await page.locator(".toasts").getByRole("button", { name: /undo/i }).click();
  await sees(suite, "a removed card comes back", page.locator(".dash-cards li", { hasText: "Open by turn" }));
}

async function mails(suite, page) {
  await page.goto("/dashboards/0/mail");
  const letter = page.frameLocator("iframe.letter");
  await sees(suite, "the mail is read before it goes out", letter.getByRole("heading", { name: "Whose turn it is" }));
  await page.getByLabel("With a PDF of it").check();
  await page.getByRole("button", { name: "Mail it" }).click();
  await sees(suite, "it is mailed from now on", page.locator(".handovers li", { hasText: "Every Monday at 07:30" }));
  await sees(suite, "with a PDF, as it was wanted", page.locator(".handovers li", { hasText: "with a PDF" }));
  await page.goto("/dashboards/0");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "PDF" }).click()]);
  const head = readFileSync(await file.path()).subarray(0, 5).toString();
  suite.check("a dashboard is saved as a PDF", head === "%PDF-" && /^Overview .*\.pdf$/.test(file.suggestedFilename()), file.suggestedFilename());
}

async function standsIn(suite, page) {
  await page.goto("/handover");
  await page.locator('[name="from"][type="date"]').fill("2030-01-07");
  await page.locator("#away-until").fill("2030-01-11");
  await page.locator("#away-stand-in").selectOption({ label: "Jonas Petit" });
  await page.locator("#away-reason").fill("on holiday");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await sees(suite, "an absence names who stands in", page.locator("#away li", { hasText: "Jonas Petit stands in" }));
  await page.goto("/rota");
  await sees(suite, "the rota shows it to colleagues", page.locator("main li", { hasText: "Jonas Petit stands in" }));
}
