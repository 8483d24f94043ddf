import { eraseSound } from './erase-sound.ts';
import { settledInCrm } from './settled-in-crm.ts';

export const events = [settledInCrm, eraseSound];
