// <auto-size>: its textarea grows with its text, where the stylesheet cannot do that by itself.
customElements.define("auto-size", class extends HTMLElement {
  connectedCallback() {
    if (CSS.supports("field-sizing", "content")) return;
    this.fit();
    this.addEventListener("input", () => this.fit());
  }

  fit() {
    const area = this.querySelector("textarea");
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }
});
