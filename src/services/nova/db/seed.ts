/**
 * The flavors that a new Nova database holds: the five of migration 216, in the order in which
 * Python 2 happened to insert them (so that internal ids differ from flavor ids), and DevStack's
 * m1.nano, which the transcripts use. Upstream: nova/db/sqlalchemy/migrate_repo; nova §7, transcripts §T1.
 */
import type { NovaDatabase } from "./database.js";
import type { InstanceTypeRow } from "./schema.js";

type Given = Pick<InstanceTypeRow, "name" | "flavorid" | "memory_mb" | "vcpus" | "root_gb">;

const DEFAULTS: readonly Given[] = [
  { name: "m1.medium", flavorid: "3", memory_mb: 4096, vcpus: 2, root_gb: 40 },
  { name: "m1.tiny", flavorid: "1", memory_mb: 512, vcpus: 1, root_gb: 1 },
  { name: "m1.large", flavorid: "4", memory_mb: 8192, vcpus: 4, root_gb: 80 },
  { name: "m1.xlarge", flavorid: "5", memory_mb: 16384, vcpus: 8, root_gb: 160 },
  { name: "m1.small", flavorid: "2", memory_mb: 2048, vcpus: 1, root_gb: 20 },
  { name: "m1.nano", flavorid: "42", memory_mb: 64, vcpus: 1, root_gb: 0 },
];

export function seedFlavors(db: NovaDatabase, more: readonly Given[] = []): void {
  for (const given of [...DEFAULTS, ...more]) {
    db.instance_types.insert({
      ...given,
      ephemeral_gb: 0,
      swap: 0,
      rxtx_factor: 1,
      vcpu_weight: null,
      disabled: false,
      is_public: true,
    });
  }
}
