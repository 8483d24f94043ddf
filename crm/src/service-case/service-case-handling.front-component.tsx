import { defineFrontComponent } from 'twenty-sdk/define';

import { tabComponent } from '../kit/front-components.ts';
import { Handling } from '../handling/handling.tsx';

export default defineFrontComponent({ ...tabComponent('serviceCase', 'handling'), component: Handling });
