/**
 * From what a user called a thing to the thing: by id, by number, by UUID, by human id, by name, in
 * that order, with a request for each try. This is where the look-ups before the essential request
 * of a command come from. Upstream: novaclient/utils.py (find_resource), base.py (findall).
 */
import { CommandError, NotFound, NoUniqueMatch } from "../../framework/apiclient/index.js";
import { assertText, type Op } from "../../kernel/index.js";
import { isUuid, parseInteger, slug, textOf, type JsonObject } from "../../python/index.js";

/** How one kind of thing is looked up. */
export interface ResourceKind<T extends JsonObject> {
  /** `server`. */
  readonly what: string;
  /** Ids may be any text, so that a name is tried as an id first. */
  readonly anyId: boolean;
  get(id: string): Op<T>;
  /** Things that may have `name`, with id and name only. */
  candidates(name: string): Op<readonly JsonObject[]>;
  /**
   * For kinds without a human id, whose list has them in full: by which member they are called, and
   * what is listed while a human id is looked for in vain, as upstream does.
   */
  readonly called?: { readonly by: string; readonly before?: () => Op<unknown> };
}

/** The thing that is called so. @throws CommandError if there is none, or more than one */
export function* findResource<T extends JsonObject>(
  nameOrId: string,
  kind: ResourceKind<T>,
): Op<T> {
  assertText(nameOrId, `the look-up of a ${kind.what}`, "its name or id");
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
    const found = yield* kind.called === undefined
      ? byName(kind, nameOrId)
      : inList(kind, nameOrId);
    if (found !== undefined) return found;
  } catch (error) {
    if (!(error instanceof NoUniqueMatch)) throw error;
    throw new CommandError(
      `Multiple ${kind.what} matches found for '${nameOrId}', use an ID to be more specific.`,
    );
  }
  throw new CommandError(`No ${kind.what} with a name or ID of '${nameOrId}' exists.`);
}

function* byName<T extends JsonObject>(kind: ResourceKind<T>, wanted: string): Op<T | undefined> {
  const byHumanId = yield* matching(kind, wanted, (thing) => slug(nameOf(thing)));
  return byHumanId ?? (yield* matching(kind, wanted, nameOf));
}

function* inList<T extends JsonObject>(kind: ResourceKind<T>, wanted: string): Op<T | undefined> {
  const { by = "name", before } = kind.called ?? {};
  if (before !== undefined) yield* before();
  const things = (yield* kind.candidates(wanted)) as readonly T[];
  const found = things.filter((thing) => thing[by] === wanted);
  if (found.length > 1) throw new NoUniqueMatch();
  return found[0];
}

/** The only thing whose `key` is `wanted`. Each match is read in full before they are counted. */
function* matching<T extends JsonObject>(
  kind: ResourceKind<T>,
  wanted: string,
  key: (thing: JsonObject) => string,
): Op<T | undefined> {
  const things = yield* unlessNotFound(kind.candidates(wanted));
  const found: T[] = [];
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
