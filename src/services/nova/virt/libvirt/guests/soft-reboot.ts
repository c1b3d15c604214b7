/**
 * A soft reboot: the guest's power button is pressed, and it is looked at every second whether it went off, or was started by
 * somebody else meanwhile. Not what is done if it does not answer. Upstream: nova/virt/libvirt/driver.py (_soft_reboot) at 2014.2;
 * nova-actions NOV-232.
 */
import { LibvirtError } from "../../../../../hardware/libvirt-errors.js";
import * as powerStates from "../../../../../hardware/power-states.js";
import {
  between,
  seconds,
  withTimeout,
  type Micros,
  type Op,
} from "../../../../../kernel/index.js";
import { TimedOut } from "../../../../../python/index.js";
import type { Instance } from "../../../objects/instance.js";
import { passes, type DriverParts } from "../../driver-parts.js";
import { virtFlags } from "../../flags.js";
import { lookupByName } from "./domain.js";
import { aSecond, askToShutDown } from "./shutdown-request.js";

/** @returns whether the guest is back, whoever started it @throws InstanceNotFound */
export function* softReboot(parts: DriverParts, instance: Instance): Op<boolean> {
  try {
    return yield* wentOff(parts, instance);
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    parts.env.log("debug", `Instance soft reboot failed: ${error.message}`);
    return false;
  }
}

/** By the number that each start of a domain gets. One that does not run is waited for all the same. */
function* wentOff(parts: DriverParts, instance: Instance): Op<boolean> {
  const { hypervisor, env } = parts;
  const { uuid, powerState } = lookupByName(hypervisor, instance);
  const domid = hypervisor.domid(uuid);
  const deadline = env.kernel.now + seconds(env.flags.read(virtFlags).wait_soft_reboot_seconds);
  const answers = powerState === powerStates.RUNNING && (yield* hasHeard(parts, uuid, deadline));
  const asked = answers ? askToShutDown(parts, uuid) : { uuid, domid, off: undefined };
  while (env.kernel.now < deadline) {
    lookupByName(hypervisor, instance);
    if (hypervisor.domid(uuid) !== domid) {
      yield* createAgain(parts, uuid);
      return true;
    }
    yield* aSecond(parts, asked);
  }
  return false;
}

/** @returns whether it has taken note of its power button in time @throws LibvirtError */
function* hasHeard({ hypervisor, env }: DriverParts, uuid: string, deadline: Micros): Op<boolean> {
  const patience = between(env.kernel.now, deadline);
  try {
    yield* withTimeout(patience, `the soft reboot of ${uuid}`, hypervisor.attempt("soft_reboot"));
    return true;
  } catch (error) {
    if (error instanceof TimedOut) return false;
    throw error;
  }
}

function* createAgain(parts: DriverParts, uuid: string): Op<void> {
  const { hypervisor, latency, env } = parts;
  if (hypervisor.guest(uuid)?.powerState !== powerStates.SHUTDOWN) {
    env.log("info", "Instance may have been rebooted during soft reboot, so return now.");
    return;
  }
  env.log("info", "Instance shutdown successfully.");
  yield* passes(parts, latency.power_on);
  hypervisor.setPowerState(uuid, powerStates.RUNNING);
  env.log("info", "Instance running successfully.");
}
