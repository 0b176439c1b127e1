// <live-preview data-ask="preview">: asks the server how the form around it would come out whenever something in it was
// changed, and shows that part of its answer. Its button does the same without scripts.
const PAUSE_MS = 250;

customElements.define("live-preview", class extends SettledElement {
  settle(signal) {
    this.form = this.closest("form");
    this.form.addEventListener("input", () => this.soon(), { signal });
  }

  leave() {
    clearTimeout(this.timer);
    this.asked?.abort();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  // A later question calls an earlier one off. What was shown stays when the server does not answer.
  async ask() {
    this.asked?.abort();
    const { signal } = (this.asked = new AbortController());
    const body = new URLSearchParams(new FormData(this.form));
    body.set("act", this.dataset.ask);
    try {
      const answer = await fetch(this.form.action, { method: "POST", body, signal });
      if (answer.ok) this.show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") console.warn(error);
    }
  }

  show(page) {
    const found = new DOMParser().parseFromString(page, "text/html").getElementById(this.id)?.firstElementChild;
    if (found) this.firstElementChild.replaceWith(document.adoptNode(found));
  }
});
