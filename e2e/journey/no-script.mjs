// The same work in a browser that runs no script: signing in, replying with a file, searching, undoing.

import { signIn, visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

export async function noScript(suite, browser, { origin, admin, subject }) {
  const { context, page } = await visit(browser, origin, { javaScriptEnabled: false });
  await signIn(page, admin);
  suite.check("signing in works", true);
  await page.goto("/inbox");
  await page.getByRole("link", { name: subject }).click();
  await page.getByRole("textbox", { name: "Your words" }).fill("Written without any script.");
  await page.locator('input[type="file"]').setInputFiles({ name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("1. roller") });
  await page.getByRole("button", { name: "Send" }).click();
  await sees(suite, "so does replying", page.locator(".msg.from-desk", { hasText: "Written without any script." }));
  await sees(suite, "with a file", page.locator(".file", { hasText: "plan.txt" }));
  await page.getByRole("button", { name: "Mark as spam" }).click();
  await sees(suite, "an act says what it did", page.locator(".toast", { hasText: "#1 is spam." }));
  await page.getByRole("button", { name: "Undo" }).first().click();
  await sees(suite, "and is undone", page.locator(".toast", { hasText: "#1 is a ticket again." }));
  await page.getByRole("combobox", { name: "Search" }).fill("smells");
  await page.keyboard.press("Enter");
  await sees(suite, "searching works, and shows the match", page.locator("mark", { hasText: "smells" }));
  await page.getByRole("combobox", { name: "Search" }).fill("#1");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/tickets\/1$/);
  suite.check("a number leads to its ticket", true);
  await context.close();
}
