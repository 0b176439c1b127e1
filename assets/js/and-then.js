// <and-then>: until somebody chooses what becomes of the turn, a reply that asks something gives it away, and any other
// keeps it. The server only ever sees what is chosen.
const ASKS = /[?？؟]["'”’)\]*_]*(\s|$)/;
const QUOTED = /^>.*$/gm;
const ADDRESS = /\bhttps?:\S+/g;

customElements.define("and-then", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.form.addEventListener("input", (event) => this.wrote(event), { signal });
    this.form.addEventListener("reset", () => (this.chosen = false), { signal });
    this.chosen = this.form.elements.then?.value !== "keep";
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  wrote({ target }) {
    if (target.name === "then") this.chosen = true;
    if (target.name !== "text" || this.chosen) return;
    const text = target.value.replace(QUOTED, "").replace(ADDRESS, "");
    const wanted = ASKS.test(text) ? "ask" : "keep";
    for (const choice of this.querySelectorAll('input[name="then"]')) choice.checked = choice.value === wanted;
  }
});
