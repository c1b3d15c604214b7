/**
 * What the proxies remember of accounts and containers, for a minute, in memcached: whether they are
 * there, who may read and write, how much they hold. So counts lag, and what is gone may still be seen.
 * Upstream: swift/proxy/controllers/base.py (get_info, _set_info_cache), swift/common/memcached.py at 2.2.0.
 */
import type { HttpResponse } from "../../../http/index.js";
import { seconds, type Kernel, type Micros } from "../../../kernel/index.js";

export interface Info {
  readonly status: number;
  readonly readAcl: string | undefined;
  readonly writeAcl: string | undefined;
  readonly syncKey: string | undefined;
  readonly count: string | undefined;
  readonly bytes: string | undefined;
  /** By their names without the prefix. */
  readonly meta: Readonly<Record<string, string>>;
  readonly sysmeta: Readonly<Record<string, string>>;
}

/** memcached on the controller: it outlives proxies. */
export class Memcached {
  readonly #kernel: Kernel;
  readonly #entries = new Map<string, { readonly info: Info; readonly until: Micros }>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  get(key: string): Info | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.until > this.#kernel.now) return entry?.info;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, info: Info, time: number): void {
    this.#entries.set(key, { info, until: this.#kernel.now + seconds(time) });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}

export const cacheKey = (account: string, container: string | null): string =>
  container ? `container/${account}/${container}` : `account/${account}`;

/** What an answer says of an account or container. */
export function infoOf({ status, headers }: HttpResponse, container: boolean): Info {
  const type = container ? "container" : "account";
  const below = (prefix: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(headers)
        .filter(([name]) => name.startsWith(prefix) && name.length > prefix.length)
        .map(([name, value]) => [name.slice(prefix.length), value]),
    );
  return {
    status,
    readAcl: headers["x-container-read"],
    writeAcl: headers["x-container-write"],
    syncKey: headers["x-container-sync-key"],
    count: headers[container ? "x-container-object-count" : "x-account-container-count"],
    bytes: headers[`x-${type}-bytes-used`],
    meta: below(`x-${type}-meta-`),
    sysmeta: below(`x-${type}-sysmeta-`),
  };
}

/** Of what could not be found out. */
export const NO_INFO: Info = infoOf({ status: 0, headers: {}, body: null }, true);
