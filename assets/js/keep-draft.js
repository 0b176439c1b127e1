// <keep-draft data-draft="ticket-1042">: what is being written survives a closed tab. It stays in this browser and goes
// when it is sent, after a month, or on signing out.
const PREFIX = "kept-draft:";
const MONTH = 30 * 24 * 60 * 60 * 1000;

customElements.define("keep-draft", class extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    this.key = PREFIX + this.dataset.draft;
    this.form = this.closest("form");
    this.restore();
    this.area.addEventListener("input", () => this.keep());
    this.form.addEventListener("turbo:submit-end", (event) => event.detail.success && this.sent());
    if (!window.Turbo) this.form.addEventListener("submit", () => localStorage.removeItem(this.key));
  }

  restore() {
    const kept = read(this.key);
    if (!kept || this.area.value) return;
    this.area.value = kept.text;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  keep() {
    if (!this.area.value.trim()) return localStorage.removeItem(this.key);
    try {
      localStorage.setItem(this.key, JSON.stringify({ text: this.area.value, at: Date.now() }));
    } catch {
      // The browser's store is full or closed: the text is still in the field.
    }
  }

  // What comes next is chosen anew: keys pressed now are keys again, and not the beginning of another letter.
  sent() {
    localStorage.removeItem(this.key);
    this.form.reset();
    this.area.blur();
  }
});

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forget(when) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && when(read(key))) localStorage.removeItem(key);
  }
}

forget((draft) => !draft || Date.now() - draft.at > MONTH);
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") === "/session/end") forget(() => true);
});
