/**
 * Takes a request for servers: check, reserve, write the rows, hand over to the conductor. Nothing
 * is scheduled yet when the caller has its answer. Upstream: nova/compute/api.py (create,
 * _create_instance) at 2014.2; nova §1.2 to §1.4.
 */
import type { Op } from "../../../../kernel/index.js";
import type { NovaDatabase } from "../../db/database.js";
import { flavorRow } from "../../db/flavors.js";
import { actionStart } from "../../db/instances/instance-actions.js";
import { PortLimitExceeded } from "../../exception.js";
import type { ImageOnWire } from "../../image/image-meta.js";
import type { Instance } from "../../objects/instance.js";
import { networkRequestList } from "../../objects/network-request.js";
import { shown } from "../input.js";
import type { NovaRule } from "../policy.js";
import type { NovaCall } from "../route.js";
import type { FilterProperties } from "../../scheduler/rpcapi.js";
import {
  checkAutoDiskConfig,
  parseZone,
  validateAndBuildBaseOptions,
  type ZoneRequest,
} from "./base-options.js";
import { checkAndTransformBlockDevices, imageOfBlockDevices } from "./block-devices.js";
import type { CreateRequest } from "./create-body.js";
import { checkMultiple } from "./networks.js";
import { provisionInstances } from "./provision.js";
import { requestedGroup } from "./server-group.js";

/** What a request may be asked about, by what is in it. */
export const createRules: readonly NovaRule[] = [
  "compute:create",
  "compute:create:attach_network",
  "compute:create:attach_volume",
  "compute:create:forced_host",
];

export interface Created {
  readonly instances: readonly Instance[];
  readonly reservationId: string;
}

/** @throws whatever is wrong with the request; see the table of nova §1.2 */
export function createServers(call: NovaCall, request: CreateRequest): Op<Created> {
  const { app, ctxt } = call;
  return app.hooks.around(app.env, "create_instance", [ctxt, request], create(call, request));
}

function* create(call: NovaCall, request: CreateRequest): Op<Created> {
  const { app, ctxt, enforce } = call;
  const { requested_networks: networks, block_devices, image_href } = request;
  enforce(ctxt, "compute:create");
  if (networks !== null && networks.length > 0) enforce(ctxt, "compute:create:attach_network");
  if (block_devices.devices.length > 0) enforce(ctxt, "compute:create:attach_volume");
  if (networks !== null && request.max_count > 1) checkMultiple(networks);

  const reservationId = `r-${app.env.stream("reservation id").text(LETTERS, 8)}`;
  const image: ImageOnWire =
    image_href === ""
      ? yield* imageOfBlockDevices(app, ctxt, block_devices)
      : yield* app.images.get(ctxt, image_href);
  checkAutoDiskConfig(image, request.auto_disk_config);
  const zone = parseZone(call, request.availability_zone, app.flags.default_schedule_zone);
  const requestedNetworks = networks === null ? null : networkRequestList(app.store, networks);
  const base = yield* validateAndBuildBaseOptions(app, ctxt, {
    request,
    image,
    zone,
    reservationId,
    requestedNetworks,
  });
  // Fewer than the least that was asked for is not checked again, nor fewer than none: a quota of
  // ports below what there is gives servers back to the quota that nobody had.
  const maxCount = Math.min(request.max_count, base.maxNetCount);
  if (base.maxNetCount === 0) throw new PortLimitExceeded();
  const devices = checkAndTransformBlockDevices({
    image,
    flavor: request.flavor,
    imageRef: image_href,
    rootDevice: base.row.root_device_name,
    asked: block_devices,
    minCount: request.min_count,
    maxCount,
  });
  const group = requestedGroup(app, ctxt, request.scheduler_hints);
  const instances = yield* provisionInstances(app, ctxt, {
    request,
    image,
    base,
    maxCount,
    devices,
    group,
  });
  for (const { uuid } of instances) actionStart(app.db, ctxt, uuid, "create");
  yield* app.computeTask.build_instances(ctxt, {
    instances,
    image,
    filter_properties: filterProperties(app.db, request, zone),
    admin_password: request.admin_password,
    injected_files: request.injected_files.map(([path, contents]) => [shown(path), contents]),
    requested_networks: requestedNetworks,
    security_groups: request.security_groups,
  });
  return { instances, reservationId };
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

function filterProperties(
  db: NovaDatabase,
  { flavor, scheduler_hints }: CreateRequest,
  zone: ZoneRequest,
): FilterProperties {
  return {
    scheduler_hints,
    instance_type: flavorRow(db, flavor.id),
    ...(named(zone.host) && { force_hosts: [zone.host] }),
    ...(named(zone.node) && { force_nodes: [zone.node] }),
  };
}

const named = (part: string | null): part is string => part !== null && part !== "";
