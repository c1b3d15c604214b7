/**
 * What the root of the API says to anybody, token or not: which versions there are, and what is in
 * the one. Upstream: neutron/api/versions.py, neutron/api/v2/router.py (Index).
 */
import { respond, type Application, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";

const COLLECTIONS = ["networks", "subnets", "ports"];

/** Answers at `/` itself and leaves all else to `application`. */
export const withVersions =
  (base: string, application: Application): Application =>
  (request) =>
    request.path === "/" && request.method === "GET" ? versions(base) : application(request);

function* versions(base: string): Op<HttpResponse> {
  const links = [{ rel: "self", href: `${base}/v2.0` }];
  return respond(200, { versions: [{ id: "v2.0", status: "CURRENT", links }] });
}

/** `GET /v2.0`. */
export function* resourceIndex(base: string): Op<HttpResponse> {
  const resources = COLLECTIONS.map((name) => ({
    name: name.slice(0, -1),
    collection: name,
    links: [{ rel: "self", href: `${base}/v2.0/${name}` }],
  }));
  return respond(200, { resources });
}
