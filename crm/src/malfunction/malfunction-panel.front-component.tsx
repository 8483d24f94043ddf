import { defineFrontComponent } from 'twenty-sdk/define';

import { panelComponent } from '../kit/front-components.ts';
import { Panel } from '../panel/panel.tsx';

const SwitchboardPanel = () => <Panel object="malfunction" />;

export default defineFrontComponent({ ...panelComponent('malfunction'), component: SwitchboardPanel });
