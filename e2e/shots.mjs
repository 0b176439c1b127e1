// Takes a picture of every page of the running program with its sample data, light and dark, on a desk and on a phone:
// node e2e/shots.mjs [FOLDER] (default e2e/shots). For people to look at; it judges only that each page answers.

import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { launch, LOOKS, PHONE } from "./lib/chromium.mjs";
import { kept, root, scratch, serve } from "./lib/kept.mjs";
import { nameOf, places } from "./lib/places.mjs";

const folder = process.argv[2] ?? join(root, "e2e", "shots");

const desk = { data: scratch("shots") };
const http = await freeAddress();
const env = { KEPT_PUBLIC_URL: `http://${http}` };
const demo = await kept(["demo", "--data", desk.data], { env });
const link = /https?:\/\/\S+/.exec(demo.stdout)?.[0];
if (demo.code !== 0 || !link) throw new Error(`kept demo gave no link to sign in: ${demo.stdout}${demo.stderr}`);
const server = await serve(desk, { env, http });

mkdirSync(folder, { recursive: true });
const browser = await launch();
const state = await signedIn(browser);
const paths = await everyPath();
let wrong = 0;
for (const { name, ...look } of [...LOOKS, { ...PHONE, name: "phone-dark", colorScheme: "dark" }]) {
  const context = await browser.newContext({ ...look, storageState: state, baseURL: `http://${http}` });
  const page = await context.newPage();
  for (const path of paths) {
    const answer = await page.goto(path);
    if (answer.status() !== 200) wrong += 1;
    const file = join(folder, `${nameOf(path)}-${name}.png`);
    await page.screenshot({ path: file });
    console.log(`${answer.status()} ${path} ${file}`);
  }
  await context.close();
}
await browser.close();
await server.stop();
process.exit(wrong === 0 ? 0 : 1);

async function everyPath() {
  const context = await browser.newContext({ storageState: state, baseURL: `http://${http}` });
  const paths = await places(await context.newPage());
  await context.close();
  return paths;
}

async function signedIn(browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  const button = page.getByRole("button", { name: /sign in|continue/i });
  if (await button.count()) await button.first().click();
  await page.waitForURL(/\/(now|inbox)?$/);
  return context.storageState();
}

/** The link in the sample data names the address, so it must be known before the program starts. */
async function freeAddress() {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return `127.0.0.1:${port}`;
}
