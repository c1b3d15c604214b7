/**
 * Options of `glance` itself, before the sub-command. Those about TLS, schemas and waiting are read
 * and have nothing to act on here; nor has `--os-endpoint-type`, which upstream forgets as well.
 * Upstream: glanceclient/shell.py (get_base_parser), 0.14.1.
 */
import { baseOptions, envOption, flagOption, valueOption, withTwin } from "../openstack/options.js";
import { repr } from "../../python/index.js";
import { InvalidArgument, type OptionSpec } from "../shell/parser/index.js";

/** `--debug`, which is also `-d`. */
const shortFlag = (short: string, name: string, about: string): OptionSpec => ({
  ...flagOption(name, about),
  names: [short, name],
});

/** Another option for the same thing. */
const olderName = ({ dest }: OptionSpec, name: string): OptionSpec =>
  valueOption(name, "<file>", "An older name.", { dest });

const cert = valueOption("--os-cert", "<file>", "A certificate. There is no TLS here.");
const key = valueOption("--os-key", "<file>", "A key. There is no TLS here.");
const cacert = envOption("--os-cacert", "<ca-certificate-file>", "OS_CACERT");

/** @throws InvalidArgument for a version that is not simulated */
function onlyVersion(text: string): string {
  if (text === "1" || text === "2") return text;
  throw new InvalidArgument(`version ${repr(text)} is not simulated, only 1 and 2`);
}

export const globalOptions: readonly OptionSpec[] = [
  ...baseOptions("0.14.1").filter(({ dest }) => dest !== "debug"),
  shortFlag("-d", "--debug", "Print each request and each response."),
  shortFlag("-v", "--verbose", "Say more: what image-delete is about to delete."),
  flagOption("--get-schema", "Read schemas anew. Those of an installer's Glance are known here."),
  valueOption("--timeout", "<seconds>", "Read, and never used.", { otherwise: "600" }),
  flagOption("--no-ssl-compression", "Do not compress. There is no TLS here."),
  shortFlag("-f", "--force", "Do not ask back. Nothing asks."),
  ...withTwin(envOption("--os-image-url", "<image-url>", "OS_IMAGE_URL")),
  ...withTwin(
    valueOption("--os-image-api-version", "<version>", "1 or 2.", {
      env: ["OS_IMAGE_API_VERSION"],
      otherwise: "1",
      type: onlyVersion,
    }),
  ),
  shortFlag("-k", "--insecure", "Do not verify certificates. There are none here."),
  ...[cert, olderName(cert, "--cert-file"), key, olderName(key, "--key-file")],
  ...[cacert, olderName(cacert, "--ca-file")],
  ...withTwin(envOption("--os-username", "<auth-user-name>", "OS_USERNAME")),
  envOption("--os-user-id", "<auth-user-id>", "OS_USER_ID"),
  envOption("--os-user-domain-id", "<domain-id>", "OS_USER_DOMAIN_ID"),
  envOption("--os-user-domain-name", "<domain-name>", "OS_USER_DOMAIN_NAME"),
  envOption("--os-project-id", "<project-id>", "OS_PROJECT_ID"),
  envOption("--os-project-name", "<project-name>", "OS_PROJECT_NAME"),
  envOption("--os-project-domain-id", "<domain-id>", "OS_PROJECT_DOMAIN_ID"),
  envOption("--os-project-domain-name", "<domain-name>", "OS_PROJECT_DOMAIN_NAME"),
  ...withTwin(envOption("--os-password", "<auth-password>", "OS_PASSWORD")),
  ...withTwin(envOption("--os-tenant-id", "<tenant-id>", "OS_TENANT_ID")),
  ...withTwin(envOption("--os-tenant-name", "<tenant-name>", "OS_TENANT_NAME")),
  ...withTwin(envOption("--os-auth-url", "<auth-url>", "OS_AUTH_URL")),
  ...withTwin(envOption("--os-region-name", "<region-name>", "OS_REGION_NAME")),
  ...withTwin(envOption("--os-auth-token", "<auth-token>", "OS_AUTH_TOKEN")),
  ...withTwin(envOption("--os-service-type", "<service-type>", "OS_SERVICE_TYPE")),
  ...withTwin(envOption("--os-endpoint-type", "<endpoint-type>", "OS_ENDPOINT_TYPE")),
];
