// Prints the figures of a bench run for people, each beside what it should reach.

const number = (value, digits = 1) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

export function print({ version, machine, binary_mib, intake, desks }) {
  console.log(`\n${version} on ${machine.cores} cores of ${machine.processor}, load ${machine.load_before} before\n`);
  const share = (value) => `${number(value * 100, 0)} %`;
  table(["mail in, 2 KB", "mails/s", "p50 ms", "p99 ms", "CPU ms", "memory MiB", "bare, 1 a commit", "share", "bare, all a commit", "share"], intake.map((it) => [
    `${it.connections} connections`, number(it.per_second, 0), number(it.p50_ms, 2), number(it.p99_ms, 2), number(it.cpu_ms_per_mail, 2), number(it.memory_mib, 0),
    number(it.bare_alone_per_second, 0), share(it.share_of_alone), number(it.bare_together_per_second, 0), share(it.share_of_together),
  ]));
  console.log("should reach: 60 % of the bare loop at 32 connections, 0.8 ms CPU a mail\n");
  const headings = ["tickets", "start ms", "idle MiB", "loaded MiB", "inbox p50/p99", "ticket p50/p99", "search p50/p99", "completion p50/p99", "palette p50/p99"];
  const pair = ({ p50_ms, p99_ms }) => `${number(p50_ms, 2)} / ${number(p99_ms, 2)}`;
  table(headings, desks.map((it) => [
    number(it.tickets, 0), number(it.start_ms, 0), number(it.idle_mib, 0), number(it.loaded_mib, 0),
    pair(it.pages.inbox), pair(it.pages.ticket), pair(it.pages.search), pair(it.pages.completion), pair(it.pages.palette),
  ]));
  const heavy = ["tickets", "click to ticket p50/p95 ms", "first page kB", "list of 50 kB", "list nodes"];
  table(heavy, desks.map((it) => [
    number(it.tickets, 0), `${number(it.browser.click_p50_ms)} / ${number(it.browser.click_p95_ms)}`,
    number(it.browser.first_page_bytes / 1000), number(it.browser.list_bytes / 1000), number(it.browser.list_nodes, 0),
  ]));
  console.log("should reach: 100 ms from click to ticket, 150 kB, 40 kB, 1,500 nodes\n");
  console.log("should reach: start 150 ms, memory 60 / 200 MiB, p99 of 8, 6 and 15 ms");
  console.log(`\nthe program: ${number(binary_mib)} MiB (should stay below 40 MB)\n`);
}

function table(headings, rows) {
  const all = [headings, ...rows];
  const widths = headings.map((_, n) => Math.max(...all.map((row) => row[n].length)));
  for (const row of all) console.log(row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n]) : cell.padStart(widths[n]))).join("  "));
}
