import { Badge, Group, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconMapPinOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Place } from '../../../api/malfunctions.ts';
import { useTexts } from '../../../texts/index.ts';
import { RecordLink } from '../../records/record-link.tsx';
import { FolderName } from '../folder-table.tsx';
import { FolderStatus, Severity } from '../status-badge.tsx';

/** Of a place, or of the malfunctions without one. */
const keyOf = ({ location }: Place): string => location?.id ?? 'none';

interface PlaceListProps {
  readonly places: readonly Place[];
  readonly chosen: string | undefined;
  readonly onChoose: (key: string | undefined) => void;
}

/** The same places in words, for everybody: the gravest first. */
export function PlaceList({ places, chosen, onChoose }: PlaceListProps) {
  const { malfunctions } = useTexts();
  return (
    <ul className="place-list" aria-label={malfunctions.map.places}>
      {places.map((place) => {
        const key = keyOf(place);
        const isOpen = key === chosen;
        return (
          <PlaceItem key={key} place={place} isOpen={isOpen} onToggle={() => onChoose(isOpen ? undefined : key)} />
        );
      })}
    </ul>
  );
}

interface PlaceItemProps {
  readonly place: Place;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function PlaceItem({ place: { location, position, severity, folders }, isOpen, onToggle }: PlaceItemProps) {
  const { malfunctions } = useTexts();
  const { map } = malfunctions;
  const item = useRef<HTMLLIElement>(null);
  const Sign = isOpen ? IconChevronDown : IconChevronRight;
  // Chosen on the map it may be out of sight here.
  useEffect(() => {
    if (isOpen) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <li ref={item} className="place-item">
      <UnstyledButton onClick={onToggle} aria-expanded={isOpen} className="place-button">
        <Sign size={16} aria-hidden />
        <span className="break">
          <Text component="span" size="sm" fw={600} display="block">
            {location?.name ?? map.noLocation}
          </Text>
          {location !== null && position === null && (
            <Text component="span" size="xs" c="dimmed" className="place-off">
              <IconMapPinOff size={14} aria-hidden /> {map.notOnMap}
            </Text>
          )}
        </span>
        <Group component="span" gap={6} wrap="nowrap">
          <Severity severity={severity} />
          <Badge
            component="span"
            variant="light"
            color="gray"
            className="tone-gray"
            aria-label={map.count(folders.length)}
          >
            {folders.length}
          </Badge>
        </Group>
      </UnstyledButton>
      {isOpen && (
        <div className="place-folders">
          {folders.map((folder) => (
            <Group key={folder.id} justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
              <FolderName folder={folder} />
              <FolderStatus status={folder.status} />
            </Group>
          ))}
          {location !== null && (
            <Text size="sm">
              <RecordLink object="location" id={location.id}>
                {map.toLocation}
              </RecordLink>
            </Text>
          )}
        </div>
      )}
    </li>
  );
}
