// <row-selection>: says how many rows are ticked; with Shift a whole stretch is ticked at once.
customElements.define("row-selection", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => event.target.matches(".row-pick input") && this.ticked(event));
    this.count();
  }

  ticked(event) {
    const boxes = [...this.querySelectorAll(".row-pick input")];
    const at = boxes.indexOf(event.target);
    const from = event.shiftKey ? boxes.indexOf(this.last) : -1;
    if (from >= 0) {
      const [start, end] = [Math.min(at, from), Math.max(at, from)];
      for (const box of boxes.slice(start, end + 1)) box.checked = event.target.checked;
    }
    this.last = event.target;
    this.count();
  }

  count() {
    const ticked = this.querySelectorAll(".row-pick input:checked").length;
    const words = this.querySelector(".selection-count");
    if (words) words.textContent = `${ticked} selected`;
  }
});
