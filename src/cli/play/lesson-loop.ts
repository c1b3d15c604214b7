/**
 * A lesson, step by step: a pause after what is asked, and one before each further step. On a terminal
 * Enter goes on; a pipe goes on by its lines, and when it has no more, without any pause.
 */
import { nearest } from "../../text/nearest.js";
import type { Timeline } from "../../timeline/index.js";
import { tell } from "../../views/text.js";
import { clip, safe } from "../../views/words.js";
import { EXIT, type ExitCode } from "../exit.js";
import type { Lesson } from "../files/lessons.js";
import { colouredOutput, type Session } from "../globals.js";
import { viewPaint } from "../terminal/colours.js";

/** What may be said in a pause, beside nothing. */
const WORDS = new Map([
  ["skip", "on to the next lesson"],
  ["again", "this lesson from its beginning"],
  ["help", "these words"],
  ["quit", "the end"],
]);

type Said = "on" | "skip" | "again" | "quit";

export class LessonLoop {
  readonly #session: Session;
  readonly #lines: AsyncIterableIterator<string>;
  /** There is no more input. */
  #over = false;
  #code: ExitCode = EXIT.ok;

  constructor(session: Session) {
    this.#session = session;
    this.#lines = session.io.stdin.lines();
  }

  /** Bad, if a pipe said what makes no sense. */
  get code(): ExitCode {
    return this.#code;
  }

  /** @param next the lesson after it. @returns whether to go on with that one */
  async play(lesson: Lesson, timeline: Timeline, next: Lesson | undefined): Promise<boolean> {
    let said: Said = "again";
    while (said === "again") said = await this.#once(lesson, timeline);
    if (said === "quit" || next === undefined || this.#over) return false;
    if (said === "skip") return true;
    return (await this.#pause(`next: ${String(next.number)}. ${next.name}`)) !== "quit";
  }

  /** Nothing more is read. */
  async end(): Promise<void> {
    await this.#lines.return?.();
  }

  async #once(lesson: Lesson, timeline: Timeline): Promise<Said> {
    const { io } = this.#session;
    const { stdout } = io;
    const paint = viewPaint(colouredOutput(this.#session));
    const about = `${String(lesson.number)}. ${lesson.name}: ${safe(lesson.about)}`;
    stdout.write(`${paint.strong(clip(about, stdout.columns ?? Infinity))}\n\n`);
    let begun = false;
    for (const { lines, step, asks } of tell(timeline, { paint, width: stdout.columns })) {
      if (step !== undefined && begun) {
        const said = await this.#pause("Enter: the next step");
        if (said !== "on") return said;
      }
      begun ||= step !== undefined;
      stdout.write(lines.map((line) => `${line.trimEnd()}\n`).join(""));
      await stdout.drained();
      if (stdout.closed) return "quit";
      if (asks !== true) continue;
      const said = await this.#pause("Enter: what happens");
      if (said !== "on") return said;
    }
    return "on";
  }

  async #pause(words: string): Promise<Said> {
    const { stdin, stdout } = this.#session.io;
    const paint = viewPaint(colouredOutput(this.#session));
    for (;;) {
      if (this.#over) return stdin.tty ? "quit" : "on";
      if (stdin.tty) stdout.write(paint.dim(`   … ${words} `));
      const next = await this.#lines.next();
      if (next.done === true) {
        this.#over = true;
        if (stdin.tty) stdout.write("\n");
        continue;
      }
      const said = this.#read(next.value.trim());
      if (stdout.closed) return "quit";
      if (said !== undefined) return said;
    }
  }

  /** Undefined for what has been answered, so that one is asked again. */
  #read(line: string): Said | undefined {
    const { stdin, stdout } = this.#session.io;
    const word = [...WORDS.keys()].find((one) => one === line || (line !== "" && one[0] === line));
    switch (word) {
      case "skip":
      case "again":
      case "quit":
        return word;
      case "help":
        stdout.write(
          ["Enter goes on"]
            .concat([...WORDS].map(([one, what]) => `${one}: ${what}`))
            .map((text) => `   ${text}\n`)
            .join(""),
        );
        return undefined;
      default:
    }
    if (line === "" || line === "next") return "on";
    const close = nearest(line, WORDS.keys());
    const hint =
      close === undefined ? `There is: ${[...WORDS.keys()].join(", ")}.` : `Did you mean ${close}?`;
    stdout.write(`   "${clip(safe(line), 40)}" says nothing here. ${hint}\n`);
    if (!stdin.tty) this.#code = EXIT.bad;
    return undefined;
  }
}
