/** Who uses a client: what a person would have put into `OS_USERNAME` and its companions. */

/**
 * What somebody logs in with.
 *
 * @example
 * ```ts
 * import { Cloud, type ClientUser } from "novasim";
 *
 * const demo: ClientUser = new Cloud({ seed: 1 }).credentials("demo");
 * demo.tenantName; // → "demo"
 * ```
 */
export interface ClientUser {
  readonly username: string;
  readonly password: string;
  readonly tenantName: string;
  /** `http://controller:5000/v2.0`. */
  readonly authUrl: string;
}

/** The environment of the user's shell. */
export const environmentOf = (user: ClientUser): ReadonlyMap<string, string> =>
  new Map([
    ["OS_USERNAME", user.username],
    ["OS_PASSWORD", user.password],
    ["OS_TENANT_NAME", user.tenantName],
    ["OS_AUTH_URL", user.authUrl],
  ]);
