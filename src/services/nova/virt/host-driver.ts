/**
 * What a driver can do with its host as a whole; most can do nothing. Upstream: nova/virt/driver.py (init_host, set_host_enabled,
 * host_maintenance_mode, host_power_action, get_host_uptime) at 2014.2.
 */
import type { Calendar, Micros, Op } from "../../../kernel/index.js";
import { NotImplementedException } from "../../../python/index.js";
import { GuestDriver } from "./guest-driver.js";

export abstract class HostDriver extends GuestDriver {
  /** nova-compute starts. @throws what keeps it from starting */
  *initHost(): Op<void> {
    // A driver that only pretends has nothing to connect to.
  }

  /** @returns `enabled` or `disabled`. @throws NotImplementedException */
  *setHostEnabled(_enabled: boolean): Op<string> {
    throw new NotImplementedException("");
  }

  /** @returns `on_maintenance` or `off_maintenance`. @throws NotImplementedException */
  *hostMaintenanceMode(_mode: boolean): Op<string> {
    throw new NotImplementedException("");
  }

  /** @param action `startup`, `shutdown` or `reboot`. @throws NotImplementedException */
  *hostPowerAction(_action: string): Op<string> {
    throw new NotImplementedException("");
  }

  /** What `uptime` prints. @throws NotImplementedException */
  *hostUptime(_now: Micros, _calendar: Calendar): Op<string> {
    throw new NotImplementedException("");
  }
}
