/**
 * The process `image-mirror`: somebody's web server with files that images are copied from, such as
 * cloud-images.ubuntu.com, here at a port of the controller. It belongs to no project of OpenStack; Glance's http
 * store reads from it.
 */
import { WsgiService, type Env, type Process } from "../../../framework/index.js";
import { respond, type Application } from "../../../http/index.js";
import { transferTime, type ImageData } from "../image-data.js";

export const MIRROR_PORT = 8088;

/** Its files, by path: `/cirros.img`. They are there when it is started again. */
export class MirrorFiles {
  readonly #files = new Map<string, ImageData["$data"]>();

  add(name: string, bytes: number, checksum: string): void {
    this.#files.set(`/${name}`, { bytes, checksum });
  }

  get(path: string): ImageData["$data"] | undefined {
    return this.#files.get(path);
  }
}

/** @param speed how fast it sends, in bytes a second */
export function imageMirror(env: Env, files: MirrorFiles, speed: number): Process {
  const application: Application = function* ({ method, path }) {
    const file = files.get(path);
    if (file === undefined) return respond(404, "Not Found");
    const headers = { "content-length": String(file.bytes) };
    if (method === "HEAD") return respond(200, null, headers);
    const data = { $data: { ...file, duration: transferTime(file.bytes, speed) } };
    return respond(200, data, headers);
  };
  return new WsgiService(env, { servers: [{ port: MIRROR_PORT, application }] });
}
