/**
 * What a scenario asks about of the routine: heartbeats, pings, token checks, lines in logs. A
 * recording of detail `flow` leaves them out, but whether a flow is found must not depend on how
 * closely somebody records. So what a line names is kept beside the recording, with what becomes of
 * it, and no more.
 */
import type { Observation } from "../../kernel/index.js";
import type { Sink } from "../writer.js";
import { isPath } from "./fit.js";
import { parseFlowLine, type RestLine } from "./line.js";

export class Routine {
  readonly sink: Sink;
  readonly #methods = new Set<unknown>();
  readonly #events = new Set<unknown>();
  readonly #requests: RestLine[] = [];
  /** Ids of the messages and requests that were asked about. */
  readonly #rpc = new Set<unknown>();
  readonly #rest = new Set<unknown>();

  readonly #logs: boolean;

  /**
   * @param lines of every flow that is expected. @param sink where what they name goes
   * @param logs whether logs are asked about
   */
  constructor(lines: readonly string[], sink: Sink, logs: boolean) {
    this.sink = sink;
    this.#logs = logs;
    for (const line of lines.map(parseFlowLine)) {
      if (line.kind === "rpc") this.#methods.add(line.method);
      if (line.kind === "rest") this.#requests.push(line);
      if (line.kind === "notification") this.#events.add(line.event);
    }
  }

  /** Whether a line names it, or the message that it belongs to. */
  asksAbout(what: Observation): boolean {
    const { kind } = what;
    const { id, method, path, event_type } = what as unknown as Readonly<Record<string, unknown>>;
    if (kind === "log") return this.#logs;
    if (kind === "notification") return this.#events.has(event_type);
    if (kind === "rest.request") {
      const asked = this.#requests.some((line) => {
        return line.method === method && typeof path === "string" && isPath(line.path, path);
      });
      if (asked) this.#rest.add(id);
      return asked;
    }
    if (kind.startsWith("rest.")) return this.#rest.has(id);
    if (!kind.startsWith("rpc.")) return false;
    if (this.#methods.has(method)) this.#rpc.add(id);
    return this.#rpc.has(id);
  }
}
