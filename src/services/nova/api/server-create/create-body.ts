/**
 * The form of `POST /servers`: what the request says, checked as far as that goes without looking
 * anything up. Upstream: nova/api/openstack/compute/servers.py (create) at 2014.2; nova §1.2 rows 1
 * to 12.
 */
import { HttpFault } from "../../../../http/index.js";
import type { Stream } from "../../../../kernel/index.js";
import {
  isIpv4,
  isIpv6,
  isUuidLike,
  isObject,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { InjectedFile } from "../../conductor/rpcapi.js";
import type { Flavor } from "../../objects/flavor.js";
import type { NetworkRequestFields } from "../../objects/network-request.js";
import {
  badRequest,
  checkedText,
  entity,
  isBase64,
  isList,
  shown,
  validInteger,
} from "../input.js";
import { type BlockDeviceRequest, blockDevicesOf, hasBlockDevices } from "./block-devices.js";
import { requestedNetworksOf } from "./networks.js";

/** The arguments of the compute API's create. Upstream: nova/compute/api.py (API.create). */
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

export interface CreateBody extends Omit<CreateRequest, "flavor"> {
  readonly flavorRef: string;
  readonly returnReservationId: boolean;
  readonly diskConfig: Json;
  /** As asked for; shown in the answer. */
  readonly securityGroups: Json;
}

export interface BodyOptions {
  readonly passwords: Stream;
  readonly passwordLength: number;
  readonly allowDuplicateNetworks: boolean;
}

/** @throws HttpFault 422 or 400, InvalidInput, InvalidBDMFormat */
export function parseCreateBody(body: Json, options: BodyOptions): CreateBody {
  const server = entity(body, "server");
  const admin_password = adminPassword(server, options);
  if (!Object.hasOwn(server, "name")) throw badRequest("Server name is not defined");
  const display_name = checkedText(server["name"], "Server name", 1, 255);
  const image_href = imageHref(server);
  const injected_files = injectedFiles(server["personality"]);
  const security_groups = securityGroupNames(server["security_groups"]);
  const requested_networks = requestedNetworksOf(
    server["networks"],
    options.allowDuplicateNetworks,
  );
  const access_ip_v4 = accessIp(
    server["accessIPv4"],
    isIpv4,
    "accessIPv4 is not proper IPv4 format",
  );
  const access_ip_v6 = accessIp(
    server["accessIPv6"],
    isIpv6,
    "accessIPv6 is not proper IPv6 format",
  );
  const flavorRef = lastSegment(server["flavorRef"], "flavorRef");
  const user_data = userData(server["user_data"]);
  const block_devices = blockDevicesOf(server, image_href);
  const min_count = validInteger(server["min_count"] ?? 1, "min_count", 1);
  const max_count = validInteger(server["max_count"] ?? min_count, "max_count", 1);
  if (min_count > max_count) throw badRequest("min_count must be <= max_count");
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
    min_count,
    max_count,
    key_name: textOrNull(server["key_name"]),
    metadata: server["metadata"],
    availability_zone: textOrNull(server["availability_zone"]),
    config_drive: server["config_drive"],
    auto_disk_config: autoDiskConfig(server["OS-DCF:diskConfig"]),
    scheduler_hints: schedulerHints(body as JsonObject),
    returnReservationId:
      server["return_reservation_id"] === true || server["return_reservation_id"] === "True",
    diskConfig: server["OS-DCF:diskConfig"] ?? null,
    securityGroups: server["security_groups"] ?? [{ name: "default" }],
  };
}

function adminPassword(server: JsonObject, { passwords, passwordLength }: BodyOptions): string {
  const given = server["adminPass"];
  if (given === undefined) return generatePassword(passwords, passwordLength);
  if (typeof given !== "string") throw badRequest("Invalid adminPass");
  return given;
}

