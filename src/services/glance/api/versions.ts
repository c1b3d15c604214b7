/** Which versions of the API there are; asked without a token. Upstream: glance/api/versions.py. */
import { respond, type HttpRequest, type HttpResponse } from "../../../http/index.js";

const VERSIONS = [
  ["v2.2", "CURRENT", "v2"],
  ["v2.1", "SUPPORTED", "v2"],
  ["v2.0", "SUPPORTED", "v2"],
  ["v1.1", "CURRENT", "v1"],
  ["v1.0", "SUPPORTED", "v1"],
] as const;

/** Answers at `/` and `/versions`. @param base `http://controller:9292` */
export function versions(base: string): (request: HttpRequest) => HttpResponse | undefined {
  const all = VERSIONS.map(([id, status, path]) => ({
    id,
    status,
    links: [{ rel: "self", href: `${base}/${path}/` }],
  }));
  return ({ path }) => {
    if (path === "/") return respond(300, { versions: all });
    return path === "/versions" ? respond(200, { versions: all }) : undefined;
  };
}
