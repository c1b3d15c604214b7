/**
 * How a guest goes: it is destroyed, its taps are unplugged, its files are deleted, it is undefined. A guest that is not there goes
 * through the same. Upstream: nova/virt/libvirt/driver.py (destroy, _destroy, cleanup) at 2014.2.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import type { Op } from "../../../../../kernel/index.js";
import type { Instance } from "../../../objects/instance.js";
import type { DriverVolume } from "../../block-device.js";
import { passes, type DriverParts } from "../../driver-parts.js";
import type { NetworkInfo } from "../../network-info.js";
import type { LibvirtInstanceFiles } from "../instance-files.js";
import type { SerialPorts } from "../serial-ports.js";
import { unplugVifs } from "../vif.js";
import type { LibvirtVolumes } from "../volumes.js";
import { destroyDomain } from "./switch-off.js";

export class LibvirtGuestRemoval {
  readonly #parts: DriverParts;
  readonly #volumes: LibvirtVolumes;
  readonly #files: LibvirtInstanceFiles;
  readonly #serial: SerialPorts;

  constructor(
    parts: DriverParts,
    volumes: LibvirtVolumes,
    files: LibvirtInstanceFiles,
    serial: SerialPorts,
  ) {
    this.#parts = parts;
    this.#volumes = volumes;
    this.#files = files;
    this.#serial = serial;
  }

  *destroy(
    ctxt: RequestContext,
    instance: Instance,
    networkInfo: NetworkInfo,
    volumes: readonly DriverVolume[],
    destroyDisks: boolean,
  ): Op<void> {
    const { hypervisor, latency } = this.#parts;
    yield* hypervisor.attempt("destroy");
    if (hypervisor.guest(instance.uuid) !== undefined) yield* passes(this.#parts, latency.destroy);
    destroyDomain(this.#parts, instance);
    yield* this.cleanUp(ctxt, instance, networkInfo, volumes, destroyDisks);
  }

  /** `cleanup`: the guest is off already. */
  *cleanUp(
    ctxt: RequestContext,
    instance: Instance,
    networkInfo: NetworkInfo,
    volumes: readonly DriverVolume[],
    destroyDisks: boolean,
  ): Op<void> {
    unplugVifs(this.#parts.bridge, networkInfo);
    for (const { connection_info } of volumes) {
      yield* this.#volumes.askEncryption(ctxt, connection_info);
    }
    if (destroyDisks) yield* this.#files.deleteWithGuest(instance);
    this.#serial.release(instance);
    this.#parts.hypervisor.undefine(instance.uuid);
  }
}
