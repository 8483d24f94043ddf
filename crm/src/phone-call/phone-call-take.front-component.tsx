import { defineFrontComponent } from 'twenty-sdk/define';

import { TakeCommand } from '../desk/take.tsx';
import { commandComponent } from '../kit/commands.ts';

const TakeCalls = () => <TakeCommand object="phoneCall" />;

export default defineFrontComponent({ ...commandComponent('phoneCall', 'take'), component: TakeCalls });
