/** Which formats an image may have. Upstream: glance/api/v1/images.py (validate_image_meta). */
import { HttpFault } from "../../http/index.js";
import type { ImageChanges } from "./image-meta.js";

export const DISK_FORMATS = [
  ...["ami", "ari", "aki", "vhd", "vmdk", "raw", "qcow2", "vdi", "iso"],
] as const;
export const CONTAINER_FORMATS = ["ami", "ari", "aki", "bare", "ovf", "ova"] as const;

const AMAZON = ["aki", "ari", "ami"];

/** Amazon's formats must match, and one implies the other. @throws HttpFault 400 */
export function checkFormats(meta: ImageChanges): ImageChanges {
  const { name, disk_format: disk, container_format: container } = meta;
  if (name && name.length > 255) throw new HttpFault(400, `Image name too long: ${name.length}`);
  if (disk && !(DISK_FORMATS as readonly string[]).includes(disk)) {
    throw new HttpFault(400, `Invalid disk format '${disk}' for image.`);
  }
  if (container && !(CONTAINER_FORMATS as readonly string[]).includes(container)) {
    throw new HttpFault(400, `Invalid container format '${container}' for image.`);
  }
  const amazon = [disk, container].find((format) => AMAZON.includes(format ?? ""));
  if (!amazon) return meta;
  if ((disk ?? amazon) !== (container ?? amazon)) {
    throw new HttpFault(
      400,
      "Invalid mix of disk and container formats. When setting a disk or container format to one " +
        "of 'aki', 'ari', or 'ami', the container and disk formats must match.",
    );
  }
  return { ...meta, disk_format: amazon, container_format: amazon };
}
