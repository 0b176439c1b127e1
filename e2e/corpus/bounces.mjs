// Delivery reports: whether it is one, about whom, and whether that address is dead.

import { answer, lower } from "./answer.mjs";

const IS_REPORT = ["bounce", "report"];

/** An origin's stand-in for a complaint that hides who complained. */
const hidden = (address) => address?.endsWith(".invalid");
const named = (report, address) => [report.recipient, report.original_recipient].some((it) => lower(it) === lower(address));
const reported = (mail, address) => mail.bounce?.reports.find((it) => named(it, address));
/** The report a case speaks of: by its recipient, or by its place where the case names none. */
const spokenOf = (mail, wanted, n) => (wanted.recipient === undefined ? mail.bounce?.reports[n] : reported(mail, wanted.recipient));
const told = (mail) => mail.bounce?.reports.map(({ recipient, hard, status, smtp_code, reason }) => ({ recipient, hard, status, smtp_code, reason }));

function kind(mail, expected) {
  const wanted = expected === "bounce";
  return answer(mail.kind?.kind, (got) => (wanted ? Boolean(mail.bounce) : !IS_REPORT.includes(got)));
}

function shareOf(bounce) {
  if (bounce.kind === "complaint" || bounce.kind === "delivered") return bounce.kind;
  const hard = bounce.reports.filter((it) => it.hard).length;
  if (hard === 0) return "soft";
  return hard === bounce.reports.length ? "hard" : "mixed";
}

/** Each recipient, and whether the address is dead; the reason's finer words are one library's own. */
function reports(mail, expected) {
  const holds = (wanted, n) => {
    const report = spokenOf(mail, wanted, n);
    return report && (wanted.hard === undefined ? report.status === wanted.status : report.hard === wanted.hard);
  };
  return answer(told(mail), () => expected.every((wanted, n) => hidden(wanted.recipient) || holds(wanted, n)));
}

function count(mail, expected) {
  if (mail.bounce?.kind === "complaint") return null;
  return answer(mail.bounce?.reports.length, (got) => got === expected);
}

const any = (field) => (mail, expected) => answer(mail.bounce?.reports.map(field), (got) => got.map(lower).includes(lower(expected)));
const spaced = (text) => text.replace(/\s+/g, " ").trim();
const diagnostic = (mail, expected) => answer(mail.bounce?.reports.map((it) => spaced(it.diagnostic)), (got) => got.includes(spaced(expected)));
const recipients = (mail, expected) => answer(told(mail), () => expected.every((it) => reported(mail, it)));

/** Fields of the report that name its servers are not read: nobody at a desk asks. */
export const BOUNCES = {
  kind,
  class: (mail, expected) => answer(mail.bounce && shareOf(mail.bounce), (got) => got === expected),
  reports,
  report_count: count,
  recipients,
  original_recipients: recipients,
  action: any((it) => it.action),
  status: any((it) => it.status),
  diagnostic,
  feedback_type: null,
  is_bounced: null,
  original_rcpt: null,
  remote_mta: null,
  reporting_mta: null,
  retryable: null,
  source_ip: null,
  status_groups: null,
};

/** How many reports give the very reason an origin names: a hint, printed and not judged. */
export function reasons(mail, expected) {
  const wanted = (expected?.reports ?? []).filter((it, n) => it.reason && spokenOf(mail, it, n));
  return { asked: wanted.length, same: wanted.filter((it, n) => spokenOf(mail, it, n).reason === it.reason).length };
}
