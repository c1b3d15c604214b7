/**
 * Servers as the API shows them, with the keys of all standard extensions. Upstream:
 * nova/api/openstack/compute/views/servers.py and contrib/ (extended_*, disk_config, keypairs,
 * config_drive, server_usage, hide_server_addresses) at 2014.2; nova §5.4.
 */
import { sha224 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { storedDate, type RequestContext } from "../../../../framework/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { blockDevices } from "../../db/block-devices.js";
import { latestFault } from "../../db/instances/instance-actions.js";
import type { NetworkInfo } from "../../network-api/model.js";
import type { Instance } from "../../objects/instance.js";
import { zoneOfHost } from "../aggregates/host-zones.js";
import { authorized } from "../policy.js";
import { statusOf } from "../../states/status.js";
import type { NovaApp } from "../app.js";
import { extendedAddresses, plainAddresses } from "./address-view.js";
import { bookmark, links } from "./links.js";

const WITH_PROGRESS = ["ACTIVE", "BUILD", "REBUILD", "RESIZE", "VERIFY_RESIZE"];
const WITH_FAULT = ["ERROR", "DELETED"];

export type SecurityGroups = readonly { readonly name: string }[];

/** Whether the last fault is shown with a server of that status. */
export const hasFault = (status: string): boolean => WITH_FAULT.includes(status);

/** What policy says of parts of the full view: whether the caller is shown hosts, and whether addresses may be hidden. */
export const ruledParts = (ctxt: RequestContext) => ({
  hosts: authorized(ctxt, "compute_extension:extended_server_attributes"),
  hides: authorized(ctxt, "compute_extension:hide_server_addresses"),
});

/** An item of the short list. */
export const briefServer = (app: NovaApp, ctxt: RequestContext, instance: Instance) => ({
  id: instance.uuid,
  name: instance.display_name,
  links: links(app, ctxt, `servers/${instance.uuid}`),
});

/** The answer to a boot, before password and groups. */
export const createdServer = (app: NovaApp, ctxt: RequestContext, instance: Instance) => ({
  id: instance.uuid,
  links: links(app, ctxt, `servers/${instance.uuid}`),
});

/** What the controller shows by itself, without any extension: the answer to an update and to a rebuild. */
export function basicServer(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  addresses = plainAddresses(networkInfo(instance)),
): JsonObject {
  const { uuid, vm_state, task_state } = instance;
  const status = statusOf(vm_state, task_state, instance.deleted);
  const fault = hasFault(status) ? faultOf(app, ctxt, instance) : undefined;
  return {
    id: uuid,
    name: instance.display_name,
    status,
    tenant_id: instance.project_id,
    user_id: instance.user_id,
    metadata: instance.metadata,
    hostId: hostId(instance),
    image: image(app, ctxt, instance),
    flavor: flavor(app, ctxt, instance),
    created: app.iso(instance.created_at ?? ""),
    // A row that was never updated shows the time of the request.
    updated: app.iso(instance.updated_at ?? app.env.utcnow()),
    addresses,
    accessIPv4: instance.access_ip_v4 ?? "",
    accessIPv6: instance.access_ip_v6 ?? "",
    links: links(app, ctxt, `servers/${uuid}`),
    ...(fault && { fault }),
    ...(WITH_PROGRESS.includes(status) && { progress: instance.progress }),
  };
}

/** Everything. `groups`: what Neutron says, which costs calls of their own. */
export function fullServer(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  groups: SecurityGroups | undefined,
): JsonObject {
  const { uuid, vm_state, task_state } = instance;
  return {
    ...basicServer(app, ctxt, instance, addresses(app, ctxt, instance)),
    key_name: instance.key_name,
    config_drive: instance.config_drive,
    ...(groups !== undefined &&
      groups.length > 0 && { security_groups: groups.map(({ name }) => ({ name })) }),
    "OS-DCF:diskConfig": diskConfig(instance),
    "OS-EXT-AZ:availability_zone": zoneOfHost(app, instance.host),
    ...(ruledParts(ctxt).hosts && {
      "OS-EXT-SRV-ATTR:host": instance.host,
      "OS-EXT-SRV-ATTR:hypervisor_hostname": instance.node,
      "OS-EXT-SRV-ATTR:instance_name": instance.name,
    }),
    "OS-EXT-STS:vm_state": vm_state,
    "OS-EXT-STS:task_state": task_state,
    "OS-EXT-STS:power_state": instance.power_state,
    "OS-SRV-USG:launched_at": storedDate(instance.launched_at),
    "OS-SRV-USG:terminated_at": storedDate(instance.terminated_at),
    "os-extended-volumes:volumes_attached": volumes(app, uuid),
  };
}

/** Whether the guest's disk is made as large as its flavor: AUTO or MANUAL. */
export const diskConfig = ({ auto_disk_config }: Instance): string =>
  auto_disk_config ? "AUTO" : "MANUAL";

/** Tells hosts apart within a project, and names none. */
export const hostId = ({ project_id, host }: Instance): string =>
  host === null ? "" : bytesToHex(sha224(utf8ToBytes(`${project_id}${host}`)));

/** The driver's network model. */
const networkInfo = ({ info_cache }: Instance): NetworkInfo =>
  info_cache.network_info as NetworkInfo;

/** As extended_ips, extended_ips_mac and hide_server_addresses make them: for show and detail alone. */
function addresses(app: NovaApp, ctxt: RequestContext, instance: Instance): JsonObject {
  const hidden = app.flags.osapi_hide_server_address_states.includes(instance.vm_state);
  if (hidden && ruledParts(ctxt).hides) return {};
  return extendedAddresses(networkInfo(instance));
}

function image(app: NovaApp, ctxt: RequestContext, { image_ref }: Instance): JsonObject | "" {
  if (image_ref === "") return "";
  return { id: image_ref, links: [bookmark(app, ctxt, `images/${image_ref}`)] };
}

/** From the server's own copy of its flavor. */
function flavor(app: NovaApp, ctxt: RequestContext, instance: Instance): JsonObject {
  const id = instance.system_metadata["instance_type_flavorid"] ?? "";
  return { id, links: [bookmark(app, ctxt, `flavors/${id}`)] };
}

function faultOf(app: NovaApp, ctxt: RequestContext, instance: Instance): JsonObject | undefined {
  const fault = latestFault(app.db, app.store, instance.uuid);
  if (fault === null) return undefined;
  const { code, message, details, created_at } = fault;
  const tellAll = details !== "" && (ctxt.is_admin || code !== 500);
  return {
    code,
    created: app.iso(created_at ?? ""),
    message,
    ...(tellAll && { details }),
  };
}

const volumes = (app: NovaApp, uuid: string): JsonObject[] =>
  blockDevices(app.db, app.store, uuid)
    .objects.filter(({ volume_id }) => volume_id !== null)
    .map(({ volume_id }) => ({ id: volume_id }));
