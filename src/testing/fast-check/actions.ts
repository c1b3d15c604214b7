/**
 * What users do to servers and volumes, as steps of a scenario: command lines that may or may not make sense
 * at that moment, as those of real users. Their exit code is anybody's guess, so none is expected.
 */
import * as fc from "fast-check";
import type { StepSource } from "./scenario-source.js";

/** By what names users call what they make. */
export interface ActionOptions {
  /** Servers by name. Default: t1, t2, t3. */
  readonly servers?: readonly string[];
  /** Volumes by name; [] where there is no Cinder. Default: v1, v2. */
  readonly volumes?: readonly string[];
}

const typed = (run: string): StepSource => ({ run, expect: { exit: "any" } });

/** What takes a server and nothing else. */
const VERBS = [
  "shelve",
  "unshelve",
  "shelve-offload",
  "stop",
  "start",
  "reboot",
  "reboot --hard",
  "pause",
  "unpause",
  "suspend",
  "resume",
  "rescue",
  "unrescue",
  "resize-confirm",
  "resize-revert",
  "migrate",
  "lock",
  "unlock",
] as const;

/** `nova boot t1 ...`. */
export const boot = (servers: readonly string[]): fc.Arbitrary<StepSource> =>
  fc
    .constantFrom(...servers)
    .map((name) => typed(`nova boot ${name} --flavor m1.nano --image cirros --nic net-id=private`));

const ofServers = (servers: readonly string[]): fc.Arbitrary<StepSource> => {
  const server = fc.constantFrom(...servers);
  return fc.oneof(
    { arbitrary: boot(servers), weight: 4 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...VERBS), server)
        .map(([verb, name]) =>
          typed(`nova ${verb.replace(" ", ` ${name} `)}${verb.includes(" ") ? "" : ` ${name}`}`),
        ),
      weight: 8,
    },
    { arbitrary: server.map((name) => typed(`nova delete ${name}`)), weight: 3 },
    { arbitrary: server.map((name) => typed(`nova resize ${name} m1.tiny`)), weight: 1 },
    { arbitrary: server.map((name) => typed(`nova rebuild ${name} cirros`)), weight: 1 },
    { arbitrary: server.map((name) => typed(`nova image-create ${name} ${name}-copy`)), weight: 1 },
  );
};

const ofVolumes = (
  servers: readonly string[],
  volumes: readonly string[],
): fc.Arbitrary<StepSource> => {
  const volume = fc.constantFrom(...volumes);
  const both = fc.tuple(fc.constantFrom(...servers), volume);
  return fc.oneof(
    volume.map((name) => typed(`cinder create 1 --display-name ${name}`)),
    both.map(([server, name]) => typed(`nova volume-attach ${server} "{{volume ${name}}}"`)),
    both.map(([server, name]) => typed(`nova volume-detach ${server} "{{volume ${name}}}"`)),
    volume.map((name) => typed(`cinder delete ${name}`)),
  );
};

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
  const { servers = ["t1", "t2", "t3"], volumes = ["v1", "v2"] } = options;
  const ofAll = ofServers(servers);
  if (volumes.length === 0) return ofAll;
  return fc.oneof(
    { arbitrary: ofAll, weight: 4 },
    { arbitrary: ofVolumes(servers, volumes), weight: 1 },
  );
}
