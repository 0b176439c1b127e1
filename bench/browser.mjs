// What a person at a browser waits for and what the pages weigh, told by the browser's own performance entries: from a
// click on a ticket in the inbox to the ticket on the screen, and the bytes and nodes of the first page.

import { launch } from "../e2e/lib/chromium.mjs";
import { signIn, visit } from "../e2e/lib/visit.mjs";

const CLICKS = 60;
const WARM_UP = 5;

/** {click_p50_ms, click_p95_ms, first_page_bytes, list_bytes, list_nodes}; `who` can sign in. */
export async function inBrowser(server, who) {
  const browser = await launch();
  const { page } = await visit(browser, `http://${server.http}`);
  await page.addInitScript(watch);
  await signIn(page, who);
  const weight = await first(browser, server, page);
  const times = [];
  for (let n = 0; n < WARM_UP + CLICKS; n += 1) {
    const took = await click(page, n);
    if (n >= WARM_UP) times.push(took);
  }
  await browser.close();
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor((times.length - 1) * share)];
  return { click_p50_ms: at(0.5), click_p95_ms: at(0.95), ...weight };
}

/** In the page: from the click as the browser dates it until the frame after Turbo showed the ticket. */
function watch() {
  let clicked;
  addEventListener("click", (event) => (clicked = event.target.closest?.("a.row-link") ? event.timeStamp : clicked), { capture: true });
  document.addEventListener("turbo:render", () => {
    if (clicked === undefined || !document.querySelector("#composer-words")) return;
    const start = clicked;
    clicked = undefined;
    const painted = new MessageChannel();
    painted.port1.onmessage = () => performance.measure("click to ticket", { start, end: performance.now() });
    requestAnimationFrame(() => painted.port2.postMessage(null));
  });
}

async function click(page, n) {
  await page.goto("/inbox");
  const rows = page.locator("a.row-link");
  await rows.nth(n % (await rows.count())).click();
  await page.waitForFunction(() => performance.getEntriesByName("click to ticket").length > 0);
  return page.evaluate(() => performance.getEntriesByName("click to ticket")[0].duration);
}

/** The inbox in a browser that has nothing of ours yet. */
async function first(browser, server, signedIn) {
  const storageState = await signedIn.context().storageState();
  const { context, page } = await visit(browser, `http://${server.http}`, { storageState });
  await page.goto("/inbox", { waitUntil: "networkidle" });
  const weight = await page.evaluate(() => {
    const [own] = performance.getEntriesByType("navigation");
    const rest = performance.getEntriesByType("resource").filter((it) => it.initiatorType !== "fetch");
    const sum = (all) => all.reduce((bytes, it) => bytes + it.encodedBodySize, 0);
    return { first_page_bytes: sum([own, ...rest]), list_bytes: own.encodedBodySize, list_nodes: document.querySelectorAll("*").length };
  });
  await context.close();
  return weight;
}
