/** That every command of `nova` is typed in a scenario that ships, so that a reader can see what each of them sets off. */
import { expect, it } from "vitest";
import { NOVA_COMMANDS } from "../../src/clients/nova/known-commands.js";
import { filesIn, read } from "../docs/juno.js";

it("each of the 191 commands of nova is in a scenario", () => {
  const typed = new Set(
    filesIn(["scenarios"], /\.yaml$/u).flatMap((file) =>
      [...read(file).matchAll(/\bnova (?:--[a-z-]+ )*([a-z0-9-]+)/gu)].map(([, name]) => name),
    ),
  );
  expect(NOVA_COMMANDS.filter((name) => !typed.has(name))).toEqual([]);
});
