/** What a reader must be told of a recording before relying on its picture. */
import type { Entry, Header } from "../../timeline/index.js";
import { count } from "../words.js";

/** The kinds of entries that views know. */
const KNOWN: ReadonlySet<string> = new Set<Entry["kind"]>([
  "step",
  "client",
  "fault",
  "check",
  "rest.request",
  "rest.response",
  "rpc.call",
  "rpc.cast",
  "rpc.fanout",
  "rpc.waits",
  "rpc.delivered",
  "rpc.reply",
  "rpc.failure",
  "rpc.timeout",
  "rpc.lost",
  "notification",
  "db",
  "service",
  "log",
  "decision",
]);

export class Notices {
  readonly #unknown = new Set<string>();

  /** To be called with each entry. */
  add({ kind }: Entry): void {
    if (!KNOWN.has(kind)) this.#unknown.add(kind);
  }

  /**
   * One sentence each.
   * @param truncated the line of the recording in whose middle it ends
   */
  of({ detail }: Header, truncated: number | undefined): readonly string[] {
    const told: string[] = [];
    if (truncated !== undefined) {
      const where = `in the middle of line ${String(truncated)}`;
      told.push(`This recording ends ${where}. What came before is shown.`);
    }
    const { size } = this.#unknown;
    if (size > 0) {
      told.push(
        `${count(size, "kind")} ${size === 1 ? "is" : "are"} unknown here and shown as recorded.`,
      );
    }
    if (detail === "flow") told.push('Kept at detail "flow": long payloads are digests.');
    return told;
  }

  isKnown(kind: string): boolean {
    return KNOWN.has(kind);
  }
}
