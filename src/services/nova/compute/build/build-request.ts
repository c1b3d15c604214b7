/** What a build is asked for: the arguments of build_and_run_instance. */
import type { ArgsOf } from "../../../../bus/index.js";
import type { computeApi } from "../rpcapi.js";

export type BuildRequest = ArgsOf<(typeof computeApi)["methods"]["build_and_run_instance"]>;
