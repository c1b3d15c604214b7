/**
 * An image as the v1 API and the registry speak of it, and as headers that carry it. Upstream:
 * glance/registry/api/v1/images.py (make_image_dict), glance/common/utils.py at 2014.2.
 */
import { HttpFault, type Headers } from "../../http/index.js";
import {
  boolFromString,
  parseInteger,
  PythonTypeError,
  type JsonObject,
} from "../../python/index.js";
import type { ImageLocation, ImageStatus } from "./database.js";

/** One place of an image's data. A type, so that it counts as JSON. */
export type LocationData = {
  readonly id: number;
  readonly url: string;
  readonly metadata: JsonObject;
  readonly status: ImageLocation["status"];
};

export type Properties = Readonly<Record<string, string | null>>;

/** What the registry says of an image. A type, not an interface, so that it counts as JSON. */
export type ImageMeta = {
  readonly id: string;
  readonly name: string | null;
  readonly status: ImageStatus;
  readonly size: number | null;
  readonly virtual_size: number | null;
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
  readonly location_data?: readonly LocationData[];
};

/** What anybody else may see. Upstream: redact_loc. */
export function redacted<T extends ImageChanges>(image: T): Omit<T, "location" | "location_data"> {
  const { location: _, location_data: __, ...shown } = image;
  return shown;
}

/** What may be asked for when an image is made or changed. */
export type ImageChanges = { -readonly [K in keyof ImageMeta]?: ImageMeta[K] };

const META = "x-image-meta-";
const PROPERTY = "x-image-meta-property-";

/** The headers that a request may describe an image with. Upstream: IMAGE_META_HEADERS. */
const KNOWN: readonly string[] = [
  ...["location", "size", "is_public", "disk_format", "container_format", "name", "status"],
  ...["copy_from", "uri", "checksum", "created_at", "updated_at", "deleted_at", "min_ram"],
  ...["min_disk", "owner", "store", "id", "protected", "deleted"],
];

/** The image in headers, as an answer has it: what is None is left out, booleans as in Python. */
export function headersOf(meta: ImageChanges): Headers {
  return headers(meta, () => undefined);
}

/** The same as the client library sends it, which makes a text of None. */
export function sentHeaders(meta: ImageChanges): Headers {
  return headers(meta, () => "None");
}

/** The image, or part of one, that the headers of a request carry. @throws HttpFault 400 */
export function metaOf(given: Headers): ImageChanges {
  for (const header of Object.keys(given)) {
    if (!header.startsWith(META) || header.startsWith(PROPERTY)) continue;
    if (!KNOWN.includes(header.slice(META.length).replaceAll("-", "_"))) {
      throw new HttpFault(400, `Bad header: ${header}`);
    }
  }
  return read(given, numberIn);
}

/** The image that the headers of an answer carry. */
export const answeredMeta = (given: Headers): ImageChanges =>
  read(given, (_, value) => parseInteger(value) ?? null);

function headers(meta: ImageChanges, none: () => string | undefined): Headers {
  const made: Record<string, string> = {};
  const set = (name: string, value: string | number | boolean | null): void => {
    const text = value === null ? none() : asText(value);
    if (text !== undefined) made[name] = text;
  };
  for (const [key, value] of Object.entries(redacted(meta))) {
    if (key === "properties") {
      for (const [name, text] of Object.entries(value as Properties)) {
        set(PROPERTY + name.toLowerCase(), text);
      }
    } else set(META + key, value as string | number | boolean | null);
  }
  return made;
}

function read(given: Headers, number: (key: string, value: string) => number | null): ImageChanges {
  const meta: Record<string, unknown> = {};
  const properties: Record<string, string | null> = {};
  for (const [header, value] of Object.entries(given)) {
    if (header.startsWith(PROPERTY)) {
      const name = header.slice(PROPERTY.length).replaceAll("-", "_");
      properties[name] = value === "" ? null : value;
    } else if (header.startsWith(META)) {
      const key = header.slice(META.length).replaceAll("-", "_");
      meta[key] = fromText(key, value, number);
    }
  }
  return { ...meta, properties };
}

const asText = (value: string | number | boolean): string => {
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
};

function fromText(
  key: string,
  value: string,
  number: (key: string, value: string) => number | null,
): unknown {
  switch (key) {
    case "is_public":
    case "protected":
    case "deleted":
      return boolFromString(value);
    case "size":
    case "min_disk":
    case "min_ram":
      return number(key, value);
    default:
      return value === "" ? null : value;
  }
}

/** @throws HttpFault 400; PythonTypeError for nothing, which upstream does not expect */
function numberIn(key: string, value: string): number {
  if (value === "") throw new PythonTypeError("int() argument must be a string or a number");
  const number = parseInteger(value);
  if (number === undefined) {
    throw invalid(key, value, `Cannot convert image ${key} '${value}' to an integer.`);
  }
  if (number >= 0) return number;
  const shown = String(number);
  throw invalid(key, shown, `Image ${key} must be >= 0 ('${shown}' specified).`);
}

const invalid = (key: string, value: string, extra: string): HttpFault =>
  new HttpFault(400, `Invalid value '${value}' for parameter '${key}': ${extra}`);
