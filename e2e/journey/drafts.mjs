// What is being written outlives everything: a live update, a reload, another device, a crash of the server, and the
// server being away. It is sent once, and gone then; thrown away, it can be brought back.

import { handIn, mail } from "../lib/hand-in.mjs";
import { header } from "../lib/sink.mjs";
import { axe, signIn, visit } from "../lib/visit.mjs";
import { ADMIN, firstAdmin, relay, sees, sendsAtOnce } from "./story.mjs";

const SUBJECT = "The door to the archive does not lock";
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const words = (page) => page.getByRole("textbox", { name: "Your words" });

/** Plays it. `begin(at)` starts the server on the desk, on the same ports again when given; gives {server, origin}. */
export async function drafts(suite, browser, begin, sink) {
  const stage = { suite, browser, sink, begin, ...(await begin()) };
  const { context, page, troubles } = await visit(browser, stage.origin);
  Object.assign(stage, { page });
  await firstAdmin(suite, page, stage.server);
  await relay(suite, page, sink);
  await sendsAtOnce(suite, page);
  await arrives(stage);
  await survives(stage);
  await crashes(stage);
  await onThePhone(stage);
  await thrownAway(stage);
  await twoVersions(stage);
  const ours = troubles.filter((it) => !/Failed to fetch|ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY/.test(it));
  suite.check("the browser complained of nothing but the server's absence", ours.length === 0, ours);
  await context.close();
}

async function arrives({ suite, page, server }) {
  const bytes = mail({ from: "Dana Fox <dana@fox.example>", to: "support@desk.example", subject: SUBJECT, id: "door@fox.example", text: "Since Monday the key turns and nothing happens." });
  await handIn(server, { from: "dana@fox.example", to: "support@desk.example", bytes });
  await page.goto("/tickets/1");
  await sees(suite, "a ticket to write on", page.getByRole("heading", { level: 1, name: new RegExp(SUBJECT) }));
}

/** The server said that it has these words. */
const kept = (page) => page.locator(".composer .draft-line p", { hasText: "Draft kept" });

async function types(page, text) {
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/draft") && answer.request().postData()?.includes(encodeURIComponent(text.split(" ").at(-1))));
  await words(page).click();
  await words(page).press("Control+End");
  await words(page).pressSequentially(text);
  await saved;
}

async function is(suite, what, page, text) {
  const there = await page.waitForFunction((text) => document.querySelector("#composer-words")?.value === text, text, { timeout: 15_000 }).then(() => true, () => false);
  suite.check(what, there, await words(page).inputValue());
}

async function survives({ suite, page, server }) {
  await types(page, "Good morning Dana, the locksmith");
  await sees(suite, "what is typed is kept by itself", kept(page));
  const bytes = mail({ from: "Dana Fox <dana@fox.example>", to: "support@desk.example", subject: `Re: ${SUBJECT}`, answers: "door@fox.example", id: "door2@fox.example", text: "It is urgent." });
  await handIn(server, { from: "dana@fox.example", to: "support@desk.example", bytes });
  await sees(suite, "an answer comes in", page.locator(".msg.from-client", { hasText: "It is urgent." }));
  await is(suite, "typing survives a live update", page, "Good morning Dana, the locksmith");
  await page.reload();
  await is(suite, "and a reload", page, "Good morning Dana, the locksmith");
}

/** The server is killed as by a power cut, while somebody writes on. */
async function crashes(stage) {
  const { suite, page, server } = stage;
  await server.kill();
  await words(page).press("Control+End");
  await words(page).pressSequentially(" comes on");
  Object.assign(stage, await stage.begin({ http: server.http, mail: server.mail }));
  await page.reload();
  await is(suite, "after a crash the text is there, with what the server never saw", page, "Good morning Dana, the locksmith comes on");
  await types(page, " Tuesday");
  await sees(suite, "and it is kept again", kept(page));
}

async function onThePhone({ suite, browser, origin, page, sink }) {
  const phone = await visit(browser, origin, PHONE);
  await signIn(phone.page, ADMIN);
  await sees(suite, "Now lists the draft", phone.page.locator(".drafts summary", { hasText: "Drafts 1" }));
  await phone.page.goto("/tickets/1");
  await is(suite, "it is there on the phone", phone.page, "Good morning Dana, the locksmith comes on Tuesday");
  suite.same("axe finds nothing", await axe(phone.page), []);
  await words(phone.page).tap();
  await types(phone.page, " at nine.");
  await phone.page.getByRole("button", { name: "Send" }).tap();
  // Dana wrote while this was being written, and nobody who writes is to miss that.
  await sees(suite, "the phone asks about what came in meanwhile", phone.page.locator(".field-error", { hasText: "It is urgent." }));
  await phone.page.getByRole("button", { name: "Send" }).tap();
  await sees(suite, "and sends it with the thumb", phone.page.locator(".msg.from-desk", { hasText: "Tuesday at nine." }));
  suite.same("the composer there is empty", await words(phone.page).inputValue(), "");
  await phone.context.close();
  await page.reload();
  await is(suite, "and so it is on the laptop: nothing is sent twice", page, "");
  for (let tries = 0; !sink.mails.some((it) => it.text.includes("Tuesday at nine")) && tries < 100; tries += 1) await page.waitForTimeout(100);
  const got = sink.mails.filter((it) => it.text.includes("Tuesday at nine"));
  suite.check("the client has it once", got.length === 1 && header(got[0], "To").includes("dana@fox.example"), got.length);
}

async function thrownAway({ suite, page }) {
  await types(page, "Never mind this");
  await page.locator(".composer").getByRole("button", { name: "Discard" }).click();
  await sees(suite, "a draft is thrown away", page.locator(".toast", { hasText: "Draft discarded." }));
  await is(suite, "it is out of the composer", page, "");
  await page.locator(".toast").getByRole("button", { name: /Undo/ }).click();
  await is(suite, "and brought back", page, "Never mind this");
  await words(page).fill("");
  await kept(page).waitFor({ state: "detached" });
}

/** Two devices that did not know of one another. */
async function twoVersions({ suite, browser, origin, page }) {
  const other = await visit(browser, origin);
  await signIn(other.page, ADMIN);
  await other.page.goto("/tickets/1");
  await types(page, "Written at the desk");
  await types(other.page, "Written at home");
  await page.reload();
  await is(suite, "the newest words stand", page, "Written at home");
  await page.locator(".draft-other summary").click();
  suite.same("axe finds nothing in the other version", await axe(page), []);
  await sees(suite, "the others are beside them", page.locator(".draft-other blockquote", { hasText: "Written at the desk" }));
  await page.getByRole("button", { name: "Go on with this one" }).click();
  await is(suite, "and can be gone on with", page, "Written at the desk");
  await other.context.close();
}
