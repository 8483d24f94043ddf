import type { StandaloneViewFieldManifest } from 'twenty-sdk/define';

import { identifierOf } from './identifiers.ts';
import { fieldId, STANDARD_VIEW, STANDARD_VIEW_GROUP, type StandardObject, type StandardView } from './objects.ts';

/** Shows one of our fields in a view of Twenty's own; `position` is after the standard columns. */
export function standardViewField(
  view: StandardView,
  object: StandardObject,
  field: string,
  position: number,
): StandaloneViewFieldManifest {
  const group = STANDARD_VIEW_GROUP[view];
  return {
    universalIdentifier: identifierOf('viewField', `${view}.${field}`),
    viewUniversalIdentifier: STANDARD_VIEW[view],
    fieldMetadataUniversalIdentifier: fieldId(object, field),
    position,
    isVisible: true,
    size: 150,
    ...(group === undefined ? {} : { viewFieldGroupUniversalIdentifier: group }),
  };
}
