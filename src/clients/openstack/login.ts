/**
 * Who the user of a command is, by options and environment, and the login before the command begins.
 * Upstream: novaclient/shell.py (main), from the parsed options to `authenticate`.
 */
import {
  AmbiguousEndpoints,
  AuthorizationFailure,
  CommandError,
  EndpointNotFound,
  Unauthorized,
} from "../../framework/apiclient/index.js";
import type { Op } from "../../kernel/index.js";
import type { Console } from "../shell/console.js";
import type { Arguments } from "./arguments.js";
import type { Opened, Opening } from "./program.js";
import { Session, type Credentials } from "./session.js";
import { Transport } from "./transport.js";

/** What a program says about the service it speaks to, and to a user whom it cannot log in. */
export interface LoginOptions {
  /** `compute`. */
  readonly serviceType: string;
  /** `python-novaclient`. */
  readonly userAgent: string;
  /** What it says if one of these is missing, or if Keystone does not know the user. */
  readonly words: {
    readonly username: string;
    readonly password: string;
    readonly tenant: string;
    readonly authUrl: string;
    readonly refused: string;
  };
}

/** How a program opens that logs in with Keystone's v2.0 and asks the one service of `options`. */
export const loggingIn =
  <Client>(options: LoginOptions, client: (session: Session) => Client) =>
  (opening: Opening): Op<Opened<Client>> =>
    opened(opening, options, client);

function* opened<Client>(
  opening: Opening,
  options: LoginOptions,
  client: (session: Session) => Client,
): Op<Opened<Client>> {
  const session = sessionOf(opening, options);
  yield* login(session, options.words.refused, opening.console);
  return { client: client(session), transport: session.transport };
}

/**
 * The session that `args` ask for. `debug`: write each request and response to standard error.
 * @throws CommandError if something that a login needs is missing
 */
function sessionOf(
  { env, args, debug, console, serviceType }: Opening,
  { serviceType: usual, userAgent, words }: LoginOptions,
): Session {
  const transport = new Transport(env, {
    userAgent,
    timeout: args.number("timeout"),
    insecure: args.flag("insecure"),
    debug: debug ? (text) => console.error(text) : undefined,
  });
  return new Session(transport, credentialsOf(args, words), {
    serviceType: args.text("service_type") ?? serviceType ?? usual,
    endpointType: args.text("endpoint_type"),
    region: args.text("os_region_name"),
    serviceName: args.text("service_name"),
    bypassUrl: args.text("bypass_url"),
  });
}

function credentialsOf(args: Arguments, words: LoginOptions["words"]): Credentials {
  const username = args.text("os_username");
  const userId = args.text("os_user_id");
  const token = args.text("os_auth_token");
  const tenantName = args.text("os_tenant_name");
  const tenantId = args.text("os_tenant_id");
  const authUrl = args.text("os_auth_url");
  const password = args.text("os_password");
  const logsIn = token === undefined || args.text("bypass_url") === undefined;
  if (logsIn && username === undefined && userId === undefined) {
    throw new CommandError(words.username);
  }
  if (tenantName === undefined && tenantId === undefined) throw new CommandError(words.tenant);
  if (authUrl === undefined) throw new CommandError(words.authUrl);
  if (logsIn && password === undefined) throw new CommandError(words.password);
  return { authUrl, username, userId, password, tenantName, tenantId, token };
}

/** Programs log in before the command begins, and word two failures anew. */
function* login(session: Session, refused: string, console: Console): Op<void> {
  try {
    yield* session.authenticate();
  } catch (error) {
    if (error instanceof Unauthorized) throw new CommandError(refused);
    if (error instanceof AuthorizationFailure) throw new CommandError("Unable to authorize user");
    if (error instanceof EndpointNotFound) {
      console.print("Could not find any suitable endpoint. Correct region?");
    }
    if (error instanceof AmbiguousEndpoints) {
      console.print("Found more than one valid endpoint. Use a more restrictive filter");
    }
    throw error;
  }
}
