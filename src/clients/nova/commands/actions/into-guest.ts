/**
 * `ssh`, which looks for the address and starts the program of that name, and `root-password`, which asks for one. Neither a program nor a
 * terminal is where these commands are typed: `--debug` shows how the one is started, and the other finds nothing to read. Upstream:
 * novaclient/v1_1/shell.py, 2.20.0.
 */
import { CommandError } from "../../../../framework/apiclient/index.js";
import { Exception, isObject, str, type Json, type JsonObject } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { flagOption, valueOption } from "../../../openstack/options.js";
import { int } from "../../../shell/parser/index.js";
import { findServer } from "../../find.js";
import { one } from "../positionals.js";

const SERVER = one("server", "The server's name or ID.");

const ssh: Command<NovaClient> = {
  name: "ssh",
  about: "Log in to a server.",
  positionals: [SERVER],
  options: [
    valueOption("--port", "PORT", "Its port: 22.", { type: int, otherwise: 22 }),
    flagOption("--private", "By its fixed address."),
    valueOption("--address-type", "ADDRESS_TYPE", "fixed or floating.", { otherwise: "floating" }),
    valueOption("--network", "<network>", "In which network."),
    flagOption("--ipv6", "By its IPv6 address."),
    valueOption("--login", "<login>", "As whom: root.", { otherwise: "root" }),
    valueOption("--identity", "IDENTITY", "With which key.", {
      names: ["-i", "--identity"],
      otherwise: "",
    }),
    valueOption("--extra-opts", "EXTRA", "More options of ssh.", { dest: "extra", otherwise: "" }),
  ],
  *run(nova, args, console) {
    const given = args.text("server") ?? "";
    const at = given.indexOf("@");
    const server = at < 0 ? given : given.slice(at + 1);
    const found = yield* findServer(nova, server);
    const type = args.flag("private") ? "fixed" : (args.text("address_type") ?? "floating");
    const network = args.text("network");
    const addresses = isObject(found["addresses"]) ? found["addresses"] : {};
    const version = args.flag("ipv6") ? 6 : 4;
    const asked = { server, type, network, version };
    const address = only(addressesIn(addresses, server, network), asked);
    const login = at < 0 ? (args.text("login") ?? "") : given.slice(0, at);
    const key = args.text("identity") ?? "";
    const identity = key === "" ? "" : `-i ${key}`;
    const port = String(args.number("port") ?? 22);
    const who = `${login}@${address} ${args.text("extra") ?? ""}`;
    nova.login?.log(
      `DEBUG (shell:3379) Executing cmd 'ssh -${String(version)} -p${port} ${identity} ${who}'`,
    );
    // What the shell says to os.system, of which nobody looks at the outcome.
    console.error("sh: 1: ssh: not found\n");
  },
};

/** Those in the one network, or in that which was asked for. @throws ResourceNotFound, CommandError */
function addressesIn(addresses: JsonObject, server: string, network: string | undefined): Json {
  if (network !== undefined) {
    const known = addresses[network];
    if (Array.isArray(known) && known.length > 0) return known as readonly Json[];
    throw new ResourceNotFound(`Server '${server}' is not attached to network '${network}'`);
  }
  const [first, ...others] = Object.values(addresses);
  if (first === undefined) {
    throw new CommandError(`Server '${server}' is not attached to any network.`);
  }
  if (others.length === 0) return first;
  throw new CommandError(
    `Server '${server}' is attached to more than one network. Please pick the network to use.`,
  );
}

/** The one that fits. @throws ResourceNotFound, CommandError unless there is one */
function only(
  addresses: Json,
  asked: {
    readonly server: string;
    readonly type: string;
    readonly network: string | undefined;
    readonly version: number;
  },
): string {
  const { server, type, network, version } = asked;
  const all = Array.isArray(addresses) ? (addresses as readonly Json[]).filter(isObject) : [];
  const fits = all.filter(
    (address) =>
      address["version"] === version && (address["OS-EXT-IPS:type"] ?? "floating") === type,
  );
  const pretty = `IPv${String(version)}`;
  const [first] = fits;
  if (fits.length > 1) throw new CommandError(`More than one ${pretty} ${type} addressfound.`);
  if (first !== undefined) return str(first["addr"] ?? null);
  throw new ResourceNotFound(
    `No address that would match network '${network ?? "None"}' and type '${type}' of version ${pretty} has been found for server '${server}'.`,
  );
}

/** What there is to be found is not there: novaclient's own. */
class ResourceNotFound extends Exception {
  static override readonly module = "novaclient.exceptions";
  override readonly name = "ResourceNotFound";
}

/** There is nothing more to read. */
class EOFError extends Exception {
  static override readonly module = "exceptions";
  override readonly name = "EOFError";
}

const rootPassword: Command<NovaClient> = {
  name: "root-password",
  about: "Change the administrator's password of a server, which is asked for.",
  positionals: [SERVER],
  *run(nova, args, console) {
    yield* findServer(nova, args.text("server") ?? "");
    console.error("Warning: Password input may be echoed.\nNew password: ");
    throw new EOFError("");
  },
};

export const intoGuestCommands: readonly Command<NovaClient>[] = [ssh, rootPassword];