/** Its id, whatever URL it is the end of; empty if it boots from a block device. */
function imageHref(server: JsonObject): string {
  const given = server["imageRef"];
  if (hasBlockDevices(server) && (given === undefined || given === null || given === "")) return "";
  if (given === undefined) throw badRequest("Missing imageRef attribute");
  const id = typeof given === "string" ? (given.split("/").at(-1) ?? "") : "";
  if (!isUuidLike(id)) throw badRequest("Invalid imageRef provided.");
  return id;
}

export function injectedFiles(given: Json | undefined): InjectedFile[] {
  if (given === undefined || given === null) return [];
  if (!isList(given)) throw badRequest("Bad personality format");
  return given.map((item) => {
    if (!isObject(item)) throw badRequest("Bad personality format");
    for (const key of ["path", "contents"]) {
      if (!Object.hasOwn(item, key)) throw badRequest(`Bad personality format: missing '${key}'`);
    }
    const path = shown(item["path"]);
    const contents = item["contents"];
    if (!isBase64(contents)) {
      throw badRequest(`Personality content for ${path} cannot be decoded`);
    }
    return [path, contents] as const;
  });
}

/** Each once. Upstream loses their order in a set; here it is the order in which they came. */
function securityGroupNames(given: Json | undefined): string[] {
  const names = (isList(given) ? given : [])
    .map((group) => (isObject(group) ? group["name"] : undefined))
    .filter((name): name is string => typeof name === "string" && name !== "");
  return names.length === 0 ? ["default"] : [...new Set(names)];
}

function accessIp(
  given: Json | undefined,
  valid: (text: string) => boolean,
  complaint: string,
): string | null {
  if (given === undefined || given === null) return null;
  if (typeof given !== "string" || !valid(given)) throw badRequest(complaint);
  return given;
}

/** `get_id_from_href`: the last segment of what may be a URL. */
function lastSegment(given: Json | undefined, name: string): string {
  if (given === undefined) throw badRequest(`Missing ${name} attribute`);
  const text = typeof given === "string" || typeof given === "number" ? String(given) : "";
  const id =
    text
      .replace(/[?#].*$/, "")
      .split("/")
      .at(-1) ?? "";
  if (id === "") throw badRequest(`Invalid ${name} provided.`);
  return id;
}

function userData(given: Json | undefined): string | null {
  if (given === undefined || given === null || given === "") return null;
  if (!isBase64(given)) throw badRequest("Userdata content cannot be decoded");
  return given;
}

/** `OS-DCF:diskConfig`: null when the image may decide. */
export function autoDiskConfig(given: Json | undefined): boolean | null {
  if (given === undefined) return null;
  if (given === "AUTO") return true;
  if (given === "MANUAL") return false;
  throw badRequest("OS-DCF:diskConfig must be either 'MANUAL' or 'AUTO'.");
}

function schedulerHints(body: JsonObject): CreateRequest["scheduler_hints"] {
  const hints: Record<string, string | readonly string[]> = {};
  for (const key of ["os:scheduler_hints", "OS-SCH-HNT:scheduler_hints"]) {
    const given = body[key];
    if (given === undefined) continue;
    if (!isObject(given)) throw new HttpFault(400, "Malformed scheduler_hints attribute");
    Object.assign(hints, given);
    break;
  }
  return hints;
}

const textOrNull = (given: Json | undefined): string | null =>
  typeof given === "string" && given !== "" ? given : null;

/** Without letters and digits that look alike. */
const GROUPS = ["23456789", "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ"] as const;
const ALL = GROUPS.join("");

/** One of each group at least, as far as `length` allows. */
export function generatePassword(stream: Stream, length: number): string {
  const characters = GROUPS.slice(0, length).map((group) => stream.text(group, 1));
  while (characters.length < length) characters.push(stream.text(ALL, 1));
  for (let i = characters.length - 1; i > 0; i--) {
    const j = stream.int(0, i);
    const [a, b] = [characters[i] as string, characters[j] as string];
    characters[i] = b;
    characters[j] = a;
  }
  return characters.join("");
}
