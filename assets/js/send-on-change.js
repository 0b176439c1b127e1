// <send-on-change>: a choice is sent as soon as it is made; the stylesheet hides the button that is there without scripts.
customElements.define("send-on-change", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => event.target.form?.requestSubmit());
  }
});
