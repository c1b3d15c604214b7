/**
 * Makes the rows of new instances, all of them or none, and only then takes the quota for good:
 * before anything is scheduled. Upstream: nova/compute/api.py (_provision_instances,
 * create_db_entry_for_new_instance) at 2014.2; nova §1.3.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { Exception } from "../../../../python/index.js";
import { createInstance, ensureDefaultSecurityGroup } from "../../db/instance-create.js";
import { commitReservations, rollbackReservations } from "../../db/reservations.js";
import type { InstanceGroupRow } from "../../db/schema.js";
import type { ImageOnWire } from "../../image/image-meta.js";
import { ObjectActionError } from "../../exception.js";
import { flavorToSystemMetadata } from "../../objects/flavor.js";
import type { Instance } from "../../objects/instance.js";
import type { NovaApp } from "../app.js";
import type { BaseOptions } from "./base-options.js";
import type { BlockDeviceRequest } from "./block-device-request.js";
import { createBlockDevices, validateBlockDevices } from "./block-devices.js";
import type { CreateRequest } from "./create-request.js";
import { addGroupMembers } from "./group-hint.js";
import { systemMetadataFromImage } from "./image-metadata.js";
import { fillTemplate, sanitizeHostname } from "./names.js";
import { reserveInstances } from "./reserve-instances.js";

export interface Provision {
  readonly request: CreateRequest;
  readonly image: ImageOnWire;
  readonly base: BaseOptions;
  readonly maxCount: number;
  readonly devices: readonly BlockDeviceRequest[];
  /** The server group that they join. */
  readonly group: Row<InstanceGroupRow> | undefined;
}

/** @throws TooManyInstances, InvalidBDM */
export function* provisionInstances(
  app: NovaApp,
  ctxt: RequestContext,
  provision: Provision,
): Op<Instance[]> {
  const { request, maxCount, devices, group } = provision;
  const { flavor, min_count } = request;
  const { count, reservations } = reserveInstances(app.quotas, ctxt, flavor, min_count, maxCount);
  const instances: Instance[] = [];
  try {
    const systemMetadata = initialSystemMetadata(provision);
    for (let index = 0; index < count; index++) {
      const instance = yield* createEntry(app, ctxt, provision, systemMetadata, index, count);
      instances.push(instance);
      yield* validateBlockDevices(app, ctxt, flavor, request.image_href, devices);
    }
    if (group !== undefined) {
      const uuids = instances.map(({ uuid }) => uuid);
      addGroupMembers(app, group, uuids);
    }
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    for (const instance of instances) yield* destroyQuietly(ctxt, instance);
    rollbackReservations(app.db, reservations);
    throw error;
  }
  commitReservations(app.db, reservations);
  return instances;
}

function* createEntry(
  app: NovaApp,
  ctxt: RequestContext,
  { base, request, devices }: Provision,
  system_metadata: Readonly<Record<string, string>>,
  launch_index: number,
  count: number,
): Op<Instance> {
  const { db, store, env, flags } = app;
  const { display_name } = request;
  const uuid = env.stream("instance").uuid();
  const hostname = count === 1 ? sanitizeHostname(display_name) : "";
  ensureDefaultSecurityGroup(db, base.row.project_id, base.row.user_id);
  const row = { ...base.row, uuid, launch_index, hostname };
  const { metadata } = base;
  const instance = createInstance(db, store, { row, metadata, system_metadata, pci_requests: [] });
  if (count > 1) {
    // Several at once: each bears its id in its name, and only now is there one.
    const template = flags.multi_instance_display_name_template;
    const values = { name: display_name, uuid, count: launch_index + 1 };
    instance.display_name = fillTemplate(template, values);
    instance.hostname = sanitizeHostname(instance.display_name);
    yield* instance.save(ctxt);
  }
  createBlockDevices(db, uuid, devices);
  return instance;
}

/** Copies of flavor and image, so that what becomes of them does not touch the server. */
function initialSystemMetadata({ request, image }: Provision): Record<string, string> {
  const { flavor, image_href } = request;
  const metadata = {
    ...flavorToSystemMetadata(flavor),
    ...systemMetadataFromImage(image, flavor.root_gb),
  };
  metadata["image_base_image_ref"] ??= image_href;
  return metadata;
}

function* destroyQuietly(ctxt: RequestContext, instance: Instance): Op<void> {
  try {
    yield* instance.destroy(ctxt);
  } catch (error) {
    if (!(error instanceof ObjectActionError)) throw error;
  }
}
