/**
 * The rsync daemon of a storage node: replicators of other nodes push the files of objects to its disks,
 * where what is there already stays as it is (`--ignore-existing`), and whole databases to `tmp`. Its protocol is told as a request of HTTP
 * here. Upstream: etc/rsyncd.conf-sample of swift 2.2.0.
 */
import { WsgiService, type Env, type Process } from "../../../framework/index.js";
import { respond, type HttpRequest, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { isObject, type Json } from "../../../python/index.js";
import { contentOf } from "../common/content.js";
import type { ObjectFile } from "../disks/object-files.js";
import type { Drive, Mounts } from "../disks/storage.js";
import { databaseIn } from "../db/database-file.js";

export const RSYNC_PORT = 873;

/** Files as they travel: by hash and name. */
export type Shipment = Readonly<Record<string, Readonly<Record<string, ObjectFile>>>>;

export function rsyncDaemon(env: Env, mounts: Mounts): Process {
  function* serve({ path, body }: HttpRequest): Op<HttpResponse> {
    const [, at, id] = /^\/(?:account|container)\/([^/]+)\/tmp\/([^/]+)$/.exec(path) ?? [];
    if (at !== undefined && id !== undefined) return database(mounts.mounted(at), id, body);
    const [, device = "", partition = ""] = /^\/object\/([^/]+)\/objects\/(\d+)$/.exec(path) ?? [];
    const drive = mounts.mounted(device);
    // `@ERROR: chdir failed`: nothing is mounted there, and the module's own disk is not written to.
    if (drive === undefined || !isObject(body)) return respond(404, null);
    for (const [hash, files] of Object.entries(body)) {
      if (isObject(files)) drive.objects.receive(Number(partition), hash, filesIn(files));
    }
    return respond(200, null);
  }
  return new WsgiService(env, { servers: [{ port: RSYNC_PORT, application: serve }] });
}

/** `tmp`: from there the server that is told of it takes it. */
function database(drive: Drive | undefined, id: string, body: Json): HttpResponse {
  if (drive === undefined || !isObject(body)) return respond(404, null);
  drive.tmp.set(id, databaseIn(body));
  return respond(200, null);
}

function filesIn(files: Readonly<Record<string, Json>>): Map<string, ObjectFile> {
  return new Map(
    Object.entries(files).flatMap(([name, file]): [string, ObjectFile][] => {
      if (!isObject(file) || !isObject(file["metadata"] ?? null)) return [];
      const metadata = file["metadata"] as Readonly<Record<string, string>>;
      return [[name, { metadata, content: contentOf(file["content"] ?? null) }]];
    }),
  );
}
