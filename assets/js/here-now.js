// <here-now data-to="/tickets/7/presence">: tells the server that this page is open and whether its reader is writing,
// and shows who else is there. A hidden tab is nobody.
const EVERY_MS = 20_000;
const STILL_WRITING_MS = 8_000;

customElements.define("here-now", class extends SettledElement {
  settle(signal) {
    this.form = this.parentElement?.querySelector("form.composer");
    this.form?.addEventListener("input", ({ target }) => target.name === "text" && this.wrote(), { signal });
    document.addEventListener("visibilitychange", () => this.say(), { signal });
    document.addEventListener("kept:heard", ({ detail }) => detail === this.dataset.topic && this.say(), { signal });
    window.addEventListener("pagehide", () => this.leave(), { signal });
    const timer = setInterval(() => document.hidden || this.say(), EVERY_MS);
    signal.addEventListener("abort", () => clearInterval(timer));
    this.say();
  }

  wrote() {
    const before = this.writing();
    this.at = Date.now();
    if (!before) this.say();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.isConnected && this.say(), STILL_WRITING_MS + 100);
  }

  writing = () => Date.now() - (this.at ?? 0) < STILL_WRITING_MS;

  body(state) {
    return new URLSearchParams({ csrf: this.form?.elements.csrf?.value ?? "", state });
  }

  async say() {
    if (!this.form) return;
    const state = document.hidden ? "gone" : this.writing() ? "writing" : "looking";
    try {
      const answer = await fetch(this.dataset.to, { method: "POST", body: this.body(state) });
      if (answer.ok) this.show(await answer.text());
    } catch {
      // The server is away or the page is going: the next word tries again.
    }
  }

  // The same words again would be read out again.
  show(text) {
    const said = new DOMParser().parseFromString(text, "text/html").body;
    if (said.textContent === this.textContent) return;
    this.replaceChildren(...[...said.childNodes].map((node) => document.adoptNode(node)));
  }

  leave() {
    clearTimeout(this.rest);
    if (this.form) navigator.sendBeacon(this.dataset.to, this.body("gone"));
  }
});
