// winmail.dat: its files among the mail's, its words as the mail's text.

import { answer, equal } from "./answer.mjs";

const wrapped = (mail) => mail.attachments?.filter((it) => it.content_type !== "application/ms-tnef" && it.filename !== "winmail.dat");

/** One origin writes an underscore for anything but letters and digits. */
const plain = (name) => (name ?? "").replace(/[^A-Za-z0-9.]/g, "_");

function files(mail, expected) {
  const same = (file, wanted) =>
    [file.name, file.filename].some((it) => plain(it) === plain(wanted.name)) &&
    (wanted.size === undefined || file.size_bytes === wanted.size) &&
    (wanted.sha256 === undefined || file.sha256 === wanted.sha256);
  const shown = wrapped(mail)?.map(({ name, size_bytes, sha256 }) => ({ name, size_bytes, sha256 }));
  return answer(shown, () => expected.every((wanted) => wrapped(mail).some((file) => same(file, wanted))));
}

/** Whatever form the words had in the stream, they are the mail's words now. */
const words = (mail) => answer(mail.text, (got) => got.trim() !== "" && !got.includes("\\par"));

export const TNEF = {
  attachments: files,
  attachments_count: (mail, expected) => answer(wrapped(mail)?.length, (got) => equal(got, expected)),
  body: words,
  body_kind: words,
  // The size of the body as the stream packs it; what counts is that its words are there.
  body_size: null,
  tnef_html_charset: null,
};
