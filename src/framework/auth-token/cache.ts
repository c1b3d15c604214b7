/**
 * What a process remembers about tokens: that they are good and whose, or that they are not. It is
 * lost with the process. Upstream: keystonemiddleware 1.2.0 `auth_token.py` (_TokenCache) over
 * openstack.common.memorycache; other-services §1.3 row 2.
 */
import type { Headers } from "../../http/index.js";
import type { Duration, Kernel, Micros } from "../../kernel/index.js";

/** `headers` is undefined for a token that was refused. */
export interface CachedToken {
  readonly headers: Headers | undefined;
  readonly expires: Micros;
  readonly forgetAt: Micros;
}

export class TokenCache {
  readonly #kernel: Kernel;
  readonly #lifetime: Duration;
  /** In order of `forgetAt`, since all are kept for the same time. */
  readonly #entries = new Map<string, CachedToken>();

  /** @param lifetime how long to remember; negative: not at all */
  constructor(kernel: Kernel, lifetime: Duration) {
    this.#kernel = kernel;
    this.#lifetime = lifetime;
  }

  get(token: string): CachedToken | undefined {
    const entry = this.#entries.get(token);
    return entry !== undefined && entry.forgetAt > this.#kernel.now ? entry : undefined;
  }

  store(token: string, headers: Headers | undefined, expires: Micros): void {
    if (this.#lifetime < 0) return;
    const { now } = this.#kernel;
    for (const [old, { forgetAt }] of this.#entries) {
      if (forgetAt > now) break;
      this.#entries.delete(old);
    }
    this.#entries.delete(token);
    this.#entries.set(token, { headers, expires, forgetAt: now + this.#lifetime });
  }
}
