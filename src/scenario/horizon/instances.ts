/** What is clicked in rows of the Instances panel. */
import { z } from "zod";
import type { Path } from "../load/path.js";
import { name } from "../schema/values.js";
import type { NameUse } from "../verbs/verb.js";
import { actVerb } from "./act-verb.js";

const PATH = "/project/instances/";

const server = name.meta({ description: "The instance, by name." });

const one = z.union([server, z.array(server).min(1).max(100)], {
  error: "the name of an instance, or a list of them",
});

/** The names in what stands under `key`, which is one of them or a list. */
function namesIn(value: object, key: string): string[] {
  const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return [found].flat().filter((each) => typeof each === "string");
}

const uses = (names: readonly string[], at: Path): NameUse[] =>
  names.map((each, index) => ({
    what: "server",
    name: each,
    at: names.length === 1 ? at : [...at, index],
  }));

/** A button of a row, or, for several rows, of the table. */
const button = <const K extends string>(key: K, ...action: readonly string[]) =>
  actVerb({
    key,
    schema: {
      [key]: one.meta({ description: `${action[0] ?? ""}: of one or several.` }),
    } as Record<K, typeof one>,
    act: (value) => {
      const rows = namesIn(value, key);
      return { kind: "click", path: PATH, table: "instances", action, rows };
    },
    names: (value) => uses(namesIn(value, key), [key]),
  });

export const terminateInstance = button("terminate instance", "Terminate Instance");
export const startInstance = button("start instance", "Start Instance");
export const shutOffInstance = button("shut off instance", "Shut Off Instance");
export const softReboot = button("soft reboot instance", "Soft Reboot Instance");
export const hardReboot = button("hard reboot instance", "Hard Reboot Instance");
export const pauseInstance = button("pause instance", "Pause Instance");
export const suspendInstance = button("suspend instance", "Suspend Instance");
export const resumeInstance = button("resume instance", "Resume Instance");
export const confirmResize = button("confirm resize", "Confirm Resize/Migrate");
export const revertResize = button("revert resize", "Revert Resize/Migrate");
export const disassociateIp = button("disassociate floating ip", "Disassociate Floating IP");
