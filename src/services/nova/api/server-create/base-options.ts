/**
 * Checks a request against everything that there is, in upstream's order, and makes the columns that
 * all of its instances will share. Upstream: nova/compute/api.py (_validate_and_build_base_options)
 * at 2014.2; nova §1.2 rows 19 to 33.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { keyPairByName } from "../../db/key-pairs.js";
import type { InstanceRow } from "../../db/schema.js";
import {
  AutoDiskConfigDisabledByImage,
  ConfigDriveInvalidValue,
  FlavorDiskTooSmall,
  FlavorMemoryTooSmall,
  FlavorNotFound,
  ImageNotActive,
  InstanceUserDataTooLarge,
  InvalidImageConfigDrive,
  InvalidInput,
  InvalidRequest,
  OnsetFileContentLimitExceeded,
  OnsetFileLimitExceeded,
  OnsetFilePathLimitExceeded,
} from "../../exception.js";
import {
  hasImage,
  hasMeta,
  type BootVolumeMeta,
  type ImageMeta,
  type ImageOnWire,
} from "../../image/image-meta.js";
import type { FlavorFields } from "../../objects/flavor.js";
import type { NetworkRequestList } from "../../objects/network-request.js";
import { NOSTATE } from "../../../../hardware/power-states.js";
import type { NovaCall } from "../route.js";
import type { QuotaEngine } from "../../quota/quota-engine.js";
import { within } from "../../quota/within.js";
import { SCHEDULING } from "../../states/task-states.js";
import { BUILDING } from "../../states/vm-states.js";
import type { NovaApp } from "../app.js";
import { checkMetadata } from "../compute/metadata.js";
import { enabledZones } from "../aggregates/host-zones.js";
import {
  boolFromString,
  contains,
  ipAddress,
  length,
  repr,
  strictBoolean,
  truth,
  type Json,
  ValueError,
} from "../../../../python/index.js";
import { shown, stringField } from "../input.js";
import { stripDev } from "../../block-device/device-names.js";
import type { NumaCell } from "../../objects/instance-numa-topology.js";
import type { CreateRequest } from "./create-body.js";
import type { RequestedFile } from "./injected-files.js";
import { numaConstraints } from "./numa.js";

export interface BaseOptions {
  /** `uuid`, `launch_index` and `hostname` are each instance's own: blank here, so that a copy of
   * the row has its shape already. */
  readonly row: InstanceRow;
  readonly metadata: Readonly<Record<string, string>>;
  readonly numaCells: readonly NumaCell[] | null;
  /** How many the networks have room for. */
  readonly maxNetCount: number;
}

const MAX_USERDATA = 65_535;
const GIB = 1024 * 1024 * 1024;

/** What of a request is known by the time that it is checked. */
export interface BaseRequest {
  readonly request: CreateRequest;
  readonly image: ImageOnWire;
  readonly zone: ZoneRequest;
  readonly reservationId: string;
  readonly requestedNetworks: NetworkRequestList | null;
}

