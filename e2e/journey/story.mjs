// A new desk from its first page on: the first admin, the relay, a mail with a file, a reply, an answer that joins live
// while somebody is typing, the end of the ticket, and the client who writes again.

import { readFileSync } from "node:fs";
import { handIn, hasSwaks, mail } from "../lib/hand-in.mjs";
import { endpoint } from "../lib/kept.mjs";
import { header } from "../lib/sink.mjs";
import { visit } from "../lib/visit.mjs";

export const ADMIN = { name: "Ines Moreau", email: "ines@desk.example", password: "nine lives and a half" };
const DANA = "Dana Fox <dana@fox.example>";
const SUBJECT = "Printer on floor 2 eats every second page";
const FILE = { name: "roller.bin", type: "application/octet-stream", bytes: Buffer.from(Array.from({ length: 40_000 }, (_, n) => (n * 31) % 251)) };
const LIMIT_MS = 15_000;

/** Waits for something to be seen; not seeing it in time is a failed check and not an end. */
export async function sees(suite, words, locator) {
  const seen = await locator.first().waitFor({ timeout: LIMIT_MS }).then(() => true, (error) => error.message);
  suite.check(words, seen === true, seen);
}

/** True while the page was not loaded anew since this was called. */
export async function marked(page) {
  await page.evaluate(() => (window.stillTheSamePage = true));
  return () => page.evaluate(() => window.stillTheSamePage === true);
}

/** Plays the story; gives what the next ones begin with. */
export async function story(suite, browser, { server, origin, sink }) {
  const { page, troubles } = await visit(browser, origin);
  suite.check(hasSwaks ? "mail is sent with swaks" : "mail is sent with our own client: swaks is not installed", true);
  await firstAdmin(suite, page, server);
  await relay(suite, page, sink);
  await sendsAtOnce(suite, page);
  await arrives(suite, page, server);
  await attachment(suite, page);
  const ours = await reply(suite, page, sink);
  await outbox(suite, page, ours);
  await answerJoins(suite, page, server, ours);
  await ends(suite, page, server, ours);
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  // Signed in once for all journeys that only need somebody signed in.
  const state = await page.context().storageState();
  await page.context().close();
  return { server, origin, admin: ADMIN, subject: SUBJECT, ours, state };
}

export async function firstAdmin(suite, page, server) {
  const link = await printed(server, /https?:\/\/\S+\/first-run\/\S+/);
  await page.goto(new URL(link).pathname);
  await page.getByLabel("Your name").fill(ADMIN.name);
  await page.getByLabel("Your e-mail address").fill(ADMIN.email);
  await page.getByLabel("Password").fill("short");
  await page.getByLabel("The address clients write to").fill("support@desk.example");
  await page.getByRole("button", { name: "Begin" }).click();
  await sees(suite, "a weak first password is refused beside its field", page.locator("#f-password-error"));
  suite.check("and what was typed is still there", (await page.getByLabel("Your name").inputValue()) === ADMIN.name);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Begin" }).click();
  await page.waitForURL(/\/now$/);
  await sees(suite, "the first admin is greeted by name", page.getByRole("heading", { name: /, Ines$/ }));
  await sees(suite, "and told that there is no relay yet", page.getByText("There is no mail relay yet"));
  suite.check("the link works once", (await page.request.get(new URL(link).pathname)).status() === 409);
}

/** What the server printed, once it has. */
async function printed(server, pattern) {
  while (!pattern.test(server.stdout)) await new Promise((resolve) => server.child.stdout.once("data", resolve));
  return pattern.exec(server.stdout)[0];
}

export async function relay(suite, page, sink) {
  const { host, port } = endpoint(sink.address);
  await page.getByText("There is no mail relay yet").click();
  await page.getByLabel("Relay").fill(host);
  await page.getByLabel("Port").fill(String(port));
  await page.getByLabel("Encryption").selectOption("none");
  await page.locator("section", { hasText: "Going out" }).getByRole("button", { name: "Save", exact: true }).click();
  await sees(suite, "the relay is saved", page.locator(".toast", { hasText: "Saved." }));
  await page.getByRole("button", { name: "Test the relay" }).click();
  await sees(suite, "and its test says that it answers", page.locator(".toast.is-done", { hasText: "answers" }));
}

/** What this desk sends is looked at right away. */
export async function sendsAtOnce(suite, page) {
  await page.goto("/you");
  await page.getByLabel("Your replies wait").selectOption("Not at all");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await sees(suite, "an agent decides that replies go out at once", page.locator(".toast", { hasText: "Saved." }));
}

