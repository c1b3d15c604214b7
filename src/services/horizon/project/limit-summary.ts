/** What of its limits a project has used. Upstream: horizon/common/_limit_summary.html at 2014.2. */
import type { ListPart } from "../client/index.js";
import { gigabytes, grouped, limited, megabytes } from "../text.js";

type Limits = Readonly<Record<string, number>>;

export function limitSummary(limits: Limits): ListPart {
  const of = (used: string, max: string): string =>
    `Used ${grouped(limits[used] ?? 0)} of ${limited(limits[max])}`;
  const sized = (used: string, max: string, size: (number: number) => string): string =>
    `Used ${size(limits[used] ?? 0)} of ${limits[max] === undefined ? "No Limit" : size(limits[max])}`;
  const volumes = (limits["totalVolumesUsed"] ?? -1) >= 0;
  return {
    kind: "list",
    title: "Limit Summary",
    items: [
      ["Instances", of("totalInstancesUsed", "maxTotalInstances")],
      ["VCPUs", of("totalCoresUsed", "maxTotalCores")],
      ["RAM", sized("totalRAMUsed", "maxTotalRAMSize", megabytes)],
      ["Floating IPs", of("totalFloatingIpsUsed", "maxTotalFloatingIps")],
      ["Security Groups", of("totalSecurityGroupsUsed", "maxSecurityGroups")],
      ...(volumes
        ? [
            ["Volumes", of("totalVolumesUsed", "maxTotalVolumes")] as const,
            [
              "Volume Storage",
              sized("totalGigabytesUsed", "maxTotalVolumeGigabytes", gigabytes),
            ] as const,
          ]
        : []),
    ],
  };
}
