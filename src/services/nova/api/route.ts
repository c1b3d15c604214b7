/** A route of nova-api: what is asked, by whom, and what it is called in the URL. */
import type { RequestContext } from "../../../framework/index.js";
import type { Route } from "../../../http/index.js";

/** Everything below `/v2/{tenant_id}`. */
export type NovaRoute = Route<RequestContext>;

const PREFIX = "/v2/{tenant_id}";

/** A route of a tenant. */
export const route = (
  method: NovaRoute["method"],
  path: string,
  handler: NovaRoute["handler"],
): NovaRoute => ({ method, path: `${PREFIX}${path}`, handler });
