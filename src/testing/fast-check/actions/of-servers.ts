/** What users do to servers, and administrators to servers of others: Nova's actions, whether they make sense or not. */
import * as fc from "fast-check";
import type { StepSource } from "../scenario-source.js";
import { asked, command, idOf, typed, type Owned } from "./steps.js";

/** What takes a server and nothing else. */
const VERBS = [
  "shelve",
  "unshelve",
  "stop",
  "start",
  "reboot",
  "reboot --hard",
  "pause",
  "unpause",
  "suspend",
  "resume",
  "rescue",
  "unrescue",
  "resize-confirm",
  "resize-revert",
  "lock",
  "unlock",
  "delete",
  "force-delete",
  "restore",
  "diagnostics",
  "console-log",
  "get-vnc-console novnc",
  "rebuild cirros --name SERVER --meta by=chance",
  "rebuild cirros --preserve-ephemeral",
  "meta set role=web",
  "meta delete role",
  "add-secgroup default",
  "remove-secgroup default",
] as const;

/** The same, of administrators. */
const OF_ADMINS = [
  "migrate",
  "live-migration",
  "live-migration --block-migrate",
  "live-migration --block-migrate compute-1",
  "evacuate",
  "evacuate --on-shared-storage",
  "shelve-offload",
  "reset-state",
  "reset-state --active",
  "lock",
  "unlock",
  "stop",
  "delete",
  "resize m1.tiny",
  "resize-confirm",
  "resize-revert",
  "rebuild cirros",
  "refresh-network",
  "reset-network",
] as const;

/** How a server is booted, beside the usual way. */
const BOOTS = [
  "--flavor m1.tiny --image cirros --nic net-id=private",
  "--flavor m1.nano --image cirros --nic net-id=private --nic net-id=private",
  "--flavor m1.nano --image cirros --nic net-id=private --num-instances 2",
  "--flavor m1.nano --image cirros --nic net-id=private --hint group=apart",
  "--flavor m1.nano --image cirros --nic net-id=private --hint group=together",
  "--flavor m1.nano --image cirros --nic net-id=private --availability-zone nova:compute-1",
  "--flavor m1.nano --image cirros",
] as const;

/** `nova boot t1 ...`. */
export const boot = (server: fc.Arbitrary<Owned>): fc.Arbitrary<StepSource> =>
  server.map(({ name, user }) =>
    typed(`nova boot ${name} --flavor m1.nano --image cirros --nic net-id=private`, user),
  );

/** Events of whom nobody has asked, as Neutron tells them. */
const EVENTS = ["network-vif-plugged", "network-vif-unplugged", "network-changed"] as const;

export const ofServers = (server: fc.Arbitrary<Owned>): fc.Arbitrary<StepSource> => {
  const line = (words: (name: string) => string) =>
    server.map(({ name, user }) => typed(words(name), user));
  return fc.oneof(
    { arbitrary: boot(server), weight: 4 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...BOOTS), server)
        .map(([how, { name, user }]) => typed(`nova boot ${name} ${how}`, user)),
      weight: 2,
    },
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...VERBS), server)
        .map(([verb, { name, user }]) =>
          typed(command(verb, name).replace("SERVER", `${name}b`), user),
        ),
      weight: 9,
    },
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...OF_ADMINS), server)
        .map(([verb, { name }]) => typed(command(verb, idOf("server", name)), "admin")),
      weight: 4,
    },
    { arbitrary: line((name) => `nova delete ${name}`), weight: 2 },
    { arbitrary: line((name) => `nova resize ${name} m1.tiny`), weight: 1 },
    { arbitrary: line((name) => `nova resize ${name} m1.nano`), weight: 1 },
    { arbitrary: line((name) => `nova rebuild ${name} cirros`), weight: 1 },
    { arbitrary: line((name) => `nova image-create ${name} ${name}-copy`), weight: 1 },
    { arbitrary: line((name) => `nova backup ${name} ${name}-backup daily 1`), weight: 1 },
    {
      arbitrary: server.map(({ name, user }) =>
        asked(user, `/servers/{{server ${name}}}/action`, { changePassword: { adminPass: "new" } }),
      ),
      weight: 1,
    },
    {
      arbitrary: fc.tuple(fc.constantFrom(...EVENTS), server).map(([event, { name }]) =>
        asked("admin", "/os-server-external-events", {
          events: [{ name: event, server_uuid: `{{server ${name}}}`, tag: "no-port" }],
        }),
      ),
      weight: 1,
    },
  );
};
