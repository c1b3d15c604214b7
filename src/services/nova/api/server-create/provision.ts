/**
 * Makes the rows of new instances, all of them or none: quota is reserved first and taken for good
 * last, and their server group has them for members. Nothing is scheduled yet. Upstream:
 * nova/compute/api.py (_provision_instances, _check_num_instances_quota,
 * create_db_entry_for_new_instance) at 2014.2; nova §1.2, §1.3.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { createInstance, ensureDefaultSecurityGroup } from "../../db/instances/instances.js";
import {
  commitReservations,
  type OverQuotaDetails,
  rollbackReservations,
} from "../../db/quota/reservations.js";
import type { InstanceGroupRow } from "../../db/schema.js";
import { ObjectActionError, OverQuota, TooManyInstances } from "../../exception.js";
import type { ImageOnWire } from "../../image/image-meta.js";
import { systemMetadataFromImage } from "../../image/system-metadata.js";
import { type FlavorFields, flavorToSystemMetadata } from "../../objects/flavor.js";
import type { Instance, SystemMetadata } from "../../objects/instance.js";
import { asObject } from "../../notifications.js";
import { headroom, type QuotaEngine } from "../../quota/quota-engine.js";
import type { NovaApp } from "../app.js";
import type { BaseOptions } from "./base-options.js";
import { createBlockDevices, validateBlockDevices } from "./block-devices.js";
import type { BlockDeviceRequest } from "./block-device-form.js";
import type { CreateRequest } from "./create-body.js";
import { joinGroup } from "./server-group.js";

export interface Provision {
  readonly request: CreateRequest;
  readonly image: ImageOnWire;
  readonly base: BaseOptions;
  readonly maxCount: number;
  readonly devices: readonly BlockDeviceRequest[];
  /** The server group that they join. */
  readonly group: Row<InstanceGroupRow> | undefined;
}

/** @throws TooManyInstances, InvalidBDM, QuotaError */
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
      yield* validateBlockDevices(app, ctxt, flavor, instance, devices);
      createBlockDevices(app.db, instance.uuid, flavor, devices);
      if (group !== undefined) joinGroup(app, ctxt, group, instance.uuid);
      yield* app.changes.sendCreated(ctxt, asObject(instance));
    }
  } catch (thrown) {
    const error = yield* caught(thrown);
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
  { base, request }: Provision,
  system_metadata: SystemMetadata,
  launch_index: number,
  count: number,
): Op<Instance> {
  const { db, store, env, flags } = app;
  const { display_name } = request;
  const uuid = env.stream("instance").uuid();
  const hostname = count === 1 ? sanitizeHostname(display_name) : "";
  ensureDefaultSecurityGroup(db, base.row.project_id, base.row.user_id);
  const row = { ...base.row, uuid, launch_index, hostname };
  const { metadata, numaCells } = base;
  const values = { row, metadata, system_metadata, pci_requests: [], numaCells };
  const instance = createInstance(db, store, values);
  if (count > 1) {
    // Several at once: each bears its id in its name, and only now is there one.
    const template = flags.multi_instance_display_name_template;
    const values = { name: display_name, uuid, count: launch_index + 1 };
    instance.display_name = fillTemplate(template, values);
    instance.hostname = sanitizeHostname(instance.display_name);
    yield* instance.save(ctxt);
  }
  return instance;
}

/** Copies of flavor and image, so that what becomes of them does not touch the server. */
function initialSystemMetadata({ request, image }: Provision): Record<string, string | null> {
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

/** Memory of the video card, which counts as well. */
const VIDEO_RAM = "hw_video:ram_max_mb";

interface ReservedInstances {
  readonly count: number;
  readonly reservations: readonly string[];
}

/** For as many as there is room for, but not for fewer than `min`. @throws TooManyInstances */
export function reserveInstances(
  quotas: QuotaEngine,
  ctxt: RequestContext,
  flavor: FlavorFields,
  min: number,
  max: number,
): ReservedInstances {
  const memory = flavor.memory_mb + Number(flavor.extra_specs[VIDEO_RAM] ?? 0);
  const deltas = { instances: max, cores: max * flavor.vcpus, ram: max * memory };
  const owner = { project_id: ctxt.project_id ?? "", user_id: ctxt.user_id ?? "" };
  try {
    return { count: max, reservations: quotas.reserve(owner, deltas) };
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    const details = error.kwargs as unknown as OverQuotaDetails;
    const left = headroom(details, deltas);
    const allowed = Math.min(
      left["instances"] ?? 0,
      flavor.vcpus > 0 ? Math.floor((left["cores"] ?? 0) / flavor.vcpus) : Infinity,
      flavor.memory_mb > 0 ? Math.floor((left["ram"] ?? 0) / memory) : Infinity,
    );
    if (allowed > 0 && min <= allowed && allowed <= max) {
      return reserveInstances(quotas, ctxt, flavor, min, allowed);
    }
    const [resource = "instances"] = details.overs;
    const total = details.quotas[resource] ?? 0;
    const req = { ...deltas, instances: min === max ? String(min) : `${min}-${max}` };
    throw new TooManyInstances({
      overs: details.overs.join(","),
      req: req[resource as keyof typeof req],
      used: total - (left[resource] ?? 0),
      allowed: total,
      resource,
    });
  }
}

/** `My Server!` becomes `my-server`. */
function sanitizeHostname(name: string): string {
  return name
    .replace(/[^\u0000-\u00ff]/g, "")
    .replace(/[ _]/g, "-")
    .replace(/[^\w.-]+/g, "")
    .toLowerCase()
    .replace(/^[.-]+|[.-]+$/g, "");
}

/** A template such as `%(name)s-%(uuid)s` filled in. */
function fillTemplate(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/%\((\w+)\)[sd]/g, (_, key: string) => String(values[key] ?? ""));
}
