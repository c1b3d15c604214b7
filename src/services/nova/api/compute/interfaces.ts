/**
 * A port more for a server, or one less: checked here and done on the server's host. Upstream: nova/compute/api.py
 * (attach_interface, detach_interface) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { computeHost } from "../../compute/rpcapi.js";
import type { Vif } from "../../network-api/model.js";
import type { Instance } from "../../objects/instance.js";
import * as vm from "../../states/vm-states.js";
import type { NovaCall } from "../route.js";
import { check } from "./checks.js";

const FROM: readonly vm.VmState[] = [vm.ACTIVE, vm.PAUSED, vm.STOPPED];

export interface WantedInterface {
  readonly network_id: string | null;
  readonly port_id: string | null;
  readonly requested_ip: string | null;
}

/** It waits for the host. @throws what `check` throws, and the host */
export function* attachInterface(
  call: NovaCall,
  instance: Instance,
  wanted: WantedInterface,
): Op<Vif> {
  check(call, instance, { method: "attach_interface", from: FROM });
  const compute = call.app.computeRpc.prepare({ server: computeHost(instance) });
  return yield* compute.attach_interface(call.ctxt, { instance, ...wanted });
}

/** @throws what `check` throws */
export function* detachInterface(call: NovaCall, instance: Instance, port_id: string): Op<void> {
  check(call, instance, { method: "detach_interface", from: FROM });
  const compute = call.app.computeRpc.prepare({ server: computeHost(instance) });
  yield* compute.detach_interface(call.ctxt, { instance, port_id });
}
