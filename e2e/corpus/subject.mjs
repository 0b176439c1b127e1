// The subject without what replying adds to it (RFC 5256 §2.1, in short).

/** `Re: [list] Re: Printer (fwd)` → `printer`, for comparing only. */
export function bareSubject(subject) {
  let bare = (subject ?? "").replace(/\s+/g, " ").trim().toLowerCase();
  for (let before; before !== bare; ) {
    before = bare;
    bare = bare.replace(/^(re|aw|fwd?|wg|sv|antw)(\[\d+\])?\s*:\s*/, "").replace(/^\[[^\]]*\]\s*/, "");
    bare = bare.replace(/\s*\(fwd\)$/, "");
  }
  return bare;
}
