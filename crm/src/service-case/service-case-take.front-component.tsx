import { defineFrontComponent } from 'twenty-sdk/define';

import { TakeCommand } from '../desk/take.tsx';
import { commandComponent } from '../kit/commands.ts';

const TakeCases = () => <TakeCommand object="serviceCase" />;

export default defineFrontComponent({ ...commandComponent('serviceCase', 'take'), component: TakeCases });
