/** The connection of a request is reset: its client never learns whether the work was done. */
import type { RestAim } from "../../rest-aim.js";
import { answering } from "../../rest-injector.js";
import { restVerb } from "./rest-verb.js";

export const reset = restVerb<"reset", RestAim>({
  key: "reset",
  text: (requests) => `reset ${requests}`,
  strike({ arrival, pass }, { when = "before" }) {
    const abort = (): void => {
      arrival.abort("reset");
    };
    if (when === "before") abort();
    else pass(answering(arrival, abort));
  },
});
