/** Types of configurations and deployments. Upstream: heat/engine/resources/software_config at 2014.2. */
import type { TypeEntries } from "../resource-class.js";
import { CloudConfig, MultipartMime } from "./boot-config.js";
import { SoftwareComponent } from "./software-component.js";
import { SoftwareConfig, StructuredConfig } from "./software-config.js";
import { SoftwareDeployment } from "./software-deployment.js";
import { SoftwareDeployments, StructuredDeployments } from "./software-deployments.js";
import { StructuredDeployment } from "./structured-deployment.js";

export const softwareTypes: TypeEntries = [
  ["OS::Heat::CloudConfig", CloudConfig],
  ["OS::Heat::MultipartMime", MultipartMime],
  ["OS::Heat::SoftwareComponent", SoftwareComponent],
  ["OS::Heat::SoftwareConfig", SoftwareConfig],
  ["OS::Heat::SoftwareDeployment", SoftwareDeployment],
  ["OS::Heat::SoftwareDeployments", SoftwareDeployments],
  ["OS::Heat::StructuredConfig", StructuredConfig],
  ["OS::Heat::StructuredDeployment", StructuredDeployment],
  ["OS::Heat::StructuredDeployments", StructuredDeployments],
];
