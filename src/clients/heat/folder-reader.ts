/**
 * Files of the folder in which `heat` is typed, and pages of the web, by their URLs. Upstream: urllib2.urlopen as
 * heatclient/common/template_utils.py calls it, 0.2.12.
 */
import type { Env } from "../../framework/index.js";
import { ConnectionError, InvalidUrl, reason } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { dumps, repr } from "../../python/index.js";
import { URLError, type Reader } from "../../services/heat/client/index.js";
import type { Folder } from "../shell/folder.js";

export class FolderReader implements Reader {
  readonly #env: Env;
  readonly #folder: Folder;

  constructor(env: Env, folder: Folder) {
    this.#env = env;
    this.#folder = folder;
  }

  urlOf(path: string): string {
    return /^[a-z][a-z0-9+.-]*:/iu.test(path) ? path : `file://${this.#folder.absolute(path)}`;
  }

  *read(url: string): Op<string> {
    const [, path] = /^file:\/\/(\/.*)$/iu.exec(url) ?? [];
    if (path !== undefined) {
      const text = this.#folder.read(path);
      if (text !== undefined) return text;
      throw new URLError(`[Errno 2] No such file or directory: ${repr(path).replace(/^u/u, "")}`);
    }
    if (!/^https?:/iu.test(url)) {
      throw new URLError(`unknown url type: ${url.slice(0, Math.max(0, url.indexOf(":")))}`);
    }
    return yield* this.#fetched(url);
  }

  *#fetched(url: string): Op<string> {
    try {
      const { status, body } = yield* this.#env.http.request("GET", url);
      if (status >= 400) throw new URLError(`HTTP Error ${String(status)}: ${reason(status)}`);
      return typeof body === "string" ? body : dumps(body);
    } catch (error) {
      if (!(error instanceof ConnectionError) && !(error instanceof InvalidUrl)) throw error;
      throw new URLError("[Errno 111] Connection refused");
    }
  }
}
