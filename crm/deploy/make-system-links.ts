import {
  FieldType,
  getFieldUniversalIdentifier,
  OnDeleteAction,
  RelationType,
  STANDARD_OBJECT,
} from 'twenty-sdk/define';

import type { Manifest, ManifestObject } from './manifest.ts';
import type { SystemLinks } from './system-links.ts';

const LINKS = [
  { to: 'timelineActivity', name: 'timelineActivities', label: 'Timeline Activities', icon: 'IconTimelineEvent' },
  { to: 'attachment', name: 'attachments', label: 'Attachments', icon: 'IconFileImport' },
  { to: 'noteTarget', name: 'noteTargets', label: 'Note Targets', icon: 'IconNotes' },
  { to: 'taskTarget', name: 'taskTargets', label: 'Task Targets', icon: 'IconCheckbox' },
] as const;

type Link = (typeof LINKS)[number];

/** Runs beside the SDK, which knows the identifiers of Twenty's own objects. */
export function makeSystemLinks({ application, objects }: Manifest): SystemLinks {
  const pairs = objects.flatMap((object) => LINKS.map((link) => pairOf(application.universalIdentifier, object, link)));
  const byObject = Map.groupBy(pairs, ({ object }) => object);
  return {
    ofObjects: Object.fromEntries([...byObject].map(([object, own]) => [object, own.map(({ list }) => list)])),
    ofStandardObjects: pairs.map(({ target }) => target),
  };
}

function pairOf(applicationUniversalIdentifier: string, object: ManifestObject, link: Link) {
  const standard = STANDARD_OBJECT[link.to];
  const targetName = `target${object.nameSingular.charAt(0).toUpperCase()}${object.nameSingular.slice(1)}`;
  const idOf = (objectUniversalIdentifier: string, name: string): string =>
    getFieldUniversalIdentifier({ applicationUniversalIdentifier, objectUniversalIdentifier, name });
  const listId = idOf(object.universalIdentifier, link.name);
  const targetId = idOf(standard.universalIdentifier, targetName);
  return {
    object: object.universalIdentifier,
    list: {
      universalIdentifier: listId,
      type: FieldType.RELATION,
      name: link.name,
      label: link.label,
      icon: link.icon,
      isNullable: true,
      universalSettings: { relationType: RelationType.ONE_TO_MANY },
      relationTargetObjectMetadataUniversalIdentifier: standard.universalIdentifier,
      relationTargetFieldMetadataUniversalIdentifier: targetId,
    },
    target: {
      universalIdentifier: targetId,
      objectUniversalIdentifier: standard.universalIdentifier,
      type: FieldType.MORPH_RELATION,
      morphId: standard.morphIds.targetMorphId.morphId,
      name: targetName,
      label: object.labelSingular,
      icon: link.icon,
      isNullable: true,
      universalSettings: {
        relationType: RelationType.MANY_TO_ONE,
        onDelete: OnDeleteAction.SET_NULL,
        joinColumnName: `${targetName}Id`,
      },
      relationTargetObjectMetadataUniversalIdentifier: object.universalIdentifier,
      relationTargetFieldMetadataUniversalIdentifier: listId,
    },
  };
}
