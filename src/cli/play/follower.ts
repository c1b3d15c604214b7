/**
 * A run as it happens, line by line: each entry when its virtual time has come, divided by the speed. The run
 * itself is ahead and knows nothing of it. A message is shown a moment later than it is sent, in virtual
 * time, so that who takes it is known.
 */
import type { Entry, Header, Sink } from "../../timeline/index.js";
import { Model } from "../../views/model/model.js";
import { Names } from "../../views/names.js";
import { answerLines, chapterLines, rowLine, type LineFrame } from "../../views/play/lines.js";
import { readFilter, type Filter } from "../../views/sequence/filter.js";
import { rowOf } from "../../views/sequence/rows.js";
import type { Paint } from "../../views/index.js";
import { CliError } from "../exit.js";
import type { Out } from "../io.js";

/** Of a pipe, which has none. */
const WIDTH = 100;
/** What waits longer than this in a queue is told as waiting. */
const AHEAD = 250_000;

export interface FollowOptions {
  readonly out: Out;
  readonly paint: Paint;
  /** Virtual seconds in a real one. */
  readonly speed: number;
  /** In the words of the page's filter; empty for everything. */
  readonly filter: string;
  /** Real milliseconds, and how to let some go by. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** What is known of a run, from its header on. */
interface Run {
  readonly model: Model;
  readonly names: Names;
  readonly matches: Filter;
}

export class Follower implements Sink {
  readonly #options: FollowOptions;
  readonly #begun: number;
  readonly #waiting: Entry[] = [];
  #run: Run | undefined;
  /** Of what waits, how much the model has. */
  #known = 0;
  #staged = false;
  #answer = "";
  #stopped = false;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#begun = options.now();
  }

  /** @throws CliError for a filter that is none */
  write(line: string): void {
    if (this.#run !== undefined) {
      this.#waiting.push(JSON.parse(line) as Entry);
      return;
    }
    const header = JSON.parse(line) as Header;
    const model = new Model(header);
    const read = readFilter(this.#options.filter, model);
    if (!read.ok) throw new CliError(`--filter: ${read.problem}`);
    this.#run = { model, names: new Names(header), matches: read.matches };
  }

  /** Show what can be shown so far, each entry at its time. @param more whether the run goes on */
  async show(more: boolean): Promise<void> {
    const { now, wait, speed, out } = this.#options;
    for (;;) {
      const [entry] = this.#waiting;
      const run = this.#run;
      if (entry === undefined || run === undefined || !this.#learn(entry, run, more)) break;
      const due = this.#begun + entry.at / 1_000 / speed;
      if (due > now()) await wait(due - now());
      // Ctrl-C, or nobody reads any more, which both come while one waits.
      if (this.#stopped || out.closed) return;
      this.#waiting.shift();
      this.#known -= 1;
      this.#print(entry, run);
      await out.drained();
    }
    if (!more && this.#run !== undefined) this.#tellAnswer(this.#run);
  }

  /** Nothing more is shown. */
  stop(): void {
    this.#stopped = true;
  }

  /** Tell the model all that comes within a moment after `entry`. @returns whether that is all there */
  #learn(entry: Entry, { model, names }: Run, more: boolean): boolean {
    const until = entry.at + AHEAD;
    for (;;) {
      const next = this.#waiting[this.#known];
      if (next === undefined) return !more;
      if (next.at > until) return true;
      model.add(next);
      names.add(next);
      this.#known += 1;
    }
  }

  #print(entry: Entry, run: Run): void {
    // What a cloud does to start is not what a scenario is about.
    if (entry.kind === "step") this.#staged = true;
    if (!this.#staged || entry.quiet === true) return;
    const row = rowOf(run.model, entry);
    if (row === undefined) return;
    const frame = this.#frame(run);
    if (row.kind === "chapter") {
      this.#tellAnswer(run);
      this.#answer = row.chapter.answer;
      const apart = row.chapter === run.model.chapters.all[0] ? [] : [""];
      this.#write(...apart, rowLine(row, frame), ...chapterLines(row.chapter, frame));
    } else if (run.matches(entry)) this.#write(rowLine(row, frame));
  }

  #tellAnswer(run: Run): void {
    this.#write(...answerLines(this.#answer, this.#frame(run)));
    this.#answer = "";
  }

  #write(...lines: readonly string[]): void {
    if (lines.length > 0) this.#options.out.write(lines.map((line) => `${line}\n`).join(""));
  }

  #frame({ names }: Run): LineFrame {
    const { out, paint } = this.#options;
    return { names, width: out.columns ?? WIDTH, paint };
  }
}
