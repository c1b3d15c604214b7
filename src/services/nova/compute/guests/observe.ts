/**
 * get_console_output, get_diagnostics and get_instance_diagnostics: what a guest has written to its console, and what its
 * hypervisor has counted of it. Upstream: nova/compute/manager.py at 2014.2.
 */
import { expectedExceptions, type ArgsIn } from "../../../../bus/index.js";
import * as powerStates from "../../../../hardware/power-states.js";
import {
  NotImplementedException,
  str,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { InstanceInvalidState, InstanceNotFound } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import type { ComputeHost } from "../compute-host.js";
import { bindsArguments, wrapException, wrapInstanceFault, type Method } from "../decorators.js";
import type { computeApi } from "../rpcapi.js";

type Output = ArgsIn<typeof computeApi, "get_console_output">;
type Diagnostics = ArgsIn<typeof computeApi, "get_diagnostics">;

const output = wrapException<Output, string>(
  "get_console_output",
  wrapInstanceFault(function* (compute, _ctxt, { instance, tail_length }) {
    compute.log("info", "Get console output");
    const text = yield* compute.driver.consoleOutput(instance);
    return tail_length === null ? text : tailOf(text, tail_length);
  }),
);

export const getConsoleOutput: Method<Output, string> = (compute, ctxt, args) =>
  expectedExceptions([NotImplementedException, InstanceNotFound], output(compute, ctxt, args));

/** `_tail_log`: so many lines from its end; a number below 0 leaves as many out at its start. */
function tailOf(text: string, length: Json): string {
  const lines = Number(str(length));
  return lines === 0 || !Number.isInteger(lines) ? "" : text.split("\n").slice(-lines).join("\n");
}

export const getDiagnostics = wrapException<Diagnostics, JsonObject>(
  "get_diagnostics",
  wrapInstanceFault(function* (compute, _ctxt, { instance }) {
    mustRun(compute, instance);
    return yield* compute.driver.diagnostics(instance);
  }),
);

/** The same in the form of API v3, which nothing here asks for: a program may. */
export const getInstanceDiagnostics = wrapException<Diagnostics, JsonObject>(
  "get_instance_diagnostics",
  wrapInstanceFault(
    bindsArguments("get_instance_diagnostics", function* (compute, _ctxt, { instance }) {
      mustRun(compute, instance);
      return yield* compute.driver.instanceDiagnostics(instance);
    }),
  ),
);

/** @throws InstanceInvalidState, which names the one method for both */
function mustRun(compute: ComputeHost, instance: Instance): void {
  if (compute.powerState(instance) !== powerStates.RUNNING) {
    const { uuid: instance_uuid, power_state: state } = instance;
    const method = "get_diagnostics";
    throw new InstanceInvalidState({ instance_uuid, attr: "power_state", state, method });
  }
  compute.log("info", "Retrieving diagnostics");
}
