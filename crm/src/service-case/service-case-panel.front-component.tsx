import { defineFrontComponent } from 'twenty-sdk/define';

import { panelComponent } from '../kit/front-components.ts';
import { Panel } from '../panel/panel.tsx';

const SwitchboardPanel = () => <Panel object="serviceCase" />;

export default defineFrontComponent({ ...panelComponent('serviceCase'), component: SwitchboardPanel });