async function arrives(suite, page, server) {
  await page.goto("/inbox");
  const same = await marked(page);
  const text = "Hello,\r\n\r\nsince this morning the big printer takes two pages at once.";
  await handIn(server, { from: "dana@fox.example", to: "support@desk.example", bytes: mail({ from: DANA, to: "support@desk.example", subject: SUBJECT, id: "first@fox.example", text, file: FILE }) });
  await sees(suite, "the mail appears in the inbox by itself", page.getByRole("link", { name: SUBJECT }));
  suite.check("without loading the page anew", await same());
  await page.getByRole("link", { name: SUBJECT }).click();
  await sees(suite, "the ticket opens", page.getByRole("heading", { level: 1, name: new RegExp(SUBJECT) }));
  await sees(suite, "somebody is responsible from the first moment", page.locator(".assign b", { hasText: ADMIN.name }));
}

async function attachment(suite, page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /roller\.bin/ }).click()]);
  const bytes = readFileSync(await download.path());
  suite.check("the attachment is saved under its name", download.suggestedFilename() === FILE.name, download.suggestedFilename());
  suite.check("and has the same bytes", bytes.equals(FILE.bytes), `${bytes.length} bytes`);
}

async function reply(suite, page, sink) {
  await page.getByRole("textbox", { name: "Your words" }).fill("Thank you for telling us, Dana.\n\nIs the grey roller **shiny** or rough?");
  await page.getByRole("button", { name: "Send" }).click();
  await sees(suite, "the reply stands in the conversation, formatted", page.locator(".msg.from-desk strong", { hasText: "shiny" }));
  await sees(suite, "the turn is theirs", page.locator(".life .turn.client"));
  await sees(suite, "and it is sent, which the page learns by itself", page.locator(".delivery.is-sent"));
  suite.check("the composer is empty again", (await page.getByRole("textbox", { name: "Your words" }).inputValue()) === "");
  const sent = sink.mails.find((it) => it.text.includes("grey roller"));
  suite.check("the relay got it for the requester", sent?.to.join() === "dana@fox.example", sent?.to);
  suite.check("it answers their mail", header(sent, "In-Reply-To") === "<first@fox.example>" && header(sent, "References").includes("<first@fox.example>"), header(sent, "References"));
  suite.check("from the desk's address, under the agent's name", /Ines Moreau.*<support@desk\.example>/.test(header(sent, "From")), header(sent, "From"));
  return header(sent, "Message-ID").replace(/[<>]/g, "");
}

async function outbox(suite, page, ours) {
  await page.locator(".delivery.is-sent a").first().click();
  await sees(suite, "the Outbox shows the mail with its Message-ID", page.locator("dd", { hasText: `<${ours}>` }));
  await sees(suite, "and what it answers", page.locator("div", { has: page.locator("dt", { hasText: "In-Reply-To" }) }).locator("dd", { hasText: "<first@fox.example>" }));
  const eml = await page.request.get(`${new URL(page.url()).pathname}/raw`);
  suite.check("its .eml carries the same headers", (await eml.text()).includes(`Message-ID: <${ours}>`));
  await page.goBack();
  await sees(suite, "back is back", page.getByRole("heading", { level: 1, name: new RegExp(SUBJECT) }));
}

async function answerJoins(suite, page, server, ours) {
  const words = page.getByRole("textbox", { name: "Your words" });
  await words.fill("Half a sentence that must surv");
  const same = await marked(page);
  await answer(server, ours, "second@fox.example", "Shiny! And now it smells, too.");
  await sees(suite, "the answer joins the open page by itself", page.locator(".msg.from-client", { hasText: "Shiny!" }));
  await sees(suite, "and the turn is ours", page.locator(".life .turn.desk"));
  suite.check("what was being typed is untouched", (await words.inputValue()) === "Half a sentence that must surv", await words.inputValue());
  suite.check("the page was not loaded anew", await same());
  await sees(suite, "it says why it is here", page.getByText(/joined #1: In-Reply-To/));
}

function answer(server, ours, id, text) {
  const bytes = mail({ from: DANA, to: "support@desk.example", subject: `Re: ${SUBJECT}`, id, answers: ours, text });
  return handIn(server, { from: "dana@fox.example", to: "support@desk.example", bytes });
}

async function ends(suite, page, server, ours) {
  const words = page.getByRole("textbox", { name: "Your words" });
  // Whoever begins anew has read what came in meanwhile.
  await words.fill("");
  await words.fill("The roller is replaced; please print a page.");
  await page.locator(".composer-foot label", { hasText: "Resolve" }).click();
  await page.getByRole("button", { name: "Send" }).click();
  await sees(suite, "a reply can resolve the ticket", page.locator(".life .turn.resolved"));
  await page.goto("/inbox?view=resolved");
  await sees(suite, "it is among the resolved", page.getByRole("link", { name: SUBJECT }));
  await page.getByRole("link", { name: SUBJECT }).click();
  await page.getByRole("heading", { level: 1, name: new RegExp(SUBJECT) }).waitFor();
  await answer(server, ours, "third@fox.example", "It does it again.");
  await sees(suite, "when the client writes again it is reopened, live", page.locator(".life .turn.desk"));
  await sees(suite, "and says so", page.getByText("Reopened: the client wrote again"));
}
