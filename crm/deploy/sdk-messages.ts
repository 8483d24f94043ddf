/** What the SDK process is asked to do. */
export type SdkTask = { readonly kind: 'build'; readonly appPath: string };

export type SdkMessage =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'done'; readonly outputFolder: string }
  | { readonly kind: 'failed'; readonly reason: string };
