/** Columns that volumes and their snapshots have in common. Upstream: openstack_dashboard/dashboards/project/volumes/volumes/tables.py (VolumesTableBase) at 2014.2. */
import { textOf, type JsonObject } from "../../../../python/index.js";
import { descriptionOf, nameOf } from "../../api/cinder.js";
import type { RowStatus } from "../../client/index.js";
import type { Column } from "../../tables/table.js";
import { titled } from "../../text.js";

const STATUS: Readonly<Record<string, RowStatus>> = {
  "in-use": "up",
  available: "up",
  error: "down",
  error_extending: "down",
};

export const rowStatus = (thing: JsonObject): RowStatus =>
  STATUS[textOf(thing, "status")] ?? "unknown";

export const baseColumns = <T>(of: (row: T) => JsonObject): readonly Column<T>[] => [
  { header: "Name", cell: (row) => nameOf(of(row)) },
  { header: "Description", cell: (row) => truncated(descriptionOf(of(row))) },
  { header: "Size", cell: (row) => `${textOf(of(row), "size")}GB` },
  { header: "Status", status: true, cell: (row) => titled(textOf(of(row), "status")) },
];

/** Upstream: Django's `truncatechars`. */
const truncated = (text: string | null): string | null =>
  text !== null && text.length > 40 ? `${text.slice(0, 37)}...` : text;
