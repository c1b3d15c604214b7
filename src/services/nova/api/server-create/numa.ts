/**
 * The NUMA topology that a flavor or an image asks for. Upstream: nova/virt/hardware.py
 * (VirtNUMAInstanceTopology.get_constraints, parse_cpu_spec) at 2014.2; nova §1.2 row 32.
 */
import { Exception, parseInteger, repr, ValueError } from "../../../../python/index.js";
import {
  ImageNUMATopologyAsymmetric,
  ImageNUMATopologyCPUDuplicates,
  ImageNUMATopologyCPUOutOfRange,
  ImageNUMATopologyCPUsUnassigned,
  ImageNUMATopologyForbidden,
  ImageNUMATopologyIncomplete,
  ImageNUMATopologyMemoryOutOfRange,
  Invalid,
} from "../../exception.js";
import type { FlavorFields } from "../../objects/flavor.js";
import type { NumaCell } from "../../objects/instance-numa-topology.js";

type Flavor = Pick<FlavorFields, "vcpus" | "memory_mb" | "extra_specs">;
type Properties = Readonly<Record<string, string | undefined>>;

/** Python's, which the API answers 500 to. */
class ZeroDivisionError extends Exception {
  override readonly name: string = "ZeroDivisionError";
}

/** @returns null if neither asks for one. @throws what is wrong with it; ValueError, ZeroDivisionError */
export function numaConstraints(flavor: Flavor, image: Properties): readonly NumaCell[] | null {
  const wanted = propertyOf(flavor, image, "numa_nodes");
  if (wanted === undefined) return null;
  const nodes = int(wanted);
  const cells =
    propertyOf(flavor, image, "numa_cpus.0") === undefined
      ? evenly(nodes, flavor, image)
      : byHand(nodes, flavor, image);
  return cells.length === 0 ? null : cells;
}

/** @throws ImageNUMATopologyForbidden: an image does not overrule a flavor */
function propertyOf({ extra_specs }: Flavor, image: Properties, name: string): string | undefined {
  const ofFlavor = Object.hasOwn(extra_specs, `hw:${name}`) ? extra_specs[`hw:${name}`] : undefined;
  const ofImage = Object.hasOwn(image, `hw_${name}`) ? image[`hw_${name}`] : undefined;
  if (ofFlavor !== undefined && ofImage !== undefined) {
    throw new ImageNUMATopologyForbidden({ name: `hw_${name}` });
  }
  return ofFlavor ?? ofImage;
}

function evenly(nodes: number, flavor: Flavor, image: Properties): NumaCell[] {
  const { vcpus, memory_mb } = flavor;
  if (nodes === 0) throw new ZeroDivisionError("integer division or modulo by zero");
  if (vcpus % nodes !== 0 || memory_mb % nodes !== 0) throw new ImageNUMATopologyAsymmetric();
  const cpus = vcpus / nodes;
  return eachNode(nodes, (id) => {
    const [own, memory] = ofNode(flavor, image, id);
    if (own !== undefined || memory !== undefined) throw new ImageNUMATopologyIncomplete();
    const cpuset = Array.from({ length: cpus }, (_, cpu) => id * cpus + cpu);
    return { id, cpuset, memory: memory_mb / nodes };
  });
}

function byHand(nodes: number, flavor: Flavor, image: Properties): NumaCell[] {
  const { vcpus, memory_mb } = flavor;
  const free = new Set(Array.from({ length: vcpus }, (_, cpu) => cpu));
  const cells = eachNode(nodes, (id) => {
    const [cpus, mem] = ofNode(flavor, image, id);
    if (cpus === undefined || mem === undefined) throw new ImageNUMATopologyIncomplete();
    const memory = int(mem);
    const cpuset = parseCpuSpec(cpus, vcpus);
    for (const cpu of cpuset) {
      if (cpu > vcpus - 1) {
        throw new ImageNUMATopologyCPUOutOfRange({ cpunum: cpu, cpumax: vcpus - 1 });
      }
      if (!free.delete(cpu)) throw new ImageNUMATopologyCPUDuplicates({ cpunum: cpu });
    }
    return { id, cpuset, memory };
  });
  if (free.size > 0) {
    throw new ImageNUMATopologyCPUsUnassigned({ cpuset: `set(${repr([...free])})` });
  }
  const memsize = cells.reduce((sum, { memory }) => sum + memory, 0);
  if (memsize !== memory_mb) {
    throw new ImageNUMATopologyMemoryOutOfRange({ memsize, memtotal: memory_mb });
  }
  return cells;
}

const ofNode = (flavor: Flavor, image: Properties, id: number) =>
  [
    propertyOf(flavor, image, `numa_cpus.${String(id)}`),
    propertyOf(flavor, image, `numa_mem.${String(id)}`),
  ] as const;

/** One after the other, so that a thousand million nodes end at the first that is wrong. */
function eachNode(nodes: number, cellOf: (id: number) => NumaCell): NumaCell[] {
  const cells: NumaCell[] = [];
  for (let id = 0; id < nodes; id++) cells.push(cellOf(id));
  return cells;
}

/**
 * `1-4,^3,6`: single processors, ranges, and what is not meant after all.
 * @param most of a range no more than one above this is looked at: it is refused by then
 */
function parseCpuSpec(spec: string, most: number): number[] {
  const chosen = new Set<number>();
  const rejected = new Set<number>();
  for (const rule of spec.split(",").map((part) => part.trim())) {
    if (rule === "") continue;
    const at = rule.indexOf("-");
    if (at >= 0) {
      const start = whole(rule.slice(0, at), "range", rule);
      const end = whole(rule.slice(at + 1), "range", rule);
      if (start > end) throw invalid("range", rule);
      for (let cpu = start; cpu <= Math.min(end, Math.max(start, most)); cpu++) chosen.add(cpu);
    } else if (rule.startsWith("^")) rejected.add(whole(rule.slice(1), "exclusion", rule));
    else chosen.add(whole(rule, "inclusion", rule));
  }
  return [...chosen].filter((cpu) => !rejected.has(cpu)).sort((a, b) => a - b);
}

function whole(text: string, kind: string, rule: string): number {
  const value = parseInteger(text);
  if (value === undefined) throw invalid(kind, rule);
  return value;
}

const invalid = (kind: string, rule: string): Invalid =>
  new Invalid({}, `Invalid ${kind} expression ${repr(rule)}`);

/** `int(text)`. @throws ValueError */
function int(text: string): number {
  const value = parseInteger(text);
  if (value === undefined) {
    throw new ValueError(`invalid literal for int() with base 10: '${text}'`);
  }
  return value;
}
