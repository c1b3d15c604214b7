/**
 * How a guest's disks are laid out on its buses: what a disk lacks of name, bus and type is filled in.
 * Upstream: nova/virt/libvirt/blockinfo.py (get_disk_mapping, get_info_from_bdm, update_bdm) at 2014.2.
 */
import { stripDev } from "../../block-device/device-names.js";
import { NovaException } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";

/** A disk that may lack a name; what it lacks is filled in. */
export interface Disk {
  device_name: string | null;
  disk_bus: string | null;
  device_type: string | null;
}

/** `is_disk_bus_valid_for_virt` for QEMU, and how disks on them are called. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ["virtio", "vd"],
  ["scsi", "sd"],
  ["ide", "hd"],
  ["usb", "sd"],
  ["fdc", "fd"],
]);

const BUS_OF_TYPE: ReadonlyMap<string, string> = new Map([
  ["disk", "virtio"],
  ["cdrom", "ide"],
  ["floppy", "fdc"],
]);

const BUS_OF_PREFIX: ReadonlyMap<string, string> = new Map([
  ["hd", "ide"],
  ["sd", "scsi"],
  ["vd", "virtio"],
  ["fd", "fdc"],
]);

const TYPES = ["disk", "cdrom", "floppy", "lun"];
const ROOT_BUS = "virtio";

/** Which disks a guest has beside its root, in the order in which they get their places. */
export interface Layout {
  readonly ephemerals?: readonly Disk[];
  readonly swap?: readonly Disk[];
  readonly volumes: readonly Disk[];
}

/** Disks of the flavor that nobody named have places, too. @throws NovaException if there is none left */
export function layOut(instance: Instance, rootName: string, layout: Layout): void {
  const { ephemerals = [], swap = [], volumes } = layout;
  const named = [...ephemerals, ...swap, ...volumes]
    .map(({ device_name }) => stripDev(device_name ?? ""))
    .filter((name) => name !== "");
  const used = new Set([stripDev(rootName)]);
  if (instance.ephemeral_gb > 0 && ephemerals.length === 0) used.add(freeDevice(ROOT_BUS, used));
  for (const disk of ephemerals) used.add(place(disk, ROOT_BUS, used, named));
  if (swap.length > 0) for (const disk of swap) used.add(place(disk, ROOT_BUS, used, []));
  else if (instance.flavor().swap > 0) used.add(freeDevice(ROOT_BUS, used));
  for (const disk of volumes) used.add(place(disk, null, used, named));
}

/** `get_info_from_bdm`, `update_bdm`. */
function place(
  disk: Disk,
  usualBus: string | null,
  used: ReadonlySet<string>,
  named: readonly string[],
): string {
  const name = stripDev(disk.device_name ?? "");
  const type = TYPES.find((known) => known === disk.device_type) ?? "disk";
  let bus = disk.disk_bus ?? usualBus;
  if (bus === null || !PREFIXES.has(bus)) {
    bus = name === "" ? (BUS_OF_TYPE.get(type) ?? null) : busOfDevice(name);
  }
  const device = name === "" ? freeDevice(bus, new Set([...named, ...used])) : name;
  if (name === "") disk.device_name = `/dev/${device}`;
  disk.disk_bus = bus;
  disk.device_type = type;
  return device;
}

/** `get_disk_bus_for_disk_dev`. @throws NovaException */
function busOfDevice(device: string): string {
  if (device.startsWith("xvd")) return "xen";
  if (device.startsWith("ubd")) return "uml";
  const bus = BUS_OF_PREFIX.get(device.slice(0, 2));
  if (bus !== undefined) return bus;
  throw new NovaException({}, `Unable to determine disk bus for '${device.slice(0, 1)}'`);
}

/** `find_disk_dev_for_disk_bus`. @throws NovaException */
function freeDevice(bus: string | null, used: ReadonlySet<string>): string {
  const prefix = PREFIXES.get(bus ?? "");
  if (prefix === undefined) {
    throw new NovaException({}, `Unable to determine disk prefix for ${bus ?? "None"}`);
  }
  const most = bus === "ide" ? 4 : 26;
  for (let index = 0; index < most; index++) {
    const device = prefix + String.fromCharCode("a".charCodeAt(0) + index);
    if (!used.has(device)) return device;
  }
  throw new NovaException({}, "No free disk device names for prefix '%s'");
}
