import { defineField } from 'twenty-sdk/define';

import { standardRelation } from '../../kit/relations.ts';

export default defineField(standardRelation('workspaceMember', 'managedPeople'));
