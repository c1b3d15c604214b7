/**
 * What versions there are, and what v2 says of itself. Upstream: nova/api/openstack/compute/versions.py
 * at 2014.2; nova §5.1.
 */
import { respond, type HttpRequest, type HttpResponse } from "../../../http/index.js";
import { done } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { NovaApp } from "./app.js";
import type { NovaRoute } from "./route.js";

const UPDATED = "2011-01-21T11:33:21Z";
const MEDIA_TYPES = [
  { base: "application/xml", type: "application/vnd.openstack.compute+xml;version=2" },
  { base: "application/json", type: "application/vnd.openstack.compute+json;version=2" },
];

/** The answer to whoever asks outside of every version; undefined for all else. */
export function versionsResponse(
  { base }: NovaApp,
  { path }: HttpRequest,
): HttpResponse | undefined {
  if (/^\/v(2|1\.1)(\/|$)/.test(path)) return undefined;
  if (path === "/") {
    const links = [{ rel: "self", href: `${base}/v2/` }];
    const version = { id: "v2.0", status: "CURRENT", updated: UPDATED, links };
    return respond(200, { versions: [version] });
  }
  const links = [{ rel: "self", href: `${base}/v2/${path.replace(/^\/+|\/+$/g, "")}` }];
  const choice = { id: "v2.0", status: "CURRENT", links, "media-types": MEDIA_TYPES };
  return respond(300, { choices: [choice] });
}

function show({ base, version }: NovaApp): JsonObject {
  return {
    id: "v2.0",
    status: "CURRENT",
    updated: UPDATED,
    links: [
      { rel: "self", href: `${base}/${version}/` },
      { rel: "describedby", type: "text/html", href: "http://docs.openstack.org/" },
    ],
    "media-types": MEDIA_TYPES,
  };
}

/** `GET /v2/`, with a token; without the slash at its end it is somewhere else. */
export const versionRoutes: readonly NovaRoute[] = [
  {
    method: "GET",
    path: "/v2",
    policy: null,
    handler: ({ app, request: { path } }) =>
      done(
        path.endsWith("/")
          ? respond(200, { version: show(app) })
          : respond(302, null, { location: `${path}/` }),
      ),
  },
];
