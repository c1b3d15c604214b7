/**
 * What people type, or put into files, before they use a cloud: the variables that OpenStack's clients read, as
 * lines of a shell and as the file of openstacksdk. Upstream: the openrc.sh that Horizon hands out at 2014.2;
 * os-client-config (clouds.yaml).
 */
import { stringify } from "yaml";

export interface Credentials {
  readonly name: string;
  readonly project: string;
  readonly password: string;
}

export type IdentityVersion = "2" | "3";

const REGION = "RegionOne";

/** The variables, by name. @param identity `127.0.0.1:5000` */
export function environment(
  { name, project, password }: Credentials,
  identity: string,
  version: IdentityVersion,
): Readonly<Record<string, string>> {
  const common = { OS_USERNAME: name, OS_PASSWORD: password, OS_REGION_NAME: REGION };
  if (version === "2") {
    return {
      OS_AUTH_URL: `http://${identity}/v2.0`,
      OS_IDENTITY_API_VERSION: "2",
      OS_TENANT_NAME: project,
      // The program cinder reads this name alone, whatever the version.
      OS_PROJECT_NAME: project,
      ...common,
    };
  }
  return {
    OS_AUTH_URL: `http://${identity}/v3`,
    OS_IDENTITY_API_VERSION: "3",
    OS_PROJECT_NAME: project,
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_DOMAIN_NAME: "Default",
    ...common,
  };
}

/** `export OS_USERNAME=demo`, line by line. */
export const exportLines = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `export ${name}=${shellWord(value)}\n`)
    .join("");

/** How every `openrc` of ours begins. */
export const OPENRC_BEGINS = "# For novasim serve";

export const openrc = (variables: Readonly<Record<string, string>>): string =>
  `${OPENRC_BEGINS}: source this file, then type nova list.\n${exportLines(variables)}`;

/** How every `clouds.yaml` of ours begins. */
export const CLOUDS_BEGINS = "# For novasim serve";

/** One cloud for each user: `openstack --os-cloud novasim-admin server list`. */
export function cloudsFile(users: readonly Credentials[], identity: string): string {
  const [first] = users;
  const clouds = Object.fromEntries(
    users.flatMap((user) => {
      const cloud = {
        region_name: REGION,
        identity_api_version: 3,
        auth: {
          auth_url: `http://${identity}/v3`,
          username: user.name,
          password: user.password,
          project_name: user.project,
          user_domain_name: "Default",
          project_domain_name: "Default",
        },
      };
      const named = [`novasim-${user.name}`, cloud] as const;
      return user === first ? [["novasim", cloud] as const, named] : [named];
    }),
  );
  return `${CLOUDS_BEGINS}: openstack --os-cloud novasim server list.\n${stringify({ clouds })}`;
}

const shellWord = (text: string): string =>
  /^[\w.:/@-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
