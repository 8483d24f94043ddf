import { defineFrontComponent } from 'twenty-sdk/define';

import { tabComponent } from '../kit/front-components.ts';
import { LocationTab } from '../desk/location-tab.tsx';

export default defineFrontComponent({ ...tabComponent('location', 'malfunctions'), component: LocationTab });
