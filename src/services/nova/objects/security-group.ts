/**
 * Nova's own security groups of an instance. With Neutron an instance has none: its groups are its
 * ports'. Upstream: nova/objects/security_group.py (SecurityGroupList 1.0) at 2014.2;
 * nova/network/security_group/neutron_driver.py (populate_security_groups).
 */
import type { JsonObject } from "../../../python/index.js";
import { versioned } from "./base/declare.js";
import type { ObjectStore } from "./base/versioned-object.js";

export class SecurityGroupList extends versioned<{ readonly objects: readonly JsonObject[] }>({
  name: "SecurityGroupList",
  version: "1.0",
  fields: { objects: true },
}) {}

export const noSecurityGroups = (store: ObjectStore): SecurityGroupList =>
  new SecurityGroupList(store, { objects: [] });
