import {
  AggregateOperations,
  ViewFilterOperand,
  ViewKey,
  ViewSortDirection,
  ViewType,
  type ViewConfig,
} from 'twenty-sdk/define';

import type { Choice } from './fields.ts';
import { identifierOf } from './identifiers.ts';
import { fieldId, objectId, type OwnObject } from './objects.ts';

/** A column: the field's name, or name and width in pixels. */
type Column = string | readonly [field: string, width: number];

type TableView = {
  readonly object: OwnObject;
  /** Distinguishes the views of one object; part of the identifier, so chosen once. */
  readonly key: string;
  readonly name: string;
  readonly icon?: string;
  readonly position: number;
  readonly columns: readonly Column[];
  /** Shown rows: field and the select values that count. */
  readonly only?: readonly [field: string, values: readonly string[]];
  readonly except?: readonly [field: string, values: readonly string[]];
  /** Only rows in which this field is not filled in. */
  readonly without?: string;
  readonly newestBy?: string;
};

type BoardView = TableView & {
  readonly groupBy: string;
  readonly choices: readonly Choice[];
  /**
   * Columns that a member can show when needed. A board that is wider than the window draws its titles over other columns (Twenty 2.21,
   * measured, its own boards too), so what is over and done with stays out.
   */
  readonly hidden?: readonly string[];
};

const DEFAULT_WIDTH = 160;

const columnsOf = (view: string, object: OwnObject, columns: readonly Column[]) =>
  columns.map((column, position) => {
    const [field, size] = typeof column === 'string' ? [column, DEFAULT_WIDTH] : column;
    return {
      universalIdentifier: identifierOf('viewField', `${view}.${field}`),
      fieldMetadataUniversalIdentifier: fieldId(object, field),
      position,
      isVisible: true,
      size,
    };
  });

const filterOf = (view: string, object: OwnObject, operand: ViewFilterOperand, filter: TableView['only']) =>
  filter === undefined
    ? []
    : [
        {
          universalIdentifier: identifierOf('viewFilter', `${view}.${filter[0]}`),
          fieldMetadataUniversalIdentifier: fieldId(object, filter[0]),
          operand,
          value: [...filter[1]],
        },
      ];

const sortOf = (view: string, object: OwnObject, field: string | undefined) =>
  field === undefined
    ? []
    : [
        {
          universalIdentifier: identifierOf('viewSort', `${view}.${field}`),
          fieldMetadataUniversalIdentifier: fieldId(object, field),
          direction: ViewSortDirection.DESC,
        },
      ];

function listView(view: TableView): ViewConfig {
  const key = `${view.object}.${view.key}`;
  return {
    universalIdentifier: identifierOf('view', key),
    objectUniversalIdentifier: objectId(view.object),
    name: view.name,
    icon: view.icon ?? 'IconList',
    position: view.position,
    type: ViewType.TABLE,
    fields: columnsOf(key, view.object, view.columns),
    filters: [
      ...filterOf(key, view.object, ViewFilterOperand.IS, view.only),
      ...filterOf(key, view.object, ViewFilterOperand.IS_NOT, view.except),
      ...filterOf(
        key,
        view.object,
        ViewFilterOperand.IS_EMPTY,
        view.without === undefined ? undefined : [view.without, []],
      ),
    ],
    sorts: sortOf(key, view.object, view.newestBy),
  };
}

/**
 * The table that opens when the object is chosen in the menu. Twenty 2.21 goes to the view with key INDEX and otherwise
 * to any; newer servers bring an index view of their own and ignore the key.
 */
export const indexView = (
  view: Omit<TableView, 'key' | 'position' | 'name'> & { readonly name: string },
): ViewConfig => ({
  ...listView({ ...view, key: 'all', position: 0 }),
  key: ViewKey.INDEX,
});

/** A further table of the same object, with its own filter. */
export const filteredView = (view: TableView): ViewConfig => listView(view);

/** Cards in columns, one column per option of a select field. */
export const boardView = (view: BoardView): ViewConfig => ({
  ...listView({ icon: 'IconLayoutKanban', ...view }),
  type: ViewType.KANBAN,
  mainGroupByFieldMetadataUniversalIdentifier: fieldId(view.object, view.groupBy),
  kanbanAggregateOperation: AggregateOperations.COUNT,
  kanbanAggregateOperationFieldMetadataUniversalIdentifier: fieldId(view.object, 'name'),
  groups: view.choices.map(([value], position) => ({
    universalIdentifier: identifierOf('viewGroup', `${view.object}.${view.key}.${value}`),
    fieldValue: value,
    position,
    isVisible: view.hidden?.includes(value) !== true,
  })),
});

/**
 * The box of fields on the record page: titled groups of field names, in order. A group's first title is part of its identifier;
 * what it is called since stands in `renamed`.
 */
export function fieldsView(
  object: OwnObject,
  label: string,
  groups: Readonly<Record<string, readonly string[]>>,
  renamed: Readonly<Record<string, string>> = {},
): ViewConfig {
  const key = `${object}.record`;
  const titles = Object.keys(groups);
  return {
    universalIdentifier: identifierOf('view', key),
    objectUniversalIdentifier: objectId(object),
    name: `${label} record page fields`,
    icon: 'IconList',
    position: 0,
    type: ViewType.FIELDS_WIDGET,
    fieldGroups: titles.map((name, position) => ({
      universalIdentifier: identifierOf('viewFieldGroup', `${key}.${name}`),
      name: renamed[name] ?? name,
      position,
      isVisible: true,
    })),
    fields: titles.flatMap((title) =>
      columnsOf(key, object, groups[title] ?? []).map((column) => ({
        ...column,
        viewFieldGroupUniversalIdentifier: identifierOf('viewFieldGroup', `${key}.${title}`),
      })),
    ),
  };
}
