/** Everything that a scenario can have done in Horizon. One more is one more record in this list. */
import type { Act } from "../../clients/index.js";
import { InvariantError } from "../../kernel/index.js";
import { vocabulary, type Spoken, type Vocabulary } from "../verbs/vocabulary.js";
import type { ActVerb } from "./act-verb.js";
import * as access from "./access.js";
import * as admin from "./admin.js";
import * as containerActs from "./containers.js";
import * as hostActs from "./hosts.js";
import * as imageActs from "./images.js";
import * as instanceForms from "./instance-forms.js";
import * as instanceButtons from "./instances.js";
import { launchInstance } from "./launch.js";
import * as networkActs from "./networks.js";
import * as panels from "./panels.js";
import * as stackActs from "./stacks.js";
import * as volumeActs from "./volumes.js";

const LIST = [
  panels.signIn,
  panels.signOut,
  panels.look,
  panels.watch,
  panels.overview,
  panels.instances,
  panels.volumes,
  panels.volumeSnapshots,
  panels.images,
  panels.accessAndSecurity,
  access.securityGroups,
  access.keyPairs,
  access.floatingIps,
  access.apiAccess,
  panels.networkTopology,
  panels.networks,
  panels.routers,
  launchInstance,
  instanceButtons.terminateInstance,
  instanceButtons.startInstance,
  instanceButtons.shutOffInstance,
  instanceButtons.softReboot,
  instanceButtons.hardReboot,
  instanceButtons.pauseInstance,
  instanceButtons.suspendInstance,
  instanceButtons.resumeInstance,
  instanceButtons.confirmResize,
  instanceButtons.revertResize,
  instanceButtons.disassociateIp,
  instanceForms.createSnapshot,
  instanceForms.editInstance,
  instanceForms.resizeInstance,
  instanceForms.rebuildInstance,
  instanceForms.associateIp,
  instanceForms.openInstance,
  instanceForms.viewLog,
  instanceForms.viewConsole,
  instanceForms.actionLog,
  volumeActs.createVolume,
  volumeActs.editVolume,
  volumeActs.extendVolume,
  volumeActs.createVolumeSnapshot,
  volumeActs.uploadToImage,
  volumeActs.attachVolume,
  volumeActs.detachVolume,
  volumeActs.deleteVolume,
  volumeActs.openVolume,
  volumeActs.createVolumeFromSnapshot,
  volumeActs.editVolumeSnapshot,
  volumeActs.deleteVolumeSnapshot,
  imageActs.createImage,
  imageActs.editImage,
  imageActs.deleteImage,
  imageActs.openImage,
  networkActs.createNetwork,
  networkActs.editNetwork,
  networkActs.deleteNetwork,
  networkActs.openNetwork,
  networkActs.createSubnet,
  networkActs.editSubnet,
  networkActs.deleteSubnet,
  networkActs.editPort,
  networkActs.createRouter,
  networkActs.editRouter,
  networkActs.setGateway,
  networkActs.clearGateway,
  networkActs.deleteRouter,
  networkActs.openRouter,
  networkActs.addInterface,
  networkActs.deleteInterface,
  panels.containers,
  containerActs.createContainer,
  containerActs.openContainer,
  containerActs.makePublic,
  containerActs.makePrivate,
  containerActs.deleteContainer,
  containerActs.uploadObject,
  containerActs.createFolder,
  containerActs.copyObject,
  containerActs.deleteObject,
  panels.stacks,
  stackActs.launchStack,
  stackActs.changeTemplate,
  stackActs.openStack,
  stackActs.stackResources,
  stackActs.stackEvents,
  stackActs.deleteStack,
  access.createSecurityGroup,
  access.editSecurityGroup,
  access.deleteSecurityGroup,
  access.manageRules,
  access.addRule,
  access.deleteRule,
  access.createKeyPair,
  access.importKeyPair,
  access.deleteKeyPair,
  access.allocateIp,
  access.releaseIp,
  access.downloadRc,
  panels.adminOverview,
  panels.hypervisors,
  panels.hostAggregates,
  panels.adminInstances,
  panels.flavors,
  panels.adminImages,
  panels.adminNetworks,
  panels.defaults,
  admin.systemInformation,
  admin.createFlavor,
  admin.deleteFlavor,
  hostActs.createAggregate,
  hostActs.editAggregate,
  hostActs.manageHosts,
  hostActs.deleteAggregate,
  hostActs.migrateInstance,
  hostActs.liveMigrate,
  hostActs.evacuateHost,
  panels.projects,
  panels.users,
] as const;

/** Acts of which nothing need be said. */
const WORDS = [
  ...["sign in", "sign out", "look", "watch"],
  ...["overview", "instances", "volumes", "volume snapshots", "images"],
  ...["access and security", "security groups", "key pairs", "floating ips", "api access"],
  ...["network topology", "networks", "routers", "allocate floating ip", "download rc file"],
  ...["containers", "stacks"],
  ...["admin overview", "hypervisors", "host aggregates", "admin instances", "flavors"],
  ...["admin images", "admin networks", "defaults", "system information", "projects", "users"],
];

const NAMING = { what: "act", about: "One thing that a person does in Horizon.", words: WORDS };

const NOTHING_BESIDE = {};

type Spoke = Spoken<(typeof LIST)[number], typeof NOTHING_BESIDE>;

const ACTS: Vocabulary<Spoke> = vocabulary(NAMING, LIST, NOTHING_BESIDE);

const BY_KEY = new Map<string, ActVerb>(LIST.map((one) => [one.key, one]));

/** The language of acts. A function, as a bundle reads all of this when a scenario first has one. */
export function acts(): Vocabulary<Spoke> {
  return ACTS;
}

/** What the browser is to do. */
export function actOf(value: Spoke): Act {
  const verb = BY_KEY.get(value.kind);
  if (verb === undefined) throw new InvariantError(`no act of kind ${value.kind}`);
  return verb.act(value);
}
