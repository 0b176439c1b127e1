// What a desk sent out, judged at the relay: every sender one answer, each mail under one
// Message-ID however often it was tried, and nothing left behind.

import { header } from "./sink.mjs";

const OUTBOX_LIMIT_MS = 60_000;
const UNSENT = "SELECT state, count(*) FROM outgoing WHERE state <> 'sent' GROUP BY state";

/** Moves what dead programs had leased into the past, so that nobody waits for it. Gives how much it was. */
export function letLeasesRunOut(query) {
  return query("UPDATE jobs SET lease_until_ms = 1 WHERE leased_by IS NOT NULL RETURNING id").length;
}

/** Waits until every mail is sent, asking now and then; gives what is left when time is up. */
export async function outboxRunsEmpty(query) {
  const deadline = performance.now() + OUTBOX_LIMIT_MS;
  for (;;) {
    const unsent = query(UNSENT);
    if (unsent.length === 0 || performance.now() > deadline) return unsent;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** `again`: how many mails may have gone out a second time, one for each that was under way at a kill. */
export function judgeAnswers(suite, sink, senders, again) {
  const answers = new Map();
  for (const mail of sink.mails) answers.set(mail.to[0], [...(answers.get(mail.to[0]) ?? []), header(mail, "Message-ID")]);
  const right = senders.filter((it) => new Set(answers.get(it)).size === 1);
  const wrong = senders.filter((it) => !right.includes(it)).map((it) => `${it}: ${answers.get(it)?.join(", ") ?? "no answer"}`);
  suite.tally("senders answered by one mail", right.length, wrong);
  const repeats = sink.mails.length - [...answers.values()].reduce((sum, ids) => sum + new Set(ids).size, 0);
  suite.check(`sent once; ${repeats} again under the same Message-ID, at most the ${again} under way at a kill`, repeats <= again, repeats);
}
