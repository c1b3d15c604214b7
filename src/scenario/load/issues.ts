/**
 * What the schema of scenario files complains about, as problems with places. The words are those in
 * which the options of the library are answered; a verb may have a whole sentence of its own.
 */
import { complaints as complaintsOf, type Complaint, type Issue } from "../../text/complaints.js";
import { scenarioKeys } from "../schema/keys.js";
import { remarkOf } from "../verbs/remark.js";
import type { Problem, Spot } from "./problem.js";

export { MAX_COMPLAINTS } from "../../text/complaints.js";

/** The first issues as problems. `data` is what was validated. */
export const complaints = (issues: readonly Issue[], data: unknown): Problem<Spot>[] =>
  complaintsOf<Complaint & Pick<Spot, "word">>(issues, data, {
    keysAt: scenarioKeys(data),
    remark(issue, path) {
      const remark = remarkOf(issue);
      return remark && [{ path, ...remark }];
    },
  }).map(asProblem);

/** A complaint, in the form that problems have here. */
export const asProblem = ({
  message,
  hint,
  ...place
}: Complaint & Pick<Spot, "word">): Problem<Spot> => ({
  severity: "error",
  message,
  hint,
  place,
});
