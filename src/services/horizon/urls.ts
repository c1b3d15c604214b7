/** Which view answers where. Upstream: openstack_dashboard/urls.py and each panel's urls.py at 2014.2. */
import { Router, type Addressed } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { login, logout, splash, switchProject } from "./auth/views.js";
import { workflowView } from "./forms/workflow.js";
import { launchInstance } from "./project/instances/launch/index.js";
import { instancesView } from "./project/instances/table.js";
import { imagesView } from "./project/images/table.js";
import { networksView } from "./project/networks/table.js";
import { volumesView } from "./project/volumes/table.js";
import { overview } from "./project/overview/index.js";
import { tableView } from "./tables/view.js";
import type { Answer, View } from "./web/answer.js";
import { NotAuthenticated, NotAuthorized } from "./web/exceptions.js";
import { errorPage } from "./web/middleware.js";
import type { HorizonRequest } from "./web/request.js";

interface Url extends Addressed {
  readonly view: View;
}

const url = (path: string, view: View): readonly Url[] =>
  ["GET", "POST"].map((method) => ({ method, path, view }));

/** A view that only somebody gets to who is logged in, and whose catalog has all of `services`. */
const panel = (path: string, services: readonly string[], view: View): readonly Url[] =>
  url(path, (request, params) => {
    const { login: user } = request;
    if (user === undefined) throw new NotAuthenticated(`Please log in to continue.`);
    if (!services.every((type) => user.serviceEnabled(type))) {
      throw new NotAuthorized(`You are not authorized to access ${request.path}`);
    }
    return view(request, params);
  });

const URLS = new Router<Url>([
  ...url("/", splash),
  ...url("/auth/login/", login),
  ...url("/auth/logout/", (request) => logout(request)),
  ...panel("/auth/switch/{tenant_id}/", [], (request, { tenant_id = "" }) =>
    switchProject(request, tenant_id),
  ),
  ...panel("/project/", [], overview),
  ...panel("/project/instances/", ["compute"], (request) => tableView(request, instancesView)),
  ...panel("/project/volumes/", ["volume"], (request) => tableView(request, volumesView)),
  ...panel("/project/images/", ["image"], (request) => tableView(request, imagesView)),
  ...panel("/project/networks/", ["network"], (request) => tableView(request, networksView)),
  ...panel("/project/instances/launch", ["compute"], (request) =>
    workflowView(request, launchInstance()),
  ),
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
