/** What users do to volumes, alone and with servers. */
import * as fc from "fast-check";
import type { StepSource } from "../scenario-source.js";
import { idOf, typed, type Owned } from "./steps.js";

export const ofVolumes = (
  server: fc.Arbitrary<Owned>,
  volume: fc.Arbitrary<Owned>,
): fc.Arbitrary<StepSource> => {
  const both = fc.tuple(server, volume);
  const one = (words: (name: string) => string) =>
    volume.map(({ name, user }) => typed(words(name), user));
  const two = (verb: string) =>
    both.map(([{ name, user }, of]) =>
      typed(`nova ${verb} ${name} ${idOf("volume", of.name)}`, user),
    );
  return fc.oneof(
    one((name) => `cinder create 1 --display-name ${name}`),
    one((name) => `cinder create 1 --display-name ${name} --image-id ${idOf("image", "cirros")}`),
    two("volume-attach"),
    two("volume-detach"),
    fc
      .tuple(server, volume, volume)
      .map(([{ name, user }, from, to]) =>
        typed(
          `nova volume-update ${name} ${idOf("volume", from.name)} ${idOf("volume", to.name)}`,
          user,
        ),
      ),
    both.map(([{ name, user }, of]) =>
      typed(
        `nova boot ${name} --flavor m1.nano --boot-volume ${idOf("volume", of.name)} --nic net-id=private`,
        user,
      ),
    ),
    both.map(([{ name, user }]) =>
      typed(
        `nova boot ${name} --flavor m1.nano --block-device source=image,id=${idOf("image", "cirros")},dest=volume,size=1,bootindex=0,shutdown=remove --nic net-id=private`,
        user,
      ),
    ),
    one((name) => `cinder delete ${name}`),
  );
};
