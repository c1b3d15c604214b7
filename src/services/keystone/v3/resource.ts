/**
 * The five routes that v3 has for each kind of thing: make, list, show, change, remove. What a kind
 * does of its own stands with it. Upstream: keystone/common/router.py, and the controllers that are
 * all written after one pattern, at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import { type JsonObject, asDict } from "../../../python/index.js";
import type { HttpResponse } from "../../../http/index.js";
import type { KeystoneApp, Part } from "../app.js";
import { normalizedDict } from "../web/v2-action.js";
import type { KeystoneRoute } from "../policy.js";
import { rendered, v3Action, type V3Call } from "../web/v3-action.js";
import { requireAttribute, requireSameId } from "./checks.js";
import { linked, listed, type ListOptions } from "./listing.js";

/** What a path and a list call the kinds of things. */
const COLLECTIONS = {
  credential: "credentials",
  domain: "domains",
  endpoint: "endpoints",
  group: "groups",
  policy: "policies",
  project: "projects",
  region: "regions",
  role: "roles",
  service: "services",
  user: "users",
} as const;

export interface Kind {
  readonly member: keyof typeof COLLECTIONS;
  readonly part: Part;
  readonly filters: readonly string[];
  /** Filters that the database does; all unless told. */
  readonly columns?: readonly string[];
  readonly cut?: ListOptions["cut"];
  /** Whether it is loaded before the rule is asked about it; so it is unless told. */
  readonly loaded?: false;
  /** It has no schema, and must at least have a name. */
  readonly named?: true;
  /** Nobody looks whether a change is to another id. */
  readonly anyId?: true;
  all(app: KeystoneApp): readonly JsonObject[];
  one(app: KeystoneApp, id: string): JsonObject;
  create(call: V3Call, ref: JsonObject): Op<JsonObject>;
  /** @param ref of the same id, where that is looked at */
  update(call: V3Call, id: string, ref: JsonObject): Op<JsonObject>;
  remove(call: V3Call, id: string): Op<void>;
  /** As a member is shown. */
  shown?(dict: JsonObject): JsonObject;
}

export function resourceRoutes(kind: Kind): KeystoneRoute[] {
  const { member, loaded = true, filters, columns = filters, cut } = kind;
  const collection = COLLECTIONS[member];
  const key = `${member}_id`;
  const one = `/${collection}/{${key}}`;
  const wrap = (call: V3Call, dict: JsonObject): JsonObject =>
    linked(call.base, collection, kind.shown?.(dict) ?? dict);
  const shown = (call: V3Call, dict: JsonObject): HttpResponse =>
    rendered(call, { [member]: wrap(call, dict) });
  const target = (app: KeystoneApp, { id }: Pick<V3Call, "id">): void => {
    kind.one(app, id(key));
  };
  const loads = loaded ? { target } : {};
  return [
    v3Action(
      "POST",
      `/${collection}`,
      { name: `create_${member}`, takes: [member], validates: member },
      function* (call) {
        const given = call.args[member] ?? null;
        if (kind.named) requireAttribute(given, "name");
        return shown(call, yield* kind.create(call, normalizedDict(given)));
      },
    ),
    v3Action(
      "GET",
      `/${collection}`,
      { name: `list_${collection}`, takes: [], filtered: true },
      function* (call) {
        const limit = call.app.limits[kind.part];
        const options = { collection, filters, columns, limit, ...(cut !== undefined && { cut }) };
        return listed(call, kind.all(call.app), options, (dict) => wrap(call, dict));
      },
    ),
    v3Action("GET", one, { name: `get_${member}`, takes: [key], ...loads }, function* (call) {
      return shown(call, kind.one(call.app, call.id(key)));
    }),
    v3Action(
      "PATCH",
      one,
      { name: `update_${member}`, takes: [key, member], ...loads, validates: member },
      function* (call) {
        const id = call.id(key);
        const given = call.args[member] ?? null;
        const ref = kind.anyId ? asDict(given, "copy") : requireSameId(id, given);
        return shown(call, yield* kind.update(call, id, ref));
      },
    ),
    v3Action("DELETE", one, { name: `delete_${member}`, takes: [key], ...loads }, function* (call) {
      yield* kind.remove(call, call.id(key));
      return rendered(call, null);
    }),
  ];
}
