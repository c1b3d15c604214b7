/**
 * Where the token of an RDP console leads, for the gateway that has none of Nova's code. Upstream:
 * contrib/console_auth_tokens.py at 2014.2.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import { route, type NovaRoute } from "../../route.js";

export const consoleAuthTokenRoutes: readonly NovaRoute[] = [
  route(
    "GET",
    "/os-console-auth-tokens/{id}",
    "compute_extension:console_auth_tokens",
    function* ({ app, ctxt, params: { id: token } }) {
      const access = yield* app.consoleauth.check_token(ctxt, { token });
      if (access === null) throw new HttpFault(404, "Token not found");
      if (access.console_type !== "rdp-html5") {
        throw new HttpFault(401, "The requested console type details are not accessible");
      }
      const { instance_uuid, host, port, internal_access_path } = access;
      return respond(200, { console: { instance_uuid, host, port, internal_access_path } });
    },
  ),
];
