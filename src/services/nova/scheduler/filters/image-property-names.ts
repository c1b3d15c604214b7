/**
 * The names that images may use for machines, and what Nova calls them. Upstream:
 * nova/compute/{arch,hvtype,vm_mode}.py (canonicalize).
 */
import {
  InvalidArchitectureName,
  InvalidHypervisorVirtType,
  InvalidVirtualMachineMode,
} from "../../exception.js";

const ARCHITECTURES = new Set([
  ...["alpha", "armv6", "armv7l", "armv7b", "aarch64", "cris", "i686", "ia64", "lm32", "m68k"],
  ...["microblaze", "microblazeel", "mips", "mipsel", "mips64", "mips64el", "openrisc", "parisc"],
  ...["parisc64", "ppc", "ppcle", "ppc64", "ppc64le", "ppcemb", "s390", "s390x", "sh4", "sh4eb"],
  ...["sparc", "sparc64", "unicore32", "x86_64", "xtensa", "xtensaeb"],
]);
const ARCHITECTURE_ALIASES: ReadonlyMap<string, string> = new Map([
  ["i386", "i686"],
  ["i486", "i686"],
  ["i586", "i686"],
  ["x86_32", "i686"],
  ["x86_32p", "i686"],
  ["amd64", "x86_64"],
]);

const HYPERVISORS = new Set([
  ...["baremetal", "bhyve", "fake", "hyperv", "kqemu", "kvm", "lxc", "openvz"],
  ...["parallels", "phyp", "qemu", "test", "uml", "vbox", "vmware", "xen"],
]);
const HYPERVISOR_ALIASES: ReadonlyMap<string, string> = new Map([["xapi", "xen"]]);

const VM_MODES = new Set(["hvm", "xen", "uml", "exe"]);
const VM_MODE_ALIASES: ReadonlyMap<string, string> = new Map([
  ["pv", "xen"],
  ["hv", "hvm"],
  ["baremetal", "hvm"],
]);

/** An empty name is no name that there is. @throws InvalidArchitectureName */
export function architecture(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const canonical = canonicalize(name, ARCHITECTURE_ALIASES);
  if (!ARCHITECTURES.has(canonical)) throw new InvalidArchitectureName({ arch: name });
  return canonical;
}

/** @throws InvalidHypervisorVirtType */
export function hypervisorType(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const canonical = canonicalize(name, HYPERVISOR_ALIASES);
  if (!HYPERVISORS.has(canonical)) throw new InvalidHypervisorVirtType({ hvtype: name });
  return canonical;
}

/** @throws InvalidVirtualMachineMode, which says it in small letters */
export function vmMode(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const canonical = canonicalize(name, VM_MODE_ALIASES);
  if (!VM_MODES.has(canonical)) throw new InvalidVirtualMachineMode({ vmmode: canonical });
  return canonical;
}

function canonicalize(name: string, aliases: ReadonlyMap<string, string>): string {
  const lower = name.toLowerCase();
  return aliases.get(lower) ?? lower;
}
