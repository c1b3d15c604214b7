/**
 * A path taken apart by its first slashes; the last part may have more of them. Upstream:
 * swift/common/utils.py (split_path, validate_device_partition) at 2.2.0.
 */
import { ValueError, quote } from "../../../python/index.js";

/** `urllib.quote(path)`, which leaves slashes alone. */
export const quotePath = (path: string): string => path.split("/").map(quote).join("/");

/**
 * `/v1/a/c/o/p` into `["v1", "a", "c", "o/p"]`: from `min` to `max` parts, those that are not there as
 * null, one that is empty as it is.
 * @param rest whether what is too much belongs to the last part
 * @throws ValueError
 */
export function splitPath(path: string, min: number, max = min, rest = false): (string | null)[] {
  const segments = splitAt(path, rest ? max : max + 1);
  const count = segments.length;
  const wanted = segments.slice(1, min + 1);
  const trailing = !rest && count === max + 2 && segments[max + 1] !== "";
  const most = rest ? max + 1 : max + 2;
  if (segments[0] !== "" || count < min + 1 || count > most || wanted.includes("") || trailing) {
    throw new ValueError(`Invalid path: ${quotePath(path)}`);
  }
  const parts: (string | null)[] = segments.slice(1, max + 1);
  while (parts.length < max) parts.push(null);
  return parts;
}

/** `path.split("/", most)`: what is behind so many slashes stays together. */
function splitAt(path: string, most: number): string[] {
  const all = path.split("/");
  return all.length <= most + 1 ? all : [...all.slice(0, most), all.slice(most).join("/")];
}

/** @throws ValueError for what can be no name of a device or number of a partition */
export function assertDevice(device: string | null, partition: string | null): void {
  if (!isFileName(device)) throw new ValueError(`Invalid device: ${quotePath(device ?? "")}`);
  if (!isFileName(partition)) {
    throw new ValueError(`Invalid partition: ${quotePath(partition ?? "")}`);
  }
}

const isFileName = (name: string | null): boolean =>
  name !== null && name !== "" && name !== "." && name !== ".." && !name.includes("/");
