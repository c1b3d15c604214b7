/**
 * Which version of an API is spoken, and what is said of one that there is no library for. Upstream:
 * openstackclient/compute/client.py and its like, openstackclient/common/utils.py (get_client_class), 0.4.1.
 */
import { Exception } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";

/** There is no library for that version. */
export class UnsupportedVersion extends Exception {
  static override readonly module: string = "openstackclient.common.exceptions";
  override readonly name: string = "UnsupportedVersion";
}

/** The option that says it, what it usually is, and the versions in the order in which they are told. */
export const API_VERSIONS = {
  compute: { option: "os_compute_api_version", usual: "2", known: ["2", "1.1"] },
  identity: { option: "os_identity_api_version", usual: "2.0", known: ["3", "2.0"] },
  image: { option: "os_image_api_version", usual: "1", known: ["1", "2"] },
  network: { option: "os_network_api_version", usual: "2", known: ["2"] },
  object_store: { option: "os_object_api_version", usual: "1", known: ["1"] },
  volume: { option: "os_volume_api_version", usual: "1", known: ["1"] },
} as const;

export type ApiName = keyof typeof API_VERSIONS;

export const versionOf = (api: ApiName, options: Arguments): string =>
  options.text(API_VERSIONS[api].option) ?? API_VERSIONS[api].usual;

/** The same. @throws UnsupportedVersion */
export function clientVersion(api: ApiName, options: Arguments): string {
  const version = versionOf(api, options);
  const known: readonly string[] = API_VERSIONS[api].known;
  if (known.includes(version)) return version;
  throw new UnsupportedVersion(
    `Invalid ${api} client version '${version}'. must be one of: ${known.join(", ")}`,
  );
}
