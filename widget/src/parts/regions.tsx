/** Where a screen reader is told something: three regions that are there from the start and else empty. */
const ROLES = ["status", "log", "alert"] as const;

/** `status` and `log` wait for their turn, `alert` does not. */
export type Region = (typeof ROLES)[number];

export function LiveRegions() {
  return ROLES.map((role) => <div class="ap-sr" role={role} key={role} />);
}

/** Tell it in a region of `root`; what it takes comes with the first word. */
export async function speak(root: ShadowRoot, role: Region, text: string): Promise<void> {
  const { fill } = await import("../speaking");
  const region = root.querySelector(`.ap-sr[role=${role}]`);
  if (region) fill(region, text);
}
