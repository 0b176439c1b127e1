// Lets the program under test live on another day: libfaketime gives it a wall clock of its own, which runs on from the
// moment it was set to. What the program waits for in seconds it still waits for in real ones.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const DAY_MS = 86_400_000;

/** The library, or null where it is not installed. */
export const faker = (() => {
  const folders = ["/usr/lib", ...readdirSync("/usr/lib").filter((it) => it.endsWith("-linux-gnu")).map((it) => join("/usr/lib", it))];
  return folders.map((it) => join(it, "faketime", "libfaketime.so.1")).find(existsSync) ?? null;
})();

/** The environment of a program for which it is `date`, in UTC. */
export function at(date) {
  const wall = date.toISOString().replace("T", " ").slice(0, 19);
  return { LD_PRELOAD: faker, FAKETIME: `@${wall}`, FAKETIME_DONT_FAKE_MONOTONIC: "1", TZ: "UTC" };
}

/** The next Monday at midnight UTC; it is never today. */
export function nextMonday() {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const weekday = new Date(today).getUTCDay();
  return new Date(today + (((8 - weekday) % 7) || 7) * DAY_MS);
}

/** `days` later, at `hours`:`minutes` UTC. */
export const later = (date, days, hours, minutes = 0) => new Date(date.getTime() + days * DAY_MS + (hours * 60 + minutes) * 60_000);
