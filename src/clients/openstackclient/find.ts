/**
 * A thing by what a user calls it: by number, by whatever was typed, by name. Whatever goes wrong at
 * the second try is not looked at. Upstream: openstackclient/common/utils.py (find_resource), 0.4.1.
 */
import { CommandError, NotFound } from "../../framework/apiclient/index.js";
import { caught, type Op } from "../../kernel/index.js";
import type { JsonObject } from "../../python/index.js";

export interface Lookup<T extends JsonObject> {
  /** What the library calls it. */
  readonly what: string;
  get(id: string): Op<T>;
  /** Those that have the name. */
  named(name: string): Op<readonly T[]>;
}

/** @throws CommandError if there is none, or more than one */
export function* found<T extends JsonObject>(lookup: Lookup<T>, nameOrId: string): Op<T> {
  const { what } = lookup;
  if (/^\d+$/u.test(nameOrId)) {
    try {
      return yield* lookup.get(String(Number(nameOrId)));
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  }
  try {
    return yield* lookup.get(nameOrId);
  } catch (thrown) {
    yield* caught(thrown);
  }
  const [first, ...others] = yield* lookup.named(nameOrId);
  if (first === undefined) {
    throw new CommandError(`No ${what} with a name or ID of '${nameOrId}' exists.`);
  }
  if (others.length === 0) return first;
  throw new CommandError(`More than one ${what} exists with the name '${nameOrId}'.`);
}
