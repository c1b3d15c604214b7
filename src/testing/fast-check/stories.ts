/**
 * What belongs together and chance alone seldom brings together: a server that is moved and confirmed, a host
 * that dies and its server that is made anew elsewhere. Each is some steps in a row, cut short by shrinking.
 */
import * as fc from "fast-check";
import { serversOf, type ActionOptions } from "./actions.js";
import type { StepSource } from "./scenario-source.js";

/** Each with an action, a while, and what answers it. */
const PAIRS = [
  ["resize SERVER m1.tiny", "resize-confirm SERVER"],
  ["resize SERVER m1.tiny", "resize-revert SERVER"],
  ["migrate SERVER", "resize-confirm SERVER"],
  ["migrate SERVER", "resize-revert SERVER"],
  ["migrate SERVER", "delete SERVER"],
  ["live-migration --block-migrate SERVER", "delete SERVER"],
  ["shelve SERVER", "unshelve SERVER"],
  ["suspend SERVER", "resume SERVER"],
  ["pause SERVER", "unpause SERVER"],
  ["rescue SERVER", "unrescue SERVER"],
  ["stop SERVER", "start SERVER"],
  ["delete SERVER", "restore SERVER"],
  ["rebuild SERVER cirros", "stop SERVER"],
  ["backup SERVER copy daily 1", "backup SERVER copy daily 1"],
] as const;

/** An administrator does for others what only administrators may. */
const ADMINS_ONLY = /^(?:migrate|live-migration|evacuate) /u;

const step = (line: string, name: string, user: string): StepSource => ({
  run: ADMINS_ONLY.test(line)
    ? `nova ${line.replace("SERVER", `"{{server ${name}}}"`)}`
    : `nova ${line.replace("SERVER", name)}`,
  as: ADMINS_ONLY.test(line) ? "admin" : user,
  expect: { exit: "any" },
});

const whiles = fc.constantFrom("300ms", "2s", "20s", "70s");

/** A server is done something to, and then what takes it back or ends it. */
export const pairs = (options: ActionOptions): fc.Arbitrary<readonly StepSource[]> =>
  fc
    .tuple(fc.constantFrom(...PAIRS), serversOf(options), whiles)
    .map(([[first, second], { name, user }, length]) => [
      step(first, name, user),
      { advance: length },
      step(second, name, user),
    ]);

/** A host dies; when that is known, a server is to be made anew on another; the host comes back. */
export const evacuations = (
  hosts: readonly string[],
  options: ActionOptions,
): fc.Arbitrary<readonly StepSource[]> =>
  fc
    .tuple(fc.constantFrom(...hosts), serversOf(options))
    .map(([host, { name, user }]) => [
      { crash: host },
      { advance: "70s" },
      step("evacuate SERVER", name, user),
      { advance: "5s" },
      step("evacuate SERVER", name, user),
    ]);
