/**
 * What every part of trove-api works with. Upstream: what the models of trove import.
 */
import type { Env, FlagsOf } from "../../../framework/index.js";
import type { TroveDatabase } from "../db/database.js";
import { ignoreFlags, troveApiFlags } from "../flags.js";
import { TroveParts } from "../parts.js";
import { RateLimits } from "./rate-limits.js";

export class TroveApp extends TroveParts {
  readonly flags: FlagsOf<typeof troveApiFlags>;
  readonly ignored: FlagsOf<typeof ignoreFlags>;
  readonly rates: RateLimits;

  constructor(env: Env, db: TroveDatabase) {
    super(env, db);
    this.flags = env.flags.read(troveApiFlags);
    this.ignored = env.flags.read(ignoreFlags);
    this.rates = new RateLimits(env, this.flags);
  }

  /** `controller:8779`: what links begin with. */
  get host(): string {
    return this.env.hostAt(this.flags.trove_bind_port);
  }
}
