// Mail that programs write: whatever its kind, nothing answers it.

import { answer } from "./answer.mjs";

/** Which of Kept's kinds will do for each of the corpus'. */
const KINDS = {
  autoreply: ["vacation-reply", "automatic"],
  automated: ["automatic", "vacation-reply", "mailing-list", "bounce"],
  loop: ["automatic", "bounce", "mailing-list", "report"],
  machine_report: ["report"],
  mailing_list: ["mailing-list"],
  mdn: ["receipt"],
};

const kind = (mail, expected) =>
  answer(mail.kind && { kind: mail.kind.kind, may_answer: mail.may_answer }, (got) => KINDS[expected]?.includes(got.kind) && !got.may_answer);

/** The origin's words for where it saw the sign, and its bounce keys, which an answering machine's mail has none of. */
export const AUTOMATIC = { kind, class: null, hint: null, report_count: null, report_type: null, reports: null, signal: null };
