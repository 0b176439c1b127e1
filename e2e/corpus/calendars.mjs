// Calendar objects. The corpus' lists are sets: each value once, in any order.

import { answer, equal, lower } from "./answer.mjs";

const set = (values) => [...new Set(values)].sort();
const all = (read) => (mail, expected) =>
  answer(mail.calendar?.events.flatMap(read).filter((it) => it !== null && it !== undefined), (got) => equal(set(got.map(String)), set(expected.map(String))));

export const CALENDARS = {
  method: (mail, expected) => answer(mail.calendar?.method, (got) => got === expected),
  organizer: (mail, expected) =>
    answer(mail.calendar && (lower(mail.calendar.events.find((it) => it.organizer)?.organizer.address) ?? null), (got) => got === expected),
  components: all((event) => event.component),
  uids: all((event) => event.uid),
  sequences: all((event) => event.sequence),
  attendees: all((event) => event.attendees.map((it) => lower(it.address))),
  summaries: all((event) => event.summary),
  status: all((event) => event.status),
  // Whether a calendar server takes the object is the server's business; a desk shows it.
  origin_rejects_with: null,
};
