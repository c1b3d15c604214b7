/** What `POST /servers` asks of the compute API, once its form has been checked. Upstream: the
 * arguments of nova/compute/api.py (API.create) at 2014.2. */
import type { InjectedFile } from "../../conductor/rpcapi.js";
import type { Flavor } from "../../objects/flavor.js";
import type { NetworkRequestFields } from "../../objects/network-request.js";
import type { BlockDeviceRequest } from "./block-device-request.js";

export interface CreateRequest {
  readonly flavor: Flavor;
  /** Empty when it boots from a block device. */
  readonly image_href: string;
  readonly display_name: string;
  readonly key_name: string | null;
  /** Not yet known to be a dictionary of texts. */
  readonly metadata: unknown;
  readonly access_ip_v4: string | null;
  readonly access_ip_v6: string | null;
  readonly injected_files: readonly InjectedFile[];
  readonly admin_password: string;
  readonly min_count: number;
  readonly max_count: number;
  /** null: whatever networks the project has. */
  readonly requested_networks: readonly NetworkRequestFields[] | null;
  readonly security_groups: readonly string[];
  readonly user_data: string | null;
  readonly availability_zone: string | null;
  readonly config_drive: unknown;
  readonly block_devices: readonly BlockDeviceRequest[];
  readonly auto_disk_config: boolean | null;
  readonly scheduler_hints: Readonly<Record<string, string | readonly string[]>>;
}
