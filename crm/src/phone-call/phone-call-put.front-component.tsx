import { defineFrontComponent } from 'twenty-sdk/define';

import { PutCommand } from '../desk/put.tsx';
import { commandComponent } from '../kit/commands.ts';

const PutCalls = () => <PutCommand object="phoneCall" />;

export default defineFrontComponent({ ...commandComponent('phoneCall', 'put'), component: PutCalls });
