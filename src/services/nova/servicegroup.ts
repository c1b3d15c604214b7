/**
 * Which services are there and alive, over the database: for processes that have one. Upstream:
 * nova/servicegroup/drivers/db.py at 2014.2; messaging §B3, §B6.
 */
import {
  boolean,
  serviceDownTime,
  type Flags,
  type RequestContext,
  type Row,
  type ServiceGroup,
  type ServiceRecord,
} from "../../framework/index.js";
import type { Op, Stream } from "../../kernel/index.js";
import type { NovaDatabase } from "./db/database.js";
import type { ServiceRow } from "./db/schema.js";
import {
  serviceByArgs,
  serviceCreate,
  serviceDestroy,
  serviceIsUp,
  servicesByTopic,
  serviceUpdate,
} from "./db/services.js";
import { ServiceNotFound } from "./exception.js";

export const serviceGroupFlags = {
  enable_new_services: boolean(true, "Services are enabled when they report for the first time"),
} as const;

export class DatabaseServiceGroup implements ServiceGroup {
  readonly #db: NovaDatabase;
  readonly #downTime: number;
  readonly #enabled: boolean;
  /** The record as it was written last. */
  #service: Row<ServiceRow> | undefined;

  constructor(db: NovaDatabase, flags: Flags) {
    this.#db = db;
    this.#downTime = serviceDownTime(flags);
    this.#enabled = flags.read(serviceGroupFlags).enable_new_services;
  }

  /** Nothing runs between the look-up and the insertion, so no sibling can come in between. */
  *enroll(_ctxt: RequestContext, { host, binary, topic }: ServiceRecord): Op<void> {
    this.#service =
      serviceByArgs(this.#db, host, binary) ??
      serviceCreate(this.#db, { host, binary, topic }, this.#enabled);
  }

  /**
   * It counts on from what it wrote last, whoever else wrote (workers of one host share a record).
   * @throws ServiceNotFound: a record that was deleted comes back with a restart only (SVC-19)
   */
  *report(_ctxt: RequestContext, { host, binary }: ServiceRecord): Op<void> {
    if (this.#service === undefined) {
      throw new ServiceNotFound({ service_id: `${binary} on ${host}` });
    }
    const { id, report_count } = this.#service;
    this.#service = serviceUpdate(this.#db, id, { report_count: report_count + 1 });
  }

  *leave(): Op<boolean> {
    if (this.#service === undefined || this.#db.services.get(this.#service.id) === undefined) {
      return false;
    }
    serviceDestroy(this.#db, this.#service.id);
    return true;
  }

  /** Whether the service has been heard of lately; disabled ones may be up (SVC-34). */
  isUp(service: Row<ServiceRow>): boolean {
    return serviceIsUp(this.#db, service, this.#downTime);
  }

  /** The hosts of a topic's services that are enabled and up (`hosts_up`). */
  getAll(topic: string): string[] {
    return servicesByTopic(this.#db, topic)
      .filter((service) => this.isUp(service))
      .map(({ host }) => host);
  }

  /** One of those hosts at random, if there is any. */
  getOne(topic: string, stream: Stream): string | undefined {
    const hosts = this.getAll(topic);
    return hosts.length === 0 ? undefined : stream.pick(hosts);
  }
}
