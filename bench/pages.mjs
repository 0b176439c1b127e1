// The pages people wait for, asked one after the other on a kept-alive connection: inbox, a
// ticket, a search. Times run from the request to the last byte of the answer.

const REQUESTS = 400;
const WARM_UP = 40;
const SEARCHES = ["printer", "invoice", "login", "network", "paper", "screen"];

/** {inbox, ticket, search, completion, palette}: p50 and p99 in ms, and the size of the answer. `visitor` is signed in. */
export async function pages(visitor, tickets) {
  const some = (n) => 1 + ((n * 7919) % tickets);
  return {
    inbox: await measure(visitor, () => "/inbox"),
    ticket: await measure(visitor, (n) => `/tickets/${some(n)}`),
    search: await measure(visitor, (n) => `/search?q=${SEARCHES[n % SEARCHES.length]}`),
    completion: await measure(visitor, (n) => `/search/completions?q=client:${"abcdefgh"[n % 8]}&at=8`),
    palette: await measure(visitor, (n) => `/search/goals?q=${SEARCHES[n % SEARCHES.length].slice(0, 4)}`),
  };
}

async function measure(visitor, path) {
  const times = [];
  let bytes = 0;
  for (let n = 0; n < WARM_UP + REQUESTS; n += 1) {
    const began = performance.now();
    const page = await visitor.get(path(n));
    const took = performance.now() - began;
    if (page.status !== 200) throw new Error(`${path(n)} answered ${page.status}`);
    if (n >= WARM_UP) times.push(took);
    bytes = Math.max(bytes, page.body.length);
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor((times.length - 1) * share)];
  return { p50_ms: at(0.5), p99_ms: at(0.99), bytes };
}
