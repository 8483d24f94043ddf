import { collection } from './numbers.ts';
import type { Operation } from './odata/router.ts';

/** One message of a chat, as the history lists it. */
export type ChatMessage = {
  readonly ConversationId: number;
  readonly FromName: string;
  readonly FromNo: string;
  readonly IsExternal: boolean;
  readonly Message: string;
  readonly ParticipantEmail: string;
  readonly ParticipantPhone: string;
  readonly ProviderType: 'LiveChat' | 'SMS';
  readonly QueueNumber: string;
  readonly TimeSent: string;
};

export type Chats = {
  readonly add: (messages: readonly Omit<ChatMessage, 'ConversationId'>[]) => void;
  readonly messages: () => readonly ChatMessage[];
  /** ISO 8601. */
  readonly lastSentAt: () => string | null;
};

export function createChats(): Chats {
  const messages: ChatMessage[] = [];
  let lastConversation = 0;
  return {
    add(given) {
      lastConversation += 1;
      messages.push(...given.map((one) => ({ ...one, ConversationId: lastConversation })));
    },
    messages: () => messages,
    lastSentAt: () => messages.at(-1)?.TimeSent ?? null,
  };
}

export function chatOperations({ chats }: { readonly chats: Chats }): Operation[] {
  return [{ ...collection('/ChatHistoryView', chats.messages, []), role: 'owner' }];
}
