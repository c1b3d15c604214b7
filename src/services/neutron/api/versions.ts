/**
 * What the root of the API says to anybody, token or not: which versions there are, and what is in
 * the one. Upstream: neutron/api/versions.py, neutron/api/v2/router.py (Index).
 */
import { respond, type HttpRequest, type HttpResponse } from "../../../http/index.js";
import type { JsonObject } from "../../../python/index.js";
import { plain } from "./faults.js";

/** In the order of upstream's dictionary. */
const COLLECTIONS = ["subnets", "networks", "ports"];

/** Answers whatever is not below the version. @param app whose `base` is `http://controller:9696` */
export const versions =
  (app: { readonly base: string }) =>
  ({ path }: HttpRequest): HttpResponse | undefined => {
    if (/^\/v2\.0(\/|$)/.test(path)) return undefined;
    if (path !== "/") return plain(404, "Unknown API version specified");
    const links = [{ rel: "self", href: `${app.base}/v2.0` }];
    return respond(200, { versions: [{ id: "v2.0", status: "CURRENT", links }] });
  };

/** `GET /v2.0`. */
export const resourceIndex = (base: string): JsonObject => ({
  resources: COLLECTIONS.map((name) => ({
    name: name.slice(0, -1),
    collection: name,
    links: [{ rel: "self", href: `${base}/v2.0/${name}` }],
  })),
});
