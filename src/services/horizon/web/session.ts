/**
 * What Horizon knows of a browser: it stands in the browser's cookie, signed, and nowhere else, so that Horizon can be
 * restarted and nobody is logged out, and a cookie of before a logout is as good as ever. Here the cookie has a number by which
 * the text that was signed is found: a catalog would be some kilobytes each way. Upstream: Django 1.6's
 * django/contrib/sessions/backends/signed_cookies.py; openstack_auth/user.py (set_session_from_user) at 1.1.7.
 */
import type { Kernel, Stream } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";

/** A token as it is kept. Upstream: openstack_auth/user.py (Token). */
export interface TokenRecord {
  readonly id: string;
  /** `2014-09-18T05:03:09Z`. */
  readonly expires: string | null;
  readonly user: { readonly id: string; readonly name: string };
  readonly project: { readonly id: string | null; readonly name: string | null };
  readonly roles: readonly { readonly name: string }[];
  readonly serviceCatalog: readonly JsonObject[];
}

export interface SessionData {
  readonly token?: TokenRecord;
  readonly user_id?: string;
  /** Keystone, as the catalog has it. */
  readonly region_endpoint?: string;
  readonly services_region?: string;
  readonly unscoped_token?: string;
  /** Seconds since 1970. */
  readonly last_activity?: number;
}

/** All that was ever signed. */
export class SignedCookies {
  readonly #chance: Stream;
  readonly #signed = new Map<string, SessionData>();

  constructor(kernel: Kernel) {
    this.#chance = kernel.stream("horizon", "signed cookie");
  }

  sign(data: SessionData): string {
    const cookie = this.#chance.hex32();
    this.#signed.set(cookie, data);
    return cookie;
  }

  /** What `cookie` says; nothing if nobody signed it. */
  read(cookie: string | undefined): SessionData {
    return this.#signed.get(cookie ?? "") ?? {};
  }

  /** A token against forged forms, drawn for a browser. */
  csrfToken(): string {
    return this.#chance.hex32();
  }
}

/** A session while a request is served. */
export class Session {
  #data: SessionData;
  #modified = false;

  constructor(data: SessionData) {
    this.#data = data;
  }

  get data(): SessionData {
    return this.#data;
  }

  get modified(): boolean {
    return this.#modified;
  }

  set(changes: SessionData): void {
    this.#data = { ...this.#data, ...changes };
    this.#modified = true;
  }

  flush(): void {
    this.#data = {};
    this.#modified = true;
  }
}
