// Photographs every page of the gallery (light, dark, phone), and fails when a page breaks our content-security policy,
// scrolls sideways, or axe finds something. Usage: node e2e/gallery.mjs GALLERY SHOTS [page …]
import { createServer } from "node:http";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [gallery = "target/gallery", shots = "e2e/shots", ...only] = process.argv.slice(2);
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; manifest-src 'self'";
const TYPES = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml", webmanifest: "application/manifest+json" };
const LOOKS = [
  { name: "light", width: 1280, height: 860, colorScheme: "light" },
  { name: "dark", width: 1280, height: 860, colorScheme: "dark" },
  { name: "tablet", width: 820, height: 1100, colorScheme: "light" },
  { name: "phone", width: 390, height: 844, colorScheme: "light", isMobile: true, hasTouch: true },
];

async function serve(request, response) {
  const path = new URL(request.url, "http://localhost").pathname;
  const file = join(gallery, path.includes(".") || path.startsWith("/messages") ? path : `${path}.html`);
  const body = await readFile(file).catch(() => null);
  const type = path.startsWith("/messages") ? TYPES.html : TYPES[file.split(".").pop()];
  const headers = path.startsWith("/messages") ? {} : { "content-security-policy": POLICY };
  response.writeHead(body ? 200 : 404, { "content-type": type ?? "text/plain", ...headers }).end(body ?? "not here");
}

async function look(browser, origin, axe, name, { name: suffix, width, height, ...rest }) {
  const context = await browser.newContext({ viewport: { width, height }, ...rest });
  const page = await context.newPage();
  const troubles = [];
  // The frozen clock is a script that Playwright tries in every frame; the sandbox of mail frames refuses it, rightly.
  const ours = (text) => !text.includes("document's frame is sandboxed");
  page.on("console", (message) => message.type() === "error" && ours(message.text()) && troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(String(error)));
  await page.clock.setFixedTime(new Date("2026-11-23T13:38:00Z"));
  await page.goto(`${origin}/${name}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) troubles.push(`scrolls sideways by ${wide} px`);
  await page.screenshot({ path: join(shots, `${name}-${suffix}.png`) });
  troubles.push(...(await check(context, origin, name, axe, page)));
  await context.close();
  return troubles.map((trouble) => `${name} ${suffix}: ${trouble}`);
}

// axe runs in its own world, past the policy of the page, as a person's tool would.
async function check(context, origin, name, axe, page) {
  const session = await context.newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId: contextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
  await session.send("Runtime.evaluate", { contextId, expression: axe });
  const expression = `axe.run(document, { iframes: false, runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }).then((it) => it.violations.map((v) => v.id + " " + v.nodes.slice(0, 3).map((n) => n.target + " " + (n.any[0]?.message ?? "")).join(" | ")))`;
  const { result } = await session.send("Runtime.evaluate", { contextId, expression, awaitPromise: true, returnByValue: true });
  return result.value ?? [`axe did not run: ${result.description}`];
}

const server = createServer((request, response) => void serve(request, response)).listen(0, "127.0.0.1");
await new Promise((ready) => server.once("listening", ready));
const origin = `http://127.0.0.1:${server.address().port}`;
await mkdir(shots, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const axe = await readFile(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const names = only.length ? only : (await readFile(join(gallery, "index.txt"), "utf8")).trim().split("\n");
const troubles = [];
for (const name of names) for (const one of LOOKS) troubles.push(...(await look(browser, origin, axe, name, one)));
await browser.close();
server.close();
console.log(troubles.length ? troubles.join("\n") : `${names.length} pages: no trouble`);
process.exitCode = troubles.length ? 1 : 0;
