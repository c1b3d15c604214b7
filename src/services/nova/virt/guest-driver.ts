/**
 * What a driver does about a guest that is there: off and on, to stand still, to start again. This is how
 * it is done where nothing takes time. Upstream: nova/virt/driver.py (power_off ... reboot) at 2014.2.
 */
import * as powerStates from "../../../hardware/power-states.js";
import type { PowerState } from "../../../hardware/power-states.js";
import type { Hypervisor } from "../../../hardware/hypervisor.js";
import type { RequestContext } from "../../../framework/index.js";
import type { Duration, Op } from "../../../kernel/index.js";
import { NotImplementedException } from "../../../python/index.js";
import type { Instance } from "../objects/instance.js";
import type { DriverVolume } from "./block-device.js";
import type { NetworkInfo } from "./network-info.js";

/** How a guest is to start again, and what it shall have then. */
export interface Reboot {
  readonly instance: Instance;
  readonly networkInfo: NetworkInfo;
  readonly volumes: readonly DriverVolume[];
  /** SOFT: the guest is asked first. */
  readonly type: "SOFT" | "HARD";
}

export abstract class GuestDriver {
  protected readonly hypervisor: Hypervisor;

  constructor(hypervisor: Hypervisor) {
    this.hypervisor = hypervisor;
  }

  /** Shut down: ask the guest for up to `timeout`, then pull the plug. At once without a timeout. */
  *powerOff({ uuid }: Instance, _timeout: Duration): Op<void> {
    yield* this.hypervisor.attempt("power_off");
    this.setPowerState(uuid, powerStates.SHUTDOWN);
  }

  /** @param _volumes those that it has, or shall have from now on */
  *powerOn(
    _ctxt: RequestContext,
    { uuid }: Instance,
    _networkInfo: NetworkInfo,
    _volumes: readonly DriverVolume[],
  ): Op<void> {
    yield* this.hypervisor.attempt("power_on");
    this.setPowerState(uuid, powerStates.RUNNING);
  }

  *reboot(_ctxt: RequestContext, { instance }: Reboot): Op<void> {
    yield* this.hypervisor.attempt("reboot");
    this.setPowerState(instance.uuid, powerStates.RUNNING);
  }

  *pause({ uuid }: Instance): Op<void> {
    yield* this.hypervisor.attempt("pause");
    this.setPowerState(uuid, powerStates.PAUSED);
  }

  *unpause({ uuid }: Instance): Op<void> {
    yield* this.hypervisor.attempt("unpause");
    this.setPowerState(uuid, powerStates.RUNNING);
  }

  /** Its memory goes to disk. */
  *suspend({ uuid }: Instance): Op<void> {
    yield* this.hypervisor.attempt("suspend");
    this.setPowerState(uuid, powerStates.SHUTDOWN);
  }

  /** Its memory comes from there. */
  *resume(
    _ctxt: RequestContext,
    { uuid }: Instance,
    _networkInfo: NetworkInfo,
    _volumes: readonly DriverVolume[],
  ): Op<void> {
    yield* this.hypervisor.attempt("resume");
    this.setPowerState(uuid, powerStates.RUNNING);
  }

  /** It boots that image instead of its own disk. @throws what its caller tells of as a driver's error */
  *rescue(_ctxt: RequestContext, _instance: Instance, _imageId: string): Op<void> {
    yield* this.hypervisor.attempt("rescue");
  }

  /** It boots its own disk again. */
  *unrescue(_instance: Instance): Op<void> {
    yield* this.hypervisor.attempt("unrescue");
  }

  /** It was to be deleted, and is not. @throws NotImplementedException: it is to be switched on */
  *restore(_instance: Instance): Op<void> {
    throw new NotImplementedException("");
  }

  /** @throws NotImplementedException */
  *setAdminPassword(_instance: Instance): Op<void> {
    throw new NotImplementedException("");
  }

  *resetNetwork(_instance: Instance): Op<void> {
    // Only Xen's agent is told: nova/virt/driver.py passes over it.
  }

  *injectNetworkInfo(_instance: Instance, _networkInfo: NetworkInfo): Op<void> {
    // Nothing reads it there: nova/virt/libvirt/driver.py and fake.py pass over it.
  }

  /** The host is up again, and the guest ran before. */
  *resumeStateOnHostBoot(
    _ctxt: RequestContext,
    _instance: Instance,
    _networkInfo: NetworkInfo,
    _volumes: readonly DriverVolume[],
  ): Op<void> {
    // The fake driver passes over it.
  }

  /** What state a guest is in, or undefined: InstanceNotFound upstream. */
  powerState({ uuid }: Instance): PowerState | undefined {
    return this.hypervisor.guest(uuid)?.powerState;
  }

  protected setPowerState(uuid: string, powerState: PowerState): void {
    this.hypervisor.setPowerState(uuid, powerState);
  }
}
