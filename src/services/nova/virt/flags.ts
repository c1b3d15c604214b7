/** Options of hypervisor drivers. Upstream: nova/virt/driver.py, configdrive.py, libvirt/driver.py at 2014.2. */
import {
  boolean,
  integer,
  option,
  optionalString,
  string,
  wholeSeconds,
} from "../../../framework/index.js";

export const virtFlags = {
  my_ip: string("127.0.0.1", "IP address of this host"),
  compute_driver: string("libvirt.LibvirtDriver", "Driver to use for controlling virtualization", [
    "libvirt.LibvirtDriver",
    "fake.FakeDriver",
  ]),
  force_config_drive: optionalString(
    "Set to force injection to take place on a config drive (if set, valid options are: always)",
  ),
  inject_partition: option(
    "libvirt.inject_partition",
    integer(
      -2,
      "The partition to inject to : -2 => disable, -1 => inspect (libguestfs only), 0 => not " +
        "partitioned, >0 => partition number",
    ),
  ),
  wait_soft_reboot_seconds: option(
    "libvirt.wait_soft_reboot_seconds",
    wholeSeconds(
      120,
      "Number of seconds to wait for instance to shut down after soft reboot request is made. We " +
        "fall back to hard reboot if instance does not shutdown within this window.",
    ),
  ),
  image_cache_manager_interval: wholeSeconds(
    2400,
    "Number of seconds to wait between runs of the image cache manager. Set to -1 to disable. " +
      'Setting this to 0 will disable, but this will change in the K release to mean "run at the ' +
      'default rate".',
  ),
  remove_unused_base_images: boolean(true, "Should unused base images be removed?"),
  remove_unused_original_minimum_age_seconds: wholeSeconds(
    86_400,
    "Unused unresized base images younger than this will not be removed",
  ),
  vif_plugging_is_fatal: boolean(true, "Fail instance boot if vif plugging fails"),
  vif_plugging_timeout: wholeSeconds(
    300,
    "Number of seconds to wait for neutron vif plugging events to arrive before continuing or " +
      "failing (see vif_plugging_is_fatal). If this is set to zero and vif_plugging_is_fatal is " +
      "False, events should not be expected to arrive at all.",
    { min: 0 },
  ),
} as const;

/** Upstream: nova/console/serial.py at 2014.2. Not there: `listen`, which nothing reads. */
export const serialConsoleFlags = {
  enabled: option(
    "serial_console.enabled",
    boolean(false, "Enable serial console related features"),
  ),
  port_range: option(
    "serial_console.port_range",
    string("10000:20000", "Range of TCP ports to use for serial ports on compute hosts"),
  ),
  base_url: option(
    "serial_console.base_url",
    string("ws://127.0.0.1:6083/", "Location of serial console proxy."),
  ),
  proxyclient_address: option(
    "serial_console.proxyclient_address",
    string(
      "127.0.0.1",
      "The address to which proxy clients (like nova-serialproxy) should connect",
    ),
  ),
} as const;

/** Upstream: nova/vnc/__init__.py, nova/spice/__init__.py, nova/rdp/__init__.py at 2014.2. */
export const consoleFlags = {
  vnc_enabled: boolean(true, "Enable VNC related features"),
  vncserver_proxyclient_address: string(
    "127.0.0.1",
    "The address to which proxy clients (like nova-xvpvncproxy) should connect",
  ),
  novncproxy_base_url: string(
    "http://127.0.0.1:6080/vnc_auto.html",
    'Location of VNC console proxy, in the form "http://127.0.0.1:6080/vnc_auto.html"',
  ),
  xvpvncproxy_base_url: string(
    "http://127.0.0.1:6081/console",
    'Location of nova xvp VNC console proxy, in the form "http://127.0.0.1:6081/console"',
  ),
  html5proxy_base_url: option(
    "spice.html5proxy_base_url",
    string(
      "http://127.0.0.1:6082/spice_auto.html",
      'Location of spice HTML5 console proxy, in the form "http://127.0.0.1:6082/spice_auto.html"',
    ),
  ),
  server_proxyclient_address: option(
    "spice.server_proxyclient_address",
    string(
      "127.0.0.1",
      "The address to which proxy clients (like nova-spicehtml5proxy) should connect",
    ),
  ),
  spice_enabled: option("spice.enabled", boolean(false, "Enable spice related features")),
  rdp_base_url: option(
    "rdp.html5_proxy_base_url",
    string(
      "http://127.0.0.1:6083/",
      'Location of RDP html5 console proxy, in the form "http://127.0.0.1:6083/"',
    ),
  ),
  rdp_enabled: option("rdp.enabled", boolean(false, "Enable RDP related features")),
} as const;
