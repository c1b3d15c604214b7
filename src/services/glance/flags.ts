/** Options of glance-api.conf and glance-registry.conf. Upstream: glance/common/config.py. */
import {
  authTokenFlags,
  boolean,
  integer,
  list,
  option,
  secret,
  string,
  wholeSeconds,
} from "../../framework/index.js";

/** Both ask Keystone as user `glance`, and decide about strangers themselves. */
export const glanceAuthFlags = authTokenFlags("glance", true);

/** What both processes read. */
export const glanceFlags = {
  admin_role: string("admin", "Role that identifies an admin"),
  limit_param_default: integer(25, "Images in a list unless the caller says otherwise", { min: 1 }),
  api_limit_max: integer(1000, "Images in a list at most", { min: 1 }),
} as const;

/** Where image data is. Each went without its group before. */
export const glanceStoreFlags = {
  default_store: option(
    "glance_store.default_store",
    string("file", "Store of new images, by its scheme"),
  ),
  stores: option("glance_store.stores", list(["file", "http"], "Stores that there are"), [
    "known_stores",
  ]),
  filesystem_store_datadir: option(
    "glance_store.filesystem_store_datadir",
    string("/var/lib/glance/images", "Where the file store keeps them"),
  ),
  swift_store_auth_address: option(
    "glance_store.swift_store_auth_address",
    string("http://controller:5000/v2.0/", "Where the Swift store logs in"),
  ),
  swift_store_user: option(
    "glance_store.swift_store_user",
    string("service:glance", "Tenant and user that it logs in as"),
  ),
  swift_store_key: option(
    "glance_store.swift_store_key",
    secret(string("secret", "Password of that user")),
  ),
  swift_store_container: option(
    "glance_store.swift_store_container",
    string("glance", "Container that it keeps images in"),
  ),
  swift_store_create_container_on_put: option(
    "glance_store.swift_store_create_container_on_put",
    boolean(false, "Make that container if it is not there"),
  ),
  swift_store_large_object_size: option(
    "glance_store.swift_store_large_object_size",
    integer(5120, "From how many MB on an image is cut into segments", { min: 1 }),
  ),
  swift_store_large_object_chunk_size: option(
    "glance_store.swift_store_large_object_chunk_size",
    integer(200, "MB of a segment", { min: 1 }),
  ),
} as const;

export const glanceApiFlags = {
  ...glanceFlags,
  glance_flavor: option(
    "paste_deploy.flavor",
    string("keystone", "Filters before the API: keystone, keystone+caching or +cachemanagement"),
  ),
  ...glanceStoreFlags,
  glance_api_port: option("bind_port", integer(9292, "Port of glance-api", { min: 1, max: 65535 })),
  registry_host: string("controller", "Where glance-registry runs"),
  registry_port: integer(9191, "Its port", { min: 1, max: 65535 }),
  registry_client_timeout: wholeSeconds(600, "Seconds to wait for it", { min: 0 }),
  image_size_cap: integer(1_099_511_627_776, "Largest image, in bytes", { min: 1 }),
  image_property_quota: integer(128, "Most properties of an image; negative: any number"),
  image_member_quota: integer(128, "Most members of an image; negative: any number"),
  image_tag_quota: integer(128, "Most tags of an image; negative: any number"),
  image_location_quota: integer(10, "Most locations of an image; negative: any number"),
  show_image_direct_url: boolean(false, "Show in v2 where the data is"),
  show_multiple_locations: boolean(false, "Show in v2 all places where the data is"),
  delayed_delete: boolean(false, "Leave the removal of image data to the scrubber"),
  user_storage_quota: string(
    "0",
    "Bytes that a tenant's images may take; 0: any; 5GB and the like",
  ),
  task_time_to_live: option(
    "task.task_time_to_live",
    integer(48, "Hours after which a task that has ended is said to expire"),
  ),
  default_publisher_id: string("image.localhost", "Publisher of notifications"),
} as const;

export const glanceRegistryFlags = {
  ...glanceFlags,
  glance_registry_port: option(
    "bind_port",
    integer(9191, "Port of glance-registry", {
      min: 1,
      max: 65535,
    }),
  ),
} as const;

/** glance-scrubber.conf: it asks the registry as a user of its own. */
export const glanceScrubberFlags = {
  registry_host: glanceApiFlags.registry_host,
  registry_port: glanceApiFlags.registry_port,
  ...glanceStoreFlags,
  wakeup_time: wholeSeconds(300, "Seconds between looking for images to delete", { min: 1 }),
  scrub_time: wholeSeconds(0, "Seconds for which an image's data is kept at least", { min: 0 }),
  scrubber_auth_url: option(
    "auth_url",
    string("http://controller:5000/v2.0", "Keystone's main API"),
  ),
  scrubber_user: option("admin_user", string("glance", "User that it asks the registry as")),
  scrubber_password: option("admin_password", secret(string("secret", "Password of that user"))),
  scrubber_tenant_name: option("admin_tenant_name", string("service", "Tenant of that user")),
} as const;
