/**
 * Where the consoles of a guest are, as its domain's XML says: screens behind `<graphics>`, serial ones behind `<serial>`. Upstream:
 * nova/virt/libvirt/driver.py (get_vnc_console, get_spice_console, get_serial_console) at 2014.2.
 */
import type { FlagsOf } from "../../../../../framework/index.js";
import { NotImplementedException } from "../../../../../python/index.js";
import { ConsoleTypeUnavailable } from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";
import type { ConsolePlace, ConsoleType } from "../../driver.js";
import type { DriverParts } from "../../driver-parts.js";
import { consoleFlags, serialConsoleFlags } from "../../flags.js";
import type { SerialPorts } from "../serial-ports.js";
import { lookupByName } from "./domain.js";

export class LibvirtConsoles {
  readonly #parts: DriverParts;
  readonly #flags: FlagsOf<typeof consoleFlags>;
  readonly #serial: SerialPorts;

  constructor(parts: DriverParts, serial: SerialPorts) {
    this.#parts = parts;
    this.#flags = parts.env.flags.read(consoleFlags);
    this.#serial = serial;
  }

  /** Of `<graphics>` as text; of `<serial>` as a number. */
  port(instance: Instance, consoleType: ConsoleType): string | number {
    if (consoleType === "rdp") throw new NotImplementedException("");
    if (consoleType === "serial") {
      const [port] = this.#serial.of(instance);
      if (port === undefined) throw new ConsoleTypeUnavailable({ console_type: consoleType });
      return port;
    }
    const { uuid } = lookupByName(this.#parts.hypervisor, instance);
    const { vnc_enabled: vnc, spice_enabled: spice } = this.#flags;
    const shown = consoleType === "vnc" ? vnc : spice;
    if (!shown) throw new ConsoleTypeUnavailable({ console_type: consoleType });
    return String(this.#parts.hypervisor.vncPort(uuid));
  }

  place(instance: Instance, consoleType: ConsoleType): ConsolePlace {
    const port = this.port(instance, consoleType);
    const { vncserver_proxyclient_address, server_proxyclient_address } = this.#flags;
    if (consoleType === "serial") {
      const { proxyclient_address: host } = this.#parts.env.flags.read(serialConsoleFlags);
      return { host, port, internal_access_path: null };
    }
    return consoleType === "spice"
      ? { host: server_proxyclient_address, port, tlsPort: "", internal_access_path: null }
      : { host: vncserver_proxyclient_address, port, internal_access_path: null };
  }
}
