/**
 * The five routes that every v3 collection has: make, list, show, change, remove, each for an admin.
 * What they do differs only in a few functions. Upstream: keystone/common/router.py, controller.py.
 */
import { respond, type HttpRequest, type Route } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { Caller } from "../caller.js";
import { notFound } from "../faults.js";
import { objectAt } from "../input.js";
import { linksAt } from "./bodies.js";

/** One kind of thing: `user` in `users`. */
export interface Collection<R> {
  readonly member: string;
  readonly members: string;
  /** All, in order of their making. */
  readonly all: () => readonly R[];
  readonly get: (id: string) => R | undefined;
  readonly body: (row: R) => JsonObject;
  readonly create: (asked: JsonObject) => Op<R>;
  readonly change: (id: string, asked: JsonObject) => Op<void>;
  readonly remove: (id: string) => Op<void>;
  /** Columns by which a list can be narrowed. */
  readonly filters: readonly (keyof R & string)[];
}

export function collectionRoutes<R extends object>(
  collection: Collection<R>,
  base: string,
): Route<Caller>[] {
  const { member, members, body } = collection;
  const path = `/v3/${members}`;

  function show(id: string): JsonObject {
    const row = collection.get(id);
    if (row === undefined) throw notFound(member, id);
    return { [member]: body(row) };
  }

  return [
    {
      method: "GET",
      path,
      *handler(caller, request) {
        caller.requireAdmin(`identity:list_${members}`);
        const rows = collection.all().filter((row) => passes(row, collection.filters, request));
        return respond(200, listBody(members, rows.map(body), base, members));
      },
    },
    {
      method: "POST",
      path,
      *handler(caller, request) {
        caller.requireAdmin(`identity:create_${member}`);
        const row = yield* collection.create(objectAt(request.body, member));
        return respond(201, { [member]: body(row) });
      },
    },
    {
      method: "GET",
      path: `${path}/{id}`,
      *handler(caller, _request, { id = "" }) {
        caller.requireAdmin(`identity:get_${member}`);
        return respond(200, show(id));
      },
    },
    {
      method: "PATCH",
      path: `${path}/{id}`,
      *handler(caller, request, { id = "" }) {
        caller.requireAdmin(`identity:update_${member}`);
        yield* collection.change(id, objectAt(request.body, member));
        return respond(200, show(id));
      },
    },
    {
      method: "DELETE",
      path: `${path}/{id}`,
      *handler(caller, _request, { id = "" }) {
        caller.requireAdmin(`identity:delete_${member}`);
        yield* collection.remove(id);
        return respond(204);
      },
    },
  ];
}

/** `{users: [...], links: {self, previous, next}}`. Nothing is paged. */
export function listBody(
  members: string,
  bodies: readonly JsonObject[],
  base: string,
  path: string,
): JsonObject {
  return { links: { ...linksAt(base)(path), previous: null, next: null }, [members]: bodies };
}

function passes<R extends object>(
  row: R,
  filters: readonly (keyof R & string)[],
  { query }: HttpRequest,
): boolean {
  return filters.every((name) => {
    const wanted = query.get(name);
    if (wanted === undefined) return true;
    const value: unknown = row[name];
    if (typeof value === "boolean") return value === !["0", "false", "False"].includes(wanted);
    return value === wanted;
  });
}
