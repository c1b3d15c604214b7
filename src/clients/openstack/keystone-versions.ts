/**
 * Which versions Keystone says that it speaks, and where the one is that is simulated, v2.0. What a
 * program says if it cannot tell is its own. Upstream: keystoneclient/_discover.py, 0.11.1, and
 * `_discover_auth_versions` of the shell.py of cinderclient and neutronclient.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Op } from "../../kernel/index.js";
import { dumps, isObject, textOf, type Json, type JsonObject } from "../../python/index.js";
import { KeystoneClientError, type KeystoneSession } from "./keystone-session.js";

/** Something answered that is no Keystone. */
export class DiscoveryFailure extends KeystoneClientError {
  static override readonly module: string = "keystoneclient.exceptions";
  override readonly name: string = "DiscoveryFailure";
}

/**
 * The URL of v2.0: where Keystone says, else `authUrl` if that looks like it. Undefined if there is
 * only v3. @throws DiscoveryFailure, CommandError of `undetermined`
 */
export function* discoveredV2(
  session: KeystoneSession,
  authUrl: string,
  undetermined: string,
): Op<string | undefined> {
  let body: Json;
  try {
    ({ body } = yield* session.get(authUrl));
  } catch (error) {
    if (!(error instanceof KeystoneClientError)) throw error;
    return v2ByPath(authUrl, undetermined);
  }
  const links = versionsIn(body)
    .filter((version) => textOf(version, "id") === "v2.0")
    .flatMap((version) => objectsIn(version["links"]));
  const link = links.find(({ rel }) => rel === "self");
  return link === undefined ? undefined : textOf(link, "href");
}

/** The same from the looks of `authUrl` alone. @throws CommandError of `undetermined` */
export function v2ByPath(authUrl: string, undetermined: string): string | undefined {
  const path = /^[a-z]+:\/\/[^/]*(\/[^?#]*)?/i.exec(authUrl)?.[1]?.toLowerCase() ?? "";
  if (path.startsWith("/v3")) return undefined;
  if (path.startsWith("/v2")) return authUrl;
  throw new CommandError(undetermined);
}

/** @throws DiscoveryFailure if `body` is no list of versions */
function versionsIn(body: Json): JsonObject[] {
  if (isObject(body)) {
    const { versions, version } = body;
    if (isObject(versions)) return objectsIn(versions["values"]);
    if (versions !== undefined) return objectsIn(versions);
    if (isObject(version)) return [version];
  }
  const text = typeof body === "string" ? body : dumps(body);
  const shown = text.length > 50 ? `${text.slice(0, 50)}...` : text;
  throw new DiscoveryFailure(`Invalid Response - Bad version data returned: ${shown}`);
}

const objectsIn = (list: Json | undefined): JsonObject[] =>
  Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
