/**
 * An image as the v1 API and the registry speak of it, and as headers that carry it. Upstream:
 * glance/registry/api/v1/images.py (make_image_dict), glance/common/utils.py.
 */
import { HttpFault, type Headers } from "../../http/index.js";
import { boolFromString } from "../../python/index.js";
import type { ImageStatus } from "./database.js";

export type Properties = Readonly<Record<string, string | null>>;

/** What the registry says of an image. A type, not an interface, so that it counts as JSON. */
export type ImageMeta = {
  readonly id: string;
  readonly name: string | null;
  readonly status: ImageStatus;
  readonly size: number | null;
  readonly checksum: string | null;
  readonly disk_format: string | null;
  readonly container_format: string | null;
  readonly min_disk: number;
  readonly min_ram: number;
  readonly owner: string | null;
  readonly is_public: boolean;
  readonly protected: boolean;
  readonly deleted: boolean;
  /** `2014-09-18T04:03:09`. */
  readonly created_at: string;
  readonly updated_at: string;
  readonly deleted_at: string | null;
  readonly properties: Properties;
  /** Where the data is; only the registry and the API itself ever see it. */
  readonly location?: string | null;
};

/** What may be asked for when an image is made or changed. */
export type ImageChanges = { -readonly [K in keyof ImageMeta]?: ImageMeta[K] };

const META = "x-image-meta-";
const PROPERTY = "x-image-meta-property-";

/** The image in headers; nothing is the empty text, booleans are as Python writes them. */
export function headersOf(meta: ImageChanges): Headers {
  const headers: Record<string, string> = {};
  for (const [key, value] of Object.entries(meta)) {
    if (key === "properties") {
      for (const [name, text] of Object.entries(value as Properties)) {
        headers[PROPERTY + name.toLowerCase()] = text ?? "";
      }
    } else if (key !== "location") {
      headers[META + key] = asText(value as string | number | boolean | null);
    }
  }
  return headers;
}

/** The image, or part of one, that headers carry. @throws HttpFault 400 */
export function metaOf(headers: Headers): ImageChanges {
  const meta: Record<string, unknown> = {};
  const properties: Record<string, string | null> = {};
  for (const [header, value] of Object.entries(headers)) {
    if (header.startsWith(PROPERTY)) {
      properties[header.slice(PROPERTY.length)] = value === "" ? null : value;
    } else if (header.startsWith(META)) {
      const key = header.slice(META.length).replaceAll("-", "_");
      meta[key] = fromText(key, value);
    }
  }
  return { ...meta, properties };
}

function asText(value: string | number | boolean | null): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return value === null ? "" : String(value);
}

function fromText(key: string, value: string): unknown {
  switch (key) {
    case "is_public":
    case "protected":
    case "deleted":
      return boolFromString(value);
    case "size":
    case "min_disk":
    case "min_ram": {
      if (value === "") return key === "size" ? null : 0;
      const number = Number(value);
      if (Number.isSafeInteger(number) && number >= 0) return number;
      throw new HttpFault(400, `Cannot convert image ${key} '${value}' to an integer.`);
    }
    default:
      return value === "" ? null : value;
  }
}
