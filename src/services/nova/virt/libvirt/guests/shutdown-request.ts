/**
 * A guest whose power button was pressed: it goes off when it is ready, if it runs by then and nobody has started it anew, and
 * whoever pressed the button looks every second. Upstream: virDomainShutdown, which only asks.
 */
import * as powerStates from "../../../../../hardware/power-states.js";
import { between, seconds, sleep, type Micros, type Op } from "../../../../../kernel/index.js";
import type { DriverParts } from "../../driver-parts.js";

export interface ShutdownRequest {
  readonly uuid: string;
  /** Which start of the guest it was that was asked. */
  readonly domid: number;
  /** When it will be off; undefined: it does not answer. */
  readonly off: Micros | undefined;
}

/** Only a guest that runs takes note of it. */
export function askToShutDown(
  { hypervisor, env, latency }: DriverParts,
  uuid: string,
): ShutdownRequest {
  const running = hypervisor.guest(uuid)?.powerState === powerStates.RUNNING;
  const needed = running ? env.stream("hypervisor").within(latency.power_off) : undefined;
  const off = needed === undefined ? undefined : env.kernel.now + needed;
  return { uuid, domid: hypervisor.domid(uuid), off };
}

/** A second goes by, in which it may go off. */
export function* aSecond(
  { hypervisor, env }: DriverParts,
  { uuid, domid, off }: ShutdownRequest,
): Op<void> {
  const end = env.kernel.now + seconds(1);
  if (off !== undefined && off >= env.kernel.now && off < end) {
    yield* sleep(between(env.kernel.now, off));
    if (hypervisor.domid(uuid) === domid) hypervisor.setPowerState(uuid, powerStates.SHUTDOWN);
  }
  yield* sleep(between(env.kernel.now, end));
}
