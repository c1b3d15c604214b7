/**
 * How libvirt's driver switches guests off and on, has them stand still and start again; what it does about one that is asked to
 * restart itself is beside this (soft-reboot.ts), and how one is switched off (switch-off.ts). One that was written to disk is off
 * as far as libvirt can tell. Upstream: nova/virt/libvirt/driver.py (reboot, _hard_reboot, power_off, pause, suspend, resume) at
 * 2014.2; nova-actions NOV-226.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import * as powerStates from "../../../../../hardware/power-states.js";
import { NotRunning } from "../../../../../hardware/libvirt-errors.js";
import type { Duration, Op } from "../../../../../kernel/index.js";
import type { Flavor } from "../../../objects/flavor.js";
import type { Instance } from "../../../objects/instance.js";
import { imageFromSystemMetadata } from "../../../image/system-metadata.js";
import type { DriverVolume } from "../../block-device.js";
import { passes, type DriverParts } from "../../driver-parts.js";
import type { Reboot } from "../../guest-driver.js";
import type { SerialPorts } from "../serial-ports.js";
import { checkVifTypes, plugVifs } from "../vif.js";
import { diskOf, type LibvirtVolumes } from "../volumes.js";
import { lookupByName } from "./domain.js";
import { guestFlavor } from "./flavor.js";
import { softReboot } from "./soft-reboot.js";
import { cleanShutdown, destroyDomain } from "./switch-off.js";

/** What a guest is started with. */
type Start = Omit<Reboot, "type">;

const LEFT_ALONE: readonly powerStates.PowerState[] = [
  powerStates.RUNNING,
  powerStates.SUSPENDED,
  powerStates.NOSTATE,
  powerStates.PAUSED,
];

export class LibvirtGuestPower {
  readonly #parts: DriverParts;
  readonly #volumes: LibvirtVolumes;
  readonly #serial: SerialPorts;

  constructor(parts: DriverParts, volumes: LibvirtVolumes, serial: SerialPorts) {
    this.#parts = parts;
    this.#volumes = volumes;
    this.#serial = serial;
  }

  *powerOff(instance: Instance, timeout: Duration): Op<void> {
    yield* this.#parts.hypervisor.attempt("power_off");
    if (timeout > 0) yield* cleanShutdown(this.#parts, instance, timeout);
    destroyDomain(this.#parts, instance);
  }

  /** `_hard_reboot`: the taps are plugged again, and nobody waits for Neutron. */
  *powerOn(ctxt: RequestContext, start: Start): Op<void> {
    destroyDomain(this.#parts, start.instance);
    yield* this.#parts.hypervisor.attempt("power_on");
    yield* this.#start(ctxt, start);
    this.#parts.env.log("info", "Instance rebooted successfully.");
  }

  *reboot(ctxt: RequestContext, request: Reboot): Op<void> {
    const { env, hypervisor } = this.#parts;
    const { type, instance } = request;
    if (type === "SOFT") {
      if (yield* softReboot(this.#parts, instance)) {
        env.log("info", "Instance soft rebooted successfully.");
        return;
      }
      env.log("warning", "Failed to soft reboot instance. Trying hard reboot.");
    }
    yield* hypervisor.attempt("reboot");
    yield* this.powerOn(ctxt, request);
  }

  *pause(instance: Instance): Op<void> {
    const { hypervisor } = this.#parts;
    const { uuid } = lookupByName(hypervisor, instance);
    yield* hypervisor.attempt("pause");
    this.#active(instance);
    hypervisor.setPowerState(uuid, powerStates.PAUSED);
  }

  *unpause(instance: Instance): Op<void> {
    const { hypervisor } = this.#parts;
    const { uuid } = lookupByName(hypervisor, instance);
    yield* hypervisor.attempt("unpause");
    this.#active(instance);
    hypervisor.setPowerState(uuid, powerStates.RUNNING);
  }

  /** `managedSave`. */
  *suspend(instance: Instance): Op<void> {
    const { hypervisor, latency } = this.#parts;
    const { uuid } = lookupByName(hypervisor, instance);
    yield* hypervisor.attempt("suspend");
    this.#active(instance);
    yield* passes(this.#parts, latency.suspend);
    hypervisor.save(uuid);
  }

  *resume(ctxt: RequestContext, { instance, networkInfo, volumes }: Start): Op<void> {
    const { hypervisor, latency, bridge } = this.#parts;
    const { uuid } = lookupByName(hypervisor, instance);
    yield* hypervisor.attempt("resume");
    yield* this.#volumes.connect(ctxt, volumes);
    plugVifs(bridge, instance, networkInfo);
    yield* passes(this.#parts, latency.resume);
    hypervisor.setPowerState(uuid, powerStates.RUNNING);
  }

  /** One that is not off, whoever it was that woke it, is left alone. */
  *resumeStateOnHostBoot(ctxt: RequestContext, start: Start): Op<void> {
    const state = this.#parts.hypervisor.guest(start.instance.uuid)?.powerState;
    if (state !== undefined && LEFT_ALONE.includes(state)) return;
    yield* this.powerOn(ctxt, start);
  }

  *#start(ctxt: RequestContext, { instance, networkInfo, volumes }: Start): Op<void> {
    const { hypervisor, latency, bridge } = this.#parts;
    const flavor = yield* guestFlavor(this.#parts, instance);
    yield* this.#volumes.describe(instance, volumes);
    checkVifTypes(networkInfo);
    hypervisor.disks.set(instance.uuid, volumes.map(disk));
    this.#newSerialPorts(instance, flavor);
    yield* this.#volumes.connect(ctxt, volumes, { reboot: true });
    plugVifs(bridge, instance, networkInfo);
    yield* passes(this.#parts, latency.power_on);
    hypervisor.setPowerState(instance.uuid, powerStates.RUNNING);
  }

  /** The domain is defined anew, with other ports. */
  #newSerialPorts(instance: Instance, flavor: Flavor): void {
    const { properties } = imageFromSystemMetadata(instance.system_metadata, []);
    const serialPorts = this.#serial.acquire(flavor, properties);
    const guest = this.#parts.hypervisor.guest(instance.uuid);
    if (guest !== undefined && serialPorts.length > 0) {
      this.#parts.hypervisor.define({ ...guest, serialPorts });
    }
  }

  /** @throws LibvirtError if it is off */
  #active(instance: Instance): void {
    const { powerState } = lookupByName(this.#parts.hypervisor, instance);
    if (powerState !== powerStates.RUNNING && powerState !== powerStates.PAUSED) {
      throw new NotRunning();
    }
  }
}

const disk = ({ device_name, serial }: DriverVolume): readonly [string, string | null] => [
  diskOf(device_name),
  serial,
];
