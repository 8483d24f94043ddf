import { describePlugin } from '@switchboard/testing/conformance';
import { plugin } from '../plugin.ts';

describePlugin({ plugin, config: {}, deliveries: [] });
