/**
 * A flavor, and the copy of it that each instance carries in its system_metadata, so that changing
 * a flavor never touches a server. Upstream: nova/objects/flavor.py (1.1), nova/compute/flavors.py.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { bytesRepr, float, KeyError } from "../../../python/index.js";
import { versioned } from "./base/declare.js";
import { callClass, classMethod } from "./base/remotable.js";
import type { ObjectStore } from "./base/versioned-object.js";

export interface FlavorFields {
  id: number;
  name: string;
  memory_mb: number;
  vcpus: number;
  root_gb: number;
  ephemeral_gb: number;
  flavorid: string;
  swap: number;
  rxtx_factor: number;
  vcpu_weight: number | null;
  disabled: boolean;
  is_public: boolean;
  extra_specs: Readonly<Record<string, string>>;
}

export class Flavor extends versioned<FlavorFields>({
  name: "Flavor",
  version: "1.1",
  fields: {
    id: true,
    name: true,
    memory_mb: true,
    vcpus: true,
    root_gb: true,
    ephemeral_gb: true,
    flavorid: true,
    swap: true,
    rxtx_factor: true,
    vcpu_weight: true,
    disabled: true,
    is_public: true,
    extra_specs: true,
  },
}) {}

/** What is copied: `system_metadata_flavor_props`. */
const COPIED = [
  "id",
  "name",
  "memory_mb",
  "vcpus",
  "root_gb",
  "ephemeral_gb",
  "flavorid",
  "swap",
  "rxtx_factor",
  "vcpu_weight",
] as const;

/** Of its extra specs: `system_metadata_flavor_extra_props`. */
const EXTRA_COPIED = ["hw:numa_cpus.", "hw:numa_mem."];

const PREFIX = "instance_type_";

/** Beside the copy that holds, those of a server that is resized: what it was, and what it shall be. */
export type Stash = "old_" | "new_";

/** What of a flavor is copied. */
export type CopiedFields = Pick<FlavorFields, (typeof COPIED)[number]> & {
  readonly extra_specs?: Readonly<Record<string, string>>;
};

/**
 * `save_flavor_info`: the keys to put into system_metadata. The values become texts when they are
 * assigned to an object (`DictOfNullableStringsField`): a float has its point, None stays NULL.
 */
export function flavorToSystemMetadata(
  flavor: CopiedFields,
  stash: Stash | "" = "",
): Record<string, string | null> {
  const copy: Record<string, string | null> = {};
  for (const property of COPIED) {
    const value = flavor[property];
    copy[`${stash}${PREFIX}${property}`] =
      property === "rxtx_factor"
        ? float(flavor.rxtx_factor)
        : value === null
          ? null
          : String(value);
  }
  for (const [key, value] of Object.entries(flavor.extra_specs ?? {})) {
    if (EXTRA_COPIED.some((prefix) => key.startsWith(prefix))) {
      copy[`${stash}${PREFIX}extra_${key}`] = value;
    }
  }
  return copy;
}

/** `extract_flavor`: the flavor as it was when the instance was made. */
export function flavorFromSystemMetadata(
  store: ObjectStore,
  id: number,
  systemMetadata: Readonly<Record<string, string | null>>,
): Flavor {
  const text = (property: (typeof COPIED)[number]): string =>
    systemMetadata[`${PREFIX}${property}`] ?? "";
  const number = (property: (typeof COPIED)[number]): number => Number(text(property));
  return new Flavor(store, {
    id,
    name: text("name"),
    memory_mb: number("memory_mb"),
    vcpus: number("vcpus"),
    root_gb: number("root_gb"),
    ephemeral_gb: number("ephemeral_gb"),
    flavorid: text("flavorid"),
    swap: number("swap"),
    rxtx_factor: number("rxtx_factor"),
    vcpu_weight: text("vcpu_weight") === "" ? null : number("vcpu_weight"),
    disabled: false,
    is_public: true,
    extra_specs: {},
  });
}

/** `extract_flavor` of any copy, as it is written there. @throws KeyError where there is none */
export function copiedFlavor(
  systemMetadata: Readonly<Record<string, string | null>>,
  stash: Stash | "",
): CopiedFields {
  const text = (property: (typeof COPIED)[number]): string => {
    const key = `${stash}${PREFIX}${property}`;
    const value = systemMetadata[key];
    if (value === undefined) throw new KeyError(bytesRepr(key));
    return value ?? "";
  };
  const number = (property: (typeof COPIED)[number]): number => Number(text(property));
  const extra = `${stash}${PREFIX}extra_`;
  const specs = Object.entries(systemMetadata).flatMap(([key, value]) =>
    key.startsWith(extra) && value !== null ? [[key.slice(extra.length), value] as const] : [],
  );
  return {
    id: number("id"),
    name: text("name"),
    memory_mb: number("memory_mb"),
    vcpus: number("vcpus"),
    root_gb: number("root_gb"),
    ephemeral_gb: number("ephemeral_gb"),
    flavorid: text("flavorid"),
    swap: number("swap"),
    rxtx_factor: number("rxtx_factor"),
    vcpu_weight: text("vcpu_weight") === "" ? null : number("vcpu_weight"),
    ...(specs.length > 0 && { extra_specs: Object.fromEntries(specs) }),
  };
}

/** `delete_flavor_info`: without those copies. @throws KeyError where there is none */
export function withoutCopies(
  systemMetadata: Readonly<Record<string, string | null>>,
  ...stashes: readonly Stash[]
): Record<string, string | null> {
  for (const stash of stashes) copiedFlavor(systemMetadata, stash);
  const dropped = stashes.map((stash) => `${stash}${PREFIX}`);
  const kept = Object.entries(systemMetadata).filter(
    ([key]) => !dropped.some((prefix) => key.startsWith(prefix)),
  );
  return Object.fromEntries(kept);
}

export const flavorMethods = {
  getById: classMethod<{ id: number }, Flavor>("Flavor", "get_by_id", { takes: ["id"] }),
};

/** As it is today, whoever may see it. @throws FlavorNotFound */
export const getFlavorById = (store: ObjectStore, ctxt: RequestContext, id: number): Op<Flavor> =>
  callClass(store, ctxt, flavorMethods.getById, { id });
