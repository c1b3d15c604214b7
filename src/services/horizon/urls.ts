/** Which view answers where. Upstream: openstack_dashboard/urls.py and each panel's urls.py at 2014.2. */
import { Router } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { ADMIN_URLS } from "./admin/urls.js";
import { login, logout, splash, switchProject } from "./auth/views.js";
import { IDENTITY_URLS } from "./identity/index.js";
import { PROJECT_URLS } from "./project/urls.js";
import type { Answer } from "./web/answer.js";
import { errorPage } from "./web/middleware.js";
import type { HorizonRequest } from "./web/request.js";
import { panel, url, type Url } from "./web/url.js";

const URLS = new Router<Url>([
  ...url("/", splash),
  ...url("/auth/login/", login),
  ...url("/auth/logout/", (request) => logout(request)),
  ...panel("/auth/switch/{tenant_id}/", [], (request, { tenant_id = "" }) =>
    switchProject(request, tenant_id),
  ),
  ...PROJECT_URLS,
  ...ADMIN_URLS,
  ...IDENTITY_URLS,
]);

/** What `request` is answered with. @throws NotAuthenticated, NotAuthorized */
export function* resolve(request: HorizonRequest): Op<Answer> {
  const { route, ...found } = URLS.match(request.method, request.path);
  if (route !== undefined && "params" in found) return yield* route.view(request, found.params);
  const lost = errorPage(404, "Page Not Found", [
    "The page you were looking for doesn't exist",
    "You may have mistyped the address or the page may have moved.",
  ]);
  return { kind: "raw", response: lost };
}
