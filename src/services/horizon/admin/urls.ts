/** Which view of the dashboard Admin answers where. Upstream: the panels' urls.py of openstack_dashboard/dashboards/admin at 2014.2. */
import { formView } from "../forms/modal-form.js";
import { workflowView } from "../forms/workflow.js";
import { instanceDetail } from "../project/instances/detail.js";
import { imageDetail } from "../project/images/edit-image.js";
import { tabView } from "../tabs/tabs.js";
import { bound, tableView, tablesView } from "../tables/view.js";
import { adminPanel } from "../web/url.js";
import {
  AGGREGATES_URL,
  createAggregate,
  manageHosts,
  updateAggregate,
} from "./aggregate-forms.js";
import { aggregatesView, zonesView } from "./aggregates.js";
import { createFlavor } from "./create-flavor.js";
import { defaults } from "./defaults.js";
import { evacuateHost } from "./evacuate.js";
import { flavorsView } from "./flavors.js";
import { hypervisors, hypervisorView } from "./hypervisors.js";
import { adminImagesView } from "./images.js";
import { systemInfo } from "./info.js";
import { ADMIN_INSTANCES_URL, adminInstancesView } from "./instances.js";
import { liveMigrate } from "./migrate.js";
import { adminNetworksView } from "./networks.js";
import { globalOverview } from "./overview.js";

const COMPUTE = ["compute"];

export const ADMIN_URLS = [
  ...adminPanel("/admin/", [], globalOverview),
  ...adminPanel("/admin/hypervisors/", COMPUTE, (request) => tabView(request, hypervisors())),
  ...adminPanel("/admin/hypervisors/{id}/", COMPUTE, (request, { id = "" }) =>
    tableView(request, hypervisorView(id)),
  ),
  ...adminPanel("/admin/hypervisors/{id}/evacuate_host", COMPUTE, (request, { id = "" }) =>
    formView(request, evacuateHost(id)),
  ),
  ...adminPanel("/admin/aggregates/", COMPUTE, (request) =>
    tablesView(request, {
      title: "Host Aggregates",
      tables: [bound(aggregatesView), bound(zonesView)],
    }),
  ),
  ...adminPanel(ADMIN_INSTANCES_URL, COMPUTE, (request) => tableView(request, adminInstancesView)),
  ...adminPanel(`${ADMIN_INSTANCES_URL}{id}/detail`, COMPUTE, function* (request, { id = "" }) {
    return yield* tabView(request, yield* instanceDetail(request, id, ADMIN_INSTANCES_URL));
  }),
  ...adminPanel(`${ADMIN_INSTANCES_URL}{id}/live_migrate`, COMPUTE, (request, { id = "" }) =>
    formView(request, liveMigrate(id)),
  ),
  ...adminPanel(`${AGGREGATES_URL}create/`, COMPUTE, (request) =>
    workflowView(request, createAggregate()),
  ),
  ...adminPanel(`${AGGREGATES_URL}{id}/update/`, COMPUTE, (request, { id = "" }) =>
    formView(request, updateAggregate(id)),
  ),
  ...adminPanel(`${AGGREGATES_URL}{id}/manage_hosts/`, COMPUTE, (request, { id = "" }) =>
    workflowView(request, manageHosts(id)),
  ),
  ...adminPanel("/admin/flavors/", COMPUTE, (request) => tableView(request, flavorsView)),
  ...adminPanel("/admin/flavors/create/", COMPUTE, (request) =>
    workflowView(request, createFlavor()),
  ),
  ...adminPanel("/admin/images/", ["image"], (request) => tableView(request, adminImagesView)),
  ...adminPanel("/admin/images/{id}/detail/", ["image"], (request, { id = "" }) =>
    imageDetail(request, id),
  ),
  ...adminPanel("/admin/networks/", ["network"], (request) =>
    tableView(request, adminNetworksView()),
  ),
  ...adminPanel("/admin/defaults/", [], (request) => tabView(request, defaults())),
  ...adminPanel("/admin/info/", [], (request) => tabView(request, systemInfo())),
];
