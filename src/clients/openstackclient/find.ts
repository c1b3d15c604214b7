/**
 * A thing by what a user calls it: by number and then by nothing else, or by whatever was typed, or by
 * name. Whatever goes wrong before the name is tried is not looked at; a number that is none ends the
 * command, since the library's error is not the one that is expected there. Upstream:
 * openstackclient/common/utils.py (find_resource), openstackclient/common/exceptions.py, 0.4.1.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import { caught, type Op } from "../../kernel/index.js";
import { textOf, type JsonObject } from "../../python/index.js";

export interface Lookup<T extends JsonObject> {
  /** The library's class, in small letters. */
  readonly what: string;
  get(id: string): Op<T>;
  /** Those that have the name. */
  named(name: string): Op<readonly T[]>;
}

/** @throws CommandError if there is none, or more than one */
export function* found<T extends JsonObject>(lookup: Lookup<T>, nameOrId: string): Op<T> {
  const { what } = lookup;
  if (/^\d+$/u.test(nameOrId)) return yield* lookup.get(String(BigInt(nameOrId)));
  try {
    return yield* lookup.get(nameOrId);
  } catch (thrown) {
    yield* caught(thrown);
  }
  const [first, ...others] = yield* named(lookup, nameOrId);
  if (first === undefined) {
    throw new CommandError(`No ${what} with a name or ID of '${nameOrId}' exists.`);
  }
  if (others.length === 0) return first;
  throw new CommandError(`More than one ${what} exists with the name '${nameOrId}'.`);
}

/** A refusal of the list that says that there is no such thing is one. */
function* named<T extends JsonObject>(lookup: Lookup<T>, name: string): Op<readonly T[]> {
  try {
    return yield* lookup.named(name);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error.name === "NotFound") return [];
    throw error;
  }
}

/** The id of what is found. */
export function* idOf<T extends JsonObject>(lookup: Lookup<T>, nameOrId: string): Op<string> {
  return textOf(yield* found(lookup, nameOrId), "id");
}