export function* validateAndBuildBaseOptions(
  app: NovaApp,
  ctxt: RequestContext,
  { request, image, zone, reservationId, requestedNetworks }: BaseRequest,
): Op<BaseOptions> {
  const { flavor, user_data, auto_disk_config } = request;
  const wanted = zone.zone ?? "";
  if (wanted !== "" && zone.host === null && !enabledZones(app).has(wanted)) {
    throw new InvalidRequest({}, "The requested availability zone is not available");
  }
  if (flavor.disabled) throw new FlavorNotFound({ flavor_id: flavor.id });
  if (typeof user_data === "string" && user_data.length > MAX_USERDATA) {
    throw new InstanceUserDataTooLarge({ length: user_data.length, maxsize: MAX_USERDATA });
  }
  const metadata = checkMetadata(app.quotas, ctxt, request.metadata);
  checkInjectedFiles(app.quotas, ctxt, request.injected_files);
  if (hasMeta(image)) checkRequestedImage(request.image_href, image, flavor);
  for (const group of request.security_groups) {
    if (group !== "default") yield* app.securityGroups.get(ctxt, group);
  }
  const maxNetCount = yield* app.network.validate_networks(
    ctxt,
    requestedNetworks,
    request.max_count,
  );
  const { kernel_id, ramdisk_id } = yield* kernelAndRamdisk(app, ctxt, image);
  const config_drive = configDrive(request.config_drive);
  const key_data = truth(request.key_name)
    ? keyPairByName(app.db, ctxt.user_id ?? "", shown(request.key_name)).public_key
    : null;
  const properties = propertiesOf(image);
  const numaCells = numaConstraints(flavor, properties);
  yield* app.network.create_pci_requests_for_sriov_ports(ctxt, requestedNetworks);
  const imageConfig = properties["auto_disk_config"];
  checkAutoDiskConfig(image, auto_disk_config);
  const row: BaseOptions["row"] = {
    uuid: "",
    launch_index: 0,
    hostname: "",
    display_name: request.display_name,
    reservation_id: reservationId,
    image_ref: request.image_href,
    kernel_id,
    ramdisk_id,
    power_state: NOSTATE,
    vm_state: BUILDING,
    task_state: SCHEDULING,
    config_drive,
    user_id: ctxt.user_id ?? "",
    project_id: ctxt.project_id ?? "",
    instance_type_id: flavor.id,
    memory_mb: flavor.memory_mb,
    vcpus: flavor.vcpus,
    root_gb: flavor.root_gb,
    ephemeral_gb: flavor.ephemeral_gb,
    ephemeral_key_uuid: null,
    display_description: request.display_name,
    user_data: stringField(user_data),
    key_name: stringField(request.key_name),
    key_data,
    locked: false,
    locked_by: null,
    access_ip_v4: request.access_ip_v4 && ipAddress(request.access_ip_v4),
    access_ip_v6: request.access_ip_v6 && ipAddress(request.access_ip_v6),
    availability_zone: zone.zone,
    root_device_name: rootDeviceName(properties["root_device_name"]),
    progress: 0,
    os_type: properties["os_type"] ?? null,
    architecture: properties["architecture"] ?? null,
    vm_mode: properties["vm_mode"] ?? null,
    auto_disk_config: auto_disk_config ?? boolFromString(imageConfig),
    host: null,
    node: null,
    launched_on: null,
    scheduled_at: null,
    launched_at: null,
    terminated_at: null,
    default_ephemeral_device: null,
    default_swap_device: null,
    shutdown_terminate: false,
    disable_terminate: false,
    cell_name: null,
    cleaned: 0,
  };
  return { row, metadata, numaCells, maxNetCount };
}

export const propertiesOf = (image: ImageOnWire): Partial<ImageMeta["properties"]> =>
  hasMeta(image) ? image.properties : {};

/** An image that forbids it is not resized. @throws AutoDiskConfigDisabledByImage */
export function checkAutoDiskConfig(image: ImageOnWire, wanted: boolean | null): void {
  const config = propertiesOf(image)["auto_disk_config"] ?? "";
  if (wanted === true && config.trim().toLowerCase() === "disabled") {
    throw new AutoDiskConfigDisabledByImage({ image: hasImage(image) ? image.id : null });
  }
}

/** Images that are booted by a kernel of their own name it. @throws ImageNotFound */
export function* kernelAndRamdisk(
  app: NovaApp,
  ctxt: RequestContext,
  image: ImageOnWire,
): Op<{ kernel_id: string; ramdisk_id: string }> {
  const { kernel_id, ramdisk_id } = propertiesOf(image);
  if (kernel_id === app.flags.null_kernel) return { kernel_id: "", ramdisk_id: "" };
  const ids: string[] = [];
  for (const id of [kernel_id, ramdisk_id]) {
    if (id === undefined || id === "") ids.push("");
    else ids.push((yield* app.images.get(ctxt, id)).id);
  }
  return { kernel_id: ids[0] ?? "", ramdisk_id: ids[1] ?? "" };
}

