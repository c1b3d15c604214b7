/**
 * What the root of the API says to anybody, token or not: which versions there are, and what is in
 * the one. Upstream: neutron/api/versions.py, neutron/api/v2/router.py (Index).
 */
import { respond, type HttpRequest, type HttpResponse } from "../../../http/index.js";
import type { JsonObject } from "../../../python/index.js";

const COLLECTIONS = ["networks", "subnets", "ports"];

/** Answers at `/` itself. @param base `http://controller:9696` */
export const versions =
  (base: string) =>
  ({ method, path }: HttpRequest): HttpResponse | undefined => {
    if (path !== "/" || method !== "GET") return undefined;
    const links = [{ rel: "self", href: `${base}/v2.0` }];
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
