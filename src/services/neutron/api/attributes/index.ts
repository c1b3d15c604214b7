/** What may be said of each resource, and what may not. */
export { attributeOf, type Attribute, type Attributes, type Limits } from "./attribute.js";
export {
  associationAttributes,
  healthMonitorAttributes,
  memberAttributes,
  poolAttributes,
  serviceProviderAttributes,
  vipAttributes,
} from "./load-balancing.js";
export { networkAttributes, portAttributes, subnetAttributes } from "./core.js";
export { agentAttributes, quotaAttributes } from "./others.js";
export { floatingIpAttributes, routerAttributes } from "./routers.js";
export { securityGroupAttributes, securityGroupRuleAttributes } from "./security-groups.js";
export { iterated } from "./validators.js";
