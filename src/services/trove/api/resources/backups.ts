/** Backups of a tenant's instances. Upstream: trove/backup/service.py, models.py (Backup), views.py at 2014.2. */
import type { HttpResponse } from "../../../../http/index.js";
import { done, type Op } from "../../../../kernel/index.js";
import { get, parseInteger, str, ValueError, type JsonObject } from "../../../../python/index.js";
import {
  backupById,
  deleteBackup,
  newBackup,
  verifySwiftToken,
  type BackupRecord,
} from "../../backups.js";
import { datastoreOf, versionById } from "../../datastores.js";
import {
  ClusterInstanceOperationNotSupported,
  DatastoreOperationNotSupported,
} from "../../exception.js";
import { builtInstance } from "../../instance/instances.js";
import { validateCanPerformAction } from "../../instance/status.js";
import { shownTime } from "../../times.js";
import { memberOf } from "../bodies.js";
import { idIn, paged } from "../links.js";
import { accepted, bodyOf, route, shown, type TroveCall, type TroveRoute } from "../route.js";
import { CREATE_BACKUP } from "../schemas/schemas.js";
import { heldTo } from "../schemas/validator.js";
import { refusedLimit } from "./instances.js";

export const backupRoutes: readonly TroveRoute[] = [
  route("GET", "/backups", (call) => {
    const { app, ctxt, request } = call;
    const rows = app.db.backups.find({ tenant_id: ctxt.project_id });
    const name = request.query.get("datastore") ?? "";
    if (name === "") return done(page(call, rows));
    const { uuid: datastore_id } = datastoreOf(app.db, name);
    const versions = app.db.datastore_versions.find({ datastore_id }).map(({ uuid }) => uuid);
    const own = rows.filter(({ datastore_version_id: id }) => id !== null && versions.includes(id));
    return done(page(call, own));
  }),
  route(
    "POST",
    "/backups",
    function* (call) {
      const { app, ctxt, params } = call;
      app.env.log("info", `Creating a backup for tenant ${params.tenant_id}`);
      const creating = create(call, memberOf(bodyOf(call), "backup"));
      const backup = yield* app.quotas.run(ctxt.tenant, { backups: 1 }, creating);
      return { ...shown({ backup: backupView(call, backup) }), status: 202 };
    },
    { check: heldTo(CREATE_BACKUP) },
  ),
  route("GET", "/backups/{id}", (call) => {
    const backup = backupById(call.app, call.ctxt, call.params.id);
    return done(shown({ backup: backupView(call, backup) }));
  }),
  route("DELETE", "/backups/{id}", function* (call): Op<HttpResponse> {
    const { app, ctxt, params } = call;
    const which = `${params.tenant_id} ID: ${params.id}`;
    app.env.log("info", `Deleting backup for tenant ${which}`);
    yield* deleteBackup(app, ctxt, params.id);
    return accepted();
  }),
  route("GET", "/instances/{id}/backups", (call) => {
    const { app, ctxt, params } = call;
    app.env.log("info", `Listing backups for instance '${params.id}'`);
    const rows = app.db.backups
      .find({ instance_id: params.id })
      .filter(({ tenant_id }) => ctxt.is_admin || tenant_id === ctxt.project_id);
    return done(page(call, rows));
  }),
];

/** @throws UnprocessableEntity, DatastoreOperationNotSupported, SwiftAuthError, NotFound */
function* create({ app, ctxt }: TroveCall, asked: JsonObject): Op<BackupRecord> {
  const { db } = app;
  const instance_id = idIn(asked["instance"] ?? null);
  const instance = yield* builtInstance(app, ctxt, instance_id);
  validateCanPerformAction(app, instance);
  const version = versionById(db, instance.row.datastore_version_id);
  const datastore = datastoreOf(db, version.datastore_id);
  if (!app.datastore(version.manager).backupStrategy) {
    const what = { operation: "backup_create", datastore: datastore.name };
    throw new DatastoreOperationNotSupported(what);
  }
  yield* verifySwiftToken(app, ctxt);
  if (instance.row.cluster_id !== null) throw new ClusterInstanceOperationNotSupported({});
  const parentId = get(asked, "parent_id");
  const parent = parentId === null ? undefined : backupById(app, ctxt, str(parentId));
  const described = get(asked, "description");
  const name = str(asked["name"] ?? null);
  const description = described === null ? null : str(described);
  const backup = newBackup(
    { db, newId: () => app.newId() },
    {
      name,
      description,
      tenant_id: ctxt.project_id,
      instance_id,
      parent_id: parent?.uuid ?? null,
      datastore_version_id: version.uuid,
    },
  );
  yield* app.tasks.create_backup(ctxt, {
    backup_info: {
      id: backup.uuid,
      name,
      description,
      instance_id,
      backup_type: null,
      checksum: null,
      parent:
        parent === undefined ? null : { location: parent.location, checksum: parent.checksum },
      datastore: datastore.name,
      datastore_version: version.name,
    },
    instance_id,
  });
  return backup;
}

/** The newest first; a marker is a number of them, and a page that is full may be the last one. */
function page(call: TroveCall, rows: readonly BackupRecord[]): HttpResponse {
  const { app, ctxt } = call;
  const offset = number(ctxt.marker) ?? 0;
  const limit = number(ctxt.limit) ?? app.flags.backups_page_size;
  if (limit < 0 || offset < 0) throw refusedLimit(Math.min(limit, offset));
  const changed = (row: BackupRecord): string => row.updated_at ?? row.created_at;
  const sorted = rows.toSorted((a, b) =>
    changed(a) === changed(b) ? 0 : changed(a) > changed(b) ? -1 : 1,
  );
  const items = sorted.slice(offset, offset + limit);
  const marker = items.length < limit ? null : offset + limit;
  const views = items.map((backup) => backupView(call, backup));
  return shown(paged(call, "backups", views, marker));
}

/** @throws ValueError */
function number(text: string | null): number | undefined {
  if (text === null || text === "" || text === "0") return undefined;
  const value = parseInteger(text);
  if (value !== undefined) return value;
  throw new ValueError(`invalid literal for int() with base 10: '${text}'`);
}

function backupView({ app }: TroveCall, backup: BackupRecord): JsonObject {
  const { datastore_version_id: versionId } = backup;
  const version = versionId === null ? undefined : versionById(app.db, versionId);
  return {
    id: backup.uuid,
    name: backup.name,
    description: backup.description,
    locationRef: backup.location,
    instance_id: backup.instance_id,
    created: shownTime(backup.created_at),
    updated: shownTime(backup.updated_at ?? backup.created_at),
    size: backup.size,
    status: backup.state,
    parent_id: backup.parent_id,
    ...(version !== undefined && {
      datastore: {
        type: datastoreOf(app.db, version.datastore_id).name,
        version: version.name,
        version_id: version.uuid,
      },
    }),
  };
}
