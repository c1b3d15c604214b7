/**
 * Images as the compute API shows them. Upstream: nova/api/openstack/compute/views/images.py at
 * 2014.2; nova §5.3.
 */
import type { RequestContext } from "../../../../framework/index.js";
import {
  boolFromString,
  dumps,
  loads,
  str,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { ImageMeta } from "../../image/image-meta.js";
import type { NovaApp } from "../app.js";
import { bookmark, links, type Link } from "./links.js";

const STATUSES: ReadonlyMap<string, string> = new Map([
  ["active", "ACTIVE"],
  ["queued", "SAVING"],
  ["saving", "SAVING"],
  ["deleted", "DELETED"],
  ["pending_delete", "DELETED"],
  ["killed", "ERROR"],
]);

const PROGRESS: ReadonlyMap<string, number> = new Map([
  ["queued", 25],
  ["saving", 50],
  ["active", 100],
]);

export const briefImage = (app: NovaApp, ctxt: RequestContext, { id, name }: ImageMeta) => ({
  id,
  name,
  links: imageLinks(app, ctxt, id),
});

export function fullImage(app: NovaApp, ctxt: RequestContext, image: ImageMeta): JsonObject {
  const { id, name, status, properties } = image;
  const server = properties["instance_uuid"];
  const config = properties["auto_disk_config"];
  return {
    id,
    name,
    minRam: image.min_ram,
    minDisk: image.min_disk,
    metadata: metadata(properties),
    created: date(image.created_at),
    updated: date(image.updated_at),
    status: STATUSES.get(status) ?? "UNKNOWN",
    progress: PROGRESS.get(status) ?? 0,
    links: imageLinks(app, ctxt, id),
    ...(server !== undefined && {
      server: { id: server, links: links(app, ctxt, `servers/${server}`) },
    }),
    "OS-EXT-IMG-SIZE:size": image.size,
    ...(config !== undefined && {
      "OS-DCF:diskConfig": boolFromString(config) ? "AUTO" : "MANUAL",
    }),
  };
}

/** The third leads to Glance itself. */
function imageLinks(app: NovaApp, ctxt: RequestContext, id: string): Link[] {
  return [
    ...links(app, ctxt, `images/${id}`).slice(0, 1),
    bookmark(app, ctxt, `images/${id}`),
    {
      rel: "alternate",
      type: "application/vnd.openstack.image",
      href: `http://${app.env.host}:9292/${ctxt.project_id ?? ""}/images/${id}`,
    },
  ];
}

/** Properties that are kept as JSON and handed out as what it says: `_convert_from_string`. */
const JSON_PROPERTIES = ["block_device_mapping", "mappings"];

/** @throws ValueError for a text that is no JSON */
export function metadata(properties: ImageMeta["properties"]): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) =>
      JSON_PROPERTIES.includes(key) ? [key, loads(value)] : [key, value],
    ),
  );
}

/** `_convert_to_string`, and what a header makes of the rest. */
export const propertyText = (key: string, value: Json): string =>
  JSON_PROPERTIES.includes(key) && typeof value !== "string" ? dumps(value) : str(value);

/** Glance's dates have no zone; here they are in UTC and say so. */
const date = (text: string | null): string | null =>
  text === null ? null : `${text.slice(0, 19)}Z`;
