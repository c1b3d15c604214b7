/**
 * What users do, as steps of a scenario: command lines that may or may not make sense at that moment, as those
 * of real users. Their exit code is anybody's guess, so none is expected.
 */
import * as fc from "fast-check";
import type { StepSource } from "../scenario-source.js";
import { ofNetworks } from "./of-networks.js";
import { ofServers } from "./of-servers.js";
import { ofVolumes } from "./of-volumes.js";
import { anyOf, type Owned } from "./steps.js";

/** By what names users call what they make. */
export interface ActionOptions {
  /** Servers by name. Default: t1, t2, t3. */
  readonly servers?: readonly string[];
  /** Volumes by name; [] where there is no Cinder. Default: v1, v2. */
  readonly volumes?: readonly string[];
  /** Whose they are, in turn: with two users the third server is the first user's again. Default: demo. */
  readonly users?: readonly string[];
}

const DEFAULTS = { servers: ["t1", "t2", "t3"], volumes: ["v1", "v2"], users: ["demo"] } as const;

/** Servers to choose among. */
export function serversOf(options: ActionOptions): fc.Arbitrary<Owned> {
  const { servers = DEFAULTS.servers, users = DEFAULTS.users } = options;
  const [first = "demo", ...others] = users;
  return anyOf(servers, [first, ...others]);
}

/**
 * Any one thing that a user does.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { userAction } from "novasim/fast-check";
 *
 * const [step] = fc.sample(userAction({ servers: ["web"] }), { numRuns: 1, seed: 1 });
 * console.log(typeof step); // object
 * ```
 */
export function userAction(options: ActionOptions = {}): fc.Arbitrary<StepSource> {
  const { volumes = DEFAULTS.volumes, users = DEFAULTS.users } = options;
  const server = serversOf(options);
  return fc.oneof(
    { arbitrary: ofServers(server), weight: 8 },
    { arbitrary: ofNetworks(server), weight: 2 },
    ...(volumes.length === 0
      ? []
      : [
          {
            arbitrary: ofVolumes(server, serversOf({ servers: volumes, users })),
            weight: 2,
          },
        ]),
  );
}
