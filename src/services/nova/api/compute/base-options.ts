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
  FlavorNotFound,
  InstanceUserDataTooLarge,
  InvalidRequest,
} from "../../exception.js";
import { hasImage, type ImageMeta, type ImageOnWire } from "../../image/image-meta.js";
import type { NetworkRequestList } from "../../objects/network-request.js";
import { NOSTATE } from "../../../../hardware/power-states.js";
import { SCHEDULING } from "../../task-states.js";
import { BUILDING } from "../../vm-states.js";
import type { NovaApp } from "../app.js";
import { enabledZones } from "../availability-zones.js";
import { checkInjectedFiles, checkMetadata, checkRequestedImage } from "./create-checks.js";
import type { CreateRequest } from "./create-request.js";
import { strictBoolean } from "./strict-boolean.js";
import type { ZoneRequest } from "./zone-request.js";

export interface BaseOptions {
  /** `uuid`, `launch_index` and `hostname` are each instance's own: blank here, so that a copy of
   * the row has its shape already. */
  readonly row: InstanceRow;
  readonly metadata: Readonly<Record<string, string>>;
  /** How many the networks have room for. */
  readonly maxNetCount: number;
}

const MAX_USERDATA = 65_535;

export function* validateAndBuildBaseOptions(
  app: NovaApp,
  ctxt: RequestContext,
  request: CreateRequest,
  image: ImageOnWire,
  zone: ZoneRequest,
  reservationId: string,
  requestedNetworks: NetworkRequestList | null,
): Op<BaseOptions> {
  const { flavor, user_data, auto_disk_config } = request;
  if (zone.zone !== null && zone.host === null && !enabledZones(app).has(zone.zone)) {
    throw new InvalidRequest({}, "The requested availability zone is not available");
  }
  if (flavor.disabled) throw new FlavorNotFound({ flavor_id: flavor.id });
  if (user_data !== null && user_data.length > MAX_USERDATA) {
    throw new InstanceUserDataTooLarge({ length: user_data.length, maxsize: MAX_USERDATA });
  }
  const metadata = checkMetadata(app.quotas, ctxt, request.metadata);
  checkInjectedFiles(app.quotas, ctxt, request.injected_files);
  if (hasImage(image) && request.image_href !== "") checkRequestedImage(image, flavor);
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
  const key_data =
    request.key_name === null
      ? null
      : keyPairByName(app.db, ctxt.user_id ?? "", request.key_name).public_key;
  yield* app.network.create_pci_requests_for_sriov_ports(ctxt, requestedNetworks);
  const properties = propertiesOf(image);
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
    display_description: request.display_name,
    user_data,
    key_name: request.key_name,
    key_data,
    locked: false,
    locked_by: null,
    access_ip_v4: request.access_ip_v4,
    access_ip_v6: request.access_ip_v6,
    availability_zone: zone.zone,
    root_device_name: rootDeviceName(properties["root_device_name"]),
    progress: 0,
    os_type: properties["os_type"] ?? null,
    architecture: properties["architecture"] ?? null,
    vm_mode: properties["vm_mode"] ?? null,
    auto_disk_config: auto_disk_config ?? strictBoolean(imageConfig) ?? false,
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
  return { row, metadata, maxNetCount };
}

const propertiesOf = (image: ImageOnWire): Partial<ImageMeta["properties"]> =>
  hasImage(image) ? image.properties : {};

/** An image that forbids it is not resized. @throws AutoDiskConfigDisabledByImage */
export function checkAutoDiskConfig(image: ImageOnWire, wanted: boolean | null): void {
  if (wanted === true && propertiesOf(image)["auto_disk_config"] === "disabled") {
    throw new AutoDiskConfigDisabledByImage({ image: image.id });
  }
}

/** Images that are booted by a kernel of their own name it. @throws ImageNotFound */
function* kernelAndRamdisk(
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
function configDrive(asked: unknown): string {
  if (asked === null || asked === undefined || asked === "" || asked === false) return "";
  const value = strictBoolean(asked);
  if (value === undefined) throw new ConfigDriveInvalidValue({ option: asked });
  return value ? "True" : "";
}

function rootDeviceName(name: string | undefined): string | null {
  if (name === undefined || name === "") return null;
  return name.startsWith("/dev/") ? name : `/dev/${name}`;
}
