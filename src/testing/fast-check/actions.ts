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
  /** Whose they are, in turn: with two users the third server is the first user's again. Default: demo. */
  readonly users?: readonly string[];
}

/** A name, and whose it is. */
interface Owned {
  readonly name: string;
  readonly user: string;
}

const typed = (run: string, as: string): StepSource => ({ run, as, expect: { exit: "any" } });

/** What takes a server and nothing else. */
const VERBS = [
  "shelve",
  "unshelve",
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
  "lock",
  "unlock",
  "delete",
  "force-delete",
  "restore",
] as const;

/** The same, of administrators, who know servers of others by their ids. */
const OF_ADMINS = [
  "migrate",
  "live-migration",
  "live-migration --block-migrate",
  "evacuate",
  "shelve-offload",
] as const;

/** `reboot --hard` of `t1`: `nova reboot t1 --hard`. */
function command(verb: string, server: string): string {
  const [name = "", ...options] = verb.split(" ");
  return ["nova", name, server, ...options].join(" ");
}

const anyOf = (
  names: readonly string[],
  users: readonly [string, ...string[]],
): fc.Arbitrary<Owned> =>
  fc.constantFrom(
    ...names.map((name, at) => ({ name, user: users[at % users.length] ?? users[0] })),
  );

/** `nova boot t1 ...`. */
export const boot = (server: fc.Arbitrary<Owned>): fc.Arbitrary<StepSource> =>
  server.map(({ name, user }) =>
    typed(`nova boot ${name} --flavor m1.nano --image cirros --nic net-id=private`, user),
  );

const ofServers = (server: fc.Arbitrary<Owned>): fc.Arbitrary<StepSource> => {
  const line = (words: (name: string) => string) =>
    server.map(({ name, user }) => typed(words(name), user));
  return fc.oneof(
    { arbitrary: boot(server), weight: 4 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...VERBS), server)
        .map(([verb, { name, user }]) => typed(command(verb, name), user)),
      weight: 8,
    },
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...OF_ADMINS), server)
        .map(([verb, { name }]) => typed(command(verb, `"{{server ${name}}}"`), "admin")),
      weight: 3,
    },
    { arbitrary: line((name) => `nova delete ${name}`), weight: 2 },
    { arbitrary: line((name) => `nova resize ${name} m1.tiny`), weight: 1 },
    { arbitrary: line((name) => `nova rebuild ${name} cirros`), weight: 1 },
    { arbitrary: line((name) => `nova image-create ${name} ${name}-copy`), weight: 1 },
    { arbitrary: line((name) => `nova backup ${name} ${name}-backup daily 1`), weight: 1 },
  );
};

const ofVolumes = (
  server: fc.Arbitrary<Owned>,
  volume: fc.Arbitrary<Owned>,
): fc.Arbitrary<StepSource> => {
  const both = fc.tuple(server, volume);
  const one = (words: (name: string) => string) =>
    volume.map(({ name, user }) => typed(words(name), user));
  const two = (verb: string) =>
    both.map(([{ name, user }, of]) => typed(`nova ${verb} ${name} "{{volume ${of.name}}}"`, user));
  return fc.oneof(
    one((name) => `cinder create 1 --display-name ${name}`),
    two("volume-attach"),
    two("volume-detach"),
    one((name) => `cinder delete ${name}`),
  );
};

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
  const ofAll = ofServers(server);
  if (volumes.length === 0) return ofAll;
  return fc.oneof(
    { arbitrary: ofAll, weight: 4 },
    { arbitrary: ofVolumes(server, serversOf({ servers: volumes, users })), weight: 1 },
  );
}
