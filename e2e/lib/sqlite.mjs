// Looks into, or tampers with, a desk's SQLite file from outside, through Python's own library.

import { execFileSync } from "node:child_process";

const SCRIPT = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=30)
for row in db.execute(sys.argv[2]): print("|".join(map(str, row)))
db.commit()
`;

/** Runs one statement; gives rows as text, fields parted by `|`. */
export function sqlite(file, text) {
  const out = execFileSync("python3", ["-c", SCRIPT, file, text], { encoding: "utf8" });
  return out.split("\n").filter(Boolean);
}
