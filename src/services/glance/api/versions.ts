/**
 * Which versions of the API there are, told without a token to whoever asks for none of them; and
 * which of the two an address means. Upstream: glance/api/versions.py,
 * glance/api/middleware/version_negotiation.py at 2014.2.
 */
import type { Layer } from "../../../framework/index.js";
import { respond } from "../../../http/index.js";
import { done } from "../../../kernel/index.js";

const VERSIONS = [
  ["v2.2", "CURRENT", "v2"],
  ["v2.1", "SUPPORTED", "v2"],
  ["v2.0", "SUPPORTED", "v2"],
  ["v1.1", "CURRENT", "v1"],
  ["v1.0", "SUPPORTED", "v1"],
] as const;

/** The first part of a path, by what it means. */
const ADDRESSES: ReadonlyMap<string, "v1" | "v2"> = new Map([
  ["v1", "v1"],
  ["v2", "v2"],
  ...VERSIONS.map(([id, , path]) => [id, path] as const),
]);

const versionsAt = (base: string) => ({
  versions: VERSIONS.map(([id, status, path]) => ({
    id,
    status,
    links: [{ rel: "self", href: `${base}/${path}/` }],
  })),
});

const ACCEPTED = "application/vnd.openstack.images-";

/** @param app whose `base` is `http://controller:9292` */
export const versionNegotiation =
  (app: { readonly base: string }): Layer =>
  (next) =>
  (request) => {
    const { path } = request;
    const accept = request.headers["accept"] ?? "";
    if (accept.startsWith(ACCEPTED)) {
      const version = ADDRESSES.get(accept.slice(ACCEPTED.length));
      if (version !== undefined) return next({ ...request, path: `/${version}${path}` });
    }
    const [, first = "", rest = ""] = /^\/*([^/]*)(.*)$/s.exec(path) ?? [];
    const version = ADDRESSES.get(first);
    if (version === undefined) return done(respond(300, versionsAt(app.base)));
    return next({ ...request, path: `/${version}${rest}` });
  };
