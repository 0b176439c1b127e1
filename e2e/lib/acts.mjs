// Counts what a person does: one key or chord, one click. Typing words counts as nothing, on either side of a comparison.

export class Acts {
  constructor(page) {
    this.page = page;
    this.count = 0;
  }

  async press(keys) {
    for (const key of keys.split(" ")) await this.page.keyboard.press(key);
    this.count += 1;
  }

  async click(locator) {
    await locator.click();
    this.count += 1;
  }

  /** Words, as they come from the hands. */
  type(words) {
    return this.page.keyboard.type(words);
  }
}
