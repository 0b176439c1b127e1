// Beside answering: what a client wrote is passed on to somebody outside with its file, whose answer comes back to the desk
// alone; a copy the others do not know of; quoting what is selected; formatting seen as it is typed; a large file on its way.

import { join } from "node:path";
import { handIn, mail } from "../lib/hand-in.mjs";
import { header } from "../lib/sink.mjs";
import { axe, sideways, visit } from "../lib/visit.mjs";
import { firstAdmin, relay, sees, sendsAtOnce } from "./story.mjs";

const SUBJECT = "The press stops after ten sheets";
const DANA = "Dana Fox <dana@fox.example>";
const MAKER = "service@maker.example";
const FILE = { name: "sheet.bin", type: "application/octet-stream", bytes: Buffer.from(Array.from({ length: 3000 }, (_, n) => n % 251)) };

const words = (page) => page.getByRole("textbox", { name: "Your words" });

/** Plays it. `begin()` starts the server; gives {server, origin}. */
export async function forward(suite, browser, begin, sink, folder) {
  const { server, origin } = await begin();
  const { context, page, troubles } = await visit(browser, origin);
  const stage = { suite, page, server, sink, folder };
  await firstAdmin(suite, page, server);
  await relay(suite, page, sink);
  await sendsAtOnce(suite, page);
  await signs(stage);
  const text = "Hello,\r\n\r\nit stops after ten sheets.\r\n\r\nCan you look at it?";
  await handIn(server, { from: "dana@fox.example", to: "support@desk.example", bytes: mail({ from: DANA, to: "support@desk.example", subject: SUBJECT, id: "press@fox.example", text, file: FILE }) });
  await page.goto("/tickets/1");
  await passesOn(stage);
  await answers(stage);
  await copies(stage);
  await quotes(stage);
  await formats(stage);
  await large(stage);
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
}

async function signs({ suite, page }) {
  await page.goto("/you");
  await page.getByLabel("Below what you write").fill("{{ me }}, mornings until 13:00");
  await page.getByRole("button", { name: "Save the signature" }).click();
  await sees(suite, "an agent has a signature of their own", page.locator(".toast", { hasText: "Saved." }));
}

/** The mail that went to this address last, once the relay has it. */
async function sent({ suite, page, sink }, to, part) {
  const found = () => sink.mails.findLast((it) => it.to.includes(to) && it.text.includes(part));
  for (let tries = 0; !found() && tries < 100; tries += 1) await page.waitForTimeout(100);
  suite.check(`${to} has “${part}”`, Boolean(found()), sink.mails.map((it) => header(it, "Subject")));
  return found() ?? { text: "", to: [] };
}

async function passesOn(stage) {
  const { suite, page } = stage;
  await page.keyboard.press("f");
  await sees(suite, "f begins a forward", page.locator(".passing"));
  await page.evaluate(() => scrollTo(0, 0));
  suite.same("axe finds nothing", await axe(page), []);
  await sees(suite, "it says who will read it", page.locator(".passing .warning", { hasText: "comes back to the desk alone" }));
  await sees(suite, "the file goes with it", page.locator(".passing .file", { hasText: FILE.name }).locator("input:checked"));
  if (stage.folder) await page.screenshot({ path: join(stage.folder, "forward.png") });
  await page.setViewportSize({ width: 390, height: 844 });
  suite.same("on a phone nothing scrolls sideways", await sideways(page), 0);
  if (stage.folder) await page.screenshot({ path: join(stage.folder, "forward-phone.png"), fullPage: true });
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.locator('[name="forward-to"]').fill(MAKER);
  await words(page).fill("Is this known? **Ten** sheets, each time.");
  await page.getByRole("button", { name: "Forward" }).click();
  await sees(suite, "the forward stands in the conversation", page.locator(".msg.is-forward", { hasText: "Is this known?" }).locator(".badge", { hasText: "forwarded" }));
  await sees(suite, "whose turn it is stays", page.locator(".life .turn.desk"));
  const got = await sent(stage, MAKER, "Is this known?");
  suite.check("with the client's words, and the file", got.text.includes("it stops after ten sheets") && got.text.includes(FILE.name));
  suite.check("from the desk, under the agent's signature", header(got, "From").includes("<support@desk.example>") && got.text.includes("mornings until 13:00"), header(got, "From"));
  suite.check("it says that it is a forward", /^Fwd: /.test(header(got, "Subject")), header(got, "Subject"));
  stage.ours = header(got, "Message-ID").replace(/[<>]/g, "");
}

