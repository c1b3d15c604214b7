/**
 * What versions there are: the document that clients and the token middleware ask first. Upstream:
 * keystone/controllers.py (Version).
 */
import { respond } from "../../http/index.js";
import type { JsonObject } from "../../python/index.js";
import { done } from "../../kernel/index.js";
import { route } from "./policy.js";

const VARY = { vary: "X-Auth-Token" };

const UPDATED = { "v3.0": "2013-03-06T00:00:00Z", "v2.0": "2014-04-17T00:00:00Z" };

const v3 = (base: string): JsonObject => version(base, "v3.0", "v3", []);

const v2 = (base: string): JsonObject =>
  version(base, "v2.0", "v2.0", [
    { rel: "describedby", type: "text/html", href: "http://docs.openstack.org/" },
  ]);

export const versionRoutes = [
  route("GET", "/", null, ({ ctxt: { base } }) => {
    const versions = { values: [v3(base), v2(base)] };
    return done(respond(300, { versions }, VARY));
  }),
  route("GET", "/v3", null, ({ ctxt: { base } }) =>
    done(respond(200, { version: v3(base) }, VARY)),
  ),
  route("GET", "/v2.0", null, ({ ctxt: { base } }) =>
    done(respond(200, { version: v2(base) }, VARY)),
  ),
];

function version(
  base: string,
  id: keyof typeof UPDATED,
  path: string,
  more: readonly JsonObject[],
): JsonObject {
  return {
    id,
    status: "stable",
    updated: UPDATED[id],
    links: [{ rel: "self", href: `${base}/${path}/` }, ...more],
    "media-types": ["json", "xml"].map((form) => ({
      base: `application/${form}`,
      type: `application/vnd.openstack.identity-${path}+${form}`,
    })),
  };
}
