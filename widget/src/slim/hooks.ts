/** What a part keeps from one rendering to the next, by Preact's names for it. */
import { again, effects, type Hook, now, type Spot } from "./tree";

type Set<T> = (next: T | ((before: T) => T)) => void;
type Context<T> = { Provider: (props: { value: T; children?: unknown }) => unknown; first: T };

export function useState<T>(first?: T | (() => T)): [T, Set<T>] {
  const { spot } = now;
  const hook = next(() => {
    const set = (given: unknown) => {
      const before = state[0];
      const value = typeof given === "function" ? given(before) : given;
      if (value === before) return;
      hook.value = state = [value, set];
      again(spot);
    };
    let state: [unknown, Set<T>] = [typeof first === "function" ? (first as () => T)() : first, set];
    return state;
  });
  return hook.value as [T, Set<T>];
}

export function useRef<T>(first: T): { current: T } {
  return next(() => ({ current: first })).value as { current: T };
}

export function useMemo<T>(make: () => T, deps?: readonly unknown[]): T {
  const hook = next();
  if (differs(hook, deps)) hook.value = make();
  return hook.value as T;
}

/** Do `work` once the part stands in the page, and again when `deps` differ; what it returns undoes it. */
export function useEffect(work: () => unknown, deps?: readonly unknown[]): void {
  const hook = next();
  const { spot } = now;
  if (!differs(hook, deps)) return;
  effects.push(() => {
    if (spot.isGone) return;
    if (typeof hook.end === "function") hook.end();
    hook.end = work();
  });
}

export const useLayoutEffect = useEffect;

export function createContext<T>(first: T): Context<T> {
  return { Provider: ({ children }) => children, first };
}

export function useContext<T>({ Provider, first }: Context<T>): T {
  let spot: Spot | null = now.spot;
  while (spot && spot.wanted.type !== Provider) spot = spot.up;
  return spot ? (spot.wanted.props.value as T) : first;
}

function next(first?: () => unknown): Hook {
  const { hooks } = now.spot;
  const at = now.hook++;
  hooks[at] ??= { value: first?.() };
  return hooks[at];
}

function differs(hook: Hook, deps: readonly unknown[] | undefined): boolean {
  const before = hook.deps;
  hook.deps = deps;
  return !deps || !before || deps.some((each, at) => each !== before[at]);
}
