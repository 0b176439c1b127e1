// <write-help data-from="/tickets/7/completions">: fills the menu of the <text-expander> in it with what the server offers
// after / (reply templates), @ (colleagues) and # (tickets), and puts what was chosen into the text.
customElements.define("write-help", class extends SettledElement {
  settle(signal) {
    // Its events do not bubble.
    const expander = this.querySelector("text-expander");
    expander.addEventListener("text-expander-change", ({ detail }) => detail.provide(this.offered(detail)), { signal });
    expander.addEventListener("text-expander-value", ({ detail }) => (detail.value = chosen(detail)), { signal });
    this.closest("form").addEventListener("click", (event) => this.take(event), { signal });
    expander.addEventListener("text-expander-activate", () => this.opened(), { signal });
    // The library changes the value without a word of it.
    expander.addEventListener("text-expander-committed", () => this.querySelector("textarea").dispatchEvent(new Event("input", { bubbles: true })), { signal });
  }

  // The library puts the menu below the line; at the foot of a window there is more room above it.
  opened() {
    requestAnimationFrame(() => {
      plain(this.querySelector("textarea"));
      this.querySelector(".completions")?.classList.add("is-above");
    });
  }

  // The list of templates leads to the page again with the text in it; here it is put where the writing is, which stays.
  async take(event) {
    const link = event.target.closest(".templates-menu a[data-name]");
    if (!link) return;
    event.preventDefault();
    link.closest("details").open = false;
    const { fragment } = await this.offered({ key: "/", text: link.dataset.name });
    const option = [...(fragment?.children ?? [])].find((it) => it.querySelector("b").textContent === link.dataset.name);
    if (!option) return location.assign(link.href);
    const area = this.querySelector("textarea");
    area.focus();
    area.setRangeText(option.dataset.value, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A later question calls an earlier one off; without an answer there is no menu.
  async offered({ key, text }) {
    this.asked?.abort();
    const { signal } = (this.asked = new AbortController());
    try {
      const answer = await fetch(`${this.dataset.from}?${new URLSearchParams({ key, text })}`, { signal });
      if (!answer.ok) return { matched: false };
      const list = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("ul");
      return { matched: list.childElementCount > 0, fragment: document.adoptNode(list) };
    } catch {
      return { matched: false };
    }
  }
});

// A name is followed by more words; a template ends what it is.
const chosen = ({ key, item }) => (key === "/" ? item.dataset.value : `${item.dataset.value} `);

// The library makes the field a combobox, which a field of several lines must not be (ARIA in HTML); what tells a reader
// of the menu, the active option above all, stays.
function plain(area) {
  area.removeAttribute("role");
  area.removeAttribute("aria-expanded");
}
