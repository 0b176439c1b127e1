// A person at a real browser: opens pages, and remembers everything the browser complained about (errors in scripts and
// on the console, breaches of the content-security policy), so that a suite can say at the end that there was nothing.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./kept.mjs";

const AXE = readFileSync(join(root, "node_modules", "axe-core", "axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** A fresh window on `origin`; `options` are Playwright's. Gives {context, page, troubles}. */
export async function visit(browser, origin, options = {}) {
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 1280, height: 860 }, ...options });
  const troubles = [];
  context.on("page", (page) => listen(page, troubles));
  const page = await context.newPage();
  return { context, page, troubles };
}

function listen(page, troubles) {
  const add = (what) => troubles.push(`${new URL(page.url(), "http://x").pathname}: ${what}`);
  page.on("pageerror", (error) => isAbandoned(String(error)) || add(String(error)));
  page.on("console", (message) => message.type() === "error" && isOurs(message.text()) && add(message.text()));
}

// A form that needs another look is answered with 422, which a browser reports although all is well. Playwright tries to
// run scripts in frames whose sandbox rightly refuses them.
const isOurs = (text) => !/status of (409|422)|frame is sandboxed/.test(text);

// Whoever goes on before a page has arrived makes Turbo give that one up, which it reports as an error of its fetch.
const isAbandoned = (text) => text === "AbortError: signal is aborted without reason";

/** What axe finds on the page, as lines; it runs beside the page's own scripts, past its policy, as a person's tool would. */
export async function axe(page) {
  // While Turbo puts a page into this one the root says that it is busy, which axe takes for an error of ours.
  await page.locator("html:not([aria-busy])").waitFor({ state: "attached" });
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const world = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
  const contextId = world.executionContextId;
  await session.send("Runtime.evaluate", { contextId, expression: AXE });
  // What stays in sight while the page scrolls always lies over the edge of something; where, is a matter of scrolling.
  const still = "const still = new CSSStyleSheet(); still.replaceSync('.top, .composer-dock { position: static !important }'); document.adoptedStyleSheets.push(still)";
  await session.send("Runtime.evaluate", { contextId, expression: `{ ${still} }` });
  const run = `axe.run(document, { iframes: false, runOnly: ${JSON.stringify(RULES)} })`;
  const say = "(it) => it.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target + ' ' + (n.any[0]?.message ?? '')).join(' | '))";
  const { result } = await session.send("Runtime.evaluate", { contextId, expression: `${run}.then(${say})`, awaitPromise: true, returnByValue: true });
  await session.send("Runtime.evaluate", { contextId, expression: "document.adoptedStyleSheets.pop()" });
  await session.detach();
  return result.value ?? [`axe did not run: ${result.description}`];
}

/** How many pixels the page can be scrolled sideways. */
export const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** Signs in with an address and a password. */
export async function signIn(page, { email, password }) {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/now$/);
}

/** Uses a one-time link. */
export async function followLink(page, link) {
  await page.goto(new URL(link).pathname);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/now$/);
}
