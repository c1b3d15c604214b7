/** What of its limits a project has used. Upstream: horizon/common/_limit_summary.html at 2014.2. */
import type { ListPart } from "../client/index.js";
import { gigabytes, grouped, limited, megabytes } from "../text.js";

type Limits = Readonly<Record<string, number>>;

export function limitSummary(limits: Limits): ListPart {
  type Item = ListPart["items"][number];
  const item = (name: string, words: string, used: string, max: string): Item => [
    name,
    words,
    widthRatio(limits[used] ?? 0, limits[max]),
  ];
  const of = (name: string, used: string, max: string): Item =>
    item(name, `Used ${grouped(limits[used] ?? 0)} of ${limited(limits[max])}`, used, max);
  const sized = (name: string, used: string, max: string, size: (number: number) => string) => {
    const most = limits[max] === undefined ? "No Limit" : size(limits[max]);
    return item(name, `Used ${size(limits[used] ?? 0)} of ${most}`, used, max);
  };
  const volumes = (limits["totalVolumesUsed"] ?? -1) >= 0;
  return {
    kind: "list",
    title: "Limit Summary",
    items: [
      of("Instances", "totalInstancesUsed", "maxTotalInstances"),
      of("VCPUs", "totalCoresUsed", "maxTotalCores"),
      sized("RAM", "totalRAMUsed", "maxTotalRAMSize", megabytes),
      of("Floating IPs", "totalFloatingIpsUsed", "maxTotalFloatingIps"),
      of("Security Groups", "totalSecurityGroupsUsed", "maxSecurityGroups"),
      ...(volumes
        ? [
            of("Volumes", "totalVolumesUsed", "maxTotalVolumes"),
            sized("Volume Storage", "totalGigabytesUsed", "maxTotalVolumeGigabytes", gigabytes),
          ]
        : []),
    ],
  };
}

/** How much of its pie is filled, in percent; none of one without an end. Upstream: Django's `widthratio`. */
const widthRatio = (used: number, limit = Infinity): number =>
  limit === 0 ? 0 : Math.round((100 * used) / limit);
