import { plugin } from '../../plugins/mail/plugin.ts';
import { serveHub } from '../serve-hub.ts';

serveHub([plugin]);
