import { defineCommandMenuItem } from 'twenty-sdk/define';

import { recordCommand } from '../kit/commands.ts';

export default defineCommandMenuItem(recordCommand('phoneCall', 'take'));
