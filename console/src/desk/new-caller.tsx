import { Button, Group, Stack, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { type DeskSetup } from '../api/desk-setup.ts';
import { makeLocation, makePerson, type Named } from '../api/desk.ts';
import { useTenant } from '../api/session.ts';
import { ProblemNote } from '../kit/problem-note.tsx';
import { useDeed } from '../kit/use-deed.ts';
import { useTexts } from '../texts/index.ts';
import { useDesk } from './desk-context.tsx';
import type { KeptCall } from './kept.ts';
import { PickRecord } from './pick-record.tsx';

interface NewCallerProps {
  readonly call: KeptCall;
  readonly may: DeskSetup['may'];
  readonly onClose: () => void;
}

const nothing = { firstName: '', lastName: '', email: '', place: '', city: '' };

/** Somebody whom nobody knows yet, and where that is: made while they are on the line. */
export function NewCaller({ call, may, onClose }: NewCallerProps) {
  const { desk } = useTexts();
  const tenant = useTenant();
  const { change } = useDesk()!;
  const [who, setWho] = useState(nothing);
  const [location, setLocation] = useState<Named | null>(call.card.location);
  // Of this form: sent twice, it makes one person and one place.
  const [requestId] = useState(() => crypto.randomUUID());
  const put = (part: Partial<typeof nothing>) => setWho((before) => ({ ...before, ...part }));
  const { callId, phoneNumber } = call.card;

  const save = useDeed({
    act: async () => {
      const { firstName, lastName, email, place, city } = who;
      const isNewPlace = location === null && place.trim() !== '';
      const made = isNewPlace
        ? await makeLocation(tenant, { requestId: `${requestId}/place`, name: place, city })
        : undefined;
      const at = made === undefined ? location : { id: made.id, name: place.trim() };
      const { id } = await makePerson(tenant, {
        requestId,
        firstName,
        lastName,
        email: email.trim(),
        number: phoneNumber,
        callId,
        ...(at === null ? {} : { locationId: at.id }),
      });
      return { person: { id, name: `${firstName} ${lastName}`.trim() }, location: at };
    },
    touches: ['draft'],
    isQuiet: true,
    onDone({ person, location: at }) {
      change(callId, (now) => ({ form: { ...now.form, person, ...(at === null ? {} : { location: at }) } }));
      notifications.show({ message: desk.personSaved(person.name), color: 'green' });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (who.firstName.trim() + who.lastName.trim() !== '' && !save.isPending) save.mutate(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    <form onSubmit={submit} onKeyDown={onKeyDown} aria-label={desk.newPerson} className="case-form">
      <Stack gap="sm">
        <Title order={4} fz={14}>
          {desk.newPerson}
        </Title>
        <Group grow gap="sm">
          <TextInput
            label={desk.firstName}
            value={who.firstName}
            onChange={(event) => put({ firstName: event.currentTarget.value })}
            autoFocus
            maxLength={200}
          />
          <TextInput
            label={desk.lastName}
            value={who.lastName}
            onChange={(event) => put({ lastName: event.currentTarget.value })}
            required
            maxLength={200}
          />
        </Group>
        <TextInput
          label={desk.email}
          type="email"
          value={who.email}
          onChange={(event) => put({ email: event.currentTarget.value })}
          maxLength={200}
        />
        <PickRecord object="location" label={desk.location} value={location} onPick={setLocation} />
        {location === null && may.makeLocations && (
          <Group grow gap="sm" align="flex-start">
            <TextInput
              label={desk.placeName}
              description={desk.placeHint}
              value={who.place}
              onChange={(event) => put({ place: event.currentTarget.value })}
              maxLength={200}
              inputWrapperOrder={['label', 'input', 'description']}
            />
            <TextInput
              label={desk.city}
              value={who.city}
              onChange={(event) => put({ city: event.currentTarget.value })}
              maxLength={200}
            />
          </Group>
        )}
        {save.isError && <ProblemNote error={save.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {desk.savePerson}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
