/**
 * nova-compute's record among the services, kept through the conductor. Upstream: nova/service.py,
 * nova/servicegroup/drivers/db.py over nova/conductor/api.py at 2014.2; nova §0.2, §8.1.
 */
import type { RequestContext, ServiceGroup, ServiceRecord } from "../../../../framework/index.js";
import { quietly, type Op } from "../../../../kernel/index.js";
import type { ServiceRef } from "../../conductor/rpcapi.js";
import { NotFound, ServiceBinaryExists, ServiceTopicExists } from "../../exception.js";
import type { ConductorStore } from "../../objects/wire/conductor-store.js";

export class ConductorServiceGroup implements ServiceGroup {
  readonly #store: ConductorStore;
  #service: ServiceRef | undefined;

  constructor(store: ConductorStore) {
    this.#store = store;
  }

  *enroll(ctxt: RequestContext, record: ServiceRecord): Op<void> {
    this.#service = (yield* this.#find(ctxt, record)) ?? (yield* this.#create(ctxt, record));
  }

  /** A sibling may be faster between two calls; then its record is read (SVC-38). */
  *#create(ctxt: RequestContext, record: ServiceRecord): Op<ServiceRef | undefined> {
    const values = { ...record, report_count: 0 };
    try {
      return yield* this.#store.conductor.service_create(ctxt, { values });
    } catch (error) {
      if (!(error instanceof ServiceBinaryExists || error instanceof ServiceTopicExists)) {
        throw error;
      }
      const theirs = yield* this.#find(ctxt, record);
      if (theirs === undefined) throw error;
      return theirs;
    }
  }

  *#find(ctxt: RequestContext, { host, binary }: ServiceRecord): Op<ServiceRef | undefined> {
    const query = { topic: null, host, binary };
    try {
      const found = yield* quietly(this.#store.conductor.service_get_all_by(ctxt, query));
      return (Array.isArray(found) ? found[0] : found) ?? undefined;
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }

  *report(ctxt: RequestContext, record: ServiceRecord): Op<void> {
    if (this.#service === undefined) {
      yield* this.enroll(ctxt, record);
      return;
    }
    const service = this.#service;
    const values = { report_count: service.report_count + 1 };
    this.#service = yield* this.#store.conductor.service_update(ctxt, { service, values });
  }

  *leave(ctxt: RequestContext): Op<boolean> {
    if (this.#service === undefined) return false;
    try {
      yield* this.#store.conductor.service_destroy(ctxt, { service_id: this.#service.id });
      return true;
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw error;
    }
  }
}
