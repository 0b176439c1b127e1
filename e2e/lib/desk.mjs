// Asks a desk where each mail went, through the commands a person would use.

import { ask } from "./kept.mjs";

const AT_ONCE = 4;

/** Map from the SHA-256 of a mail's raw bytes to where it stands: {ticket} or {unsorted}. */
export async function whereMailWent(desk) {
  const all = await mailsByHash(desk);
  return new Map([...all].map(([hash, places]) => [hash, places[0]]));
}

/** The same with every place, for those who count: Map hash → [{ticket} | {unsorted}]. */
export async function mailsByHash(desk) {
  const places = new Map();
  const add = (hash, place) => hash && places.set(hash, [...(places.get(hash) ?? []), place]);
  const numbers = (await ask(desk, ["ticket", "list"])).map((ticket) => ticket.number);
  await inParallel(numbers, async (number) => {
    const shown = await ask(desk, ["ticket", "show", String(number)]);
    for (const message of shown.messages) add(message.raw_sha256, { ticket: number });
  });
  return places;
}

async function inParallel(items, work) {
  const queue = [...items];
  const hand = async () => {
    for (let item; (item = queue.shift()) !== undefined; ) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
}
