// Counts the checks of one suite and says what failed, in words. Ends with the line bin/test
// sums up: `NAME: N passed, N failed`. Never stops at the first failure.

export class Suite {
  constructor(name) {
    this.name = name;
    this.passed = 0;
    this.failed = 0;
  }

  /** One check that holds or does not; `words` says what should be true, `got` what was found. */
  check(words, holds, got) {
    if (holds) {
      this.passed += 1;
      console.log(`  ok    ${words}`);
    } else {
      this.failed += 1;
      console.log(`  FAIL  ${words}${got === undefined ? "" : `\n        got: ${brief(got)}`}`);
    }
    return holds;
  }

  /** Two values that read the same. */
  same(words, got, expected) {
    return this.check(words, JSON.stringify(got) === JSON.stringify(expected), got);
  }

  /** Many checks of one kind; only what fails is worth a line. */
  tally(words, passed, failures) {
    this.passed += passed;
    this.failed += failures.length;
    console.log(`  ${failures.length === 0 ? "ok  " : "FAIL"}  ${words}: ${passed} of ${passed + failures.length}`);
    for (const failure of failures) console.log(`        ${brief(failure)}`);
  }

  /** Runs one scenario; what it throws is a failure of that scenario, not of the run. */
  async scenario(words, run) {
    console.log(words);
    try {
      await run();
    } catch (error) {
      this.check(words, false, error.message);
    }
  }

  /** For what this machine can't do. Visible, and not counted. */
  skip(words, why) {
    console.log(`  SKIPPED ${words}: ${why}`);
  }

  summary() {
    return `${this.name}: ${this.passed} passed, ${this.failed} failed`;
  }

  finish() {
    console.log(this.summary());
    process.exit(this.failed === 0 && this.passed > 0 ? 0 : 1);
  }
}

export function brief(value, limit = 600) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length} characters)`;
}
