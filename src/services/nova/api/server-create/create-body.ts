/**
 * The form of `POST /servers`: what the request says, checked as far as that goes without looking
 * anything up, in upstream's order. What upstream takes for granted is read as Python reads it, with
 * Python's errors. Upstream: nova/api/openstack/compute/servers.py (create) at 2014.2; nova §1.2 rows 1
 * to 12.
 */
import type { Stream } from "../../../../kernel/index.js";
import {
  dictOrder,
  get,
  hashable,
  isIpv4,
  isIpv6,
  isUuidLike,
  item,
  iterate,
  truth,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { InvalidInput } from "../../exception.js";
import type { Flavor } from "../../objects/flavor.js";
import type { NetworkRequestFields } from "../../objects/network-request.js";
import { badRequest, checkedText, entity, shown, validInteger } from "../input.js";
import { blockDevicesOf, hasBlockDevices, type BlockDevices } from "./block-device-form.js";
import { checkUserData, injectedFiles, type RequestedFile } from "./injected-files.js";
import { requestedNetworksOf } from "./networks.js";
import { generatePassword } from "../../crypto/password.js";
import { schedulerHints, withDiskConfig } from "./request-extensions.js";

/** The arguments of the compute API's create. Upstream: nova/compute/api.py (API.create). */
export interface CreateRequest {
  readonly flavor: Flavor;
  /** Empty when it boots from a block device. */
  readonly image_href: string;
  readonly display_name: string;
  /** As it came: an empty one is kept, and no key is looked for. */
  readonly key_name: Json;
  /** Not yet known to be a dictionary of texts. */
  readonly metadata: Json;
  readonly access_ip_v4: string | null;
  readonly access_ip_v6: string | null;
  readonly injected_files: readonly RequestedFile[];
  /** null: nobody is to know one. */
  readonly admin_password: string | null;
  readonly min_count: number;
  readonly max_count: number;
  /** null: whatever networks the project has. */
  readonly requested_networks: readonly NetworkRequestFields[] | null;
  readonly security_groups: readonly string[];
  readonly user_data: Json;
  readonly availability_zone: Json;
  readonly config_drive: Json;
  readonly block_devices: BlockDevices;
  /** null: the image may decide. */
  readonly auto_disk_config: boolean | null;
  readonly scheduler_hints: JsonObject;
}

export interface CreateBody extends Omit<CreateRequest, "flavor"> {
  readonly flavorRef: string;
  readonly returnReservationId: boolean;
  /** As asked for; shown in the answer. */
  readonly securityGroups: Json;
}

export interface PasswordOptions {
  readonly passwords: Stream;
  readonly passwordLength: number;
}

/** @throws HttpFault 422 or 400; KeyError, AttributeError and others where upstream does not look */
export function parseCreateBody(given: Json, options: PasswordOptions): CreateBody {
  const body = withDiskConfig(given);
  const scheduler_hints = schedulerHints(body);
  const server = entity(body, "server");
  const admin_password = adminPassword(server, options);
  if (!Object.hasOwn(server, "name")) throw badRequest("Server name is not defined");
  const display_name = checkedText(server["name"], "Server name", 1, 255);
  const image_href = imageHref(server);
  const injected_files = injectedFiles(get(server, "personality"));
  const security_groups = securityGroupNames(get(server, "security_groups"));
  const requested_networks = requestedNetworksOf(get(server, "networks"));
  const access_ip_v4 = accessIp(server, "accessIPv4", isIpv4);
  const access_ip_v6 = accessIp(server, "accessIPv6", isIpv6);
  const flavorRef = flavorId(server);
  const user_data = get(server, "user_data");
  checkUserData(user_data);
  const block_devices = blockDevicesOf(server);
  const counts = countsOf(server);
  return {
    admin_password,
    display_name,
    image_href,
    injected_files,
    security_groups,
    requested_networks,
    access_ip_v4,
    access_ip_v6,
    flavorRef,
    user_data,
    block_devices,
    ...counts,
    key_name: get(server, "key_name"),
    metadata: get(server, "metadata"),
    availability_zone: get(server, "availability_zone"),
    config_drive: get(server, "config_drive"),
    auto_disk_config: autoDiskConfig(get(server, "auto_disk_config")),
    scheduler_hints,
    returnReservationId: truth(server["return_reservation_id"]),
    securityGroups: Object.hasOwn(server, "security_groups")
      ? get(server, "security_groups")
      : [{ name: "default" }],
  };
}

export function adminPassword(
  server: JsonObject,
  { passwords, passwordLength }: PasswordOptions,
): string {
  const given = server["adminPass"];
  if (given === undefined) return generatePassword(passwords, passwordLength);
  if (typeof given !== "string") throw badRequest("Invalid adminPass");
  return given;
}

/** Its id, whatever URL it is the end of; empty if it boots from a block device. */
function imageHref(server: JsonObject): string {
  const given = server["imageRef"];
  if (!truth(given) && hasBlockDevices(server)) return "";
  if (given === undefined) throw badRequest("Missing imageRef attribute");
  const id = shown(given).split("/").at(-1) ?? "";
  if (!isUuidLike(id)) throw badRequest("Invalid imageRef provided.");
  return id;
}

/** Each once, in the order in which Python lists a set of them. */
function securityGroupNames(given: Json): string[] {
  const groups = given === null ? [] : iterate(given);
  const names = groups
    .filter((group) => truth(get(group, "name")))
    .map((group) => item(group, "name"));
  return names.length === 0 ? ["default"] : dictOrder(names.map((name) => shown(hashable(name))));
}

function accessIp(
  server: JsonObject,
  name: "accessIPv4" | "accessIPv6",
  valid: (text: string) => boolean,
): string | null {
  const given = get(server, name);
  return given === null ? null : checkedAddress(given, name, valid);
}

/** @throws HttpFault 400 */
export function checkedAddress(
  given: Json,
  name: "accessIPv4" | "accessIPv6",
  valid: (text: string) => boolean,
): string {
  if (typeof given === "string" && valid(given)) return given;
  throw badRequest(`${name} is not proper ${name.slice("access".length)} format`);
}

/** `get_id_from_href`: the last segment of what may be a URL. */
function flavorId(server: JsonObject): string {
  if (!Object.hasOwn(server, "flavorRef")) throw badRequest("Missing flavorRef attribute");
  const path = shown(server["flavorRef"]).replace(/[?#].*$/su, "");
  return path.split("/").at(-1) ?? "";
}

function countsOf(server: JsonObject): Pick<CreateRequest, "min_count" | "max_count"> {
  const { min_count: least = 1, max_count: most = least } = server;
  try {
    const min_count = validInteger(least, "min_count", 1);
    const max_count = validInteger(most, "max_count", 1);
    if (min_count > max_count) throw badRequest("min_count must be <= max_count");
    return { min_count, max_count };
  } catch (error) {
    throw error instanceof InvalidInput ? badRequest(error.message) : error;
  }
}

const autoDiskConfig = (given: Json): boolean | null => (given === null ? null : truth(given));
