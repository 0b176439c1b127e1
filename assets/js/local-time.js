// <local-time>: keeps "5 min" true while the page stays open. The server wrote the first text.
const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;

function words(passed) {
  const minutes = Math.floor(passed / MINUTE);
  if (minutes < 1) return "now";
  if (minutes < 90) return `${minutes} min`;
  if (minutes < 2160) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 1440)} days`;
}

function tell() {
  for (const element of document.querySelectorAll("local-time")) {
    const time = element.querySelector("time");
    const passed = Date.now() - Date.parse(time?.dateTime);
    if (!(passed >= 0 && passed < WEEK)) continue;
    const says = words(passed);
    const text = says === "now" ? says : says + (element.dataset.suffix ?? "");
    if (time.textContent !== text) time.textContent = text;
  }
}

setInterval(tell, MINUTE / 2);
document.addEventListener("turbo:load", tell);
