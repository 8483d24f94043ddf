export { type DemoData, readDemoData } from './data.ts';
export { installApp } from './install-app.ts';
export { seedDemo } from './seed.ts';
export { signIn } from './sign-in.ts';
export { createTwentyClient, type TwentyClient } from './twenty-client.ts';