/** The column is text: no drive is the empty one. @throws ConfigDriveInvalidValue */
function configDrive(option: Json): string {
  if (!truth(option)) return "";
  const value = strictBoolean(option);
  if (value === undefined) throw new ConfigDriveInvalidValue({ option });
  return value ? "True" : "";
}

const rootDeviceName = (name: string | undefined): string | null =>
  name === undefined ? null : name && `/dev/${stripDev(name)}`;

/** @throws OnsetFileLimitExceeded and its kinds */
export function checkInjectedFiles(
  quotas: QuotaEngine,
  ctxt: RequestContext,
  files: readonly RequestedFile[],
): void {
  if (files.length === 0) return;
  within(quotas, ctxt, { injected_files: files.length }, () => new OnsetFileLimitExceeded());
  const largest = {
    injected_file_path_bytes: Math.max(...files.map(([path]) => length(path))),
    injected_file_content_bytes: Math.max(...files.map(([, contents]) => contents.length)),
  };
  within(quotas, ctxt, largest, ({ overs }) =>
    overs.includes("injected_file_path_bytes")
      ? new OnsetFilePathLimitExceeded()
      : new OnsetFileContentLimitExceeded(),
  );
}

/** Whether the image can be booted, and the flavor has room for it; a root disk of 0 is any size. */
export function checkRequestedImage(
  imageHref: string,
  image: ImageMeta | BootVolumeMeta,
  flavor: FlavorFields,
): void {
  // That of a block device is no image that was asked for.
  const image_id = imageHref === "" || !hasImage(image) ? null : image.id;
  if (image.status !== "active") throw new ImageNotActive({ image_id });
  const configDrive = image.properties["img_config_drive"] ?? "optional";
  if (configDrive !== "optional" && configDrive !== "mandatory") {
    throw new InvalidImageConfigDrive({ config_drive: configDrive });
  }
  if (flavor.memory_mb < wholeNumber(image.min_ram)) throw new FlavorMemoryTooSmall();
  if (flavor.root_gb === 0) return;
  if (wholeNumber(image.size) > flavor.root_gb * GIB) throw new FlavorDiskTooSmall();
  if (wholeNumber(image.min_disk) > flavor.root_gb) throw new FlavorDiskTooSmall();
}

/** `int(value or 0)`. @throws ValueError */
function wholeNumber(value: string | number): number {
  if (typeof value === "number") return value;
  const text = value.trim();
  if (/^[+-]?\d+$/u.test(text)) return Number(text);
  if (value === "") return 0;
  throw new ValueError(`invalid literal for int() with base 10: ${repr(value)}`);
}

/**
 * What a user means by an availability zone: the name of one or, for administrators, `zone:host`,
 * `zone:host:node` or `zone::node`. A host without a name, as in `zone:`, forces nothing, but then
 * nobody looks whether there is such a zone.
 */
export interface ZoneRequest {
  readonly zone: string | null;
  readonly host: string | null;
  readonly node: string | null;
}

/**
 * `_handle_availability_zone`.
 * @throws InvalidInput; PythonTypeError; PolicyNotAuthorized if a host is named by somebody who may not
 */
export function parseZone(
  { ctxt, enforce }: NovaCall,
  given: Json,
  defaultZone: string | null,
): ZoneRequest {
  const colon = truth(given) && contains(given, ":");
  const { zone, host, node } = colon
    ? partsOf(shown(given))
    : { zone: truth(given) ? shown(given) : "", host: null, node: null };
  for (const forced of [host, node]) {
    if (forced !== null && forced !== "") enforce(ctxt, "compute:create:forced_host");
  }
  return { zone: zone === "" ? defaultZone : zone, host, node };
}

function partsOf(text: string): ZoneRequest & { readonly zone: string } {
  const parts = text.split(":");
  if (parts.length > 3) throw new InvalidInput({ reason: "Unable to parse availability_zone" });
  const [zone = "", host = "", node = null] = parts;
  // `zone::node` leaves the host open.
  return { zone, host: parts.length === 3 && host === "" ? null : host, node };
}
