/**
 * Options of the image cache, in glance-api.conf and glance-cache.conf alike. `xattr`, the other driver, needs a
 * library that hosts here do not have. Upstream: glance/image_cache/__init__.py at 2014.2.
 */
import { integer, option, secret, string, wholeSeconds } from "../../../framework/index.js";
import { glanceApiFlags, glanceStoreFlags } from "../flags.js";

export const imageCacheFlags = {
  image_cache_driver: string("sqlite", "Driver of the image cache"),
  image_cache_dir: string("/var/lib/glance/image-cache", "Where the image cache is"),
  image_cache_max_size: integer(10_737_418_240, "Bytes that the pruner leaves in it", { min: 0 }),
  image_cache_stall_time: wholeSeconds(86_400, "Age of a file that nobody writes any more", {
    min: 0,
  }),
} as const;

/** glance-cache.conf of the prefetcher, which asks the registry as a user of its own. */
export const prefetcherFlags = {
  ...glanceStoreFlags,
  registry_host: glanceApiFlags.registry_host,
  registry_port: glanceApiFlags.registry_port,
  cache_auth_url: option("auth_url", string("http://controller:5000/v2.0", "Keystone's main API")),
  cache_user: option("admin_user", string("glance", "User that it asks the registry as")),
  cache_password: option("admin_password", secret(string("secret", "Password of that user"))),
  cache_tenant_name: option("admin_tenant_name", string("service", "Tenant of that user")),
} as const;
