/** Formats that images may be in. Upstream: OPENSTACK_IMAGE_BACKEND of openstack_dashboard/settings.py at 2014.2. */
import type { Choice } from "../../forms/field.js";

export const IMAGE_FORMATS: readonly Choice[] = [
  ["", "Select format"],
  ["aki", "AKI - Amazon Kernel Image"],
  ["ami", "AMI - Amazon Machine Image"],
  ["ari", "ARI - Amazon Ramdisk Image"],
  ["iso", "ISO - Optical Disk Image"],
  ["qcow2", "QCOW2 - QEMU Emulator"],
  ["raw", "Raw"],
  ["vdi", "VDI"],
  ["vhd", "VHD"],
  ["vmdk", "VMDK"],
];

/** Those of Amazon have containers of their own kind. */
export const containerFormat = (disk: string): string =>
  ["ami", "aki", "ari"].includes(disk) ? disk : "bare";
