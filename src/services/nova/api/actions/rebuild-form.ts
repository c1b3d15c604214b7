/**
 * What a request to rebuild a server says. Image and password are looked at before the server is, the
 * rest afterwards. Upstream: nova/api/openstack/compute/servers.py (_action_rebuild),
 * contrib/disk_config.py at 2014.2.
 */
import {
  AttributeError,
  contains,
  ipAddress,
  isIpv4,
  isIpv6,
  isObject,
  isUuidLike,
  item,
  strictBoolean,
  truth,
  typeName,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { Instance } from "../../objects/instance.js";
import { badRequest, checkedText } from "../input.js";
import {
  adminPassword,
  checkedAddress,
  type PasswordOptions,
} from "../server-create/create-body.js";
import { injectedFiles, type RequestedFile } from "../server-create/injected-files.js";
import { diskConfigFromApi } from "../server-create/request-extensions.js";

type Changes = Partial<
  Pick<Instance, "display_name" | "access_ip_v4" | "access_ip_v6" | "auto_disk_config">
>;

export interface RebuildForm {
  readonly image: string;
  readonly password: string;
  readonly preserveEphemeral: boolean;
  readonly changes: Changes;
  /** Instead of what there is; undefined: that stays. */
  readonly metadata: Json | undefined;
  readonly files: readonly RequestedFile[];
}

const DISK_CONFIG = "OS-DCF:diskConfig";

/** What is wrong with it that is seen first. @throws HttpFault 400; PythonTypeError, AttributeError */
export function checkRebuild(argument: Json): void {
  if (contains(argument, DISK_CONFIG)) diskConfigFromApi(item(argument, DISK_CONFIG));
  imageOf(argument);
  const password = isObject(argument) ? argument["adminPass"] : undefined;
  if (password !== undefined && typeof password !== "string") {
    throw badRequest("Invalid adminPass");
  }
}

/** @throws HttpFault 400, and what `checkRebuild` throws */
export function rebuildForm(argument: Json, options: PasswordOptions): RebuildForm {
  const image = imageOf(argument);
  // What has an image is an object.
  const body = argument as JsonObject;
  const password = adminPassword(body, options);
  const preserveEphemeral = strict(body["preserve_ephemeral"]);
  const { accessIPv4, accessIPv6, name, metadata, personality } = body;
  const changes: Changes = {
    ...(accessIPv4 !== undefined && {
      access_ip_v4: ipAddress(checkedAddress(accessIPv4, "accessIPv4", isIpv4)),
    }),
    ...(accessIPv6 !== undefined && {
      access_ip_v6: ipAddress(checkedAddress(accessIPv6, "accessIPv6", isIpv6)),
    }),
    ...(name !== undefined && { display_name: nameOf(name) }),
    ...diskConfigOf(body),
  };
  if (metadata !== undefined && !isObject(metadata)) {
    throw badRequest("Unable to parse metadata key/value pairs.");
  }
  const files = personality === undefined ? [] : injectedFiles(personality);
  return { image, password, preserveEphemeral, changes, metadata, files };
}

/** Its id, whatever URL it is the end of. */
function imageOf(argument: Json): string {
  const given = isObject(argument) ? argument["imageRef"] : undefined;
  if (given === undefined) throw badRequest("Could not parse imageRef from request.");
  if (!truth(given)) throw badRequest("Invalid imageRef provided.");
  if (typeof given !== "string") {
    throw new AttributeError(`'${typeName(given)}' object has no attribute 'split'`);
  }
  const id = given.split("/").at(-1) ?? "";
  if (!isUuidLike(id)) throw badRequest("Invalid imageRef provided.");
  return id;
}

/** It is measured without the blanks around it, and kept with them. */
function nameOf(name: Json): string {
  checkedText(name, "Server name", 1, 255);
  return name as string;
}

function diskConfigOf(body: JsonObject): Pick<Changes, "auto_disk_config"> {
  const { [DISK_CONFIG]: word, auto_disk_config: wanted } = body;
  if (word !== undefined) return { auto_disk_config: diskConfigFromApi(word) };
  return wanted === undefined ? {} : { auto_disk_config: truth(wanted) };
}

/** `bool_from_string(strict=True)`. @throws ValueError */
function strict(value: Json | undefined): boolean {
  if (value === undefined) return false;
  const wanted = strictBoolean(value);
  if (wanted !== undefined) return wanted;
  throw new ValueError("Unrecognized value for preserve_ephemeral");
}
