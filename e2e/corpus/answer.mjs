// What every comparison gives back: what was got, and whether it will do.

/** A key Kept has no answer for is missed; it is never passed over. */
export function answer(got, holds) {
  return got === undefined ? { got: "(no answer)", met: false } : { got, met: Boolean(holds(got)) };
}

export const equal = (a, b) => JSON.stringify(a) === JSON.stringify(b);
export const lower = (value) => (typeof value === "string" ? value.toLowerCase() : value);
