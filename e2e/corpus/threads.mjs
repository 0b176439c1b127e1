// Judges which messages share a ticket. A ticket belongs to the conversation of its first
// message; a message is right when it stands in the first ticket of its own conversation.

import { bareSubject } from "./subject.mjs";

/**
 * `arrived`: [{file, thread, ticket, subject, subjectOnly}] in order of arrival.
 * Gives [{file, key: "thread", expected, got, met}]. A reply that names no earlier mail
 * (`subjectOnly`) may open a ticket of its own or join one of the same subject.
 */
export function judgeThreads(arrived) {
  const homes = new Map();
  const owners = new Map();
  const subjects = new Map();
  return arrived.map((it) => {
    const joinedBySubject = it.subjectOnly && !homes.has(it.thread) && subjects.get(it.ticket) === bareSubject(it.subject);
    if (!homes.has(it.thread) && (joinedBySubject || !owners.has(it.ticket))) homes.set(it.thread, it.ticket);
    if (!owners.has(it.ticket)) {
      owners.set(it.ticket, it.thread);
      subjects.set(it.ticket, bareSubject(it.subject));
    }
    const home = homes.get(it.thread);
    const met = it.ticket !== undefined && home === it.ticket;
    const wanted = home === undefined ? "a ticket of its own" : `ticket ${home}`;
    return { file: it.file, key: "thread", expected: `${it.thread}: ${wanted}`, got: `ticket ${it.ticket}`, met };
  });
}

/** `tickets`: the ticket of each message of a mini mbox; `groups`: 1-based numbers that belong together. */
export function judgeGroups(file, groups, tickets) {
  const found = new Map();
  tickets.forEach((ticket, n) => found.set(ticket, [...(found.get(ticket) ?? []), n + 1]));
  const sorted = (lists) => lists.map((it) => [...it].sort((a, b) => a - b).join(" ")).sort();
  const known = new Set(groups.flat());
  const got = sorted([...found.values()].map((it) => it.filter((n) => known.has(n))).filter((it) => it.length > 0));
  const expected = sorted(groups);
  return { file, key: "groups", expected, got, met: JSON.stringify(got) === JSON.stringify(expected) };
}
