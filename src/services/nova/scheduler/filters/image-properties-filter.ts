/**
 * Only hosts that can run the image: its architecture, hypervisor and vm mode must be among what
 * the host supports, and the hypervisor new enough. Upstream:
 * nova/scheduler/filters/image_props_filter.py.
 */
import { noAttribute, repr, type Json } from "../../../../python/index.js";
import type { ImageOnWire } from "../../image/image-meta.js";
import type { InheritedImage } from "../../image/system-metadata.js";
import type { HostState } from "../host-state.js";
import type { HostFilter } from "./filter.js";
import type { RequestSpec } from "../rpcapi.js";
import { architecture, hypervisorType, vmMode } from "./image-property-names.js";
import { satisfies } from "./version-predicate.js";

export const imagePropertiesFilter: HostFilter = {
  name: "ImagePropertiesFilter",
  oncePerRequest: true,
  forRequest({ requestSpec }) {
    const properties = imageProperties(requestSpec.image);
    const wanted = [
      architecture(properties["architecture"]),
      hypervisorType(properties["hypervisor_type"]),
      vmMode(properties["vm_mode"]),
    ].filter((value) => value !== undefined);
    if (wanted.length === 0) return undefined;
    const version = properties["hypervisor_version_requires"];
    return {
      passes: (host) => supports(host, wanted) && newEnough(host, version),
      compared(host) {
        if (!supports(host, wanted)) return `not ${wanted.join(" ")}`;
        return newEnough(host, version) ? wanted.join(" ") : `version not ${version ?? ""}`;
      },
      debug: (host, passed) =>
        passed
          ? []
          : [
              refusal(host, repr(properties)),
              `${host.repr()} does not support requested instance_properties`,
            ],
    };
  },
};

/**
 * What is said of the image, also by what a server that is moved remembers of it.
 * @throws AttributeError where the id alone is told
 */
export function imageProperties(image: RequestSpec["image"]): Readonly<Record<string, string>> {
  if (typeof image === "string") throw noAttribute(image, "get");
  return hasProperties(image) ? image.properties : {};
}

const hasProperties = (image: ImageOnWire | InheritedImage): image is InheritedImage =>
  Object.hasOwn(image, "properties");

function refusal({ supported_instances, hypervisor_version }: HostState, properties: string) {
  if (supported_instances.length === 0) {
    return `Instance contains properties ${properties}, but no corresponding supported_instances are advertised by the compute node`;
  }
  const supported: Json = supported_instances.map((one) => [...one]);
  return `Instance contains properties ${properties} that are not provided by the compute node supported_instances ${repr(supported)} or hypervisor version ${hypervisor_version} do not match`;
}

const supports = ({ supported_instances }: HostState, wanted: readonly string[]): boolean =>
  supported_instances.some((supported) => wanted.every((value) => supported.includes(value)));

function newEnough({ hypervisor_version }: HostState, required: string | undefined): boolean {
  if (required === undefined || required === "" || hypervisor_version === 0) return true;
  return satisfies(versionText(hypervisor_version), required);
}

/** 1002003 is 1.2.3, and 1000 is 1.0 (nova/utils.py, convert_version_to_str). */
function versionText(version: number): string {
  const parts: number[] = [];
  for (let left = version; left !== 0; left = Math.floor(left / 1e3)) parts.unshift(left % 1e3);
  return parts.join(".");
}
