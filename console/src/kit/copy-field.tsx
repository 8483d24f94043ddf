import { TextInput } from '@mantine/core';
import { CopyIcon } from './copy-icon.tsx';

/** A text to take along, with a button that copies it. */
export const CopyField = ({ label, value }: { readonly label: string; readonly value: string }) => (
  <TextInput label={label} value={value} readOnly rightSection={<CopyIcon value={value} />} />
);
