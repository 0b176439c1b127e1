// Asks a desk where each mail went, through the commands a person would use.

import { ask } from "./kept.mjs";

/** Map from the SHA-256 of the raw bytes to {ticket} or {unsorted}, for all mail of a desk. */
export async function whereMailWent(desk) {
  const places = new Map();
  for (const ticket of await ask(desk, ["ticket", "list"])) {
    const shown = await ask(desk, ["ticket", "show", String(ticket.number)]);
    for (const message of shown.messages) {
      if (message.raw_sha256) places.set(message.raw_sha256, { ticket: ticket.number });
    }
  }
  return places;
}
