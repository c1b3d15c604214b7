/**
 * A data disk of a host that dies, so that nothing is mounted any more, has no room left, or loses what is
 * written to it and goes on giving what it had.
 */
import { DISK_FAILURES, Disks, type Disk, type DiskFailure } from "../../../hardware/disk.js";
import type { FaultVerb, Injectors } from "../../verb.js";

export interface DiskFaultSpec {
  /** `sdb1`. */
  readonly disk: string;
  readonly host: string;
  /** `dead`, `full`, `stale`; default `dead`. */
  readonly is?: string | undefined;
}

/** @throws Error for what no disk can be */
function failureOf({ is = "dead" }: DiskFaultSpec): DiskFailure {
  const failure = DISK_FAILURES.find((name) => name === is);
  if (failure !== undefined) return failure;
  throw new Error(`a disk is not "${is}"; it can be ${DISK_FAILURES.join(", ")}`);
}

/** @throws Error naming what there is */
function diskOf({ host, disk }: DiskFaultSpec, injectors: Injectors): Disk {
  const disks = injectors.hardware().of(Disks);
  const shelf = disks.get(host);
  if (shelf === undefined) {
    const hosts = [...disks.keys()];
    const known = hosts.length === 0 ? "no host has any" : `${hosts.join(", ")} have some`;
    throw new Error(`the host "${host}" has no data disks; ${known}`);
  }
  const found = shelf.get(disk);
  if (found !== undefined) return found;
  throw new Error(`${host} has no disk "${disk}"; it has ${shelf.names.join(", ")}`);
}

export const disk: FaultVerb<DiskFaultSpec> = {
  key: "disk",
  kind: "operation",
  text: ({ disk: name, host, is = "dead" }) => `disk ${name} of ${host} is ${is}`,
  places: ({ host }) => [host],
  check(spec, injectors) {
    failureOf(spec);
    diskOf(spec, injectors);
  },
  inject(spec, fault, injectors) {
    const failure = failureOf(spec);
    const found = diskOf(spec, injectors);
    found.fail(failure, () => {
      fault.strike();
    });
    fault.onLift(() => {
      found.repair(failure);
    });
  },
};
