// A reply that is addressed to somebody who does not belong on the ticket and is refused once: the composer says who will
// read it, on a phone too, keeps what was attached, and other pages begin in their first field.

import { signIn, visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

const FILE = { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("one") };
const PHONE = { viewport: { width: 390, height: 844 } };

export async function composing(suite, browser, { origin, admin, subject }) {
  const { context, page, troubles } = await visit(browser, origin);
  await signIn(page, admin);
  await open(page, subject);
  const line = page.locator(".audience.for-reply");
  const before = await line.textContent();
  await page.locator(".addresses summary").click();
  const copy = page.locator('.composer input[type="text"][name="cc"]');
  await copy.fill("boss@evil.example");
  await sees(suite, "whoever does not belong here is warned of", page.locator('.strangers[role="status"] .warning', { hasText: "boss@evil.example is not " }));
  await sees(suite, "and counted", page.locator(".audience.for-reply", { hasText: "boss@evil.example will read this" }));
  await page.locator('.composer input[name="bcc"]').fill("secret@evil.example");
  await sees(suite, "and so is a hidden copy", page.locator(".audience.for-reply", { hasText: "1 more gets a hidden copy" }));
  await page.locator('.composer input[name="bcc"]').fill("");
  await copy.fill("");
  await page.locator(".strangers:empty").waitFor({ state: "attached" });
  suite.check("without them nothing is said", (await line.textContent()) === before, await line.textContent());
  await refused(suite, page, copy);
  await begins(suite, page);
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
  await onPhone(suite, browser, origin, admin, subject);
}

async function open(page, subject) {
  await page.goto("/inbox?view=all");
  await page.getByRole("link", { name: subject }).first().click();
  await page.getByRole("heading", { level: 1, name: new RegExp(subject) }).waitFor();
}

async function refused(suite, page, copy) {
  await page.locator('.composer input[type="file"]').setInputFiles(FILE);
  await copy.fill("nonsense");
  await page.getByRole("textbox", { name: "Your words" }).fill("With a file.");
  await page.keyboard.press("Control+Enter");
  await page.locator(".composer .field-error").waitFor();
  await sees(suite, "what was attached stays so when a reply is refused", page.locator(".composer drop-files li.file", { hasText: FILE.name }));
  const held = await page.locator('.composer input[type="file"]').evaluate((input) => [...input.files].map((it) => it.name));
  suite.check("and goes with the next try", held.join() === FILE.name, held);
  suite.check("so nobody is asked to attach it again", (await page.locator(".attach-again").count()) === 0);
  await page.locator('.composer input[type="file"]').setInputFiles([]);
  await page.getByRole("textbox", { name: "Your words" }).fill("");
}

async function begins(suite, page) {
  await page.getByRole("textbox", { name: "Your words" }).blur();
  await page.keyboard.press("p");
  await sees(suite, "p promises something", page.locator(".promises details[open] select:focus"));
  await page.goto("/inbox");
  await page.keyboard.press("c");
  await page.locator('[name="requester"]:focus').waitFor();
  await page.keyboard.type("lena");
  suite.check("a new ticket begins in its first field", (await page.locator('[name="requester"]').inputValue()) === "lena", page.url());
  await page.goto("/inbox");
  await page.keyboard.press("l");
  await page.locator('[name="caller"]:focus').waitFor();
  await page.keyboard.type("lena");
  suite.check("and so does a call", (await page.locator('[name="caller"]').inputValue()) === "lena", page.url());
}

async function onPhone(suite, browser, origin, admin, subject) {
  const { context, page } = await visit(browser, origin, PHONE);
  await signIn(page, admin);
  await open(page, subject);
  await sees(suite, "a phone says who will read it", page.locator(".audience.for-reply", { hasText: "will read this" }));
  await context.close();
}
