/**
 * Which versions of the API there are, told without a token to whoever asks outside of them, and what one
 * says of itself. Upstream: cinder/api/versions.py, cinder/api/views/versions.py at 2014.2.
 */
import { respond, type HttpRequest, type HttpResponse } from "../../../http/index.js";
import { done } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { CinderApp } from "./app.js";
import type { ApiVersion, CinderRoute } from "./route.js";

interface Version {
  readonly id: string;
  readonly path: ApiVersion | "v3";
  readonly status: string;
  readonly updated: string;
}

const V1: Version = {
  id: "v1.0",
  path: "v1",
  status: "SUPPORTED",
  updated: "2014-06-28T12:20:21Z",
};
const V2: Version = { id: "v2.0", path: "v2", status: "CURRENT", updated: "2012-11-21T11:33:21Z" };

const MEDIA_TYPES = [
  { base: "application/xml", type: "application/vnd.openstack.volume+xml;version=1" },
  { base: "application/json", type: "application/vnd.openstack.volume+json;version=1" },
];

/** Later than 2014.2, and only where it is asked for. */
const V3: Version = { id: "v3.0", path: "v3", status: "CURRENT", updated: "2016-02-08T12:20:21Z" };
const V3_PATH = /^\/v3(?=\/|$)/u;

const enabled = ({ flags }: CinderApp): Version[] => [
  ...(flags.enable_v1_api ? [V1] : []),
  ...(flags.enable_v2_api ? [V2] : []),
  ...(flags.enable_v3_api ? [V3] : []),
];

/** The answer to whoever asks outside of every version; undefined for all else. */
export function versionsResponse(app: CinderApp, { path }: HttpRequest): HttpResponse | undefined {
  const versions = enabled(app);
  if (app.flags.enable_v3_api && V3_PATH.test(path)) return undefined;
  if (versions.some((version) => new RegExp(`^/${version.path}(/|$)`).test(path))) return undefined;
  if (path === "/") {
    return respond(200, {
      versions: versions.map(({ id, status, updated, path: below }) => ({
        id,
        status,
        updated,
        links: [{ rel: "self", href: `${app.base}/${below}/` }],
        // Clients of v3 want to know which microversions there are: none but the first.
        ...(app.flags.enable_v3_api && microversions(below === "v3" ? "3.0" : "")),
      })),
    });
  }
  const rest = path.replace(/^\/+|\/+$/g, "");
  return respond(300, {
    choices: versions.map(({ id, status, path: below }) => ({
      id,
      status,
      links: [{ rel: "self", href: `${app.base}/${below}/${rest}` }],
      "media-types": MEDIA_TYPES,
    })),
  });
}

const microversions = (only: string) => ({ version: only, min_version: only });

/** `VolumeVersionV1`, which both versions show: v2 calls itself v1.0. */
const shown = ({ base }: CinderApp, path: ApiVersion): JsonObject => ({
  id: V1.id,
  status: V1.status,
  updated: V1.updated,
  links: [
    { rel: "self", href: `${base}/${path}/` },
    { rel: "describedby", type: "text/html", href: "http://docs.openstack.org/" },
  ],
  "media-types": MEDIA_TYPES,
});

/** `GET /v2/`, with a token; without the slash at its end it is somewhere else. */
export const versionRoutes: readonly CinderRoute[] = (["v1", "v2"] as const).map((version) => ({
  method: "GET",
  path: `/${version}`,
  policy: null,
  handler: ({ app, request: { path } }) =>
    done(
      path.endsWith("/")
        ? respond(200, { version: shown(app, version) })
        : respond(302, null, { location: `${path}/` }),
    ),
}));

/** v3 begins as v2 was: without a microversion, the same paths say the same. */
export const withoutV3 = (app: CinderApp, request: HttpRequest): HttpRequest =>
  app.flags.enable_v3_api && V3_PATH.test(request.path)
    ? { ...request, path: request.path.replace(V3_PATH, "/v2") }
    : request;
