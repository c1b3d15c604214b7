/**
 * What belongs together and chance alone seldom brings together: a server that is moved and confirmed, a host
 * that dies and its server that is made anew elsewhere. Each is some steps in a row, cut short by shrinking.
 */
import * as fc from "fast-check";
import { serversOf, type ActionOptions } from "./actions/user-action.js";
import { idOf, typed } from "./actions/steps.js";
import type { StepSource } from "./scenario-source.js";

/** Each with an action, a while, and what answers it; SERVER is one's own, ID anybody's for an administrator. */
const PAIRS = [
  ["resize SERVER m1.tiny", "resize-confirm SERVER"],
  ["resize SERVER m1.tiny", "resize-revert SERVER"],
  ["resize SERVER m1.tiny", "delete SERVER"],
  ["resize SERVER m1.tiny", "resize SERVER m1.nano"],
  ["migrate ID", "resize-confirm SERVER"],
  ["migrate ID", "resize-revert SERVER"],
  ["migrate ID", "delete SERVER"],
  ["migrate ID", "reset-state ID"],
  ["live-migration --block-migrate ID", "delete SERVER"],
  ["live-migration --block-migrate ID", "reset-state ID --active"],
  ["shelve SERVER", "unshelve SERVER"],
  ["shelve SERVER", "shelve-offload ID"],
  ["shelve SERVER", "delete SERVER"],
  ["suspend SERVER", "resume SERVER"],
  ["pause SERVER", "unpause SERVER"],
  ["rescue SERVER", "unrescue SERVER"],
  ["rescue SERVER", "delete SERVER"],
  ["stop SERVER", "start SERVER"],
  ["stop SERVER", "resize SERVER m1.tiny"],
  ["delete SERVER", "restore SERVER"],
  ["delete SERVER", "force-delete SERVER"],
  ["rebuild SERVER cirros", "stop SERVER"],
  ["rebuild SERVER cirros", "delete SERVER"],
  ["lock SERVER", "delete SERVER"],
  ["image-create SERVER copy", "delete SERVER"],
  ["backup SERVER copy daily 1", "backup SERVER copy daily 1"],
  ["reset-state ID", "reboot --hard SERVER"],
  ["reset-state ID", "rebuild SERVER cirros"],
] as const;

const typedOf = (line: string, name: string, user: string): StepSource => {
  const admins = line.includes("ID");
  const words = admins ? line.replace("ID", idOf("server", name)) : line.replace("SERVER", name);
  return typed(`nova ${words}`, admins ? "admin" : user);
};

const whiles = fc.constantFrom("300ms", "2s", "20s", "70s");

/** A server is done something to, and then what takes it back or ends it. */
export const pairs = (options: ActionOptions): fc.Arbitrary<readonly StepSource[]> =>
  fc
    .tuple(fc.constantFrom(...PAIRS), serversOf(options), whiles)
    .map(([[first, second], { name, user }, length]) => [
      typedOf(first, name, user),
      { advance: length },
      typedOf(second, name, user),
    ]);

/** A host dies; when that is known, a server is to be made anew on another; the host comes back. */
export const evacuations = (
  hosts: readonly string[],
  options: ActionOptions,
): fc.Arbitrary<readonly StepSource[]> =>
  fc
    .tuple(fc.constantFrom(...hosts), serversOf(options), fc.boolean())
    .map(([host, { name, user }, returns]) => [
      { crash: host },
      { advance: "70s" },
      typed(`nova host-evacuate ${host}`, "admin"),
      { advance: "5s" },
      ...(returns ? [{ start: `nova-compute@${host}`, background: true }] : []),
      typedOf("evacuate ID", name, user),
    ]);
