/**
 * The record of a service, which it writes itself: made when it first starts, and made anew if somebody
 * deletes it while it runs. Upstream: cinder/service.py (Service.start, report_state) at 2014.2.
 */
import {
  serviceFlags,
  string,
  wholeSeconds,
  type Flags,
  type RequestContext,
  type ServiceGroup,
  type ServiceHabits,
  type ServiceRecord,
} from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import type { CinderDatabase } from "./db/database.js";
import { serviceByArgs, type Service } from "./db/services.js";

export const serviceGroupFlags = {
  storage_availability_zone: string("nova", "Availability zone of this node"),
} as const;

export class DatabaseServiceGroup implements ServiceGroup {
  readonly #db: CinderDatabase;
  readonly #zone: string;
  #id: number | undefined;

  constructor(db: CinderDatabase, flags: Flags) {
    this.#db = db;
    this.#zone = flags.read(serviceGroupFlags).storage_availability_zone;
  }

  *enroll(_ctxt: RequestContext, record: ServiceRecord): Op<void> {
    const known = serviceByArgs(this.#db, record.host, record.binary);
    this.#id = (known ?? this.#create(record)).id;
  }

  *report(_ctxt: RequestContext, record: ServiceRecord): Op<void> {
    const { services } = this.#db;
    const row =
      (this.#id === undefined ? undefined : services.get(this.#id)) ?? this.#create(record);
    this.#id = row.id;
    services.update(row.id, {
      report_count: row.report_count + 1,
      availability_zone: this.#zone,
    });
  }

  *leave(): Op<boolean> {
    return this.#id !== undefined && this.#db.services.softDelete(this.#id) !== undefined;
  }

  #create({ host, binary, topic }: ServiceRecord): Service {
    return this.#db.services.insert({
      host,
      binary,
      topic,
      report_count: 0,
      disabled: false,
      availability_zone: this.#zone,
      disabled_reason: null,
    });
  }
}

/** What every RPC service of Cinder reads beside. */
export const periodicFlags = {
  periodic_interval: wholeSeconds(60, "Seconds between running periodic tasks", { min: 1 }),
} as const;

/** How a service of Cinder's differs from one of Nova's. */
export const cinderHabits = (flags: Flags): ServiceHabits => ({
  firstReport: flags.read(serviceFlags).report_interval,
  periodicInterval: flags.read(periodicFlags).periodic_interval,
  baseRpc: false,
});
