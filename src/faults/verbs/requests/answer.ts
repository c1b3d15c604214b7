/** A server answers a status, whatever it would have answered, before its work or after it. */
import { HttpFault, explanation, respond } from "../../../http/index.js";
import type { Json } from "../../../python/index.js";
import { statusText, type RestAim } from "../../rest-aim.js";
import { answering } from "../../rest-injector.js";
import { restVerb } from "./rest-verb.js";

export interface AnswerAim extends RestAim {
  readonly status: number;
  /** JSON, or a text. Default: the server's own form of an error of that status. */
  readonly body?: Json | undefined;
}

const NO_ERROR = 400;

export const answer = restVerb<"answer", AnswerAim>({
  key: "answer",
  text: (requests, { status }) => `answer ${statusText(status)} to ${requests}`,
  check({ status }) {
    if (Number.isInteger(status) && status >= 200 && status <= 599) return;
    throw new Error(`a server answers a status from 200 to 599, not ${String(status)}`);
  },
  strike({ arrival, pass }, { status, body, when = "before" }) {
    const afterWork = when === "after";
    if (body === undefined && status >= NO_ERROR) {
      pass({
        ...arrival,
        raised: { fault: new HttpFault(status, explanation(status)), afterWork },
      });
      return;
    }
    const response = respond(status, body ?? null);
    if (!afterWork) arrival.respond(response);
    else {
      pass(
        answering(arrival, () => {
          arrival.respond(response);
        }),
      );
    }
  },
});
