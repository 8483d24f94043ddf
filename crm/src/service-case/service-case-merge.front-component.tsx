import { defineFrontComponent } from 'twenty-sdk/define';

import { MergeCommand } from '../desk/merge.tsx';
import { commandComponent } from '../kit/commands.ts';

export default defineFrontComponent({ ...commandComponent('serviceCase', 'merge'), component: MergeCommand });
