/**
 * `cloudpipe-list`, `-create`, `-configure`, `x509-create-cert` and `x509-get-root-cert`, which write files. Upstream:
 * novaclient/v1_1/shell.py, 2.20.0.
 */
import { CommandError } from "../../../../framework/apiclient/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Arguments } from "../../../openstack/arguments.js";
import type { Command } from "../../../openstack/command.js";
import { listing } from "../../../openstack/table.js";
import type { Console } from "../../../shell/console.js";
import type { PositionalSpec } from "../../../shell/parser/index.js";
import { one } from "../positionals.js";

const list: Command<NovaClient> = {
  name: "cloudpipe-list",
  about: "List cloudpipes.",
  *run({ cloudpipes }, _args, console) {
    const headers = ["Project Id", "Public IP", "Public Port", "Internal IP"];
    console.write(listing(yield* cloudpipes.all(), headers, 0));
  },
};

const create: Command<NovaClient> = {
  name: "cloudpipe-create",
  about: "Make a cloudpipe for a project.",
  positionals: [{ ...one("project", "The project's UUID."), metavar: "<project_id>" }],
  *run({ cloudpipes }, args) {
    yield* cloudpipes.make(args.text("project") ?? "");
  },
};

const configure: Command<NovaClient> = {
  name: "cloudpipe-configure",
  about: "Say where the project's cloudpipe is to be reached.",
  positionals: [
    { ...one("address", "The address."), metavar: "<ip address>" },
    one("port", "The port."),
  ],
  *run({ cloudpipes }, args) {
    yield* cloudpipes.configure(args.text("address") ?? "", args.text("port") ?? "");
  },
};

const file = (dest: string, metavar: string, about: string): PositionalSpec => ({
  dest,
  metavar,
  count: "optional",
  about,
});

/** @throws CommandError for one that is there */
function newFile({ folder }: Console, path: string, refusal: (path: string) => string): string {
  if (folder.read(folder.absolute(path)) !== undefined) throw new CommandError(refusal(path));
  return path;
}

const named = (args: Arguments, dest: string, usual: string): string =>
  args.exactText(dest) ?? usual;

const createCertificate: Command<NovaClient> = {
  name: "x509-create-cert",
  about: "Make an X.509 certificate for the user.",
  positionals: [
    file("pk_filename", "<private-key-filename>", "Where the key goes: pk.pem."),
    file("cert_filename", "<x509-cert-filename>", "Where the certificate goes: cert.pem."),
  ],
  *run({ certificates }, args, console) {
    const key = newFile(
      console,
      named(args, "pk_filename", "pk.pem"),
      (path) => `Unable to write privatekey - ${path} exists.`,
    );
    const certificate = newFile(
      console,
      named(args, "cert_filename", "cert.pem"),
      (path) => `Unable to write x509 cert - ${path} exists.`,
    );
    const made = yield* certificates.make();
    console.folder.write(key, made.private_key ?? "");
    console.print(`Wrote private key to ${key}`);
    console.folder.write(certificate, made.data);
    console.print(`Wrote x509 certificate to ${certificate}`);
  },
};

const rootCertificate: Command<NovaClient> = {
  name: "x509-get-root-cert",
  about: "Fetch the certificate that the others are signed with.",
  positionals: [file("filename", "<filename>", "Where it goes: cacert.pem.")],
  *run({ certificates }, args, console) {
    // The blanks are in the words, which are two lines of source.
    const path = newFile(
      console,
      named(args, "filename", "cacert.pem"),
      (given) => `Unable to write x509 root cert - ${" ".repeat(38)}${given} exists.`,
    );
    // It is opened before it is known what to write.
    console.folder.write(path, "");
    console.folder.write(path, (yield* certificates.root()).data);
    console.print(`Wrote x509 root cert to ${path}`);
  },
};

export const vpnCommands: readonly Command<NovaClient>[] = [
  list,
  create,
  configure,
  createCertificate,
  rootCertificate,
];
