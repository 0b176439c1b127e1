// A ticket of two thousand messages: its page stays small, what comes in is added where it belongs, and every message can
// be reached, with and without scripts.

import { Lmtp } from "../lib/lmtp.mjs";
import { signIn, visit } from "../lib/visit.mjs";
import { marked, sees } from "./story.mjs";

const MESSAGES = 2_000;
const MOST_BYTES = 200_000;
const MOST_NODES = 5_000;

export async function long(suite, browser, { origin, server, admin }) {
  const lmtp = await Lmtp.open(server.mail);
  for (let n = 0; n < MESSAGES; n += 1) await lmtp.send(mail(n));
  const { context, page, troubles } = await visit(browser, origin);
  await signIn(page, admin);
  await page.goto("/search?q=roller700");
  const hit = page.locator("a.row-link").first();
  const address = await hit.getAttribute("href");
  const ticket = address.split("?")[0];
  const answer = await page.request.get(ticket);
  const bytes = (await answer.body()).length;
  suite.check(`the page of ${MESSAGES} messages has ${bytes} bytes`, bytes < MOST_BYTES, bytes);
  await page.goto(ticket);
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  suite.check(`and ${nodes} nodes`, nodes < MOST_NODES, nodes);
  await sees(suite, "it begins with the first words", page.locator(".msg", { hasText: "Word number 0 " }).first());
  await sees(suite, "says how much is left out", page.locator(".left-out", { hasText: /messages left out here/ }));
  await comesIn(suite, page, lmtp);
  await page.goto("/search?q=roller700");
  await hit.click();
  await sees(suite, "a search leads to the message it found", page.locator(".msg", { hasText: "roller700" }));
  await page.goto(`${ticket}#${address.split("#")[1]}`);
  await sees(suite, "and so does an address without the page", page.locator(".msg", { hasText: "roller700" }));
  await page.goto(`${ticket}/split`);
  suite.check("the page to split messages off lists a hundred", (await page.locator("input[name=message]").count()) === 100);
  await page.getByRole("link", { name: "Older messages" }).click();
  await sees(suite, "and older ones on the next", page.locator(".split-lines", { hasText: `Word number ${MESSAGES - 100} ` }));
  await lmtp.quit();
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
  await withoutScripts(suite, browser, { origin, admin, ticket });
}

async function comesIn(suite, page, lmtp) {
  const same = await marked(page);
  const first = page.locator(".left-out + *").first();
  const before = await first.evaluate((it) => (it.dataset.mark = "kept"));
  await lmtp.send(mail(MESSAGES));
  await sees(suite, "what comes in is added at its end", page.locator(".msg", { hasText: `Word number ${MESSAGES} ` }));
  suite.check("without loading the page anew", (await same()) && before === "kept");
}

async function withoutScripts(suite, browser, { origin, admin, ticket }) {
  const { context, page } = await visit(browser, origin, { javaScriptEnabled: false });
  await signIn(page, admin);
  await page.goto(ticket);
  await page.getByRole("link", { name: "From the beginning" }).click();
  await sees(suite, "without scripts the beginning is a link away", page.locator("#thread", { hasText: "Word number 20 " }));
  await page.getByRole("link", { name: "Show those after" }).click();
  await sees(suite, "and from there what follows", page.locator("#thread", { hasText: "Word number 40 " }));
  await page.getByRole("link", { name: "Notes", exact: true }).click();
  suite.check("notes alone are shown", (await page.locator(".msg").count()) === 0);
  await context.close();
}

function mail(n) {
  const thread = n ? [`In-Reply-To: <long-${n - 1}@long.example>`] : [];
  const head = ["From: Lena Long <lena@long.example>", "To: support@localhost", `Subject: ${n ? "Re: " : ""}The long story`, `Message-ID: <long-${n}@long.example>`, ...thread, "Date: Mon, 23 Nov 2026 09:00:00 +0000"];
  return { from: "lena@long.example", to: "support@localhost", bytes: Buffer.from([...head, "", `Word number ${n} about roller${n} and the paper tray.`, ""].join("\r\n")) };
}
