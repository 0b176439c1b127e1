// <search-box>: offers fields, values and names while a search is typed, or tickets where one is named (ARIA combobox). What
// is offered comes from the server, which alone knows the language; without scripts the search page shows it all.
const PAUSE_MS = 60;

customElements.define("search-box", class extends SettledElement {
  settle(signal) {
    this.input = this.querySelector("input");
    this.list = this.querySelector("ul");
    this.input.addEventListener("input", () => this.soon(), { signal });
    this.input.addEventListener("keydown", (event) => this.key(event), { signal });
    this.input.addEventListener("blur", () => this.close(), { signal });
    // A click would take the focus from the box before it is a click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
    this.list.addEventListener("click", ({ target }) => this.take(target.closest("li")), { signal });
    this.at = -1;
  }

  leave() {
    clearTimeout(this.timer);
    this.asked?.abort();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  // A later question calls an earlier one off.
  async ask() {
    this.asked?.abort();
    const { value, selectionStart } = this.input;
    if (!value.trim()) return this.close();
    const { signal } = (this.asked = new AbortController());
    try {
      const answer = await fetch(`${this.dataset.from}?${new URLSearchParams({ q: value, at: selectionStart })}`, { signal });
      if (answer.ok) this.show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(text) {
    const found = new DOMParser().parseFromString(`<ul>${text}</ul>`, "text/html").querySelectorAll("li");
    if (!found.length || document.activeElement !== this.input) return this.close();
    this.list.replaceChildren(...[...found].map((item) => document.adoptNode(item)));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.list.scrollIntoView({ block: "nearest" });
    this.choose(-1);
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.hidden = true;
    this.list.replaceChildren();
    this.input.setAttribute("aria-expanded", "false");
    this.choose(-1);
  }

  // Nothing is chosen at first, so that Enter searches for what was typed.
  choose(at) {
    const items = [...this.list.children];
    this.at = at < -1 ? items.length - 1 : at >= items.length ? -1 : at;
    items.forEach((item, i) => item.setAttribute("aria-selected", i === this.at));
    const chosen = items[this.at];
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    else this.input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.choose(this.at + steps[event.key]);
    else if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" || event.key === "Tab") && this.at >= 0) this.take(this.list.children[this.at]);
    else return;
    event.preventDefault();
  }

  take(item) {
    if (!item) return;
    const { search, caret } = item.dataset;
    this.close();
    this.input.value = search;
    this.input.setSelectionRange(Number(caret), Number(caret));
    // A field wants its value next.
    if (search.slice(0, Number(caret)).endsWith(":")) this.soon();
  }
});
