/**
 * `policy delete|list|set|show`. There is no disk here that rules could come from, and so no policy is
 * made. Upstream: openstackclient/identity/v3/policy.py, openstackclient/common/utils.py
 * (read_blob_file_contents), 0.4.1.
 */
import { CommandError } from "../../../../framework/apiclient/index.js";
import { flagOption, valueOption } from "../../../openstack/options.js";
import { POLICIES_V3 } from "../../identity-v3.js";
import { argument, lister, rowsOf, word, type OpenStackCommand } from "../../output.js";
import { deleteByIdV3, showV3 } from "./common.js";

const type = valueOption("--type", "<policy-type>", "The MIME type of its rules.");

const create: OpenStackCommand = {
  name: "policy create",
  about: "Make a policy. There is no file that it could be made of.",
  positionals: [{ ...argument("blob_file", "A file with its rules."), metavar: "<blob-file>" }],
  options: [type],
  *run(_, args) {
    throw unreadable(word(args, "blob_file"));
  },
};

const unreadable = (file: string): CommandError =>
  new CommandError(`Error occurred trying to read from file ${file}`);

const list = lister(
  {
    name: "policy list",
    about: "List policies.",
    options: [flagOption("--include-blob", "With their rules.")],
  },
  function* ({ identityV3 }, args) {
    const more = args.flag("include_blob") ? ["Blob"] : [];
    return rowsOf(yield* identityV3.list(POLICIES_V3), ["ID", "Type", ...more]);
  },
);

const set: OpenStackCommand = {
  name: "policy set",
  about: "Change a policy.",
  positionals: [{ ...argument("policy", "Its id."), metavar: "<policy-id>" }],
  options: [type, valueOption("--blob-file", "<blob_file>", "A file with its rules.")],
  *run({ identityV3 }, args, console) {
    const file = args.text("blob_file");
    if (file !== undefined) throw unreadable(file);
    const wanted = args.text("type");
    if (wanted === undefined) console.write("Policy not updated, no arguments present \n");
    else yield* identityV3.update(POLICIES_V3, word(args, "policy"), { type: wanted });
  },
};

export const policyCommands: readonly OpenStackCommand[] = [
  create,
  deleteByIdV3(POLICIES_V3, "policy"),
  list,
  set,
  showV3(POLICIES_V3, "policy", "<policy-id>"),
];
