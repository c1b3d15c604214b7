/**
 * What Horizon's settings say, as the defaults of settings.py and local_settings.py.example have it, with Keystone where
 * DevStack puts it. They are Python and no options of oslo.config, so that they are no flags here. Upstream:
 * openstack_dashboard/settings.py, openstack_dashboard/local/local_settings.py.example at 2014.2.
 */

interface Settings {
  readonly enable_router: boolean;
  readonly enable_quotas: boolean;
  readonly can_set_mount_point: boolean;
  readonly enable_lb: boolean;
}

/** What a deployment may say otherwise is no constant to those who read it. */
const PANELS: Settings = {
  enable_router: true,
  enable_quotas: true,
  can_set_mount_point: false,
  /** Panels that ask Neutron for its extensions before they are shown. */
  enable_lb: true,
};

export const SETTINGS = {
  ...PANELS,
  port: 80,
  login_url: "/auth/login/",
  logout_url: "/auth/logout/",
  login_redirect_url: "/",
  openstack_keystone_url: "http://controller:5000/v2.0",
  /** Seconds. */
  session_timeout: 1800,
  /** Seconds before a token's end from which on it counts as over. */
  token_timeout_margin: 10,
  api_result_limit: 1000,
  api_result_page_size: 20,
  /** Above this, a token goes by its hash. */
  longest_token_id: 64,
} as const;
