/**
 * Which images a list shows, in which order, and which page of them: the query of the database that
 * the registry and v2 share. What either makes of a request's query is its own. Upstream:
 * glance/db/sqlalchemy/api.py (image_get_all, _make_conditions_from_filters, _paginate_query) at 2014.2.
 */
import { sameText } from "../../framework/index.js";
import { AttributeError } from "../../python/index.js";
import type { GlanceDatabase, ImageRow } from "./database.js";
import { InvalidFilterRangeValue, InvalidSortKey } from "./exception.js";
import type { Caller, Images } from "./images.js";

/** Columns that a filter or a sort can name. */
const COLUMNS = {
  ...{ id: "uuid", name: "name", status: "status", size: "size", virtual_size: "virtual_size" },
  ...{ checksum: "checksum", disk_format: "disk_format", container_format: "container_format" },
  ...{ min_disk: "min_disk", min_ram: "min_ram", owner: "owner", protected: "protected" },
  ...{ is_public: "is_public", created_at: "created_at", updated_at: "updated_at" },
  ...{ deleted_at: "deleted_at" },
} as const satisfies Readonly<Record<string, keyof ImageRow>>;

type ColumnName = keyof typeof COLUMNS;

export interface ImageQuery {
  /** Names with the values that columns or, where there is no such column, properties must have. */
  readonly filters: readonly (readonly [name: string, value: string | boolean])[];
  readonly properties?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  /** `2014-09-18T04:03:09`: changed since then. */
  readonly changesSince?: string;
  /** Undefined: those too that are gone. */
  readonly deleted?: boolean | undefined;
  /** Undefined: both. */
  readonly isPublic?: boolean | undefined;
  readonly visibility?: string | undefined;
  /** Of what is shared with the caller. */
  readonly memberStatus: string;
  /** An admin sees what a user would see. */
  readonly adminAsUser?: boolean;
  readonly marker?: string | undefined;
  readonly limit: number;
  readonly sortKey: string;
  readonly sortDir: "asc" | "desc";
}

/** @throws NotFound, Forbidden for the marker; InvalidSortKey, InvalidFilterRangeValue, AttributeError */
export function listImages(
  { database, images }: { readonly database: GlanceDatabase; readonly images: Images },
  caller: Caller,
  query: ImageQuery,
): ImageRow[] {
  const regular = !caller.is_admin || query.adminAsUser === true;
  checkRanges(query);
  const all = query.deleted === false ? database.images.find() : database.images.findAny();
  const found = all.filter(
    (image) =>
      isListed(database, caller, image, query, regular) &&
      (query.visibility !== "public" || image.is_public) &&
      (query.visibility !== "private" || !image.is_public) &&
      passes(database, images, image, query),
  );
  const order = orderOf(query);
  const sorted = found.sort(order);
  const after = query.marker === undefined ? undefined : markerOf(images, caller, query);
  const rest = after === undefined ? sorted : sorted.filter((image) => order(image, after) > 0);
  return rest.slice(0, query.limit);
}

function markerOf(images: Images, caller: Caller, { marker = "", deleted }: ImageQuery): ImageRow {
  return images.get(caller, marker, { deleted: deleted !== false || caller.is_admin });
}

/** Whether the list is about that image for this caller. Upstream: _select_images_query. */
function isListed(
  { members }: GlanceDatabase,
  { owner }: Caller,
  image: ImageRow,
  { visibility, memberStatus }: ImageQuery,
  regular: boolean,
): boolean {
  const isMember = (): boolean => {
    if (!regular) return members.findAny({ image_id: image.uuid }).length > 0;
    const rows = members.find({ image_id: image.uuid, member: owner });
    return rows.some(({ status }) => memberStatus === "all" || status === memberStatus);
  };
  if (visibility === "shared") return isMember();
  return !regular || image.is_public || image.owner === owner || isMember();
}

