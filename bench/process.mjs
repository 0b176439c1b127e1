// What the system knows of a running program: its memory and the processor time it used.
// Linux only, as Kept's own target; reads /proc and nothing else.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const TICKS_PER_SECOND = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** Resident memory in MiB: now, and the most it ever was. */
export function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const mebibytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)[1]) / 1024;
  return { now_mib: mebibytes("VmRSS"), most_mib: mebibytes("VmHWM") };
}

/** Processor time used so far, all threads, in seconds. */
export function cpuSeconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** The machine the figures belong to. */
export function machine() {
  const cpuinfo = readFileSync("/proc/cpuinfo", "utf8");
  const load = readFileSync("/proc/loadavg", "utf8").split(" ")[0];
  return {
    processor: /^model name\s*:\s*(.*)$/m.exec(cpuinfo)?.[1] ?? "unknown",
    cores: (cpuinfo.match(/^processor\s*:/gm) ?? []).length,
    load_before: Number(load),
  };
}
