/** Which versions of the API there are; asked without a token. Upstream: glance/api/versions.py. */
import { respond, type Application } from "../../../http/index.js";

const VERSIONS = [
  ["v2.2", "CURRENT", "v2"],
  ["v2.1", "SUPPORTED", "v2"],
  ["v2.0", "SUPPORTED", "v2"],
  ["v1.1", "CURRENT", "v1"],
  ["v1.0", "SUPPORTED", "v1"],
] as const;

/** Answers at `/` and `/versions`; everything else goes on. @param base `http://controller:9292` */
export function withVersions(base: string, application: Application): Application {
  const versions = VERSIONS.map(([id, status, path]) => ({
    id,
    status,
    links: [{ rel: "self", href: `${base}/${path}/` }],
  }));
  return function* (request) {
    if (request.path === "/") return respond(300, { versions });
    if (request.path === "/versions") return respond(200, { versions });
    return yield* application(request);
  };
}
