/**
 * The flavors of a server that is resized: what it was and what it shall be are copied into its
 * system_metadata beside what it is, until it is settled. Upstream: nova/compute/manager.py
 * (_save_instance_info, _cleanup_stored_instance_types) at 2014.2; nova §3.3.
 */
import {
  copiedFlavor,
  flavorToSystemMetadata,
  withoutCopies,
  type CopiedFields,
} from "../../objects/flavor.js";
import type { Instance, SystemMetadata } from "../../objects/instance.js";

/** The columns that are a flavor's; the metadata is assigned by whoever saves. */
export function setFlavorColumns(instance: Instance, flavor: CopiedFields): void {
  instance.instance_type_id = flavor.id;
  instance.memory_mb = flavor.memory_mb;
  instance.vcpus = flavor.vcpus;
  instance.root_gb = flavor.root_gb;
  instance.ephemeral_gb = flavor.ephemeral_gb;
}

/** `_save_instance_info`, without the save: from now on it is of `flavor`. */
export function becomeFlavor(
  instance: Instance,
  flavor: CopiedFields,
  systemMetadata: SystemMetadata,
): void {
  setFlavorColumns(instance, flavor);
  instance.system_metadata = { ...systemMetadata, ...flavorToSystemMetadata(flavor) };
}

interface Settled {
  readonly systemMetadata: SystemMetadata;
  readonly flavor: CopiedFields;
  /** What it is not any more, or never came to be for good. */
  readonly dropped: CopiedFields;
}

/** `_cleanup_stored_instance_types`. @throws KeyError if it was not being resized */
export function settledFlavors(
  { system_metadata: metadata }: Instance,
  outcome: "confirmed" | "reverted",
): Settled {
  const [current, old] = [copiedFlavor(metadata, ""), copiedFlavor(metadata, "old_")];
  const back = outcome === "reverted";
  const restored = back ? { ...metadata, ...flavorToSystemMetadata(old) } : metadata;
  return {
    systemMetadata: withoutCopies(restored, "old_", "new_"),
    flavor: back ? old : current,
    dropped: back ? current : old,
  };
}

/** What it was before it was moved, which is forgotten then. */
export function takeOldVmState(systemMetadata: SystemMetadata): [string, SystemMetadata] {
  const { old_vm_state: before, ...kept } = systemMetadata;
  return [before ?? "active", kept];
}
