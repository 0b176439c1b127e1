// Two cards of one person: found without a script, looked at, merged, and taken apart again after a mail came in between.

import { handIn, mail } from "../lib/hand-in.mjs";
import { visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

const LEE = ["Lee Marsh <lee@marsh.example>", "L. Marsh <lmarsh@home.example>"];

export async function join(suite, browser, { server, origin, state }) {
  for (const [at, from] of LEE.entries()) await writes(server, from, `Question ${at + 1} of the Marshes`);
  const { context, page } = await visit(browser, origin, { storageState: state, javaScriptEnabled: false });
  await page.goto("/people?q=lee%40marsh");
  await page.getByRole("link", { name: "Lee Marsh" }).click();
  const home = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Merge with…" }).click();
  await page.getByLabel("Find the other card").fill("lmarsh");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("link", { name: "L. Marsh" }).click();
  await sees(suite, "what comes together is said before anything happens", page.locator(".join-sides", { hasText: "lmarsh@home.example" }));
  await page.getByRole("button", { name: "Merge L. Marsh into Lee Marsh" }).click();
  await sees(suite, "the act can be undone at once", page.locator(".toast", { hasText: "The two cards are one." }).getByRole("button", { name: "Undo" }));
  await sees(suite, "the card has the tickets of both", page.locator(".row-link", { hasText: "Question 2 of the Marshes" }));
  await writes(server, LEE[1], "Question 3 of the Marshes");
  await page.goto(home);
  await sees(suite, "mail from either address comes to it", page.locator(".row-link", { hasText: "Question 3 of the Marshes" }));
  await page.getByRole("button", { name: "Undo the merge of L. Marsh" }).click();
  await sees(suite, "and days later each has its own again", page.locator("h1", { hasText: "L. Marsh" }));
  await sees(suite, "also what came meanwhile", page.locator(".row-link", { hasText: "Question 3 of the Marshes" }));
  await page.goto(home);
  suite.check("the other card lost it", (await page.locator(".row-link", { hasText: "Question 3" }).count()) === 0);
  await context.close();
}

async function writes(server, from, subject) {
  const bare = /<(.*)>/.exec(from)[1];
  const id = `${subject.replace(/\W+/g, "-")}@home.example`;
  await handIn(server, { from: bare, to: "support@desk.example", bytes: mail({ from, to: "support@desk.example", subject, id, text: "Hello." }) });
}
