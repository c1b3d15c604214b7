/**
 * get_vnc_console and its like: where a guest's screen is to be seen, by a token made for it. Of a serial console no type is asked,
 * and no token made where there are none. Upstream: nova/compute/manager.py, nova/console/type.py at 2014.2; nova-actions NOV-270,
 * NOV-271.
 */
import { expectedExceptions, type ArgsIn } from "../../../../bus/index.js";
import { done } from "../../../../kernel/index.js";
import { NotImplementedException, type Json } from "../../../../python/index.js";
import {
  ConsoleTypeInvalid,
  ConsoleTypeUnavailable,
  ImageSerialPortNumberExceedFlavorValue,
  ImageSerialPortNumberInvalid,
  InstanceNotFound,
  InstanceNotReady,
  SocketPortRangeExhaustedException,
} from "../../exception.js";
import type { ConsoleType } from "../../virt/driver.js";
import { consoleFlags, serialConsoleFlags } from "../../virt/flags.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { wrapException, wrapInstanceFault, type Method } from "../decorators.js";
import type { computeApi, ConsoleInfo } from "../rpcapi.js";

type Request = ArgsIn<typeof computeApi, "get_vnc_console">;

/** The proxy of what users call that kind. @throws ConsoleTypeUnavailable, ConsoleTypeInvalid */
type Proxy = (compute: ComputeHost, console_type: Json) => string;

const ALWAYS = [ConsoleTypeInvalid, InstanceNotReady, InstanceNotFound, ConsoleTypeUnavailable];

/** What is no error of the host's. */
const EXPECTED = {
  vnc: [...ALWAYS, NotImplementedException],
  spice: ALWAYS,
  rdp: [...ALWAYS, NotImplementedException],
  serial: [
    ...ALWAYS,
    SocketPortRangeExhaustedException,
    ImageSerialPortNumberInvalid,
    ImageSerialPortNumberExceedFlavorValue,
    NotImplementedException,
  ],
} as const;

const LOGGED = { vnc: "vnc", spice: "spice", rdp: "RDP", serial: "serial" } as const;

function consoleMethod(
  name: "get_vnc_console" | "get_spice_console" | "get_rdp_console" | "get_serial_console",
  type: ConsoleType,
  proxyOf: Proxy,
): Method<Request, ConsoleInfo> {
  const method = wrapException<Request, ConsoleInfo>(
    name,
    wrapInstanceFault(function* (compute, _ctxt, { instance, console_type }) {
      compute.log("debug", `Getting ${LOGGED[type]} console`);
      const drawn = type === "serial" ? undefined : newToken(compute);
      const url = proxyOf(compute, console_type);
      const token = drawn ?? newToken(compute);
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
  return (compute, ctxt, args) => expectedExceptions(EXPECTED[type], method(compute, ctxt, args));
}

const newToken = ({ env }: ComputeHost): string => env.stream("console token").uuid();

/** One of those that there are, if they are switched on. @throws ConsoleTypeUnavailable, ConsoleTypeInvalid */
function known(
  console_type: Json,
  enabled: boolean,
  proxies: Readonly<Record<string, string>>,
): string {
  if (!enabled) throw new ConsoleTypeUnavailable({ console_type });
  const known = typeof console_type === "string" && Object.hasOwn(proxies, console_type);
  const url = known ? proxies[console_type] : undefined;
  if (url === undefined) throw new ConsoleTypeInvalid({ console_type });
  return url;
}

export const getVncConsole = consoleMethod("get_vnc_console", "vnc", ({ env }, console_type) => {
  const { vnc_enabled, novncproxy_base_url, xvpvncproxy_base_url } = env.flags.read(consoleFlags);
  return known(console_type, vnc_enabled, {
    novnc: novncproxy_base_url,
    xvpvnc: xvpvncproxy_base_url,
  });
});

export const getSpiceConsole = consoleMethod(
  "get_spice_console",
  "spice",
  ({ env }, console_type) => {
    const { spice_enabled, html5proxy_base_url } = env.flags.read(consoleFlags);
    return known(console_type, spice_enabled, { "spice-html5": html5proxy_base_url });
  },
);

export const getRdpConsole = consoleMethod("get_rdp_console", "rdp", ({ env }, console_type) => {
  const { rdp_enabled, rdp_base_url } = env.flags.read(consoleFlags);
  return known(console_type, rdp_enabled, { "rdp-html5": rdp_base_url });
});

export const getSerialConsole = consoleMethod(
  "get_serial_console",
  "serial",
  ({ env }, console_type) => {
    const { enabled, base_url } = env.flags.read(serialConsoleFlags);
    if (!enabled) throw new ConsoleTypeUnavailable({ console_type });
    return base_url;
  },
);
