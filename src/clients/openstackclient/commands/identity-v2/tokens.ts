/**
 * `token issue` and `token revoke`, by version 2.0. Upstream: openstackclient/identity/v2_0/token.py,
 * 0.4.1.
 */
import { KeyError } from "../../../../python/index.js";
import { argument, shower, word, type OpenStackCommand } from "../../output.js";

const issue = shower(
  { name: "token issue", about: "Show the token of this login." },
  function* ({ access }) {
    const { tenant_id, ...token } = access.summary;
    if (tenant_id === undefined) throw new KeyError("'tenant_id'");
    return { ...token, project_id: tenant_id };
  },
);

const revoke: OpenStackCommand = {
  name: "token revoke",
  about: "Revoke a token.",
  positionals: [argument("token", "The token.")],
  *run({ identity }, args) {
    yield* identity.change("DELETE", `/tokens/${word(args, "token")}`);
  },
};

export const tokenCommands: readonly OpenStackCommand[] = [issue, revoke];
