/** What all verbs that strike single requests have in common: an aim, and a network to strike on. */
import { placesOf } from "../../aim.js";
import { requestsText, type RestAim } from "../../rest-aim.js";
import type { RestBlow, RestInjector } from "../../rest-injector.js";
import type { FaultVerb, Injectors } from "../../verb.js";

interface RestVerb<K extends string, A extends RestAim> {
  readonly key: K;
  /** Its text, given the words for the requests that it is aimed at. */
  text(requests: string, aim: A): string;
  /** @throws Error for what cannot be done to a request */
  check?(aim: A): void;
  /** What becomes of a request. */
  strike(blow: RestBlow, aim: A): void;
}

export function restVerb<K extends string, A extends RestAim>(
  verb: RestVerb<K, A>,
): FaultVerb<Readonly<Record<K, A>>> {
  const { key } = verb;
  return {
    key,
    kind: "request",
    text: ({ [key]: aim }) => verb.text(requestsText(aim), aim),
    places: ({ [key]: aim }) => placesOf(aim),
    check({ [key]: aim }, injectors) {
      network(injectors);
      verb.check?.(aim);
    },
    inject({ [key]: aim }, fault, injectors) {
      network(injectors).strikeRequests(fault, aim, (blow) => {
        verb.strike(blow, aim);
      });
    },
  };
}

/** @throws Error where there is none */
function network(injectors: Injectors): RestInjector {
  const found = injectors.rest();
  if (found === undefined) throw new Error("there is no network here, only a bus");
  return found;
}
