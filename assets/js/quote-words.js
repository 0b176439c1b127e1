// <quote-words for="composer-words">: puts what is selected in a message into the field, marked as a quote, where the
// writing is; its button stands beside the selection. A message's own link quotes all of it. Without scripts the link
// loads the page with the quote in the field.
customElements.define("quote-words", class extends SettledElement {
  settle(signal) {
    this.button = this.querySelector("button");
    document.addEventListener("selectionchange", () => this.follow(), { signal });
    document.addEventListener("scroll", () => this.follow(), { signal, passive: true, capture: true });
    document.addEventListener("click", (event) => this.asked(event), { signal });
    // Pressing it must not take away what is selected.
    this.button.addEventListener("pointerdown", (event) => event.preventDefault(), { signal });
    this.button.addEventListener("click", () => this.put(selected()), { signal });
  }

  get area() {
    return document.getElementById(this.getAttribute("for"));
  }

  follow() {
    const range = selected() && getSelection().getRangeAt(0);
    this.button.togglePopover(Boolean(range));
    if (!range) return;
    const lines = range.getClientRects();
    const last = lines[lines.length - 1] ?? range.getBoundingClientRect();
    const place = { left: Math.min(last.right + 6, innerWidth - this.button.offsetWidth - 8), top: Math.min(last.bottom + 6, innerHeight - 48) };
    for (const [side, px] of Object.entries(place)) this.button.style[side] = `${Math.max(8, px)}px`;
  }

  asked(event) {
    const link = event.target.closest("a[data-quote]");
    if (!link || !this.area || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const words = selected() || all(link.dataset.quote);
    if (!words) return;
    event.preventDefault();
    this.put(words);
  }

  put(words) {
    const { area } = this;
    if (!words || !area) return;
    const quote = words.split("\n").map((line) => (line.trim() ? `> ${line.trimEnd()}` : ">")).join("\n");
    const { selectionStart: at, value } = area;
    const before = value.slice(0, at).trimEnd() ? (value.slice(0, at).endsWith("\n\n") ? "" : value.slice(0, at).endsWith("\n") ? "\n" : "\n\n") : "";
    area.focus();
    area.setRangeText(`${before}${quote}\n\n`, at, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    getSelection().removeAllRanges();
    area.focus();
    this.button.hidePopover();
  }
});

// What is selected, as far as it is what one message says.
function selected() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return "";
  const [from, to] = [selection.anchorNode, selection.focusNode].map((node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("#thread .msg-body"));
  return from && from === to ? selection.toString().trim() : "";
}

// Everything a message says, without what stands around it.
function all(id) {
  const place = document.querySelector(`#message-${id} .msg-body, #fold-${id} .msg-body`);
  const parts = [...(place?.querySelectorAll(":scope > p:not([class]), :scope > .rich > *") ?? [])];
  return parts.map((part) => part.textContent.trim()).join("\n\n");
}
