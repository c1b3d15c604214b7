/**
 * From what a user called a thing to the thing: by id, by number, by UUID, by human id, by name, in
 * that order, with a request for each try. This is where the look-ups before the essential request
 * of a command come from. Upstream: novaclient/utils.py (find_resource), base.py (findall).
 */
import type { Op } from "../../kernel/index.js";
import { isUuid, type JsonObject, parseInteger, slug, textOf } from "../../python/index.js";
import { CommandError, NotFound, NoUniqueMatch } from "../rest/exceptions.js";
import type { NovaClient } from "./client.js";

/** How one kind of thing is looked up. */
interface Kind {
  readonly what: string;
  /** Ids may be any text, so that a name is tried as an id first. */
  readonly anyId: boolean;
  get(id: string): Op<JsonObject>;
  /** Things that may have `name`, each with id and name only. */
  candidates(name: string): Op<JsonObject[]>;
}

/** A server by name or id. @throws CommandError if there is none, or more than one */
export const findServer = (nova: NovaClient, nameOrId: string): Op<JsonObject> =>
  find(nameOrId, {
    what: "server",
    anyId: false,
    get: (id) => nova.server(id),
    candidates: (name) => nova.servers({ name }, false),
  });

/** An image by name or id. @throws CommandError */
export const findImage = (nova: NovaClient, nameOrId: string): Op<JsonObject> =>
  find(nameOrId, {
    what: "image",
    anyId: false,
    get: (id) => nova.image(id),
    candidates: () => nova.images(false),
  });

/** A flavor by name or id, private ones too. @throws CommandError */
export const findFlavor = (nova: NovaClient, nameOrId: string): Op<JsonObject> =>
  find(nameOrId, {
    what: "flavor",
    anyId: true,
    get: (id) => nova.flavor(id),
    candidates: () => nova.flavors(null, false),
  });

function* find(nameOrId: string, kind: Kind): Op<JsonObject> {
  const integer = parseInteger(nameOrId);
  const ids = [
    ...(kind.anyId ? [nameOrId] : []),
    ...(integer === undefined ? [] : [String(integer)]),
    ...(isUuid(nameOrId) ? [nameOrId] : []),
  ];
  for (const id of ids) {
    const found = yield* unlessNotFound(kind.get(id));
    if (found !== undefined) return found;
  }
  try {
    const byHumanId = yield* matching(kind, nameOrId, (thing) => slug(nameOf(thing)));
    const found = byHumanId ?? (yield* matching(kind, nameOrId, nameOf));
    if (found !== undefined) return found;
  } catch (error) {
    if (!(error instanceof NoUniqueMatch)) throw error;
    throw new CommandError(
      `Multiple ${kind.what} matches found for '${nameOrId}', use an ID to be more specific.`,
    );
  }
  throw new CommandError(`No ${kind.what} with a name or ID of '${nameOrId}' exists.`);
}

/** The only thing whose `key` is `wanted`. Each match is read in full before they are counted. */
function* matching(
  kind: Kind,
  wanted: string,
  key: (thing: JsonObject) => string,
): Op<JsonObject | undefined> {
  const things = yield* unlessNotFound(kind.candidates(wanted));
  const found: JsonObject[] = [];
  for (const thing of things ?? []) {
    if (key(thing) !== wanted) continue;
    const whole = yield* unlessNotFound(kind.get(textOf(thing, "id")));
    // It went away between the list and the look; upstream gives up looking as well.
    if (whole === undefined) return undefined;
    found.push(whole);
  }
  if (found.length > 1) throw new NoUniqueMatch();
  return found[0];
}

function* unlessNotFound<T>(op: Op<T>): Op<T | undefined> {
  try {
    return yield* op;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

const nameOf = (thing: JsonObject): string => textOf(thing, "name");
