/**
 * The side bar of a page: which panels there are for who is logged in, and which of them the page belongs to. What a panel
 * shows is not known here. Upstream: openstack_dashboard/dashboards/{project,admin,identity}/dashboard.py and each panel.py,
 * horizon/templatetags/horizon.py (horizon_nav), openstack_dashboard/conf/keystone_policy.json at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import { networkExtension } from "../api/neutron.js";
import type { PagePanel } from "../client/index.js";
import { SETTINGS } from "../settings.js";
import type { HorizonRequest } from "./request.js";

interface Panel {
  readonly name: string;
  readonly url: string;
  /** Services that must be in the catalog. */
  readonly services?: readonly string[];
  /** An extension of Neutron that must be there; it is asked for, unguarded, so that no page is shown while Neutron is away. */
  readonly extension?: string;
  /** Rules of policy that only administrators fulfil. */
  readonly admin?: true;
}

interface Group {
  readonly dashboard: string;
  readonly group: string;
  readonly panels: readonly Panel[];
}

const COMPUTE = ["compute"];
const VOLUME = ["volume"];
const IMAGE = ["image"];
const NETWORK = ["network"];

const GROUPS: readonly Group[] = [
  {
    dashboard: "Project",
    group: "Compute",
    panels: [
      { name: "Overview", url: "/project/" },
      { name: "Instances", url: "/project/instances/", services: COMPUTE },
      { name: "Volumes", url: "/project/volumes/", services: VOLUME },
      { name: "Images", url: "/project/images/", services: IMAGE },
      { name: "Access & Security", url: "/project/access_and_security/" },
    ],
  },
  {
    dashboard: "Project",
    group: "Network",
    panels: [
      { name: "Network Topology", url: "/project/network_topology/", services: NETWORK },
      { name: "Networks", url: "/project/networks/", services: NETWORK },
      { name: "Routers", url: "/project/routers/", services: NETWORK },
      {
        name: "Load Balancers",
        url: "/project/loadbalancers/",
        services: NETWORK,
        extension: "lbaas",
      },
      { name: "Firewalls", url: "/project/firewalls/", services: NETWORK, extension: "fwaas" },
      { name: "VPN", url: "/project/vpn/", services: NETWORK, extension: "vpnaas" },
    ],
  },
  {
    dashboard: "Project",
    group: "Object Store",
    panels: [{ name: "Containers", url: "/project/containers/", services: ["object-store"] }],
  },
  {
    dashboard: "Project",
    group: "Orchestration",
    panels: [{ name: "Stacks", url: "/project/stacks/", services: ["orchestration"] }],
  },
  {
    dashboard: "Project",
    group: "Database",
    panels: [
      { name: "Instances", url: "/project/databases/", services: ["database"] },
      {
        name: "Backups",
        url: "/project/database_backups/",
        services: ["database", "object-store"],
      },
    ],
  },
  {
    dashboard: "Admin",
    group: "System",
    panels: [
      { name: "Overview", url: "/admin/", admin: true },
      { name: "Resource Usage", url: "/admin/metering/", services: ["metering"], admin: true },
      { name: "Hypervisors", url: "/admin/hypervisors/", services: COMPUTE, admin: true },
      { name: "Host Aggregates", url: "/admin/aggregates/", services: COMPUTE, admin: true },
      { name: "Instances", url: "/admin/instances/", services: COMPUTE, admin: true },
      { name: "Volumes", url: "/admin/volumes/", services: VOLUME, admin: true },
      { name: "Flavors", url: "/admin/flavors/", services: COMPUTE, admin: true },
      { name: "Images", url: "/admin/images/", services: IMAGE, admin: true },
      { name: "Networks", url: "/admin/networks/", services: NETWORK, admin: true },
      { name: "Routers", url: "/admin/routers/", services: NETWORK, admin: true },
      { name: "Defaults", url: "/admin/defaults/", admin: true },
      { name: "System Information", url: "/admin/info/", admin: true },
    ],
  },
  {
    dashboard: "Identity",
    group: "",
    panels: [
      { name: "Projects", url: "/identity/" },
      { name: "Users", url: "/identity/users/", admin: true },
    ],
  },
];

/** In their order, each with whether it is the one that the page belongs to. */
export function* sidebar(request: HorizonRequest): Op<readonly PagePanel[]> {
  if (request.login === undefined) return [];
  const shown: (Omit<PagePanel, "current"> & { readonly url: string })[] = [];
  for (const { dashboard, group, panels } of GROUPS) {
    for (const panel of panels) {
      if (!(yield* isShown(request, panel))) continue;
      shown.push({ dashboard, group, name: panel.name, url: panel.url });
    }
  }
  // That of the longest address: all of a dashboard begin with that of its first one.
  const here = shown
    .filter(({ url }) => request.path.startsWith(url))
    .reduce((best, { url }) => (url.length > best.length ? url : best), "");
  return shown.map((panel) => (panel.url === here ? { ...panel, current: true as const } : panel));
}

function* isShown(request: HorizonRequest, panel: Panel): Op<boolean> {
  const { services = [], extension, admin = false } = panel;
  if (admin && !request.user.hasRole("admin")) return false;
  if (!services.every((type) => request.user.serviceEnabled(type))) return false;
  if (extension === undefined) return true;
  return SETTINGS.enable_lb && (yield* networkExtension(request, extension));
}
