/**
 * The five routes that every v3 collection has: make, list, show, change, remove, each for an admin.
 * What they do differs only in a few functions. Upstream: keystone/common/router.py, controller.py.
 */
import { respond, type HttpRequest } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { NotFound } from "../exception.js";
import { objectAt } from "../input.js";
import { route } from "../policy.js";
import { linksAt, type Links } from "./bodies.js";

/** One kind of thing: the `user` of `users`. */
export interface Collection<R> {
  readonly member: "user" | "project" | "role" | "domain" | "service" | "endpoint";
  /** All, in order of their making, and each by its id. */
  readonly table: (app: KeystoneApp) => {
    find(): readonly R[];
    get(id: string): R | undefined;
  };
  readonly body: (row: R, links: Links) => JsonObject;
  readonly create: (app: KeystoneApp, asked: JsonObject) => Op<R>;
  readonly change: (app: KeystoneApp, id: string, asked: JsonObject) => Op<void>;
  readonly remove: (app: KeystoneApp, id: string) => Op<void>;
  /** Columns by which a list can be narrowed. */
  readonly filters: readonly (keyof R & string)[];
}

export function collectionRoutes<R extends object>(collection: Collection<R>) {
  const { member, table, body, filters } = collection;
  const members = `${member}s` as const;
  const path = `/v3/${members}` as const;

  function show(app: KeystoneApp, id: string, base: string): JsonObject {
    const row = table(app).get(id);
    if (row === undefined) throw new NotFound({ what: member, id });
    return { [member]: body(row, linksAt(base)) };
  }

  return [
    route("GET", path, `identity:list_${members}`, function* ({ app, ctxt: { base }, request }) {
      const rows = table(app)
        .find()
        .filter((row) => passes(row, filters, request));
      const bodies = rows.map((row) => body(row, linksAt(base)));
      return respond(200, listBody(members, bodies, base, members));
    }),
    route("POST", path, `identity:create_${member}`, function* ({ app, ctxt: { base }, request }) {
      const row = yield* collection.create(app, objectAt(request.body, member));
      return respond(201, { [member]: body(row, linksAt(base)) });
    }),
    route(
      "GET",
      `${path}/{id}`,
      `identity:get_${member}`,
      function* ({ app, ctxt, params: { id } }) {
        return respond(200, show(app, id, ctxt.base));
      },
    ),
    route(
      "PATCH",
      `${path}/{id}`,
      `identity:update_${member}`,
      function* ({ app, ctxt, request, params: { id } }) {
        yield* collection.change(app, id, objectAt(request.body, member));
        return respond(200, show(app, id, ctxt.base));
      },
    ),
    route(
      "DELETE",
      `${path}/{id}`,
      `identity:delete_${member}`,
      function* ({ app, params: { id } }) {
        yield* collection.remove(app, id);
        return respond(204);
      },
    ),
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
