/** Options of nova-exampleservice. Upstream: `flags.DEFINE_*` in the script of transcripts §T5. */
import { string, wholeSeconds } from "../../framework/index.js";

export const exampleServiceFlags = {
  exampleservice_manager: string(
    "mymodule.exampleservice.ExampleServiceManager",
    "Full class name of the manager of nova-exampleservice",
  ),
  exampleservice_keep: wholeSeconds(120, "Seconds for which a note is kept", { min: 0 }),
} as const;
