/**
 * What versions there are: the document that clients and the token middleware ask first. Upstream:
 * keystone/controllers.py (Version).
 */
import { respond, type Route } from "../../http/index.js";
import type { JsonObject } from "../../python/index.js";
import type { Caller } from "./caller.js";

const UPDATED = { "v3.0": "2013-03-06T00:00:00Z", "v2.0": "2014-04-17T00:00:00Z" };

/** @param base `http://controller:5000` */
export function versionRoutes(base: string): Route<Caller>[] {
  const v3 = version(base, "v3.0", "v3", [{ type: "application/vnd.openstack.identity-v3+json" }]);
  const v2 = version(base, "v2.0", "v2.0", [
    { type: "application/vnd.openstack.identity-v2.0+json" },
  ]);
  return [
    route("/", () => respond(300, { versions: { values: [v3, v2] } }, { vary: "X-Auth-Token" })),
    route("/v3", () => respond(200, { version: v3 })),
    route("/v2.0", () => respond(200, { version: v2 })),
  ];
}

function route(path: string, answer: () => ReturnType<typeof respond>): Route<Caller> {
  return {
    method: "GET",
    path,
    *handler() {
      return answer();
    },
  };
}

function version(
  base: string,
  id: keyof typeof UPDATED,
  path: string,
  types: readonly { type: string }[],
): JsonObject {
  return {
    id,
    status: "stable",
    updated: UPDATED[id],
    links: [{ rel: "self", href: `${base}/${path}/` }],
    "media-types": types.map(({ type }) => ({ base: "application/json", type })),
  };
}
