/**
 * Makes the rows of new instances, all of them or none: quota is reserved first and taken for good
 * last, and their server group has them for members. Nothing is scheduled yet. Upstream:
 * nova/compute/api.py (_provision_instances, _check_num_instances_quota,
 * create_db_entry_for_new_instance, _get_requested_instance_group) at 2014.2; nova §1.2, §1.3.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { isUuidLike, truth, type JsonObject } from "../../../../python/index.js";
import { createGroup, groupByName, groupByUuid } from "../../db/instances/instance-groups.js";
import {
  createInstance,
  ensureDefaultSecurityGroup,
  instancesByFilters,
} from "../../db/instances/instances.js";
import {
  commitReservations,
  type OverQuotaDetails,
  rollbackReservations,
} from "../../db/quota/reservations.js";
import type { InstanceGroup } from "../../objects/instance-group.js";
import {
  InstanceGroupNotFound,
  ObjectActionError,
  OverQuota,
  QuotaError,
  TooManyInstances,
} from "../../exception.js";
import type { ImageOnWire } from "../../image/image-meta.js";
import { systemMetadataFromImage } from "../../image/system-metadata.js";
import { type FlavorFields, flavorToSystemMetadata } from "../../objects/flavor.js";
import type { Instance, SystemMetadata } from "../../objects/instance.js";
import { asObject } from "../../notifications.js";
import { headroom, type QuotaEngine, type QuotaOwner } from "../../quota/quota-engine.js";
import type { NovaApp } from "../app.js";
import { shown } from "../input.js";
import type { BaseOptions } from "./base-options.js";
import { createBlockDevices, validateBlockDevices } from "./block-devices.js";
import type { BlockDeviceRequest } from "./block-device-form.js";
import type { CreateRequest } from "./create-body.js";

export interface Provision {
  readonly request: CreateRequest;
  readonly image: ImageOnWire;
  readonly base: BaseOptions;
  readonly maxCount: number;
  readonly devices: readonly BlockDeviceRequest[];
  /** The server group that they join. */
  readonly group: InstanceGroup | undefined;
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
      yield* validateBlockDevices(app, ctxt, flavor, instance, devices);
      createBlockDevices(app.db, instance.uuid, flavor, devices);
      if (group !== undefined) addGroupMember(app, ctxt, group, instance.uuid);
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

/**
 * The server group that a scheduler hint names. A name that is not known makes a group of policy
 * `legacy`, an id that is not known is an error. @throws InstanceGroupNotFound, QuotaError
 */
export function requestedGroup(
  app: NovaApp,
  ctxt: RequestContext,
  hints: JsonObject,
): InstanceGroup | undefined {
  if (!truth(hints["group"])) return undefined;
  const hint = shown(hints["group"]);
  const { db, store } = app;
  if (isUuidLike(hint)) return groupByUuid(db, store, hint);
  try {
    return groupByName(db, store, ctxt, hint);
  } catch (error) {
    if (!(error instanceof InstanceGroupNotFound)) throw error;
  }
  const owner = { project_id: ctxt.project_id ?? "", user_id: ctxt.user_id ?? "" };
  const reservations = reserveGroup(app, owner);
  const uuid = app.env.stream("server group").uuid();
  const group = createGroup(db, store, { ...owner, uuid, name: hint, policies: ["legacy"] });
  commitReservations(db, reservations);
  return group;
}

/** @throws QuotaError */
function reserveGroup({ quotas }: NovaApp, owner: QuotaOwner): readonly string[] {
  try {
    return quotas.reserve(owner, { server_groups: 1 });
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    throw new QuotaError({}, "Quota exceeded, too many server groups.");
  }
}

/**
 * Only the user's own members count, and those that were there when the request came: several servers of one
 * request may be more than the quota allows. @throws QuotaError
 */
function addGroupMember(
  app: NovaApp,
  ctxt: RequestContext,
  group: InstanceGroup,
  uuid: string,
): void {
  const { db, store } = app;
  const live = instancesByFilters(db, store, ctxt, { uuid: group.members, deleted: false });
  const count = live.filter(({ user_id }) => user_id === ctxt.user_id).length;
  try {
    app.quotas.limitCheck(ctxt, { server_group_members: count + 1 });
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    throw new QuotaError({}, "Quota exceeded, too many servers in group");
  }
  const members = db.instance_groups.get(group.uuid)?.members ?? [];
  db.instance_groups.update(group.uuid, { members: [...members, uuid] });
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
