// <upload-progress>: shows how far the files of the form around it are on their way, when there are enough of them to
// wait for. The browser tells that of an XMLHttpRequest alone, so the form's request is made with one and handed to Turbo
// as the answer it waits for.
const WORTH_BYTES = 500_000;

customElements.define("upload-progress", class extends SettledElement {
  settle(signal) {
    this.form = this.closest("form");
    document.addEventListener("turbo:before-fetch-request", (event) => event.target === this.form && this.take(event.detail), { signal });
    this.form.addEventListener("turbo:submit-end", () => this.done(), { signal });
  }

  take(detail) {
    const { body } = detail.fetchOptions;
    if (!(body instanceof FormData) || !("fetchOptions" in detail)) return;
    const bytes = [...body.values()].reduce((sum, value) => sum + (value.size ?? 0), 0);
    if (bytes < WORTH_BYTES) return;
    this.show(0);
    detail.fetchRequest = { response: sent(detail.url, detail.fetchOptions, (part) => this.show(part)) };
  }

  show(part) {
    this.hidden = false;
    this.querySelector("progress").value = part;
    this.querySelector("span").textContent = part < 1 ? `Sending the files: ${Math.floor(part * 100)} %` : "Sent; the server takes them in";
  }

  done() {
    this.hidden = true;
  }
});

function sent(url, { method, headers, body, signal }, told) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(String(method).toUpperCase(), url);
    for (const [name, value] of new Headers(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => event.lengthComputable && told(event.loaded / event.total));
    request.addEventListener("load", () => resolve(answer(request, url)));
    request.addEventListener("error", () => reject(new TypeError("Failed to fetch")));
    request.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    signal?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}

// The same as fetch would give, with where it was led to.
function answer(request, url) {
  const headers = new Headers({ "Content-Type": request.getResponseHeader("Content-Type") ?? "text/html" });
  const response = new Response(request.responseText, { status: request.status, headers });
  const to = request.responseURL || String(url);
  return Object.defineProperties(response, { url: { value: to }, redirected: { value: to !== String(url) } });
}
