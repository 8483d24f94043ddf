import { defineFrontComponent } from 'twenty-sdk/define';

import { panelComponent } from '../kit/front-components.ts';
import { Panel } from '../panel/panel.tsx';

const SwitchboardPanel = () => <Panel object="callTarget" />;

export default defineFrontComponent({ ...panelComponent('callTarget'), component: SwitchboardPanel });