function passes(
  database: GlanceDatabase,
  images: Images,
  image: ImageRow,
  { filters, properties = {}, tags = [], changesSince, deleted, isPublic }: ImageQuery,
): boolean {
  if (isPublic !== undefined && image.is_public !== isPublic) return false;
  if (changesSince !== undefined && (image.updated_at ?? image.created_at) <= changesSince) {
    return false;
  }
  if (deleted !== undefined && (image.deleted !== 0) !== deleted) return false;
  if (deleted === false && image.status === "killed") return false;
  const own = images.properties(image);
  const has = (name: string, value: string): boolean =>
    Object.hasOwn(own, name) && sameText(own[name] ?? "", value);
  return (
    filters.every(([name, value]) => {
      const range = rangeOf(name);
      if (range !== undefined) return inRange(image, ...range, String(value));
      // There is a condition of its own for the column, and this is none on it.
      if (name === "is_public" || !isColumn(name)) return has(name, String(value));
      return equals(image, name, value);
    }) &&
    Object.entries(properties).every(([name, value]) => has(name, value)) &&
    tags.every((value) => database.tags.first({ image_id: image.uuid, value }) !== undefined)
  );
}

const isColumn = (name: string): name is ColumnName => Object.hasOwn(COLUMNS, name);

/** `size_min`, `min_ram_max`: the column, and the end of the range. */
function rangeOf(filter: string): readonly [name: string, end: string] | undefined {
  const [, name, end] = /^(.*)_(min|max)$/s.exec(filter) ?? [];
  return name === undefined || end === undefined ? undefined : [name, end];
}

/** Before any image is looked at. @throws InvalidFilterRangeValue, AttributeError */
function checkRanges({ filters }: ImageQuery): void {
  for (const [filter, value] of filters) {
    const range = rangeOf(filter);
    if (range === undefined) continue;
    if (toInteger(String(value)) === undefined) {
      const text = "Unable to filter on a range with a non-numeric value.";
      throw new InvalidFilterRangeValue({}, text);
    }
    if (!isColumn(range[0])) throw new AttributeError(`no column ${range[0]}`);
  }
}

function inRange(image: ImageRow, name: string, end: string, value: string): boolean {
  const number = toInteger(value);
  const held = isColumn(name) ? image[COLUMNS[name]] : undefined;
  if (typeof held !== "number" || number === undefined) return false;
  return end === "min" ? held >= number : held <= number;
}

/** As MySQL compares a column with what came as text. */
function equals(image: ImageRow, name: ColumnName, value: string | boolean): boolean {
  const held = image[COLUMNS[name]];
  if (held === null) return false;
  if (typeof held === "boolean") {
    if (typeof value === "boolean") return held === value;
    const number = toInteger(value);
    if (number === undefined) throw new AttributeError(`no yes or no: ${value}`);
    return held === (number !== 0);
  }
  if (typeof held === "number") return held === (Number.parseFloat(String(value)) || 0);
  return sameText(held, String(value));
}

/** `int(text)`. */
const toInteger = (text: string): number | undefined =>
  /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : undefined;

type Order = (a: ImageRow, b: ImageRow) => number;

/** By the key, then by the time of making, then by id, all in one direction. @throws InvalidSortKey */
function orderOf({ sortKey, sortDir }: ImageQuery): Order {
  if (!isColumn(sortKey)) throw new InvalidSortKey();
  const keys = ["created_at", "uuid"] as const;
  const first = COLUMNS[sortKey];
  // A sort by id is one by the time of making: the key is among the others already.
  const columns = first === "uuid" || first === "created_at" ? keys : [first, ...keys];
  const sign = sortDir === "asc" ? 1 : -1;
  return (a, b) => {
    for (const column of columns) {
      const order = compare(a[column], b[column]);
      if (order !== 0) return sign * order;
    }
    return 0;
  };
}

type Cell = string | number | boolean | null;

function compare(a: Cell, b: Cell): number {
  const [x, y] = [collated(a), collated(b)];
  if (x === y) return 0;
  if (x === null) return -1;
  if (y === null) return 1;
  return x < y ? -1 : 1;
}

const collated = (value: Cell): Cell => (typeof value === "string" ? value.toLowerCase() : value);
