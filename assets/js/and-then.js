// <and-then data-ask="/tickets/7/suggestion">: asks the server what the reply being written does. It shows what the server
// says, and until somebody chooses what becomes of the turn it chooses that; who sends before the answer has come leaves it
// to the server. A choice made by hand is never changed. The same answer says who will read it, as it is addressed now.
const PAUSE_MS = 350;
const SENT = ["csrf", "text", "then", "party", "what", "tracking", "next", "date", "to", "cc", "bcc"];

customElements.define("and-then", class extends SettledElement {
  settle(signal) {
    this.form = this.closest("form");
    if (!this.form) return;
    this.place = this.form.querySelector(".suggested");
    this.below = this.form.querySelector(".wait-below");
    this.byHand = this.querySelector('input[name="chosen"]');
    this.readers = ["audience", "strangers"].map((part) => this.form.querySelector(`.${part}.for-reply`));
    // What the page said of the addresses it came with.
    this.atFirst ??= this.readers.map((place) => place.cloneNode(true));
    this.form.addEventListener("input", (event) => this.wrote(event), { signal });
    this.form.addEventListener("reset", () => this.beginAnew(), { signal });
    this.form.addEventListener("turbo:submit-end", ({ detail }) => detail.success || this.ask(), { signal });
    this.place.addEventListener("click", (event) => this.take(event), { signal });
    this.byHand.value = this.form.elements.then?.value === "keep" ? "no" : "yes";
  }

  leave() {
    if (this.place) this.begin();
  }

  begin() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.byHand.value = "no";
    this.place.replaceChildren();
  }

  beginAnew() {
    this.begin();
    this.readers.forEach((place, at) => put(place, this.atFirst[at].cloneNode(true)));
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
    const body = new URLSearchParams([...form].filter(([name]) => SENT.includes(name)));
    try {
      const answer = await fetch(this.dataset.ask, { method: "POST", body, signal });
      if (answer.ok) this.show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      if (error.name !== "AbortError") console.warn(error);
    }
  }

  show(answer) {
    const parts = ["turn", "below", "audience", "strangers"];
    const [turn, below, ...readers] = parts.map((part) => answer.querySelector(`[data-part="${part}"]`));
    if (below) this.below.replaceChildren(...adopted(below));
    readers.forEach((part, at) => part && put(this.readers[at], part));
    if (!turn) return;
    put(this.place, turn);
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

// The same words again would be read out again.
function put(place, part) {
  if (part.textContent !== place.textContent) place.replaceChildren(...adopted(part));
}

const adopted = (part) => [...part.childNodes].map((node) => document.adoptNode(node));
