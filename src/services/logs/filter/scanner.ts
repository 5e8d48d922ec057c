/** A pattern's text, read from left to right. */

/** The text is no filter pattern; the message says why, to whoever sent it. */
export class PatternRefused extends Error {
  override readonly name = 'PatternRefused';
}

export class Scanner {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  skipSpace(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  /** Takes the text if it stands here. */
  takes(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** Takes what the expression, which is sticky, matches here; undefined where it does not. */
  take(expression: RegExp): string | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** What stands between the quotes that begin here, `\"` and `\\` undone. */
  quoted(): string {
    const begun = this.at;
    let inner = '';
    for (this.at++; this.text[this.at] !== '"'; this.at++) {
      if (this.isAtEnd) throw new PatternRefused(`Quotation marks that begin at character ${begun + 1} of the filter pattern do not end`);
      if (this.text[this.at] === '\\' && /["\\]/.test(this.text[this.at + 1] ?? '')) this.at++;
      inner += this.text[this.at];
    }
    this.at++;
    return inner;
  }

  /** What stands between the percent signs that begin here. */
  regex(): string {
    const end = this.text.indexOf('%', this.at + 1);
    if (end < 0) throw new PatternRefused(`The regular expression that begins at character ${this.at + 1} of the filter pattern does not end`);
    const inner = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return inner;
  }

  /** What keeps the pattern from being understood here. */
  refusal(expected: string): PatternRefused {
    return new PatternRefused(`Invalid filter pattern: ${expected} is expected at character ${this.at + 1}`);
  }
}
