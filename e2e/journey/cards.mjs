// What the desk knows: somebody's card is filled and its month leads to the ticket, an asset is written down and put beside
// that ticket, and a table of people is looked at, mended by its columns and brought in.

import { visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

const TABLE = "\ufeffVorname;Nachname;E-Mail-Adresse;Handy\r\nLee;Park;lee@park.example;'+49 30 1\r\nMia;Roth;no address;\r\n";

export async function cards(suite, browser, { origin, state, subject }) {
  const { context, page, troubles } = await visit(browser, origin, { storageState: state });
  await card(suite, page, subject);
  await asset(suite, page, subject);
  await table(suite, page);
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
}

async function card(suite, page, subject) {
  await page.goto("/inbox?view=all");
  await page.locator(".row-link", { hasText: subject }).first().click();
  await page.locator("#panel .card-person").click();
  await page.locator("main").getByRole("link", { name: "Edit", exact: true }).click();
  await page.getByLabel("Phone").fill("+351 21 000");
  await page.getByLabel("Notes").fill("Prefers **calls**.");
  await page.getByRole("button", { name: "Save" }).click();
  await sees(suite, "a card shows its notes", page.locator(".card-notes strong", { hasText: "calls" }));
  await page.locator("summary", { hasText: "Changes of this card" }).click();
  await sees(suite, "and who wrote down what", page.locator(".card-changes li", { hasText: "Wrote down the phone: +351 21 000" }));
  await page.locator(".trend-links a").last().click();
  await sees(suite, "a month leads to its tickets", page.locator(".row-link", { hasText: subject }));
}

async function asset(suite, page, subject) {
  await page.goto("/inventory/new");
  await page.getByLabel("Name").fill("Copier of floor 2");
  await page.getByLabel("Identifier").fill("SN-77");
  await page.getByRole("button", { name: "Save" }).click();
  await sees(suite, "an asset has a card", page.locator("h1", { hasText: "Copier of floor 2" }));
  await page.goto("/inbox?view=all");
  await page.locator(".row-link", { hasText: subject }).first().click();
  await page.getByLabel("Asset this ticket is about").fill("sn-77");
  await page.locator("#panel form", { has: page.getByLabel("Asset this ticket is about") }).getByRole("button").click();
  await sees(suite, "it stands beside its ticket", page.locator("#panel .asset-line a", { hasText: "Copier of floor 2" }));
  await page.goto("/search?q=asset%3Acopier");
  await sees(suite, "and finds it", page.locator(".row-link", { hasText: subject }));
}

async function table(suite, page) {
  await page.goto("/people");
  await page.locator("main").getByRole("link", { name: "Import" }).click();
  await page.getByLabel("File").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(TABLE) });
  await page.getByRole("button", { name: "Go on" }).click();
  suite.check("German headers are understood", (await page.getByLabel("E-Mail-Adresse").inputValue()) === "email");
  await page.getByRole("button", { name: "Look what would become of it" }).click();
  await sees(suite, "what can't be taken is told line by line", page.locator(".import-lines tr", { hasText: "is not an e-mail address" }));
  await page.getByRole("button", { name: "Import 1 line" }).click();
  await sees(suite, "the rest is brought in", page.locator("h2", { hasText: "1 new, 0 changed" }));
  await page.locator(".import-lines a").first().click();
  await sees(suite, "with what the table said", page.locator("dd", { hasText: "+49 30 1" }));
}
