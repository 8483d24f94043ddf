import { Text } from '@mantine/core';
import {
  IconBuildingSkyscraper,
  IconMapPin,
  IconPhone,
  IconPhoneCall,
  IconTicket,
  IconUser,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../texts/index.ts';
import { CallFacts } from '../records/call-line.tsx';
import type { Option } from './options.ts';

const signs = {
  dial: IconPhone,
  person: IconUser,
  company: IconBuildingSkyscraper,
  location: IconMapPin,
  serviceCase: IconTicket,
  phoneCall: IconPhoneCall,
} as const;

interface OptionProps {
  readonly id: string;
  readonly option: Option;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

export function OptionLine({ id, option, isActive, onPoint, onChoose }: OptionProps) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const Sign = signs[option.kind];
  return (
    // The keyboard is that of the field, which names this line as the active one.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={line}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className="search-option"
      onMouseMove={onPoint}
      onClick={onChoose}
    >
      <Sign size={18} stroke={1.7} aria-hidden className="entry-sign" />
      <Words option={option} />
    </div>
  );
}

function Words({ option }: { readonly option: Option }) {
  const { day, records } = useTexts();
  if (option.kind === 'dial') return <Line title={day.callTo(option.number.text)} />;
  if (option.kind === 'phoneCall') {
    const { person, location, company, number } = option.call;
    const title = person?.name ?? location?.name ?? company?.name ?? number?.text ?? day.withheld;
    return (
      <div className="entry-words">
        <Text size="sm" fw={600} className="break">
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          <CallFacts call={option.call} />
        </Text>
      </div>
    );
  }
  const state = 'state' in option && typeof option.state === 'string' ? records.caseStates[option.state] : undefined;
  const detail = [state, option.detail, option.number?.text].filter((part) => part !== undefined && part !== '');
  return <Line title={option.title} detail={detail.join(' · ')} />;
}

function Line({ title, detail = '' }: { readonly title: string; readonly detail?: string }) {
  return (
    <div className="entry-words">
      <Text size="sm" fw={600} className="break">
        {title}
      </Text>
      {detail !== '' && (
        <Text size="xs" c="dimmed" className="break">
          {detail}
        </Text>
      )}
    </div>
  );
}
