// <copy-text>: its button takes its text to the clipboard, where the browser lets pages do that.
customElements.define("copy-text", class extends HTMLElement {
  connectedCallback() {
    const [button, field] = [this.querySelector("button"), this.querySelector("input")];
    if (!button || !field || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Copied";
    });
  }
});
