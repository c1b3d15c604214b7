/**
 * What can be done with a table or a row of it: a link, or a button that posts. Whether it is offered may itself take calls to
 * services. That rules of policy are not asked is no loss: all that is offered here is of one's own project, which may, by the
 * shipped policy files, do it. Upstream: horizon/tables/actions.py at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import type { Answer } from "../web/answer.js";
import type { HorizonRequest } from "../web/request.js";

interface Offered<T> {
  /** `terminate`. */
  readonly name: string;
  /** Whether it is offered for `row`, or for the table, and as what if not as usual. Default: always. */
  readonly allowed?: (request: HorizonRequest, row?: T) => Op<boolean | ActionText>;
}

/** Leads to another page, or to a dialogue. */
export interface LinkAction<T> extends Offered<T> {
  readonly kind: "link";
  readonly text: string;
  readonly href: (row?: T) => string;
  readonly modal?: boolean;
}

export interface ActionText {
  readonly text: string;
  readonly disabled: boolean;
}

/** Does one thing with each of several rows, and says in one message what became of them. */
export interface BatchAction<T> extends Offered<T> {
  readonly kind: "batch";
  readonly present: (count: number, row?: T) => string;
  readonly past: (count: number, row?: T) => string;
  readonly act: (request: HorizonRequest, id: string, row: T) => Op<void>;
  /** Where it leads, if not back to the table. */
  readonly successUrl?: string;
}

/** Anything else that is done with one row. Without an answer the page is shown as it was loaded. */
export interface SingleAction<T> extends Offered<T> {
  readonly kind: "single";
  readonly text: string;
  readonly act: (request: HorizonRequest, id: string, row?: T) => Op<Answer | undefined>;
}

export type Action<T> = LinkAction<T> | BatchAction<T> | SingleAction<T>;

/** `{one} of {many}`: words for one row and for several. */
export const counted =
  (one: string, many = `${one}s`) =>
  (count: number): string =>
    count === 1 ? one : many;
