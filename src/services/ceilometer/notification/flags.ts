/**
 * Options of the notification agent: the exchanges that it listens at. Upstream: ceilometer/notification.py
 * and the modules of the handlers at 2014.2. What is about events is among theirs.
 */
import { option, string } from "../../../framework/index.js";

export const exchangeFlags = {
  nova_control_exchange: string("nova", "Exchange name for Nova notifications"),
  cinder_control_exchange: string("cinder", "Exchange name for Cinder notifications"),
  keystone_control_exchange: string("keystone", "Exchange name for Keystone notifications"),
  glance_control_exchange: string("glance", "Exchange name for Glance notifications"),
  neutron_control_exchange: option(
    "neutron_control_exchange",
    string("neutron", "Exchange name for Neutron notifications"),
    ["quantum_control_exchange"],
  ),
  heat_control_exchange: string("heat", "Exchange name for Heat notifications"),
};
