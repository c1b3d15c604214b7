/**
 * A call of one of a user's clients, `demo.nova.boot({ ... })`: an operation that knows its own words and
 * how to be made again, and that is missed when nobody runs it. Not the client: `withCalls` stands before it.
 */
import { describe } from "../../text/complaints.js";
import { ApiPart } from "../../clients/index.js";
import { DriverError, type Effect, type Op } from "../../kernel/index.js";

/** Calls that were made and have not begun, in the order in which they were made. */
export type Unstarted = Set<ClientCall>;

/** Makes the same call with the same client in another cloud. */
type Again = (cloud: object) => unknown;

export class ClientCall<T = unknown> implements Op<T> {
  /** `demo.nova.boot({"name":"t1"})`. */
  readonly words: string;
  readonly #op: Op<T>;
  readonly #again: Again;
  readonly #unstarted: Unstarted;

  constructor(words: string, op: Op<T>, again: Again, unstarted: Unstarted) {
    this.words = words;
    this.#op = op;
    this.#again = again;
    this.#unstarted = unstarted;
    unstarted.add(this);
  }

  /** Somebody has it who will run it. */
  taken(): void {
    this.#unstarted.delete(this);
  }

  /** It begins. Costs nothing afterwards: whoever runs it holds the operation itself. */
  [Symbol.iterator](): Iterator<Effect, T, unknown> {
    this.#unstarted.delete(this);
    return this.#op[Symbol.iterator]();
  }

  /** The same call of the same client of the same user in another cloud. */
  again(cloud: object): Op<unknown> {
    const op = this.#again(cloud);
    if (isOp(op)) return op;
    throw new DriverError(`${this.words} makes no operation any more`);
  }
}

/** Whose calls they are, in words and in another cloud. */
export interface Caller {
  /** `demo.nova`. */
  readonly words: string;
  /** The same client in another cloud. */
  readonly of: (cloud: object) => unknown;
  readonly unstarted: Unstarted;
}

/** `api` with every operation that it makes being a `ClientCall`, and so its parts. */
export function withCalls<T extends object>(api: T, { words, of, unstarted }: Caller): T {
  return new Proxy(api, {
    get(target, key): unknown {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof key === "symbol") return value;
      const caller: Caller = {
        words: `${words}.${key}`,
        of: (cloud) => memberOf(of(cloud), key),
        unstarted,
      };
      if (value instanceof ApiPart) return withCalls(value, caller);
      if (typeof value !== "function") return value;
      return (...args: unknown[]): unknown => {
        assertArguments(caller.words, args);
        const made: unknown = Reflect.apply(value, target, args);
        if (!isOp(made)) return made;
        const again: Again = (cloud) => {
          const client = of(cloud);
          const method = memberOf(client, key);
          return typeof method === "function" ? Reflect.apply(method, client, args) : undefined;
        };
        return new ClientCall(`${caller.words}(${argumentsText(args)})`, made, again, unstarted);
      };
    },
  });
}

/** @throws DriverError for the first call that was made and not run; it is told of once */
export function assertStarted(unstarted: Unstarted): void {
  const [call] = unstarted;
  if (call === undefined) return;
  const others = unstarted.size - 1;
  unstarted.clear();
  throw new DriverError(
    `${call.words} was made and never run${others === 0 ? "" : `, nor were ${String(others)} more`}: ` +
      "a call does nothing until cloud.run(...) runs it, or `yield*` inside an operation. " +
      "One that is to run later is best made then",
  );
}

const isOp = (value: unknown): value is Op<unknown> =>
  typeof value === "object" && value !== null && Symbol.iterator in value && !Array.isArray(value);

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (Reflect.get(value, key) as unknown) : undefined;

const PLACES = ["first", "second", "third", "fourth"];

/** @throws DriverError for an argument that is no JSON and no bytes of a file, which it names */
export function assertArguments(words: string, args: readonly unknown[]): void {
  for (const [index, value] of args.entries()) {
    if (goesOverWires(value, 0)) continue;
    throw new DriverError(
      `${words}: its ${PLACES[index] ?? "last"} argument cannot go over a wire: only texts, numbers, true, false, ` +
        `null, lists and objects can, not ${describe(value)}`,
    );
  }
}

/** Deeper than any body; what is in itself is deeper. */
const DEEPEST = 100;

function goesOverWires(value: unknown, depth: number): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return typeof value === "string" || typeof value === "boolean";
  if (depth > DEEPEST || value instanceof Map || value instanceof Set || value instanceof Date) {
    return false;
  }
  // Bytes of a file.
  if (ArrayBuffer.isView(value)) return true;
  return Object.values(value).every((item) => goesOverWires(item, depth + 1));
}

const isPlain = (value: unknown): boolean =>
  value !== undefined && typeof value !== "function" && typeof value !== "symbol";

const LONGEST = 60;

function argumentsText(args: readonly unknown[]): string {
  const text = args.map((arg) => (isPlain(arg) ? JSON.stringify(arg) : String(arg))).join(", ");
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} ...` : text;
}
