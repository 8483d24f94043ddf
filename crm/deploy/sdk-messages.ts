/** What the SDK process is asked to do. The key travels over the process channel: not on the command line, not in the environment. */
export type SdkTask =
  | { readonly kind: 'build'; readonly appPath: string }
  | { readonly kind: 'apply'; readonly appPath: string; readonly url: string; readonly apiKey: string };

export type SdkMessage =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'done'; readonly outputFolder: string }
  | { readonly kind: 'failed'; readonly reason: string };
