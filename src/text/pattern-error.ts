/** Why a text is no pattern (`pattern.ts`), apart from what can tell: a `catch` needs the error alone. */
export class PatternError extends Error {
  override readonly name = "PatternError";
  /** The part of the pattern that is to blame. */
  readonly word: string | undefined;

  constructor(message: string, word?: string) {
    super(message);
    this.word = word;
  }
}
