// Asks a desk where each mail went, through the commands a person would use.

import { ask, askLines } from "./kept.mjs";

const AT_ONCE = 200;

/** Map from the SHA-256 of a mail's raw bytes to where it stands: {ticket} or {unsorted}. */
export async function whereMailWent(desk) {
  const all = await mailsByHash(desk);
  return new Map([...all].map(([hash, places]) => [hash, places[0]]));
}

/** The same with every place, for those who count: Map hash → [{ticket} | {unsorted}]. */
export async function mailsByHash(desk) {
  const places = new Map();
  const add = (mail, place) => {
    for (const hash of new Set([mail.raw_sha256, ...mail.copies].filter(Boolean))) {
      places.set(hash, [...(places.get(hash) ?? []), place]);
    }
  };
  const numbers = (await ask(desk, ["ticket", "list"])).map((ticket) => ticket.number);
  for (let at = 0; at < numbers.length; at += AT_ONCE) {
    const tickets = await askLines(desk, ["ticket", "show", ...numbers.slice(at, at + AT_ONCE).map(String)]);
    // A merged ticket's messages are told again by the one that absorbed it: count them where they were written.
    for (const ticket of tickets) {
      for (const message of ticket.messages) if (message.ticket === ticket.number) add(message, { ticket: ticket.number });
    }
  }
  for (const mail of await ask(desk, ["mail", "unsorted"])) if (mail.ticket === null) add(mail, { unsorted: mail.id });
  return places;
}
