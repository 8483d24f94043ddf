import type { ChatScript } from '../pbx/script.ts';
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
  /** The same from a text of lines such as `Visitor: Hello`; the agent's begin with `Agent:`. */
  readonly record: (script: ChatScript, endedAt: Date) => void;
  readonly messages: () => readonly ChatMessage[];
  /** ISO 8601. */
  readonly lastSentAt: () => string | null;
};

export function createChats(): Chats {
  const messages: ChatMessage[] = [];
  let lastConversation = 0;

  function add(given: readonly Omit<ChatMessage, 'ConversationId'>[]): void {
    lastConversation += 1;
    messages.push(...given.map((one) => ({ ...one, ConversationId: lastConversation })));
  }

  return {
    add,
    record: (script, endedAt) => add(messagesOf(script, endedAt)),
    messages: () => messages,
    lastSentAt: () => messages.at(-1)?.TimeSent ?? null,
  };
}

function messagesOf({ messages, name, number, email, to, queue }: ChatScript, endedAt: Date) {
  return messages.split('\n').map((line) => {
    const isAgent = line.startsWith('Agent:');
    return {
      FromName: isAgent ? to : name,
      FromNo: isAgent ? to : '',
      IsExternal: !isAgent,
      Message: line.replace(/^\w+: /, ''),
      ParticipantEmail: email,
      ParticipantPhone: number,
      ProviderType: 'LiveChat' as const,
      QueueNumber: queue,
      TimeSent: endedAt.toISOString(),
    };
  });
}

export function chatOperations({ chats }: { readonly chats: Chats }): Operation[] {
  return [{ ...collection('/ChatHistoryView', chats.messages, []), role: 'owner' }];
}
