/**
 * Writes down what a run publishes, entry by entry, as it happens. It only observes: it keeps
 * nothing that the run can read but the numbers of its entries, and no failure of its own reaches
 * the run (see `close`). Upstream has no such thing; OSProfiler and the notification log are its kin.
 */
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
const STAMPED = new Set(["seq", "at", "kind", "actor", "request", "cause", "quiet"]);

/** Fields that a person reads in full at every detail: folding a verdict would hide the verdict. */
const KEPT_WHOLE = new Set(["expected", "actual"]);

export class Recorder implements Observer {
  readonly detail: Detail;
  readonly #sink: Sink;
  readonly #folder = new Folder();
  /** `,"from":` by `from`: the few field names of observations, quoted once. */
  readonly #labels = new Map<string, string>();
  #early: string[] | undefined = [];
  #seq = 0;
  #failure: Error | undefined;

  constructor(sink: Sink, detail: Detail = "flow") {
    this.#sink = sink;
    this.detail = detail;
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
    for (const line of early) this.#write(line);
  }

  observe(at: Micros, what: Observation, detail: Detail, cause: Cause): Cause {
    const quiet = detail === "full";
    if (quiet && this.detail === "flow") return cause;
    const seq = this.#seq++;
    try {
      this.#write(this.#line(seq, at, what, quiet, cause));
    } catch (error) {
      this.#failure ??= asError(error);
    }
    return seq;
  }

  /** The recording is complete. @throws what went wrong first while it was written, if anything */
  close(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  #line(seq: number, at: Micros, what: Observation, quiet: boolean, cause: Cause): string {
    let line = `{"seq":${String(seq)},"at":${String(at)},"kind":${JSON.stringify(what.kind)}`;
    if (what.actor !== undefined) line += `,"actor":${JSON.stringify(what.actor)}`;
    if (what.request !== undefined) line += `,"request":${JSON.stringify(what.request)}`;
    if (cause !== NO_CAUSE) line += `,"cause":${String(cause)}`;
    if (quiet) line += `,"quiet":true`;
    const fields = what as unknown as Record<string, unknown>;
    for (const key of Object.keys(fields)) {
      if (STAMPED.has(key)) continue;
      const text = this.#field(key, fields[key]);
      if (text !== undefined) line += this.#label(key) + text;
    }
    return `${line}}`;
  }

  #field(key: string, value: unknown): string | undefined {
    if (typeof value === "number") return Number.isFinite(value) ? String(value) : "null";
    if (typeof value !== "object" || value === null) return encode(value);
    if (this.detail === "full" || KEPT_WHOLE.has(key)) return encode(value);
    return this.#folder.field(value);
  }

  #label(key: string): string {
    let label = this.#labels.get(key);
    if (label === undefined) {
      label = `,${JSON.stringify(key)}:`;
      this.#labels.set(key, label);
    }
    return label;
  }

  #write(line: string): void {
    if (this.#early !== undefined) this.#early.push(line);
    else if (this.#failure === undefined) this.#guarded(line);
  }

  #guarded(line: string): void {
    try {
      this.#sink.write(line);
    } catch (error) {
      // The first failure ends the recording, so that what was written stays a readable prefix.
      this.#failure = asError(error);
    }
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
