// Faults of settings and surroundings: a mistake in the file, an address that is none, a port
// that is taken, a file where a folder should be.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { scratch } from "../lib/kept.mjs";
import { letter } from "../lib/mails.mjs";
import { refuses, suite } from "./common.mjs";

export async function settings() {
  await suite.scenario("A mistake in kept.toml", async () => {
    const data = scratch("toml");
    writeFileSync(join(data, "kept.toml"), 'htpp = "127.0.0.1:0"\n');
    await refuses(["serve", "--data", data], ["kept.toml", "htpp"]);
    suite.check("nothing was made in the data folder", readdirSync(data).join() === "kept.toml", readdirSync(data));
  });

  await suite.scenario("An address that is none", async () => {
    await refuses(["serve", "--data", scratch("address"), "--http", "8080"], ["http", "8080"]);
  });

  await suite.scenario("A port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.on("listening", resolve));
    const taken = `127.0.0.1:${other.address().port}`;
    await refuses(["serve", "--data", scratch("port"), "--http", taken, "--mail", "127.0.0.1:0"], [taken]);
    await refuses(["serve", "--data", scratch("port"), "--http", "127.0.0.1:0", "--mail", taken], [taken]);
    other.close();
  });

  await suite.scenario("A file where the data folder should be", async () => {
    const path = join(scratch("file"), "data");
    writeFileSync(path, "not a folder\n");
    await refuses(["serve", "--data", path], [path]);
    await refuses(["mail", "--data", path], [path], { input: letter({ n: 1 }), code: 75 });
    suite.check("the file is as it was", readFileSync(path, "utf8") === "not a folder\n");
  });
}
