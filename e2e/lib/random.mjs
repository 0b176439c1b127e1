// A seeded generator (mulberry32), so that a failure can be run again: KEPT_SEED=… node e2e/….
// Good enough to choose moments and orders; never for secrets.

export const seed = Number(process.env.KEPT_SEED ?? 1);

/** A function that gives the next number in [0, 1). */
export function random(from = seed) {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
