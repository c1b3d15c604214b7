/**
 * Which versions there are, told to whoever asks outside of them. The version is in the path alone: an Accept
 * header that names one is not looked at. Both APIs say the same. Upstream: heat/api/openstack/versions.py,
 * heat/api/cfn/versions.py, heat/api/middleware/version_negotiation.py at 2014.2.
 */
import { plainFault, respond, type HttpRequest, type HttpResponse } from "../../http/index.js";

const VERSION = /^v(\d+)\.?(\d+)?/u;

/**
 * The answer to whoever asks outside of `/v1`; undefined within.
 * @param base `http://controller:8004`
 */
export function versionNegotiation(base: string, { path }: HttpRequest): HttpResponse | undefined {
  // As `path_info_peek` of WebOb has it, however many slashes are in front.
  const [first = ""] = path.replace(/^\/+/u, "").split("/");
  const [match, major, minor = "0"] = VERSION.exec(first) ?? [];
  if (match !== undefined && Number(major) === 1 && Number(minor) === 0) return undefined;
  if (match === undefined && first !== "versions" && first !== "") return plainFault(404);
  const links = [{ rel: "self", href: `${base}/v1/` }];
  return respond(
    300,
    { versions: [{ id: "v1.0", status: "CURRENT", links }] },
    { "content-type": "application/json" },
  );
}
