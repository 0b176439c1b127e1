// <time-spent>: from the first word on it proposes how long its reader has worked on this ticket: while its page was in
// sight and something was done on it, pauses counted up to five minutes. What was typed by hand, also nothing, stays.
const LONGEST_PAUSE_MS = 5 * 60 * 1000;
const MINUTE_MS = 60 * 1000;
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel"];

customElements.define("time-spent", class extends SettledElement {
  settle(signal) {
    this.form = this.closest("form");
    this.field = this.querySelector('[name="time"]');
    this.byHand = this.querySelector('[name="time-by-hand"]');
    this.begin();
    for (const sign of SIGNS) document.addEventListener(sign, () => this.works(), { signal, passive: true });
    document.addEventListener("visibilitychange", () => this.seen(), { signal });
    this.form.addEventListener("input", ({ target }) => (target === this.field ? this.chose() : this.propose()), { signal });
    this.form.addEventListener("reset", () => this.beginAnew(), { signal });
    this.field.addEventListener("keydown", (event) => this.toWords(event), { signal });
  }

  // A proposal that a draft kept goes on from there.
  begin() {
    this.kept = minutes(this.field.value) * MINUTE_MS;
    this.worked = 0;
    this.last = performance.now();
  }

  beginAnew() {
    this.field.defaultValue = "";
    this.byHand.value = "";
    this.begin();
    this.kept = 0;
  }

  works() {
    const now = performance.now();
    if (!document.hidden) this.worked += Math.min(now - this.last, LONGEST_PAUSE_MS);
    this.last = now;
  }

  seen() {
    if (document.hidden) this.worked += Math.min(performance.now() - this.last, LONGEST_PAUSE_MS);
    this.last = performance.now();
  }

  chose() {
    this.byHand.value = "yes";
  }

  propose() {
    if (this.byHand.value === "yes" || !this.form.elements.text?.value.trim()) return;
    this.works();
    const whole = Math.round((this.kept + this.worked) / MINUTE_MS);
    this.field.value = `${Math.max(1, whole, minutes(this.field.value))}m`;
  }

  // Enter in a small field sends nothing that is still being written.
  toWords(event) {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.form.querySelector("textarea")?.focus();
  }
});

function minutes(text) {
  return Number(/^(\d+)m$/.exec(text)?.[1] ?? 0);
}
