/** A server is slow: to begin with its work, or to answer when it is done. */
import type { Duration } from "../../../kernel/index.js";
import type { RestAim } from "../../rest-aim.js";
import { answering } from "../../rest-injector.js";
import { timeText } from "../../window.js";
import { restVerb } from "./rest-verb.js";

export interface SlowAim extends RestAim {
  readonly by: Duration;
}

export const slow = restVerb<"slow", SlowAim>({
  key: "slow",
  text: (requests, { by }) => `slow down ${requests} by ${timeText(by)}`,
  strike({ arrival, pass, later }, { by, when = "before" }) {
    if (when === "before") {
      later(by, () => {
        pass(arrival);
      });
      return;
    }
    pass(
      answering(arrival, (response) => {
        later(by, () => {
          arrival.respond(response);
        });
      }),
    );
  },
});
