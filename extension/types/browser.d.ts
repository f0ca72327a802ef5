/** What browsers have and TypeScript's own description of them has not. */

interface Navigator {
  readonly userAgentData?: { readonly brands: readonly { readonly brand: string }[] };
}

interface Window {
  readonly navigation?: EventTarget;
}

interface Document {
  readonly prerendering?: boolean;
}
