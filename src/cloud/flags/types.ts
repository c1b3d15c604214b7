/**
 * What is said of the flags of a cloud: what is given, by option or by file, which binary reads what,
 * and what can be wrong with it.
 */
import type { FlagSet, FlagValue, Origin } from "../../framework/flags/index.js";

/**
 * Flags by name, for every service; or for one, or of one group, in a section of its own:
 * `{ shelved_offload_time: 0, "nova-compute": { ... }, glance: { num_retries: 3 } }`.
 */
export type FlagOptions = Readonly<Record<string, FlagValue | FlagSection>>;

/** The values of one service, or of one group; a service may have groups in its section. */
export interface FlagSection {
  readonly [name: string]: FlagValue | FlagSection;
}

/** Texts by file name: `nova.conf`, `nova-compute.conf`, `neutron.conf`, `ml2_conf.ini` ... */
export type FlagFiles = Readonly<Record<string, string>>;

/** Which flags each binary reads. */
export type FlagCatalogue = ReadonlyMap<string, readonly FlagSet[]>;

/** What is wrong with the flags of a deployment, and where. */
export interface FlagProblem {
  /** Absent: an error, with which nothing starts. */
  readonly severity?: "warning";
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
