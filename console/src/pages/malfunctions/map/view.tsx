import { Text } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type FolderFilter, placesQuery } from '../../../api/malfunctions.ts';
import { useTenant } from '../../../api/session.ts';
import { Empty } from '../../../kit/empty.tsx';
import { Loaded } from '../../../kit/loaded.tsx';
import { useTexts } from '../../../texts/index.ts';
import { MapCanvas } from './canvas.tsx';
import { PlaceList } from './place-list.tsx';
import './map.css';

/** Malfunctions by location: on a map, and beside it as a list. */
export function MalfunctionMap({ filter }: { readonly filter: FolderFilter }) {
  const { malfunctions } = useTexts();
  const query = useQuery(placesQuery(useTenant(), filter));
  const [chosen, setChosen] = useState<string>();
  return (
    <Loaded query={query}>
      {({ places, isCut, tiles }) =>
        places.length === 0 ? (
          <Empty icon={IconMapPin} title={malfunctions.none} hint={malfunctions.noneHint} />
        ) : (
          <>
            <div className="place-view">
              <MapCanvas places={places} tilesBy={tiles?.by} chosen={chosen} onChoose={setChosen} />
              <PlaceList places={places} chosen={chosen} onChoose={setChosen} />
            </div>
            {isCut && (
              <Text size="sm" c="dimmed">
                {malfunctions.cut(places.reduce((sum, { folders }) => sum + folders.length, 0))}
              </Text>
            )}
          </>
        )
      }
    </Loaded>
  );
}
