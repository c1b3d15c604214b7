/** What a command of `trove` is given: Trove's library, and how the user wants answers printed. */
import type { TroveClient } from "../../services/trove/client/index.js";

export interface TroveSession {
  readonly trove: TroveClient;
  /** `--json`. */
  readonly json: boolean;
}
