/**
 * Identity: projects and users, as lists, by version 2.0. Who is no administrator sees their own projects, and no users. That they
 * are made and changed is not here. Upstream: openstack_dashboard/dashboards/identity/projects/views.py, tables.py,
 * users/views.py, tables.py, openstack_dashboard/api/keystone.py (tenant_list, user_list) at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../python/index.js";
import { askAsAdmin, listIn, tenantsOf } from "../api/keystone.js";
import { urlFor } from "../api/base.js";
import { SETTINGS } from "../settings.js";
import { tableView, type Loaded, type TableView } from "../tables/view.js";
import { attempted, listed } from "../web/attempts.js";
import type { HorizonRequest } from "../web/request.js";
import { panel } from "../web/url.js";

function* projects(request: HorizonRequest): Op<Loaded<JsonObject>> {
  const size = SETTINGS.api_result_page_size;
  if (!request.user.hasRole("admin")) {
    const own = yield* attempted(request, "Unable to retrieve project information.", () =>
      tenantsOf(
        request.env,
        urlFor(request, "identity"),
        request.user.token.id,
        `?limit=${String(size + 1)}`,
      ),
    );
    return { rows: (own ?? []).slice(0, size).map((one) => ({ ...one, enabled: true })) };
  }
  const marker = request.query.get("tenant_marker");
  const from = marker === undefined ? "" : `&marker=${marker}`;
  const found = yield* listed(request, "Unable to retrieve project list.", function* () {
    const path = `/tenants?limit=${String(size + 1)}${from}`;
    return listIn((yield* askAsAdmin(request, "GET", path))["tenants"]);
  });
  const rows = found.slice(0, size);
  const last = textOf(rows.at(-1) ?? {}, "id");
  return { rows, more: found.length > size ? { param: "tenant_marker", last } : undefined };
}

const enabled = ({ enabled: on }: JsonObject): string => (on === true ? "True" : "False");

const orDash = (thing: JsonObject, key: string): string | null => {
  const value = thing[key];
  return typeof value === "string" ? value : null;
};

const projectsView: TableView<JsonObject> = {
  title: "Projects",
  load: projects,
  spec: {
    name: "tenants",
    title: "Projects",
    id: (project) => textOf(project, "id"),
    display: (project) => textOf(project, "name"),
    columns: [
      { header: "Name", cell: (project) => textOf(project, "name") },
      { header: "Description", cell: (project) => orDash(project, "description") },
      { header: "Project ID", cell: (project) => textOf(project, "id") },
      { header: "Enabled", cell: enabled },
    ],
  },
};

const usersView: TableView<JsonObject> = {
  title: "Users",
  *load(request) {
    if (!request.user.hasRole("admin")) {
      request.message("info", "Insufficient privilege level to view user information.");
      return { rows: [] };
    }
    const rows = yield* listed(request, "Unable to retrieve user list.", function* () {
      return listIn((yield* askAsAdmin(request, "GET", "/users"))["users"]);
    });
    return { rows };
  },
  spec: {
    name: "users",
    title: "Users",
    id: (user) => textOf(user, "id"),
    display: (user) => textOf(user, "name"),
    columns: [
      { header: "User Name", cell: (user) => textOf(user, "name") },
      { header: "Email", cell: (user) => orDash(user, "email") ?? "" },
      { header: "User ID", cell: (user) => textOf(user, "id") },
      { header: "Enabled", cell: enabled },
    ],
  },
};

export const IDENTITY_URLS = [
  ...panel("/identity/", [], (request) => tableView(request, projectsView)),
  ...panel("/identity/users/", [], (request) => tableView(request, usersView)),
];
