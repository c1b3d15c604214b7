/**
 * Cold migrations and resizes, for administrators: all of them, also those that are over. Upstream:
 * nova/api/openstack/compute/contrib/migrations.py at 2014.2; nova §5.5.
 */
import { storedDate, type Row } from "../../../../framework/index.js";
import { respond } from "../../../../http/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { migrationsByFilters } from "../../db/migrations.js";
import type { MigrationRow } from "../../db/schema.js";
import { route, type NovaRoute } from "../route.js";

const POLICY = "compute_extension:migrations:index";

export const migrationRoutes: readonly NovaRoute[] = [
  route("GET", "/os-migrations", POLICY, function* ({ app, request: { query } }) {
    const filters = { status: query.get("status"), host: query.get("host") };
    const migrations = migrationsByFilters(app.db, filters).map(view);
    return respond(200, { migrations });
  }),
];

const view = (row: Row<MigrationRow>): JsonObject => ({
  created_at: storedDate(row.created_at),
  dest_compute: row.dest_compute,
  dest_host: row.dest_host,
  dest_node: row.dest_node,
  id: row.id,
  instance_uuid: row.instance_uuid,
  new_instance_type_id: row.new_instance_type_id,
  old_instance_type_id: row.old_instance_type_id,
  source_compute: row.source_compute,
  source_node: row.source_node,
  status: row.status,
  updated_at: storedDate(row.updated_at),
});