async function answers(stage) {
  const { suite, page, server } = stage;
  const bytes = mail({ from: `Maker <${MAKER}>`, to: "support@desk.example", subject: `Re: Fwd: ${SUBJECT}`, id: "a@maker.example", answers: stage.ours, text: "Known fault, 300 to mend." });
  await handIn(server, { from: MAKER, to: "support@desk.example", bytes });
  const answer = page.locator(".msg.note", { hasText: "Known fault" });
  await sees(suite, "their answer comes back for the desk alone, live", answer.locator(".badge", { hasText: "desk only" }));
  const to = await page.locator('.composer [name="to"]').inputValue();
  suite.check("the next reply is for the client and nobody else", to.includes("dana@fox.example") && !(await page.locator(".composer .copies").count()), to);
}

async function copies(stage) {
  const { suite, page } = stage;
  await page.locator(".addresses summary").click();
  await page.locator('.addresses [name="bcc"]').fill("boss@desk-owner.example");
  await words(page).fill("We found what it is.");
  await page.getByRole("button", { name: "Send" }).click();
  await sees(suite, "agents see who else got it", page.locator(".msg.from-desk", { hasText: "hidden copy to boss@desk-owner.example" }));
  for (const to of ["dana@fox.example", "boss@desk-owner.example"]) {
    const got = await sent(stage, to, "We found what it is.");
    suite.check("in no copy is there a word of the other", !/boss@|^Bcc:/im.test(got.text), got.text.slice(0, 600));
  }
}

async function quotes({ suite, page }) {
  const text = page.locator("#message-1 .msg-body p", { hasText: "it stops after ten sheets" });
  await words(page).fill("You wrote:");
  await text.click({ clickCount: 3 });
  const button = page.locator("quote-words button");
  await sees(suite, "a button stands beside what is selected", button);
  await button.click();
  suite.same("which quotes it where the writing is", await words(page).inputValue(), "You wrote:\n\n> it stops after ten sheets.\n\n");
  await words(page).fill("");
  await text.click({ clickCount: 3 });
  await page.keyboard.press("q");
  suite.same("so does q", await words(page).inputValue(), "> it stops after ten sheets.\n\n");
  await words(page).fill("");
  await words(page).blur();
  await page.keyboard.press("q");
  suite.same("without a selection q quotes the last message", await words(page).inputValue(), "> We found what it is.\n\n");
  await words(page).fill("");
}

async function formats({ suite, page, folder }) {
  await words(page).fill("Dear Dana,\n\nthe **roller** is _worn_, see `E-12` and [the list](https://desk.example/list).\n\n> it stops\n\n- one\n- two");
  const drawn = (name) => page.locator(`.written .as-${name}`).first().innerText();
  suite.same("bold, italic, code and links are seen as they are typed", [await drawn("strong"), await drawn("em"), await drawn("code"), await drawn("link")], ["**roller**", "_worn_", "`E-12`", "[the list](https://desk.example/list)"]);
  suite.check("the letters stand where they stood", await page.evaluate(sameHeight), await page.evaluate(() => [...document.querySelectorAll("live-format > *")].map((it) => it.scrollHeight)));
  suite.same("axe finds nothing while writing", await axe(page), []);
  if (folder) await page.screenshot({ path: join(folder, "format.png") });
  await words(page).fill("word");
  await words(page).press("Control+a");
  await words(page).press("Control+b");
  suite.same("Ctrl b is bold", await words(page).inputValue(), "**word**");
  await words(page).press("Control+a");
  await words(page).press("Control+k");
  suite.check("Ctrl k makes a link of what is selected", /^\[\*\*word\*\*\]\(/.test(await words(page).inputValue()), await words(page).inputValue());
  await words(page).fill("word");
  await words(page).press("Control+k");
  await sees(suite, "and shows the palette when nothing is", page.locator("dialog[open]"));
  await page.keyboard.press("Escape");
  await words(page).fill("");
}

/** Whether the layer is as tall as the field it lies under. */
function sameHeight() {
  const [layer, area] = document.querySelector("live-format").children;
  return Math.abs(layer.scrollHeight - area.scrollHeight) <= 2;
}

/** A note carries what no mail would; over a slow line its way is shown. */
async function large({ suite, page }) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 2_000_000 });
  await page.locator('.composer-tabs label', { hasText: "Note" }).click();
  await page.locator('.composer input[type="file"]').setInputFiles({ name: "large.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(4_000_000, 7) });
  await words(page).fill("The whole log.");
  await page.getByRole("button", { name: "Add note" }).click();
  await sees(suite, "how far a large file is on its way", page.locator("upload-progress", { hasText: /Sending the files: \d+ %/ }));
  await sees(suite, "until it is there", page.locator(".msg.note", { hasText: "The whole log." }));
  await sees(suite, "and the page says it was added", page.locator(".msg.note", { hasText: "large.bin" }));
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
}
