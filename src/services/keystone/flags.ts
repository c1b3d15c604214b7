/** Options of keystone.conf that this service reads. Upstream: keystone/common/config.py. */
import { boolean, integer, option, secret, string, wholeSeconds } from "../../framework/index.js";

export const keystoneFlags = {
  public_port: integer(5000, "Port of the main API", { min: 1, max: 65535 }),
  admin_port: integer(35357, "Port of the admin API", { min: 1, max: 65535 }),
  admin_token: secret(
    string("ADMIN", "Shared secret with which Keystone is set up; it can do anything"),
  ),
  token_expiration: option(
    "token.expiration",
    wholeSeconds(3600, "Seconds for which a token is good", {
      min: 1,
    }),
  ),
  max_param_size: integer(64, "Longest user or tenant id or name", { min: 1 }),
  max_token_size: integer(8192, "Longest token", { min: 1 }),
  allow_rescope_scoped_token: boolean(true, "Let a scoped token be exchanged for another scope"),
} as const;
