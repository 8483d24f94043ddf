import { defineFrontComponent } from 'twenty-sdk/define';

import { handlingComponent } from '../kit/front-components.ts';
import { Handling } from '../handling/handling.tsx';

export default defineFrontComponent({ ...handlingComponent('serviceCase'), component: Handling });
