import { defineFrontComponent } from 'twenty-sdk/define';

import { PutCommand } from '../desk/put.tsx';
import { commandComponent } from '../kit/commands.ts';

const PutCases = () => <PutCommand object="serviceCase" />;

export default defineFrontComponent({ ...commandComponent('serviceCase', 'put'), component: PutCases });
