/** Datastores and their versions. Upstream: trove/datastore/service.py, trove/datastore/views.py at 2014.2. */
import type { HttpResponse } from "../../../../http/index.js";
import { done, type Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import {
  datastoreOf,
  versionById,
  versionOf,
  type Datastore,
  type DatastoreVersion,
} from "../../datastores.js";
import { linksTo } from "../links.js";
import { route, shown, type TroveCall, type TroveRoute } from "../route.js";

export const datastoreRoutes: readonly TroveRoute[] = [
  route("GET", "/datastores", (call) => {
    const { db } = call.app;
    const versions = visible(call, db.datastore_versions.find());
    const datastores = db.datastores
      .find()
      .filter(({ uuid }) => call.ctxt.is_admin || versions.some((v) => v.datastore_id === uuid));
    const views = datastores.map((datastore) => datastoreView(call, datastore, versions));
    return done(shown({ datastores: views }));
  }),
  route("GET", "/datastores/{id}", (call) => {
    const { db } = call.app;
    const datastore = datastoreOf(db, call.params.id);
    // Of one, inactive versions are hidden from administrators as well.
    const versions = db.datastore_versions.find({ active: true });
    return done(shown({ datastore: datastoreView(call, datastore, versions) }));
  }),
  route("GET", "/datastores/versions/{uuid}", (call) =>
    version(call, versionById(call.app.db, call.params.uuid)),
  ),
  route("GET", "/datastores/{datastore}/versions", (call) => {
    const { db } = call.app;
    const { uuid: datastore_id } = datastoreOf(db, call.params.datastore);
    const versions = visible(call, db.datastore_versions.find({ datastore_id }));
    return done(shown({ versions: versions.map((one) => versionView(call, one, true)) }));
  }),
  route("GET", "/datastores/{datastore}/versions/{id}", (call) => {
    const { db } = call.app;
    return version(call, versionOf(db, datastoreOf(db, call.params.datastore), call.params.id));
  }),
];

const version = (call: TroveCall, one: DatastoreVersion): Op<HttpResponse> =>
  done(shown({ version: versionView(call, one, true) }));

/** An administrator sees inactive ones, too. */
const visible = (
  { ctxt }: TroveCall,
  versions: readonly DatastoreVersion[],
): readonly DatastoreVersion[] => versions.filter(({ active }) => ctxt.is_admin || active);

function datastoreView(
  call: TroveCall,
  { uuid, name, default_version_id }: Datastore,
  versions: readonly DatastoreVersion[],
): JsonObject {
  const own = versions.filter(({ datastore_id }) => datastore_id === uuid);
  return {
    id: uuid,
    name,
    links: linksTo(call, "datastores", uuid),
    versions: own.map((one) => versionView(call, one, false)),
    ...(default_version_id !== null && { default_version: default_version_id }),
  };
}

const versionView = (
  call: TroveCall,
  { uuid, name, datastore_id, active, packages, image_id }: DatastoreVersion,
  ofDatastore: boolean,
): JsonObject => ({
  id: uuid,
  name,
  links: linksTo(call, "datastores/versions", uuid),
  ...(ofDatastore && { datastore: datastore_id }),
  ...(call.ctxt.is_admin && { active, packages, image: image_id }),
});
