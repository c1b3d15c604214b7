/**
 * Looks through the images that a host keeps (`_base`) for those that no server needs any more, and removes them
 * once they are old. Checksums and files in naming styles of older releases are left out: there are none.
 * Upstream: nova/virt/libvirt/imagecache.py (ImageCacheManager), nova/virt/imagecache.py at 2014.2.
 */
import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { between, seconds, sleep, type Op } from "../../../../kernel/index.js";
import { dictOrder } from "../../../../python/index.js";
import type { Instance } from "../../objects/instance.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { DriverParts } from "../driver-parts.js";
import { virtFlags } from "../flags.js";
import { INSTANCES_PATH } from "./instance-files.js";

/** While these last, what the guest was is set aside beside it. */
const RESIZING: readonly (string | null)[] = [
  taskStates.RESIZE_PREP,
  taskStates.RESIZE_MIGRATING,
  taskStates.RESIZE_MIGRATED,
  taskStates.RESIZE_FINISH,
];

/** Who uses an image: how many servers here and elsewhere. */
interface Use {
  local: number;
  remote: number;
}

const baseFile = (imageId: string): string =>
  `${INSTANCES_PATH}/_base/${bytesToHex(sha1(utf8ToBytes(imageId)))}`;

export class ImageCacheManager {
  readonly #parts: DriverParts;
  readonly #flags;

  constructor(parts: DriverParts) {
    this.#parts = parts;
    this.#flags = parts.env.flags.read(virtFlags);
  }

  /** One pass, with the servers that there are. */
  *update(instances: readonly Instance[]): Op<void> {
    const images = this.#parts.hypervisor.images.ids;
    // Without a directory there is nothing to look through.
    if (images.length === 0) return;
    const uses = this.#usesOf(instances);
    const [unexplained, active, removable] = [new Set(images), new Set<string>(), [] as string[]];
    for (const id of dictOrder([...uses.keys()])) {
      if (!unexplained.delete(id)) continue;
      yield* this.#inUse(id, uses.get(id) ?? { local: 0, remote: 0 });
      active.add(id);
    }
    for (const { id, name } of this.#backing(instances)) {
      active.add(id);
      if (!unexplained.delete(id)) continue;
      const what = `Instance ${name} is using a backing file ${baseFile(id)}`;
      this.#log("warning", `${what} which does not appear in the image service`);
    }
    for (const id of unexplained) {
      this.#log("warning", `Unknown base file: ${baseFile(id)}`);
      removable.push(id);
    }
    this.#list("Active", [...active]);
    this.#list("Removable", removable);
    if (this.#flags.remove_unused_base_images) for (const id of removable) this.#remove(id);
  }

  /** `_list_running_instances`. */
  #usesOf(instances: readonly Instance[]): Map<string, Use> {
    const uses = new Map<string, Use>();
    for (const { host, image_ref, kernel_id, ramdisk_id } of instances) {
      for (const id of [image_ref, kernel_id, ramdisk_id]) {
        const use = uses.get(id) ?? { local: 0, remote: 0 };
        if (host === this.#parts.env.host) use.local++;
        else use.remote++;
        uses.set(id, use);
      }
    }
    return uses;
  }

  /** `_handle_base_image`: it is as good as new. */
  *#inUse(id: string, { local, remote }: Use): Op<void> {
    const { env, hypervisor } = this.#parts;
    const what = `image ${id} at (${baseFile(id)})`;
    this.#log("info", `${what}: checking`);
    yield* sleep(0);
    const [here, there] = [String(local), String(remote)];
    this.#log(
      "info",
      `${what}: in use: on this node ${here} local, ${there} on other nodes sharing this instance storage`,
    );
    hypervisor.images.touch(id, env.kernel.now);
  }

  /** `_list_backing_images`: what the disks of servers that are known stand on. */
  #backing(instances: readonly Instance[]): { id: string; name: string }[] {
    const { env, files, hypervisor } = this.#parts;
    return instances.flatMap(({ uuid, task_state, vm_state }) => {
      const resizing = RESIZING.includes(task_state) || vm_state === vmStates.RESIZED;
      const disks = [
        [uuid, hypervisor.guest(uuid) ?? files.get(env.host, uuid)],
        [`${uuid}_resize`, resizing ? files.aside(env.host, uuid) : undefined],
      ] as const;
      return disks.flatMap(([name, disk]) =>
        disk?.backing === undefined ? [] : [{ id: disk.backing, name }],
      );
    });
  }

  /** `_remove_base_file`. */
  #remove(id: string): void {
    const { env, hypervisor } = this.#parts;
    const age = between(hypervisor.images.touched(id), env.kernel.now);
    if (age < seconds(this.#flags.remove_unused_original_minimum_age_seconds)) {
      this.#log("info", `Base file too young to remove: ${baseFile(id)}`);
      return;
    }
    this.#log("info", `Removing base file: ${baseFile(id)}`);
    hypervisor.images.remove(id);
  }

  #list(which: string, ids: readonly string[]): void {
    if (ids.length > 0) this.#log("info", `${which} base files: ${ids.map(baseFile).join(" ")}`);
  }

  #log(level: "info" | "warning", message: string): void {
    this.#parts.env.log(level, message);
  }
}
