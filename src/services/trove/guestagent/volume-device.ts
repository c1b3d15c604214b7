/**
 * The volume of a guest: formatted, mounted, unmounted, resized. What mount and umount say is read by nobody.
 * Upstream: trove/guestagent/volume.py (VolumeDevice), trove/guestagent/dbaas.py
 * (get_filesystem_volume_stats) at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import { GuestError } from "../exception.js";
import type { AgentParts } from "./agent-parts.js";
import type { FilesystemStats } from "./rpcapi.js";

const BLOCK = 4096;
const GIB = 1_073_741_824;

/** @throws GuestError if there is no such device */
export function* formatVolume(parts: AgentParts, device: string): Op<void> {
  const size = checkedSize(parts, device);
  yield* parts.take(parts.latency.format_volume);
  parts.disk.format(size);
}

/** @throws GuestError if there is no such device */
export function* resizeFilesystem(parts: AgentParts, device: string): Op<void> {
  const size = checkedSize(parts, device);
  yield* parts.take(parts.latency.format_volume);
  parts.disk.growFilesystem(size);
}

function checkedSize({ env, disk }: AgentParts, device: string): number {
  const size = disk.volumeSize();
  if (size !== undefined) return size;
  env.log("error", "Error getting device status");
  throw new GuestError({}, `InvalidDevicePath(path=${device})`);
}

export function filesystemStats({ disk }: AgentParts): FilesystemStats {
  const blocks = (disk.filesystemSize * GIB) / BLOCK;
  const used = Math.ceil(disk.data.bytes / BLOCK);
  const free = Math.max(0, blocks - used);
  return {
    block_size: BLOCK,
    total_blocks: blocks,
    free_blocks: free,
    total: gigabytes(blocks * BLOCK),
    free: free * BLOCK,
    used: gigabytes(used * BLOCK),
  };
}

const gigabytes = (bytes: number): number => Math.round((bytes / GIB) * 100) / 100;
