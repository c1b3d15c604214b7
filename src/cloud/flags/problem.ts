/** What is wrong with the flags of a deployment, and where. */
import type { Origin } from "../../framework/flags/index.js";

export interface FlagProblem {
  readonly message: string;
  readonly hint?: string | undefined;
  /** Where in the options of a cloud it stands: `["flags", "nova-compute"]`. */
  readonly path?: readonly string[];
  /** The key of that place that is meant, if it is not its value. */
  readonly key?: string;
  /** The file among `flag_files` that it stands in, and where in that text. */
  readonly file?: string;
  readonly origin?: Origin;
}
