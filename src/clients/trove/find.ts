/**
 * A thing by its number, its id or its name, which is looked for in the first page of the list, again and again.
 * Upstream: troveclient/utils.py (find_resource), troveclient/base.py (ManagerWithFind) of 1.0.7.
 */
import { CommandError, NotFound } from "../../framework/apiclient/index.js";
import type { Op } from "../../kernel/index.js";
import { isUuidLike, textOf, type JsonObject } from "../../python/index.js";
import type { TroveSession } from "./session.js";

/** What is looked for, and where. */
export interface Sort {
  readonly path: string;
  readonly list: string;
  readonly member: string;
  /** As errors call it. */
  readonly name: string;
}

export const INSTANCE: Sort = {
  path: "/instances",
  list: "instances",
  member: "instance",
  name: "instance",
};
export const CLUSTER: Sort = {
  path: "/clusters",
  list: "clusters",
  member: "cluster",
  name: "cluster",
};
export const BACKUP: Sort = { path: "/backups", list: "backups", member: "backup", name: "backup" };
export const FLAVOR: Sort = { path: "/flavors", list: "flavors", member: "flavor", name: "flavor" };

/** @throws CommandError if there is none, or more than one */
export function* find({ trove }: TroveSession, sort: Sort, nameOrId: string): Op<JsonObject> {
  const { path, list, member, name } = sort;
  const isId = /^\d+$/u.test(nameOrId) || isUuidLike(nameOrId);
  if (isId) {
    try {
      return yield* trove.get(`${path}/${nameOrId}`, member);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  }
  // Nothing has a `human_id`, by which it is looked for first.
  yield* trove.list(path, list);
  const named = (yield* trove.list(path, list)).filter((thing) => thing["name"] === nameOrId);
  if (named.length > 1) {
    throw new CommandError(
      `Multiple ${name} matches found for '${nameOrId}', use an ID to be more specific.`,
    );
  }
  const [found] = named;
  if (found !== undefined) return found;
  // Nor a `display_name`; each is read in full to see that, twice.
  yield* readAll(trove, path, list, member);
  yield* readAll(trove, path, list, member);
  throw new CommandError(`No ${name} with a name or ID of '${nameOrId}' exists.`);
}

function* readAll(
  trove: TroveSession["trove"],
  path: string,
  list: string,
  member: string,
): Op<void> {
  for (const thing of yield* trove.list(path, list)) {
    yield* trove.get(`${path}/${textOf(thing, "id")}`, member);
  }
}
