// Things that go wrong around the program: bad settings, a port that is taken, a disk that is
// full or read-only, a database that is newer or gone. Each must end, or go on, in a way a
// person understands, with nothing half-written and no acknowledged mail lost.
// Run: node e2e/faults.mjs (PostgreSQL's part: bin/with-postgres node e2e/faults.mjs).

import { suite } from "./faults/common.mjs";
import { databases } from "./faults/databases.mjs";
import { disk } from "./faults/disk.mjs";
import { doors } from "./faults/doors.mjs";
import { settings } from "./faults/settings.mjs";

for (const part of [settings, disk, databases, doors]) await part();
suite.finish();
