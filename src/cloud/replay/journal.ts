/**
 * What was done with a cloud by whoever drives it, act by act, so that all of it can be done again with
 * another cloud. It holds acts, not results: a cloud is a function of its options, its seed and these.
 */
import { DriverError } from "../../kernel/index.js";

/** One act on a cloud (or whatever `C` is): done again, it has the same outcome or fails the same way. */
export type Act<C> = (cloud: C) => unknown;

interface Line<C> {
  readonly again: Act<C>;
  /** It ended in an error, and so it will again. */
  failed: boolean;
  /** Of an act that is done by so much at a time: what it is, and how much of it. */
  readonly amount?: { readonly of: string; readonly much: number };
}

/** An act of a history. */
interface PastAct<C> {
  again(cloud: C): unknown;
  readonly failed: boolean;
}

/** The acts up to an instant. */
export interface History<C> {
  readonly acts: readonly PastAct<C>[];
  /** Why they cannot be done again, if they cannot. */
  readonly gap: string | undefined;
}

export class Journal<C> {
  readonly #lines: Line<C>[] = [];
  #depth = 0;
  #gap: string | undefined;

  /** Do `act`, and note how to do it again. What it does in turn is part of it. @throws what `act` throws */
  note<T>(again: Act<C>, act: () => T): T {
    if (this.#depth > 0) return act();
    const line: Line<C> = { again, failed: true };
    this.#lines.push(line);
    this.#depth++;
    try {
      const result = act();
      line.failed = false;
      return result;
    } finally {
      this.#depth--;
    }
  }

  /**
   * The same for an act that is done by so much at a time: what follows its like becomes one with it, so that whoever
   * lets time go by in small steps for long does not fill the journal.
   */
  noteMuch<T>(
    of: string,
    much: number,
    again: (cloud: C, much: number) => unknown,
    act: () => T,
  ): T {
    if (this.#depth > 0) return act();
    const last = this.#lines.at(-1);
    const before = last?.failed === false && last.amount?.of === of ? last.amount.much : undefined;
    const all = (before ?? 0) + much;
    const result = this.note((cloud) => again(cloud, much), act);
    // Only now: one that fails stays alone.
    this.#lines.splice(before === undefined ? -1 : -2, 2, {
      again: (cloud) => again(cloud, all),
      failed: false,
      amount: { of, much: all },
    });
    return result;
  }

  /** Something is done that cannot be done again. Only the first counts. */
  break(why: string): void {
    if (this.#depth === 0) this.#gap ??= why;
  }

  get history(): History<C> {
    return { acts: this.#lines.map(({ again, failed }) => ({ again, failed })), gap: this.#gap };
  }
}

/**
 * Do all of it again.
 * @throws DriverError if that cannot be, or if an act fails that did not
 */
export function replay<C>({ acts, gap }: History<C>, cloud: C): void {
  if (gap !== undefined) throw new DriverError(`this cloud cannot be made again: ${gap}`);
  for (const [index, act] of acts.entries()) {
    try {
      act.again(cloud);
    } catch (error) {
      if (act.failed) continue;
      const why = error instanceof Error ? error.message : String(error);
      throw new DriverError(
        `act ${String(index + 1)} of ${String(acts.length)} fails when it is done again: ${why}`,
        { cause: error },
      );
    }
  }
}
