/**
 * What the routes library has a route for although the controller has no method: each resource gets all of create, index, new, update,
 * delete, edit and show, and who asks for one that is not written is answered by Nova, not by the library. Upstream:
 * nova/api/openstack/__init__.py (ProjectMapper), nova/api/openstack/wsgi.py (Resource.get_method) at 2014.2.
 */
import { HttpFault } from "../../../http/index.js";
import { plainFault } from "./faults.js";

/** Below a project. */
const COLLECTIONS = [
  "extensions",
  "flavors",
  "images",
  "limits",
  "os-agents",
  "os-aggregates",
  "os-assisted-volume-snapshots",
  "os-availability-zone",
  "os-baremetal-nodes",
  "os-cells",
  "os-certificates",
  "os-cloudpipe",
  "os-console-auth-tokens",
  "os-create-server-ext",
  "os-fixed-ips",
  "os-floating-ip-dns",
  "os-floating-ip-pools",
  "os-floating-ips",
  "os-floating-ips-bulk",
  "os-fping",
  "os-hosts",
  "os-hypervisors",
  "os-instance_usage_audit_log",
  "os-keypairs",
  "os-migrations",
  "os-networks",
  "os-quota-class-sets",
  "os-quota-sets",
  "os-security-group-default-rules",
  "os-security-group-rules",
  "os-security-groups",
  "os-server-external-events",
  "os-server-groups",
  "os-services",
  "os-simple-tenant-usage",
  "os-snapshots",
  "os-tenant-networks",
  "os-volumes",
  "os-volumes_boot",
  "servers",
];

/** Below one of another resource. */
const NESTED = [
  "flavors/[^/]+/os-extra_specs",
  "flavors/[^/]+/os-flavor-access",
  "images/[^/]+/metadata",
  "os-floating-ip-dns/[^/]+/entries",
  "servers/[^/]+/consoles",
  "servers/[^/]+/diagnostics",
  "servers/[^/]+/ips",
  "servers/[^/]+/metadata",
  "servers/[^/]+/os-instance-actions",
  "servers/[^/]+/os-interface",
  "servers/[^/]+/os-security-groups",
  "servers/[^/]+/os-server-password",
  "servers/[^/]+/os-virtual-interfaces",
  "servers/[^/]+/os-volume_attachments",
];

/** Those with actions of their own or of an extension: what is not written is taken for one more. */
const WITH_ACTIONS = ["flavors", "os-baremetal-nodes", "os-cloudpipe", "os-networks"];

const below = (names: readonly string[], rest: string): RegExp =>
  new RegExp(`^/v(?:2|1\\.1)/[^/]+/(?:${names.join("|")})${rest}/?$`, "u");

const ALL = [...COLLECTIONS, ...NESTED];
const LIST = below(ALL, "");
const ITEM = below(ALL, "/[^/]+");
const ACTED_ITEM = below(WITH_ACTIONS, "/[^/]+");
const FORM = below(ALL, "/(?:new|[^/]+/edit)");
/** What hardly any path ends in, so that few are looked at any further. */
const ENDING = /\/(?:new|edit)\/?$/u;
/** Server groups have a route for actions (contrib/server_groups.py:335), though their controller has none. */
const GROUP_ACTION = below(["os-server-groups"], "/[^/]+/action");

interface Asked {
  readonly method: string;
  readonly path: string;
}

/** A form to fill in, as web pages have it: Nova has none, and nothing can be called `new`. */
export const isForm = ({ method, path }: Asked): boolean =>
  method === "GET" && ENDING.test(path) && FORM.test(path);

/** What is answered where a route leads to no method; undefined: there is no route either. */
export function withoutMethod(request: Asked): HttpFault | undefined {
  const { method, path } = request;
  if (isForm(request)) return plainFault(404);
  if (method === "POST") {
    return LIST.test(path) || GROUP_ACTION.test(path) ? plainFault(404) : undefined;
  }
  if (method === "GET" && LIST.test(path)) return plainFault(404);
  const action = ITEM_ACTIONS.get(method);
  if (action === undefined || !ITEM.test(path)) return undefined;
  return ACTED_ITEM.test(path)
    ? new HttpFault(400, `There is no such action: ${action}`)
    : plainFault(404);
}

const ITEM_ACTIONS: ReadonlyMap<string, string> = new Map([
  ["GET", "show"],
  ["PUT", "update"],
  ["DELETE", "delete"],
]);
