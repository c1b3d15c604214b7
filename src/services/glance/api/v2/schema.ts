/**
 * What an image and a membership of v2 may be: shown at /v2/schemas, and what bodies are held to.
 * Upstream: glance/api/v2/images.py (get_base_properties), image_members.py, glance/schema.py,
 * etc/schema-image.json at 2014.2; the messages are jsonschema's.
 */
import type { JsonObject } from "../../../../python/index.js";
import { InvalidObject } from "../../exception.js";
import { CONTAINER_FORMATS, DISK_FORMATS } from "../../formats.js";
import { collection, fault, text, UUID } from "./json-schema.js";

const integer = (description: string): JsonObject => ({ type: "integer", description });

/** Those that every image has. */
const BASE = {
  id: text("An identifier for the image", { pattern: UUID }),
  name: text("Descriptive name for the image", { maxLength: 255 }),
  status: text("Status of the image (READ-ONLY)", {
    enum: ["queued", "saving", "active", "killed", "deleted", "pending_delete"],
  }),
  visibility: text("Scope of image accessibility", { enum: ["public", "private"] }),
  protected: { type: "boolean", description: "If true, image will not be deletable." },
  checksum: text("md5 hash of image contents. (READ-ONLY)", { maxLength: 32 }),
  owner: text("Owner of the image", { maxLength: 255 }),
  size: integer("Size of image file in bytes (READ-ONLY)"),
  virtual_size: integer("Virtual size of image in bytes (READ-ONLY)"),
  container_format: text("Format of the container", { enum: CONTAINER_FORMATS }),
  disk_format: text("Format of the disk", { enum: DISK_FORMATS }),
  created_at: text("Date and time of image registration (READ-ONLY)"),
  updated_at: text("Date and time of the last image modification (READ-ONLY)"),
  tags: {
    type: "array",
    description: "List of strings related to the image",
    items: { type: "string", maxLength: 255 },
  },
  direct_url: text("URL to access the image file kept in external store (READ-ONLY)"),
  min_ram: integer("Amount of ram (in MB) required to boot image."),
  min_disk: integer("Amount of disk space (in GB) required to boot image."),
  self: text("(READ-ONLY)"),
  file: text("(READ-ONLY)"),
  schema: text("(READ-ONLY)"),
  locations: {
    type: "array",
    items: {
      type: "object",
      properties: {
        url: { type: "string", maxLength: 255 },
        metadata: { type: "object" },
      },
      required: ["url", "metadata"],
    },
    description: "A set of URLs to access the image file kept in external store",
  },
} satisfies JsonObject;

const WHERE =
  "as specified in http://docs.openstack.org/trunk/openstack-compute/admin/content/adding-images.html";

/** Those that an installer has named. */
const CUSTOM = {
  kernel_id: text(
    "ID of image stored in Glance that should be used as the kernel when booting an AMI-style image.",
    { pattern: UUID, is_base: false },
  ),
  ramdisk_id: text(
    "ID of image stored in Glance that should be used as the ramdisk when booting an AMI-style image.",
    { pattern: UUID, is_base: false },
  ),
  instance_uuid: text("ID of instance used to create this image.", { is_base: false }),
  architecture: text(`Operating system architecture ${WHERE}`, { is_base: false }),
  os_distro: text(`Common name of operating system distribution ${WHERE}`, { is_base: false }),
  os_version: text("Operating system version as specified by the distributor", { is_base: false }),
} satisfies JsonObject;

const PROPERTIES: JsonObject = { ...BASE, ...CUSTOM };

const IMAGE: JsonObject = {
  name: "image",
  properties: PROPERTIES,
  additionalProperties: { type: "string" },
  links: [
    { rel: "self", href: "{self}" },
    { rel: "enclosure", href: "{file}" },
    { rel: "describedby", href: "{schema}" },
  ],
};

const MEMBER: JsonObject = {
  name: "member",
  properties: {
    member_id: text("An identifier for the image member (tenantId)"),
    image_id: text("An identifier for the image", { pattern: UUID }),
    created_at: text("Date and time of image member creation"),
    updated_at: text("Date and time of last modification of image member"),
    status: text("The status of this image member", {
      enum: ["pending", "accepted", "rejected"],
    }),
    schema: { type: "string" },
  },
};

/** By the last part of their path. */
export const SCHEMAS = {
  image: IMAGE,
  images: collection("images", IMAGE),
  member: MEMBER,
  members: collection("members", MEMBER, false),
} as const satisfies Readonly<Record<string, JsonObject>>;

/** Whether a path or body speaks of a base property that is a list. */
export const isList = (name: string): boolean => name === "tags" || name === "locations";

/** @throws InvalidObject with what jsonschema says of the first fault */
export function validateImage(image: JsonObject): void {
  for (const [name, value] of Object.entries(image)) {
    const schema = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : { type: "string" };
    const reason = fault(schema as JsonObject, value ?? null);
    if (reason !== undefined) throw new InvalidObject({ schema: "image", reason });
  }
}
