/** The rules of this house that no plugin has. */
import { noDroppedOp } from "./no-dropped-op.js";
import { walls } from "./walls.js";

export default {
  meta: { name: "novasim" },
  rules: { "no-dropped-op": noDroppedOp, walls },
};
