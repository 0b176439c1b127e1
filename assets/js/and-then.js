// <and-then data-ask="/tickets/7/suggestion">: asks the server what the reply being written does. It shows what the server
// says, and until somebody chooses what becomes of the turn it chooses that; who sends before the answer has come leaves it
// to the server. A choice made by hand is never changed.
const PAUSE_MS = 350;
const SENT = ["csrf", "text", "then", "party", "what", "tracking", "next", "date"];

customElements.define("and-then", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.place = this.form.querySelector(".suggested");
    this.below = this.form.querySelector(".wait-below");
    this.byHand = this.querySelector('input[name="chosen"]');
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.form.addEventListener("input", (event) => this.wrote(event), { signal });
    this.form.addEventListener("reset", () => this.begin(), { signal });
    this.place.addEventListener("click", (event) => this.take(event), { signal });
    this.byHand.value = this.form.elements.then?.value === "keep" ? "no" : "yes";
  }

  disconnectedCallback() {
    this.stop.abort();
    this.begin();
  }

  begin() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.byHand.value = "no";
    this.place.replaceChildren();
  }

  wrote({ target }) {
    if (!SENT.includes(target.name)) return;
    if (target.name === "then") this.chose();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  // A later question calls an earlier one off. What was shown stays when the server does not answer.
  async ask() {
    this.asked?.abort();
    const { signal } = (this.asked = new AbortController());
    const form = new FormData(this.form);
    if (form.get("kind") !== "reply") return this.place.replaceChildren();
    const body = new URLSearchParams(SENT.filter((name) => form.has(name)).map((name) => [name, form.get(name)]));
    try {
      const answer = await fetch(this.dataset.ask, { method: "POST", body, signal });
      if (answer.ok) this.show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      if (error.name !== "AbortError") console.warn(error);
    }
  }

  show(answer) {
    const [turn, below] = ["turn", "below"].map((part) => answer.querySelector(`[data-part="${part}"]`));
    if (below) this.below.replaceChildren(...adopted(below));
    if (!turn) return;
    // The same words again would be read out again.
    if (turn.textContent !== this.place.textContent) this.place.replaceChildren(...adopted(turn));
    if (this.byHand.value !== "yes" && turn.dataset.then) this.choose(turn.dataset.then);
    this.mark();
  }

  take({ target }) {
    const wanted = target.closest(".suggestion")?.value;
    if (!wanted) return;
    this.choose(wanted);
    this.chose();
  }

  chose() {
    this.byHand.value = "yes";
    this.mark();
  }

  choose(wanted) {
    for (const choice of this.querySelectorAll('input[name="then"]')) choice.checked = choice.value === wanted;
  }

  mark() {
    const suggestion = this.place.querySelector(".suggestion");
    suggestion?.setAttribute("aria-pressed", this.form.elements.then.value === suggestion.value);
  }
});

const adopted = (part) => [...part.childNodes].map((node) => document.adoptNode(node));
