// Asks a desk where each mail went, through the commands a person would use.

import { ask, askLines, kept } from "./kept.mjs";
import { Visitor } from "./visitor.mjs";

const AT_ONCE = 200;

/** Map from the SHA-256 of a mail's raw bytes to where it stands: {ticket, raw} or {unsorted, raw}, `raw` the page that gives its bytes. */
export async function whereMailWent(desk) {
  const all = await mailsByHash(desk);
  return new Map([...all].map(([hash, places]) => [hash, places[0]]));
}

/** The numbers of the tickets whose sender got an automatic answer. */
export async function answered(desk) {
  const tickets = [];
  const numbers = (await ask(desk, ["ticket", "list"])).map((ticket) => ticket.number);
  for (let at = 0; at < numbers.length; at += AT_ONCE) tickets.push(...(await askLines(desk, ["ticket", "show", ...numbers.slice(at, at + AT_ONCE).map(String)])));
  return tickets.filter((it) => it.events.some((event) => event.event === "acknowledged")).map((it) => it.number);
}

/** The same with every place, for those who count: Map hash → [place]. A copy in other bytes has no page of its own. */
export async function mailsByHash(desk) {
  const places = new Map();
  const add = (mail, place) => {
    for (const hash of new Set([mail.raw_sha256, ...mail.copies].filter(Boolean))) {
      const raw = hash === mail.raw_sha256 ? place.raw : null;
      places.set(hash, [...(places.get(hash) ?? []), { ...place, raw }]);
    }
  };
  const numbers = (await ask(desk, ["ticket", "list"])).map((ticket) => ticket.number);
  for (let at = 0; at < numbers.length; at += AT_ONCE) {
    const tickets = await askLines(desk, ["ticket", "show", ...numbers.slice(at, at + AT_ONCE).map(String)]);
    // A merged ticket's messages are told again by the one that absorbed it: count them where they were written.
    for (const ticket of tickets) {
      for (const message of ticket.messages) if (message.ticket === ticket.number) add(message, { ticket: ticket.number, raw: `/messages/${message.id}/raw` });
    }
  }
  for (const mail of await ask(desk, ["mail", "unsorted"])) if (mail.ticket === null) add(mail, { unsorted: mail.id, raw: `/unsorted/${mail.id}/raw` });
  return places;
}

const PEOPLE = [
  { as: "dispatcher", name: "Ines Moreau", email: "ines@desk.example", role: "dispatcher" },
  { as: "agent", name: "Jonas Petit", email: "jonas@desk.example", role: "agent" },
];

/** A dispatcher and an agent who can sign in: {dispatcher, agent}, each {name, email, password}. */
export async function signedUp(desk) {
  const people = {};
  for (const { as, name, email, role } of PEOPLE) {
    const password = `the words of ${name}`;
    const done = await kept(["user", "add", "--data", desk.data, "--email", email, "--name", name, "--role", role, "--password-stdin"], { input: `${password}\n` });
    if (done.code !== 0) throw new Error(`kept user add ended with ${done.code ?? done.signal}: ${done.stderr}`);
    people[as] = { name, email, password };
  }
  return people;
}

/** Makes an account on a desk and signs in on its server. */
export async function signedIn(desk, server) {
  const password = "a password only tests know";
  const email = "tests@desk.example";
  const who = ["--email", email, "--name", "Tests", "--role", "admin", "--password-stdin"];
  const done = await kept(["user", "add", "--data", desk.data, ...(desk.database ? ["--database", desk.database] : []), ...who], { input: `${password}\n` });
  if (done.code !== 0) throw new Error(`kept user add ended with ${done.code ?? done.signal}: ${done.stderr}`);
  const visitor = new Visitor(server.http);
  await visitor.signIn({ email, password });
  return visitor;
}
