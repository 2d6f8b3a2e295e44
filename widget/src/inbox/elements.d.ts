import type { HTMLAttributes } from "preact";

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "apropos-thread": HTMLAttributes<HTMLElement> & { thread?: string };
    }
  }
}
