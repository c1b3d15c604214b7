/** Which formats an image may have, as v1 checks them. Upstream: glance/api/v1/images.py (validate_image_meta) at 2014.2. */
import { HttpFault } from "../../http/index.js";
import type { ImageChanges } from "./image-meta.js";

export const DISK_FORMATS: readonly string[] = [
  ...["ami", "ari", "aki", "vhd", "vmdk", "raw", "qcow2", "vdi", "iso"],
];
export const CONTAINER_FORMATS: readonly string[] = ["ami", "ari", "aki", "bare", "ovf", "ova"];

const AMAZON: readonly (string | null)[] = ["aki", "ari", "ami"];

/** Amazon's formats must match, and one implies the other. @throws HttpFault 400 */
export function checkFormats(meta: ImageChanges): ImageChanges {
  const { name, disk_format, container_format } = meta;
  const [disk, container] = [disk_format ?? null, container_format ?? null];
  if (disk_format !== undefined && !DISK_FORMATS.includes(disk ?? "")) {
    throw new HttpFault(400, `Invalid disk format '${disk ?? "None"}' for image.`);
  }
  if (container_format !== undefined && !CONTAINER_FORMATS.includes(container ?? "")) {
    throw new HttpFault(400, `Invalid container format '${container ?? "None"}' for image.`);
  }
  if (name && Array.from(name).length > 255) {
    throw new HttpFault(400, `Image name too long: ${String(Array.from(name).length)}`);
  }
  if (!AMAZON.includes(disk) && !AMAZON.includes(container)) return meta;
  if (disk === null) return { ...meta, disk_format: container };
  if (container === null) return { ...meta, container_format: disk };
  if (disk === container) return meta;
  throw new HttpFault(
    400,
    "Invalid mix of disk and container formats. When setting a disk or container format to one " +
      "of 'aki', 'ari', or 'ami', the container and disk formats must match.",
  );
}
