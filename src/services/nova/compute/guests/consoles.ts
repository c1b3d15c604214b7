/**
 * get_vnc_console and its like: where a guest's screen is to be seen, by a token made for it. RDP and
 * serial consoles are switched off, as in Juno, and cannot be switched on here. Upstream:
 * nova/compute/manager.py, nova/console/type.py at 2014.2; nova-actions NOV-270, NOV-271.
 */
import { expectedExceptions, type ArgsIn } from "../../../../bus/index.js";
import { done } from "../../../../kernel/index.js";
import { NotImplementedException } from "../../../../python/index.js";
import {
  ConsoleTypeInvalid,
  ConsoleTypeUnavailable,
  InstanceNotFound,
  InstanceNotReady,
} from "../../exception.js";
import type { ConsoleType } from "../../virt/driver.js";
import { consoleFlags } from "../../virt/flags.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { wrapException, wrapInstanceFault, type Method } from "../decorators.js";
import type { computeApi, ConsoleInfo } from "../rpcapi.js";

type Request = ArgsIn<typeof computeApi, "get_vnc_console">;

/** The proxy of each kind, by what users call the kind; undefined: there are none. */
type Proxies = (compute: ComputeHost) => ReadonlyMap<string, string> | undefined;

const EXPECTED = [ConsoleTypeInvalid, InstanceNotReady, InstanceNotFound, ConsoleTypeUnavailable];

function consoleMethod(
  name: "get_vnc_console" | "get_spice_console" | "get_rdp_console" | "get_serial_console",
  type: ConsoleType,
  proxies: Proxies,
): Method<Request, ConsoleInfo> {
  const method = wrapException<Request, ConsoleInfo>(
    name,
    wrapInstanceFault(function* (compute, _ctxt, { instance, console_type }) {
      compute.log("debug", `Getting ${type} console`);
      const token = compute.env.stream("console token").uuid();
      const known = proxies(compute);
      if (known === undefined) throw new ConsoleTypeUnavailable({ console_type });
      const url = typeof console_type === "string" ? known.get(console_type) : undefined;
      if (url === undefined) throw new ConsoleTypeInvalid({ console_type });
      try {
        const where = yield* done(compute.driver.console(instance, type));
        return { token, access_url: `${url}?token=${token}`, ...where };
      } catch (error) {
        const building = instance.vm_state === vmStates.BUILDING;
        if (!(error instanceof InstanceNotFound) || !building) throw error;
        throw new InstanceNotReady({ instance_id: instance.uuid });
      }
    }),
  );
  const expected = type === "spice" ? EXPECTED : [...EXPECTED, NotImplementedException];
  return (compute, ctxt, args) => expectedExceptions(expected, method(compute, ctxt, args));
}

export const getVncConsole = consoleMethod("get_vnc_console", "vnc", ({ env }) => {
  const { vnc_enabled, novncproxy_base_url, xvpvncproxy_base_url } = env.flags.read(consoleFlags);
  if (!vnc_enabled) return undefined;
  return new Map([
    ["novnc", novncproxy_base_url],
    ["xvpvnc", xvpvncproxy_base_url],
  ]);
});

export const getSpiceConsole = consoleMethod("get_spice_console", "spice", ({ env }) => {
  const { spice_enabled, html5proxy_base_url } = env.flags.read(consoleFlags);
  return spice_enabled ? new Map([["spice-html5", html5proxy_base_url]]) : undefined;
});

export const getRdpConsole = consoleMethod("get_rdp_console", "rdp", () => undefined);

export const getSerialConsole = consoleMethod("get_serial_console", "serial", () => undefined);
