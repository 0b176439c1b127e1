// <undo-toast data-seconds="10">: counts down while an act can be taken back, then goes. Being pointed at, it waits.
const STAYS_SECONDS = 8;

customElements.define("undo-toast", class extends HTMLElement {
  connectedCallback() {
    this.counts = Number(this.dataset.seconds) || 0;
    this.left = this.counts || STAYS_SECONDS;
    this.ticking = setInterval(() => this.tick(), 1000);
    this.show();
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
  }

  tick() {
    if (!this.counts && this.matches(":hover, :focus-within")) return;
    this.left -= 1;
    this.show();
    this.hidden = this.left <= 0;
    if (this.hidden) clearInterval(this.ticking);
  }

  show() {
    const button = this.querySelector(".toast-undo");
    if (button && this.counts) button.textContent = `Undo (${this.left})`;
  }
});
