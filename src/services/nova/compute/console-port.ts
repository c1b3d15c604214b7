/**
 * validate_console_port: whether a token still leads to the console that it was made for. Upstream:
 * nova/compute/manager.py (validate_console_port) at 2014.2.
 */
import { expectedExceptions, type ArgsIn } from "../../../bus/index.js";
import { InstanceNotFound, InstanceNotReady } from "../exception.js";
import type { ConsoleType } from "../virt/driver.js";
import { wrapException, wrapInstanceFault, type Method } from "./decorators.js";
import type { computeApi } from "./rpcapi.js";

type Validate = ArgsIn<typeof computeApi, "validate_console_port">;

/** What is no other type is VNC. */
const TYPES: ReadonlyMap<string, ConsoleType> = new Map([
  ["spice-html5", "spice"],
  ["rdp-html5", "rdp"],
  ["serial", "serial"],
]);

const validate = wrapException<Validate, boolean>(
  "validate_console_port",
  wrapInstanceFault(function* (compute, _ctxt, { instance, port, console_type }) {
    return compute.driver.consolePort(instance, TYPES.get(console_type) ?? "vnc") === port;
  }),
);

export const validateConsolePort: Method<Validate, boolean> = (compute, ctxt, args) =>
  expectedExceptions([InstanceNotReady, InstanceNotFound], validate(compute, ctxt, args));
