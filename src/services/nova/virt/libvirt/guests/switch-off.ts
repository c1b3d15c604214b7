/**
 * How a guest is switched off: asked first, for as long as its image or the host grants, and then its plug is pulled, whether it is
 * off by then or not. Upstream: nova/virt/libvirt/driver.py (_clean_shutdown, _destroy) at 2014.2.
 */
import * as powerStates from "../../../../../hardware/power-states.js";
import { seconds, type Duration, type Op } from "../../../../../kernel/index.js";
import type { Instance } from "../../../objects/instance.js";
import type { DriverParts } from "../../driver-parts.js";
import { lookupByName } from "./domain.js";
import { aSecond, askToShutDown } from "./shutdown-request.js";

const OFF: readonly powerStates.PowerState[] = [powerStates.SHUTDOWN, powerStates.CRASHED];

/** `_clean_shutdown`. @throws InstanceNotFound for a guest that goes away meanwhile */
export function* cleanShutdown(
  parts: DriverParts,
  instance: Instance,
  timeout: Duration,
): Op<void> {
  const { hypervisor, env } = parts;
  const guest = hypervisor.guest(instance.uuid);
  if (guest === undefined) return;
  if (OFF.includes(guest.powerState)) {
    env.log("info", "Instance already shutdown.");
    return;
  }
  const asked = askToShutDown(parts, instance.uuid);
  for (let sec = 0; seconds(sec) < timeout; sec++) {
    if (OFF.includes(lookupByName(hypervisor, instance).powerState)) {
      env.log("info", `Instance shutdown successfully after ${String(sec)} seconds.`);
      return;
    }
    yield* aSecond(parts, asked);
  }
  env.log("info", `Instance failed to shutdown in ${String(timeout / seconds(1))} seconds.`);
}

/** `_destroy`: the domain stays defined. */
export function destroyDomain({ hypervisor, env }: DriverParts, { uuid }: Instance): void {
  if (hypervisor.guest(uuid) === undefined) {
    env.log("warning", "During wait destroy, instance disappeared.");
    return;
  }
  hypervisor.setPowerState(uuid, powerStates.SHUTDOWN);
  env.log("info", "Instance destroyed successfully.");
}
