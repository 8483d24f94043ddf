import { defineViewField } from 'twenty-sdk/define';

import { standardViewField } from '../../kit/standard-views.ts';

export default defineViewField(standardViewField('personFields', 'person', 'mailUndeliverableSince', 30));
