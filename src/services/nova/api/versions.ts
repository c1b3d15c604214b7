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
const UPDATED_V21 = "2013-07-23T11:33:21Z";
const V21_PATH = /^\/v2\.1(\/|$)/u;
const MEDIA_TYPES = [
  { base: "application/xml", type: "application/vnd.openstack.compute+xml;version=2" },
  { base: "application/json", type: "application/vnd.openstack.compute+json;version=2" },
];

/** The answer to whoever asks outside of every version; undefined for all else. */
export function versionsResponse(
  { base, flags }: NovaApp,
  { path }: HttpRequest,
): HttpResponse | undefined {
  if (/^\/v(2|1\.1)(\/|$)/.test(path)) return undefined;
  if (flags.osapi_v3_enabled && V21_PATH.test(path)) return undefined;
  if (path === "/") {
    const links = [{ rel: "self", href: `${base}/v2/` }];
    const version = { id: "v2.0", status: "CURRENT", updated: UPDATED, links };
    const v21 = { id: "v2.1", status: "EXPERIMENTAL", updated: UPDATED_V21 };
    const more = { ...v21, links: [{ rel: "self", href: `${base}/v2.1/` }] };
    return respond(200, { versions: [version, ...(flags.osapi_v3_enabled ? [more] : [])] });
  }
  const links = [{ rel: "self", href: `${base}/v2/${path.replace(/^\/+|\/+$/g, "")}` }];
  const choice = { id: "v2.0", status: "CURRENT", links, "media-types": MEDIA_TYPES };
  return respond(300, { choices: [choice] });
}

/** What clients of later releases say with each request to v2.1. */
const HEADERS = ["x-openstack-nova-api-version", "openstack-api-version"];

/**
 * v2.1 is v2 under another path: there are no microversions yet, and who asks for one is told so, in the words of
 * the releases that have them (nova/exception.py, InvalidGlobalAPIVersion, at 2015.1). Undefined for all else.
 */
export function microversion(
  { flags }: NovaApp,
  { path, headers }: HttpRequest,
): HttpResponse | undefined {
  if (!flags.osapi_v3_enabled || !V21_PATH.test(path)) return undefined;
  const asked = HEADERS.flatMap((name) => headers[name]?.split(",") ?? [])
    .map((text) => text.trim().replace(/^compute\s+/u, ""))
    .find((version) => /^\d+\.\d+$/u.test(version) && version !== "2.1");
  if (asked === undefined) return undefined;
  const message = `Version ${asked} is not supported by the API. Minimum is 2.1 and maximum is 2.1.`;
  return respond(406, { computeFault: { message, code: 406 } });
}

function show({ base, version }: NovaApp): JsonObject {
  const v21 = version === "v2.1";
  return {
    id: v21 ? "v2.1" : "v2.0",
    status: v21 ? "EXPERIMENTAL" : "CURRENT",
    // Clients of later releases look for the microversions that there are; there are none.
    ...(v21 && { version: "", min_version: "" }),
    updated: v21 ? UPDATED_V21 : UPDATED,
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
