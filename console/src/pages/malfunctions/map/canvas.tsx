import { Skeleton, Text, useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { type Place, tileAddress } from '../../../api/malfunctions.ts';
import { useTenant } from '../../../api/session.ts';
import { useTexts } from '../../../texts/index.ts';
import { pointsOf } from './features.ts';
import type { FolderMap } from './start-map.ts';

interface MapCanvasProps {
  readonly places: readonly Place[];
  /** Who made the tiles, where the tenant has a server of them. */
  readonly tilesBy: string | undefined;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

type State = 'loading' | 'ready' | 'failed';

/** The drawn map. MapLibre is loaded with the first one; where it cannot draw, the list beside it says the same. */
export function MapCanvas({ places, tilesBy, chosen, onChoose }: MapCanvasProps) {
  const tenant = useTenant();
  const { malfunctions } = useTexts();
  const scheme = useComputedColorScheme('light');
  const ground = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<FolderMap>();
  const [state, setState] = useState<State>('loading');
  const texts = malfunctions.map;
  useEffect(() => {
    let started: FolderMap | undefined;
    let isGone = false;
    const start = async () => {
      const { startMap } = await import('./start-map.ts');
      if (isGone || ground.current === null) return;
      const tiles = tilesBy === undefined ? undefined : { url: tileAddress(tenant), by: tilesBy };
      started = startMap({ place: ground.current, tiles, texts, onChoose, onIdle: () => setState('ready') });
      setMap(started);
    };
    start().catch(() => setState('failed'));
    return () => {
      isGone = true;
      setMap(undefined);
      setState('loading');
      started?.close();
    };
  }, [tenant, tilesBy, texts, onChoose]);
  useEffect(() => map?.show(pointsOf(places)), [map, places]);
  useEffect(() => map?.choose(chosen), [map, chosen]);
  useEffect(() => map?.paint(scheme), [map, scheme]);
  return (
    <div className="place-map" data-state={state}>
      <div ref={ground} className="place-map-ground" hidden={state === 'failed'} />
      {state === 'loading' && <Skeleton className="place-map-veil" />}
      {state === 'failed' && (
        <Text size="sm" c="dimmed" p="md" role="status">
          {texts.failed}
        </Text>
      )}
    </div>
  );
}
