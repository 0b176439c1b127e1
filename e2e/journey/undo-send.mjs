// A reply that was sent too soon: it waits, can be taken back with a key, after a reload and without JavaScript, comes
// back into the composer with its file, and goes out once when it is sent again.

import { signIn, visit } from "../lib/visit.mjs";
import { sees } from "./story.mjs";

const FILE = { name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("1. roller") };

export async function undoSend(suite, browser, { origin, admin, subject, sink }) {
  const { context, page, troubles } = await visit(browser, origin);
  await signIn(page, admin);
  await waits(page, "30 seconds");
  await open(page, subject);
  await write(page, "Sent too soom.");
  await sees(suite, "a reply can be taken back for as long as its author wants", page.locator(".toast .toast-undo", { hasText: /Undo \([123]\d\)/ }));
  await sees(suite, "the page shows what was just said", page.locator(".msg.from-desk:last-of-type", { hasText: "Sent too soom." }));
  await page.reload();
  await sees(suite, "after a reload, too", page.locator(".toast .toast-undo", { hasText: /Undo \(\d+\)/ }));
  await page.keyboard.press("Control+z");
  await sees(suite, "Ctrl z takes it back", page.locator(".toast", { hasText: "Taken back; nothing went out." }));
  await sees(suite, "into the composer", page.locator(".taken-back"));
  const words = page.getByRole("textbox", { name: "Your words" });
  suite.check("with its words", (await words.inputValue()) === "Sent too soom.", await words.inputValue());
  await sees(suite, "and its file", page.locator(".composer label.file", { hasText: FILE.name }));
  await words.press("End");
  await words.press("!");
  await words.press("Backspace");
  suite.check("whose parts work on a page that was put into this one", /^\d+m$/.test(await page.locator('.composer [name="time"]').inputValue()));
  suite.check("the history says so", (await page.locator(".event", { hasText: /took back a message/ }).count()) > 0);
  await withoutScript(suite, browser, origin, admin, subject);
  await again(suite, page, subject, sink);
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
}

async function waits(page, how) {
  await page.goto("/you");
  await page.getByLabel("Your replies wait").selectOption(how);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".toast", { hasText: "Saved." }).waitFor();
}

async function open(page, subject) {
  await page.goto("/inbox?view=all");
  await page.getByRole("link", { name: subject }).click();
  await page.getByRole("heading", { level: 1, name: new RegExp(subject) }).waitFor();
}

async function write(page, text) {
  await page.locator('.composer input[type="file"]').setInputFiles(FILE);
  await page.getByRole("textbox", { name: "Your words" }).fill(text);
  await page.getByRole("button", { name: "Send" }).click();
}

async function withoutScript(suite, browser, origin, admin, subject) {
  const { context, page } = await visit(browser, origin, { javaScriptEnabled: false });
  await signIn(page, admin);
  await open(page, subject);
  await page.getByRole("button", { name: "Discard it" }).click();
  await sees(suite, "without JavaScript a draft is discarded", page.locator(".toast", { hasText: "Discarded." }));
  await write(page, "Sent too soon, and plainly.");
  await page.locator(".msg").getByRole("button", { name: "Undo" }).click();
  await sees(suite, "and a reply is taken back", page.locator(".taken-back"));
  await context.close();
}

async function again(suite, page, subject, sink) {
  await waits(page, "Not at all");
  await open(page, subject);
  const words = page.getByRole("textbox", { name: "Your words" });
  suite.check("what was taken back waits in the composer", (await words.inputValue()) === "Sent too soon, and plainly.", await words.inputValue());
  await words.fill("Said with care.");
  await page.getByRole("button", { name: "Send" }).click();
  await sees(suite, "said again it goes out", page.locator(".msg.from-desk", { hasText: "Said with care." }).locator(".delivery.is-sent"));
  suite.check("the composer has let it go", (await page.locator(".taken-back").count()) === 0);
  const got = sink.mails.filter((mail) => /Sent too soo|Said with care/.test(mail.text));
  suite.check("once, and nothing that was taken back", got.length === 1 && /Said with care/.test(got[0].text), got.map((mail) => mail.text.slice(0, 200)));
  suite.check("with the file of the draft", got[0]?.text.includes(FILE.name));
}
