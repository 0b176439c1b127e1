// Makes mails for tests: short, distinct, all from example domains. Same input, same bytes.

/** One mail. `n` makes it distinct; `conversation` is the Message-ID of the mail it answers. */
export function letter({ n, from = "dana@acme.example", conversation, padBytes = 0, name = "mail" }) {
  const lines = [
    `From: ${from}`,
    "To: support@localhost",
    `Subject: ${conversation ? "Re: " : ""}The printer on floor ${n}`,
    `Message-ID: <${name}-${n}@acme.example>`,
    "Date: Mon, 02 Nov 2026 09:00:00 +0000",
    ...(conversation ? [`References: <${conversation}>`] : []),
    "Content-Type: text/plain; charset=utf-8",
    "",
    `Hello,`,
    "",
    `this is ${name} number ${n}. It smokes; I can’t print.`,
    ...padding(padBytes),
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n`, "utf8");
}

const LINE = "All work and no paper makes the printer a dull machine, said the manual.";

function padding(bytes) {
  return Array.from({ length: Math.ceil(bytes / (LINE.length + 2)) }, () => LINE);
}

/** The address a mail made here comes from. */
export function fromOf(bytes) {
  return /^From: (.*)\r$/m.exec(bytes.toString("utf8"))[1];
}
