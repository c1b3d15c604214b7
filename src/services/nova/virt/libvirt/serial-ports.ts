/**
 * Serial consoles of guests, each at a TCP port of the host: as many as the flavor or the image says. Which ports are given away
 * nova-compute knows by heart alone, so a guest that is started anew gets others, and the old ones are not given back. A guest that is
 * rescued or moved while it runs keeps those that it had. Upstream: nova/console/serial.py, nova/virt/hardware.py
 * (get_number_of_serial_ports), nova/virt/libvirt/driver.py (_get_serial_ports_from_instance) at 2014.2.
 */
import * as powerStates from "../../../../hardware/power-states.js";
import { parseInteger, PythonTypeError } from "../../../../python/index.js";
import {
  ImageSerialPortNumberExceedFlavorValue,
  ImageSerialPortNumberInvalid,
  SocketPortInUseException,
  SocketPortRangeExhaustedException,
} from "../../exception.js";
import type { Flavor } from "../../objects/flavor.js";
import type { Instance } from "../../objects/instance.js";
import type { DriverParts } from "../driver-parts.js";
import { serialConsoleFlags } from "../flags.js";
import { lookupByName } from "./guests/domain.js";

type Properties = Readonly<Record<string, string>>;

const DEFAULT_RANGE = "10000:20000";

export class SerialPorts {
  readonly #parts: DriverParts;
  readonly #flags;
  readonly #given = new Set<number>();

  constructor(parts: DriverParts) {
    this.#parts = parts;
    this.#flags = parts.env.flags.read(serialConsoleFlags);
  }

  /**
   * Those of a guest that is about to be made.
   * @throws SocketPortRangeExhaustedException, and what is wrong with the number of ports
   */
  acquire({ extra_specs }: Pick<Flavor, "extra_specs">, image: Properties): readonly number[] {
    if (!this.#flags.enabled) return [];
    const count = numberOfPorts(extra_specs, image);
    return Array.from({ length: Math.max(count, 0) }, () => this.#acquire());
  }

  /** @throws InstanceNotFound where there is no guest any more to say which it had */
  release(instance: Instance): void {
    if (!this.#flags.enabled) return;
    for (const port of this.of(instance)) this.#given.delete(port);
  }

  /** @throws InstanceNotFound */
  of(instance: Instance): readonly number[] {
    return lookupByName(this.#parts.hypervisor, instance).serialPorts ?? [];
  }

  #acquire(): number {
    const { env, hypervisor } = this.#parts;
    const { port_range, proxyclient_address: host } = this.#flags;
    const [start, stop] = rangeIn(port_range) ?? this.#defaultRange(port_range);
    const bound = new Set(
      hypervisor.guests
        .filter(({ powerState }) => powerState !== powerStates.SHUTDOWN)
        .flatMap(({ serialPorts = [] }) => serialPorts),
    );
    for (let port = start; port < stop; port += 1) {
      if (this.#given.has(port)) continue;
      if (bound.has(port)) {
        const error = "[Errno 98] Address already in use";
        env.log("warning", new SocketPortInUseException({ host, port, error }).message);
        continue;
      }
      this.#given.add(port);
      return port;
    }
    throw new SocketPortRangeExhaustedException({ host });
  }

  #defaultRange(port_range: string): readonly [number, number] {
    this.#parts.env.log(
      "warning",
      `serial_console.port_range should be <num>:<num>. Given value ${port_range} could not be parsed. Taking the default port range ${DEFAULT_RANGE}.`,
    );
    return [10_000, 20_000];
  }
}

function rangeIn(text: string): readonly [number, number] | undefined {
  const [start, stop, ...more] = text.split(":").map(parseInteger);
  if (start === undefined || stop === undefined || more.length > 0) return undefined;
  return start < stop ? [start, stop] : undefined;
}

/**
 * An image may have fewer than its flavor says, of which 0 says so too.
 * @throws ImageSerialPortNumberExceedFlavorValue, ImageSerialPortNumberInvalid; PythonTypeError for a flavor of 0 alone
 */
function numberOfPorts(flavor: Properties, image: Properties): number {
  const ofFlavor = countAt(flavor, "hw:serial_port_count");
  const ofImage = countAt(image, "hw_serial_port_count");
  if (ofFlavor === undefined) return ofImage === undefined || ofImage === 0 ? 1 : ofImage;
  if (ofImage === undefined) {
    if (ofFlavor !== 0) return ofFlavor;
    // `(flavor and image) is not None` holds, and there are None ports.
    throw new PythonTypeError("an integer is required");
  }
  if (ofImage > ofFlavor) throw new ImageSerialPortNumberExceedFlavorValue();
  return ofImage;
}

function countAt(properties: Properties, property: string): number | undefined {
  const num_ports = Object.hasOwn(properties, property) ? properties[property] : undefined;
  if (num_ports === undefined) return undefined;
  const count = parseInteger(num_ports);
  if (count === undefined) throw new ImageSerialPortNumberInvalid({ num_ports, property });
  return count;
}
