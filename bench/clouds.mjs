/** A cloud made and started, by preset: what every test of a user pays before its first request. */
import { Cloud } from "../src/cloud/cloud.ts";

function clouds(preset) {
  return (n) => {
    for (let i = 0; i < n; i++) new Cloud({ preset });
    return n;
  };
}

export const cloudBenches = ["minimal", "full"].map((preset) => ({
  name: `cloud: ${preset}`,
  unit: "clouds",
  n: 200,
  work: clouds(preset),
}));
