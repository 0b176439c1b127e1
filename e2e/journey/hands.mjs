// Two agents with two browsers on one ticket: what one does, the other sees without reloading; what was done in error
// is undone.

import { signIn, visit } from "../lib/visit.mjs";
import { marked, sees } from "./story.mjs";

export const JONAS = { name: "Jonas Petit", email: "jonas@desk.example", password: "ten green bottles on a wall" };

export async function hands(suite, browser, { origin, admin, subject }) {
  const ines = await visit(browser, origin);
  await signIn(ines.page, admin);
  await addJonas(suite, ines.page);
  const jonas = await visit(browser, origin);
  await signIn(jonas.page, JONAS);
  suite.check("an agent sees no settings", (await jonas.page.locator('.side a[href="/settings"]').count()) === 0);
  for (const { page } of [ines, jonas]) {
    await page.goto("/inbox");
    await page.getByRole("link", { name: subject }).click();
    await page.getByRole("heading", { level: 1, name: new RegExp(subject) }).waitFor();
  }
  await seesTheOther(suite, ines.page, jonas.page);
  await bothWrite(suite, ines.page, jonas.page);
  await undoes(suite, ines.page, jonas.page);
  for (const { context, troubles } of [ines, jonas]) {
    suite.check("the browser complained of nothing", troubles.length === 0, troubles);
    await context.close();
  }
}

async function addJonas(suite, page) {
  await page.goto("/settings/people");
  await page.getByLabel("Name", { exact: true }).fill(JONAS.name);
  await page.getByLabel("E-mail address").fill(JONAS.email);
  await page.getByLabel("First password").fill(JONAS.password);
  await page.getByRole("button", { name: "Add" }).click();
  await sees(suite, "an admin lets somebody work here", page.locator(".toast", { hasText: "Jonas Petit can sign in now." }));
}

async function seesTheOther(suite, ines, jonas) {
  const same = await marked(jonas);
  await ines.getByRole("textbox", { name: "Your words" }).fill("We come tomorrow at nine.");
  await ines.getByRole("button", { name: "Send" }).click();
  await sees(suite, "what one replies appears in the other's browser", jonas.locator(".msg.from-desk", { hasText: "We come tomorrow at nine." }));
  await jonas.locator(".composer-tabs label", { hasText: "Note" }).click();
  await jonas.getByRole("textbox", { name: "Your words" }).fill("I have the spare roller.");
  await jonas.getByRole("button", { name: "Add note" }).click();
  await sees(suite, "and a note the other way", ines.locator(".msg.note", { hasText: "I have the spare roller." }));
  suite.check("neither page was loaded anew", await same());
}

async function bothWrite(suite, ines, jonas) {
  const [hers, his] = [ines, jonas].map((page) => page.getByRole("textbox", { name: "Your words" }));
  await sees(suite, "each sees that the other has it open", ines.locator("here-now", { hasText: "Jonas Petit has this open" }));
  await his.pressSequentially("We bring two ro");
  await sees(suite, "and that he is writing", ines.locator("here-now", { hasText: "Jonas Petit is writing" }));
  await hers.fill("The spare roller comes with us.");
  await ines.getByRole("button", { name: "Send" }).click();
  await sees(suite, "what she sends he sees while he writes", jonas.locator(".msg.from-desk", { hasText: "spare roller comes" }));
  await his.pressSequentially("llers.");
  await jonas.locator(".composer-tabs label", { hasText: "Reply" }).click();
  await jonas.getByRole("button", { name: "Send" }).click();
  await sees(suite, "his reply is not sent past it: he is asked first", jonas.locator(".composer [role=alert]", { hasText: "wrote while you were writing" }));
  suite.check("with what he typed", (await his.inputValue()) === "We bring two rollers.", await his.inputValue());
  await jonas.getByRole("button", { name: "Send" }).click();
  await sees(suite, "sent again, it goes", ines.locator(".msg.from-desk", { hasText: "We bring two rollers." }));
}

async function undoes(suite, ines, jonas) {
  await ines.getByRole("button", { name: "Resolve without a reply" }).click();
  await sees(suite, "resolving says so and offers the way back", ines.locator(".toast", { hasText: "Resolved #1." }));
  await sees(suite, "the other sees it", jonas.locator(".life .turn.resolved"));
  await ines.getByRole("button", { name: /^Undo/ }).first().click();
  await sees(suite, "undo opens it again, for both", jonas.locator(".life .turn.desk"));
}
