// Small and read-only disks to run out of, as tmpfs mounts. Needs root; says why when it can't.

import { spawnSync } from "node:child_process";
import { scratch } from "./kept.mjs";

/** A small disk of its own: {folder, remount(options), release()}, or {why} when it can't be had. */
export function smallDisk(name, mebibytes) {
  const folder = scratch(name);
  const done = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m`, "tmpfs", folder], { encoding: "utf8" });
  if (done.status !== 0) return { why: `can't mount a small disk (root is needed): ${done.stderr?.trim() ?? done.error}` };
  const release = () => spawnSync("umount", ["-l", folder]);
  // Before the folder itself is removed, which a mount would refuse.
  process.prependListener("exit", release);
  return { folder, remount: (options) => spawnSync("mount", ["-o", `remount,${options}`, folder]).status === 0, release };
}
