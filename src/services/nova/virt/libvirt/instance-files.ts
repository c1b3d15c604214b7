/**
 * What lies below /var/lib/nova/instances of a server of this host: whether another host sees the same, and
 * how it goes with the guest. That it is gone is noted down with the server, so that nova-compute can try again.
 * Upstream: nova/virt/libvirt/driver.py (_delete_instance_files, delete_instance_files,
 * check_instance_shared_storage_*, get_instance_disk_info) at 2014.2.
 */
import { adminContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { dumps, type JsonObject } from "../../../../python/index.js";
import { getInstance, loadField, type Instance } from "../../objects/instance.js";
import type { DriverParts } from "../driver-parts.js";

/** `$instances_path` of a distribution's package. */
export const INSTANCES_PATH = "/var/lib/nova/instances";

const GIB = 1024 * 1024 * 1024;

/** What `mkstemp` makes names of. */
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

export class LibvirtInstanceFiles {
  readonly #parts: DriverParts;

  constructor(parts: DriverParts) {
    this.#parts = parts;
  }

  /** They go with the guest; the server is asked for anew, whoever deletes it, and told. */
  *deleteWithGuest({ uuid }: Instance): Op<void> {
    const { env, store } = this.#parts;
    const ctxt = adminContext(env).with({ read_deleted: "yes" });
    const instance = yield* getInstance(store, ctxt, uuid);
    const { system_metadata } = yield* loadField(instance, ctxt, "system_metadata");
    const attempts = Number(system_metadata["clean_attempts"] ?? "0");
    const success = yield* this.delete(instance);
    instance.system_metadata = { ...system_metadata, clean_attempts: String(attempts + 1) };
    if (success) instance.cleaned = true;
    yield* instance.save(ctxt);
  }

  /** `delete_instance_files`. @returns whether nothing is left of them */
  *delete({ uuid }: Instance): Op<boolean> {
    const { env, files, hypervisor } = this.#parts;
    const directory = `${INSTANCES_PATH}/${uuid}`;
    const deleted = `${directory}_del`;
    env.log("info", `Deleting instance files ${deleted}`);
    try {
      yield* hypervisor.attempt("delete_instance_files");
    } catch (thrown) {
      const { message } = yield* caught(thrown);
      env.log("error", `Failed to cleanup directory ${deleted}: ${message}`);
      env.log("info", `Deletion of ${deleted} failed`);
      return false;
    }
    files.remove(env.host, uuid);
    env.log("info", `Deletion of ${deleted} complete`);
    return true;
  }

  /** A file beside the guest's, for another host to look for; null: there is nothing beside which to put one. */
  probe({ uuid }: Instance): JsonObject | null {
    const { env, files, hypervisor } = this.#parts;
    if (hypervisor.guest(uuid) === undefined && files.get(env.host, uuid) === undefined)
      return null;
    const random = env.stream("mkstemp");
    const name = Array.from({ length: 6 }, () => LETTERS[random.int(0, LETTERS.length - 1)]).join(
      "",
    );
    const filename = `${INSTANCES_PATH}/${uuid}/tmp${name}`;
    files.touch(env.host, filename);
    return { filename };
  }

  sees(filename: string): boolean {
    const { env, files } = this.#parts;
    return files.sees(env.host, filename);
  }

  endProbe(filename: string): void {
    const { env, files } = this.#parts;
    files.unlink(env.host, filename);
  }
}

/** `get_instance_disk_info`: the files of a guest; those of a guest that boots from a volume are none. */
export function diskInfo({ uuid, image_ref, root_gb }: Instance, bytes: number): string {
  if (image_ref === "" || bytes === 0) return "[]";
  const virtual = root_gb * GIB;
  return dumps([
    {
      type: "qcow2",
      path: `${INSTANCES_PATH}/${uuid}/disk`,
      virt_disk_size: virtual,
      backing_file: image_ref,
      disk_size: bytes,
      over_committed_disk_size: Math.max(0, virtual - bytes),
    },
  ]);
}
