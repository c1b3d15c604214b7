/**
 * A change of qualities of service is told of, and so is its failure, where the controller expects it.
 * Upstream: the `try` of each method of QoSSpecsController, cinder/api/contrib/qos_specs_manage.py at 2014.2.
 */
import { HttpFault } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import type { JsonObject } from "../../../../../python/index.js";
import { AdminRequired, CinderException } from "../../../exception.js";
import { exceptionPayload } from "../../../notifications.js";
import type { CinderCall } from "../../route.js";

/** A failure that is expected, its status, and its words if they are not the exception's. */
export type Expected = readonly [
  kind: abstract new (...args: never[]) => CinderException,
  status: number,
  words?: string,
];

export interface Change<T> {
  /** `qos_specs.update`. */
  readonly event: string;
  /** Who tells of it, if that is not `QoSSpecs`. */
  readonly publisher?: string;
  /** How its failure is called, if not so. */
  readonly failure?: string;
  readonly about: JsonObject;
  /** What is told beside once it has been done. */
  readonly with?: JsonObject;
  readonly expected: readonly Expected[];
  readonly make: () => T;
}

export const tellError = (call: CinderCall, event: string, payload: JsonObject): Op<void> =>
  call.app.notifierOf("QoSSpecs").error(call.ctxt, event, payload);

/** @throws HttpFault for what is expected */
export function* telling<T>(call: CinderCall, change: Change<T>): Op<T> {
  const { event, failure = event, about, expected, make } = change;
  try {
    const made = make();
    const payload = { ...about, ...change.with };
    yield* call.app.notifierOf(change.publisher ?? "QoSSpecs").info(call.ctxt, event, payload);
    return made;
  } catch (error) {
    if (!(error instanceof CinderException)) throw error;
    const found = expected.find(([kind]) => error instanceof kind);
    if (found === undefined) throw error;
    yield* tellError(call, failure, { ...about, error_message: exceptionPayload(error) });
    const [, status, words = error.message] = found;
    throw new HttpFault(status, words);
  }
}

/** The policy has no word about it; the database lets administrators in alone. @throws AdminRequired */
export function assertAdmin({ ctxt }: CinderCall): void {
  if (!ctxt.is_admin) throw new AdminRequired();
}
