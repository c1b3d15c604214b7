/**
 * What a new guest finds on its disk: the programs of its image, and the files that somebody wants there.
 * Files get there on a config drive, from which cloud-init writes them, or are written into the image
 * before it boots; where neither is switched on, the guest never sees them. Upstream:
 * nova/virt/configdrive.py (required_by), nova/virt/libvirt/driver.py (_create_image) at 2014.2.
 */
import type { FlagsOf } from "../../../framework/index.js";
import {
  PROGRAMS_PROPERTY,
  programsIn,
  type GuestContents,
} from "../../../hardware/guest-programs.js";
import { b64decode, boolFromString, isObject } from "../../../python/index.js";
import type { InjectedFile } from "../conductor/rpcapi.js";
import { hasMeta, type ImageOnWire } from "../image/image-meta.js";
import type { Instance } from "../objects/instance.js";
import type { virtFlags } from "./flags.js";

type Flags = Pick<FlagsOf<typeof virtFlags>, "force_config_drive" | "inject_partition">;

export function guestContents(
  flags: Flags,
  instance: Instance,
  image: ImageOnWire | null,
  files: readonly InjectedFile[],
): GuestContents {
  const properties = hasMeta(image) && isObject(image.properties) ? image.properties : {};
  const seen = hasConfigDrive(flags, instance, properties) || flags.inject_partition !== -2;
  return {
    hostname: instance.hostname,
    programs: programsIn(properties[PROGRAMS_PROPERTY]),
    files: new Map(seen ? files.map(([path, contents]) => [path, plain(contents)]) : []),
  };
}

/** `required_by`. */
export function hasConfigDrive(
  { force_config_drive }: Flags,
  { config_drive }: Instance,
  properties: Readonly<Record<string, string>>,
): boolean {
  const forced = force_config_drive ?? "";
  return (
    config_drive !== "" ||
    forced === "always" ||
    boolFromString(forced) ||
    properties["img_config_drive"] === "mandatory"
  );
}

/** Byte by byte: nobody here writes anything but ASCII into such files. nova-api has seen that it is base64. */
const plain = (contents: string): string =>
  [...(b64decode(contents) ?? [])].map((byte) => String.fromCharCode(byte)).join("");
