/** Everything that a scenario can have done in Horizon. One more is one more record in this list. */
import type { Act } from "../../clients/index.js";
import { InvariantError } from "../../kernel/index.js";
import type { Known } from "../known.js";
import type { NameUse } from "../verbs/verb.js";
import { vocabulary, type Spoken, type Vocabulary } from "../verbs/vocabulary.js";
import type { ActVerb } from "./act-verb.js";
import {
  confirmResize,
  disassociateIp,
  hardReboot,
  pauseInstance,
  resumeInstance,
  revertResize,
  shutOffInstance,
  softReboot,
  startInstance,
  suspendInstance,
  terminateInstance,
} from "./instances.js";
import { launchInstance } from "./launch.js";
import {
  images,
  instances,
  look,
  networks,
  overview,
  signIn,
  signOut,
  volumes,
  watch,
} from "./panels.js";

const LIST = [
  signIn,
  signOut,
  look,
  watch,
  overview,
  instances,
  volumes,
  images,
  networks,
  launchInstance,
  terminateInstance,
  startInstance,
  shutOffInstance,
  softReboot,
  hardReboot,
  pauseInstance,
  suspendInstance,
  resumeInstance,
  confirmResize,
  revertResize,
  disassociateIp,
] as const;

const WORDS = [
  ...["sign in", "sign out", "look", "watch"],
  ...["overview", "instances", "volumes", "images", "networks"],
];

const NAMING = { what: "act", about: "One thing that a person does in Horizon.", words: WORDS };

const NOTHING_BESIDE = {};

type Spoke = Spoken<(typeof LIST)[number], typeof NOTHING_BESIDE>;

export const acts: Vocabulary<Spoke> = vocabulary(NAMING, LIST, NOTHING_BESIDE);

const BY_KEY = new Map<string, ActVerb>(LIST.map((one) => [one.key, one]));

/** What the browser is to do. */
export function actOf(value: Spoke): Act {
  const verb = BY_KEY.get(value.kind);
  if (verb === undefined) throw new InvariantError(`no act of kind ${value.kind}`);
  return verb.act(value);
}

export const actNames = (value: Spoke, known: Known): readonly NameUse[] =>
  acts.names(value, known);
