// A link to a field of this page (#composer-words) also puts the cursor into it, as people expect of "Reply".
document.addEventListener("click", (event) => {
  const hash = event.target.closest?.('a[href^="#"]')?.hash;
  const field = hash && document.getElementById(hash.slice(1));
  if (field?.matches("input, textarea, select")) setTimeout(() => field.focus());
});

// An older address names a message that stands on another page of its ticket by now; the server finds it.
function toThePage() {
  const { hash, pathname } = location;
  const message = /^#message-(\d+)$/.exec(hash)?.[1];
  const wanted = message && /^\/tickets\/\d+$/.test(pathname) && !document.getElementById(hash.slice(1));
  if (wanted && new URLSearchParams(location.search).get("at") !== message) location.replace(`${pathname}?at=${message}${hash}`);
}
document.addEventListener("turbo:load", toThePage);
