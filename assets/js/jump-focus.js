// A link to a field of this page (#composer-words) also puts the cursor into it, as people expect of "Reply".
document.addEventListener("click", (event) => {
  const hash = event.target.closest?.('a[href^="#"]')?.hash;
  const field = hash && document.getElementById(hash.slice(1));
  if (field?.matches("input, textarea, select")) setTimeout(() => field.focus());
});
