// A real Chromium for journeys and pictures: the one of the system, kept from calling home.

import { spawnSync } from "node:child_process";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];
const QUIET = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** The browsers people use Kept in: name, size of the window, and what Playwright calls the rest. */
export const PHONE = { name: "phone", viewport: { width: 390, height: 844 }, colorScheme: "light", isMobile: true, hasTouch: true };

export const LOOKS = [
  { name: "light", viewport: { width: 1280, height: 860 }, colorScheme: "light" },
  { name: "dark", viewport: { width: 1280, height: 860 }, colorScheme: "dark" },
  PHONE,
];

export function launch() {
  const found = NAMES.map((name) => spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).stdout.trim()).find(Boolean);
  const executablePath = process.env.CHROMIUM ?? found;
  if (!executablePath) throw new Error("there is no Chromium here; on Debian and Ubuntu: apt-get install chromium");
  return chromium.launch({ executablePath, args: QUIET });
}
