import type { PluginContext } from '@switchboard/core/contract';
import type { Config } from './config.ts';
import { createMailboxBook, type MailboxBook } from './mailboxes/book.ts';

/** What lives as long as a tenant's settings. */
export type Services = {
  readonly mailboxes: MailboxBook;
};

export type Context = PluginContext<Config, Services>;

export function createServices(context: PluginContext<Config, undefined>): Services {
  return { mailboxes: createMailboxBook(context) };
}
