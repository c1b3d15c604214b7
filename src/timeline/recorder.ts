/**
 * Writes down what a run publishes, entry by entry, as it happens. It only observes: it keeps
 * nothing that the run can read but the numbers of its entries, and no failure of its own reaches
 * the run (see `close`). Upstream has no such thing; OSProfiler and the notification log are its kin.
 */
import type { Routine } from "./flow/routine.js";
import {
  NO_CAUSE,
  type Cause,
  type Detail,
  type Micros,
  type Observation,
  type Observer,
} from "../kernel/index.js";
import { encode, Folder } from "./fold.js";
import type { Header } from "./entry.js";
import { headerLine, type Sink } from "./writer.js";

/** Fields that are written first, or by other names. */
const STAMPED = new Set(["seq", "at", "kind", "actor", "request", "cause", "quiet", "__proto__"]);

/** Fields that a person reads in full at every detail: folding a verdict would hide the verdict, folding a page the page; what arrived is what a replay begins with. */
const KEPT_WHOLE = new Set(["expected", "actual", "screen", "arrived", "operated"]);

/** Of a failure readers show the message; one that came through several services has all their tracebacks in it. */
const KEPT_PARTS: ReadonlyMap<string, string> = new Map([["failure", "message"]]);

/**
 * Writes down what a run publishes, entry by entry, as it happens. It only observes.
 *
 * @example
 * ```ts
 * import { Kernel, MemoryTimeline, Recorder } from "novasim";
 *
 * const timeline = new MemoryTimeline();
 * const recorder = new Recorder(timeline);
 * const kernel = new Kernel({ observer: recorder });
 * const { epoch } = kernel.calendar;
 * recorder.begin({
 *   ...{ novasim: "0", scenario: "", title: "", seed: 1, epoch },
 *   ...{ actors: [], states: {}, source: null },
 * });
 * kernel.observe({ kind: "note", actor: "me" });
 * console.log(timeline.length, recorder.length); // 1 1
 * ```
 */
export class Recorder implements Observer {
  readonly detail: Detail;
  readonly #sink: Sink;
  readonly #folder = new Folder();
  readonly #routine: Routine | undefined;
  #early: { readonly line: string; readonly sink: Sink }[] | undefined = [];
  #seq = 0;
  #failure: Error | undefined;

  /** @param routine what is kept of what this detail leaves out, elsewhere */
  constructor(sink: Sink, detail: Detail = "flow", routine?: Routine) {
    this.#sink = sink;
    this.detail = detail;
    this.#routine = routine;
  }

  /** It has to see what it leaves out, if some of that is kept elsewhere. */
  get looksAt(): Detail {
    return this.#routine === undefined ? this.detail : "full";
  }

  /** How many entries there are. */
  get length(): number {
    return this.#seq;
  }

  /** Write the header; entries that came before it follow it. To be called once. */
  begin(header: Omit<Header, "timeline" | "detail">): void {
    if (this.#early === undefined) throw new Error("this recording has begun already");
    const early = this.#early;
    this.#early = undefined;
    this.#write(headerLine({ ...header, detail: this.detail }));
    for (const { line, sink } of early) this.#write(line, sink);
  }

  observe(at: Micros, what: Observation, detail: Detail, cause: Cause): Cause {
    const quiet = detail === "full";
    if (quiet && this.detail === "flow") {
      this.#beside(at, what);
      return cause;
    }
    const seq = this.#seq++;
    try {
      this.#write(this.#line(seq, at, what, quiet, cause));
    } catch (error) {
      this.#failure ??= asError(error);
    }
    return seq;
  }

  /** What is left out has the number of the entry that it stands before. */
  #beside(at: Micros, what: Observation): void {
    if (this.#routine?.asksAbout(what) !== true) return;
    this.#write(this.#line(this.#seq, at, what, true, NO_CAUSE), this.#routine.sink);
  }

  /** The recording is complete. @throws what went wrong first while it was written, if anything */
  close(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** One call makes the text: gluing it from pieces would keep every piece in memory. */
  #line(seq: number, at: Micros, what: Observation, quiet: boolean, cause: Cause): string {
    const entry: Record<string, unknown> = { seq, at, kind: what.kind };
    if (what.actor !== undefined) entry["actor"] = what.actor;
    if (what.request !== undefined) entry["request"] = what.request;
    if (cause !== NO_CAUSE) entry["cause"] = cause;
    if (quiet) entry["quiet"] = true;
    const fields = what as unknown as Record<string, unknown>;
    for (const key in fields) {
      if (!STAMPED.has(key)) entry[key] = this.#field(key, fields[key]);
    }
    return encode(entry);
  }

  #field(key: string, value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (this.detail === "full" || KEPT_WHOLE.has(key)) return value;
    return this.#folder.field(value, KEPT_PARTS.get(key));
  }

  #write(line: string, sink = this.#sink): void {
    if (this.#early !== undefined) this.#early.push({ line, sink });
    else if (this.#failure === undefined) this.#guarded(line, sink);
  }

  #guarded(line: string, sink: Sink): void {
    try {
      sink.write(line);
    } catch (error) {
      // The first failure ends the recording, so that what was written stays a readable prefix.
      this.#failure = asError(error);
    }
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
