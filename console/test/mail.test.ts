import { readFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { plugin as desk } from '@switchboard/plugin-service-desk';
import { type Dovecot, startDovecot, waitFor } from '@switchboard/testing';
import { TEST_TENANT } from '@switchboard/testing/hub';
import type { Page } from 'playwright-core';
import { addDeskMailbox, changeRules, letter, type MailServer, startMailServer } from './mail-world.ts';
import { lookAllRound, nothingFound } from './pages/all-round.ts';
import { opened } from './pages/look.ts';
import { windows } from './pages/picture.ts';
import { browserPath, complaintsOf, openWindow, openWorld, signInAs, type World } from './world.ts';

/** From a case to people and back: written, taken back, sent, answered; to many at once; and who sees what of it. */

const dovecot = browserPath === undefined ? undefined : await startDovecot();
const isReady = dovecot !== undefined && dovecot.port !== undefined;
const inBrowser = isReady ? describe : describe.skip;
const PATIENCE_MS = 60_000;

let world: World;
let smtp: MailServer;
let mailbox: string;
let robin: Page;
let kim: Page;
let admin: Page;
const ids: Record<string, string> = {};
/** What Anna wrote back, raw. */
let annaAnswered: string;

beforeAll(async () => {
  if (!isReady) return;
  smtp = await startMailServer();
  world = await openWorld({ plugins: [desk, smtp.plugin] });
  await fill();
  const { plugins } = world.hub.hub.admin;
  await plugins.enable(TEST_TENANT, desk.id, {}, 'test');
  await plugins.enable(TEST_TENANT, 'mail', { internalHosts: 'localhost' }, 'test');
  mailbox = await addDeskMailbox(world, dovecot, {
    signature: 'Greetings,\n{{author.name}}',
    undoSeconds: 600,
  });
  const [agent, other] = [await world.join('Robin', 'Agent'), await world.join('Kim', 'Agent')];
  await world.mirrored();
  // What only the plugin of mail reads, is copied once that was heard of.
  await waitFor('the copy of the file', async () => await isCopied('attachment', ids['plan']!), PATIENCE_MS);
  const still = { reducedMotion: 'reduce', viewport: windows.laptop } as const;
  [robin, kim, admin] = [
    await openWindow(world, still),
    await openWindow(world, still),
    await openWindow(world, still),
  ];
  await signInAs(robin, agent);
  await signInAs(kim, other);
  await signInAs(admin, world.admin);
}, 240_000);
afterAll(async () => {
  await world?.close();
  await smtp?.close();
  if (isReady) await dovecot.close();
});

async function create(object: string, data: object): Promise<string> {
  const type = object.charAt(0).toUpperCase() + object.slice(1);
  const query = `mutation M($data: ${type}CreateInput!) { create${type}(data: $data) { id } }`;
  return ((await world.hub.crm.records(query, { data }))[`create${type}`] as { id: string }).id;
}

async function fill(): Promise<void> {
  const companyId = await create('company', { name: 'Harbour Housing' });
  const person = async (firstName: string, lastName: string, email: string) =>
    await create('person', {
      name: { firstName, lastName },
      companyId,
      ...(email === '' ? {} : { emails: { primaryEmail: email, additionalEmails: [] } }),
    });
  const anna = await person('Anna', 'Berg', 'anna@example.net');
  const bo = await person('Bo', 'Vale', '');
  await person('Cleo', 'Porter', 'cleo@example.net');
  const malfunctionId = await create('malfunction', { title: 'Lifts stand still', status: 'REPORTED' });
  const common = { status: 'OPEN', companyId, malfunctionId };
  const openedAt = new Date().toISOString();
  ids['anna'] = await create('serviceCase', { ...common, subject: 'Lift stuck', personId: anna, openedAt });
  ids['bo'] = await create('serviceCase', { ...common, subject: 'Lift noisy', personId: bo, openedAt });
  ids['malfunction'] = malfunctionId;
  ids['person'] = anna;
  ids['plan'] = await putToCase(ids['anna'], 'floor-plan.txt', 'Lift A, shaft 2');
}

/** Somebody puts a file to a case in Twenty, as its pages do. */
async function putToCase(caseId: string, name: string, content: string): Promise<string> {
  const { metadata } = world.hub.crm;
  const { createFileUpload: place } = (await metadata(
    'mutation($name:String!,$size:Float!,$field:String){createFileUpload(filename:$name,size:$size,fileFolder:FilesField,fieldMetadataUniversalIdentifier:$field){fileId uploadUrl}}',
    // The field `file` of attachments, in every workspace.
    { name, size: content.length, field: '20202020-15db-460e-8166-c7b5d87ad4be' },
  )) as { createFileUpload: { fileId: string; uploadUrl: string } };
  await fetch(place.uploadUrl, { method: 'PUT', body: content });
  await metadata('mutation($id:String!){completeFileUpload(fileId:$id){id}}', { id: place.fileId });
  return await create('attachment', {
    name,
    file: [{ fileId: place.fileId, label: name }],
    targetServiceCaseId: caseId,
  });
}

/** A mail that the hub could not read when it came. */
async function setAside(): Promise<void> {
  const raw = 'From: Dan <dan@example.org>\r\nSubject: A lift in trouble\r\n\r\nPlease come.\r\n';
  const { pool } = world.hub.hub.database;
  const { rows } = await pool.query<{ tenant_id: string; id: string }>(
    `insert into mail_message (tenant_id, id, state, problem, message_id, subject, from_address, from_name, received_at, verdict,
        is_outgoing, is_history, bytes, attachments, understood, text, reply_text, html, mailbox_id)
      select tenant_id, gen_random_uuid(), 'unreadable', 'It takes too long to be read.', '', '', '', '', now(), 'human',
        false, false, $2, 0, '{}', '', '', '', id from mail_mailbox where id = $1
      returning tenant_id, id`,
    [mailbox, raw.length],
  );
  await pool.query('insert into mail_source (tenant_id, message_id, bytes) values ($1, $2, $3)', [
    rows[0]?.tenant_id,
    rows[0]?.id,
    brotliCompressSync(raw),
  ]);
}

const go = async (page: Page, path: string) => await page.goto(`/console/${TEST_TENANT}/${path}`);
const section = (page: Page) =>
  page.locator('section', { has: page.getByRole('heading', { name: 'Mails', exact: true }) });

/** In which case a mail of that subject is in Twenty. */
async function caseOf(subject: string): Promise<string | undefined> {
  const { caseMessages } = (await world.hub.crm.records(
    '{ caseMessages(first: 100) { edges { node { direction subject serviceCaseId } } } }',
  )) as { caseMessages: { edges: { node: { direction: string; subject: string; serviceCaseId: string } }[] } };
  const found = caseMessages.edges.find(({ node }) => node.direction === 'INBOUND' && node.subject === subject);
  return found?.node.serviceCaseId;
}

/** Somebody changes a case in Twenty, and the hub has heard of it. */
async function change(id: string, data: object): Promise<void> {
  const query =
    'mutation M($id: UUID!, $data: ServiceCaseUpdateInput!) { updateServiceCase(id: $id, data: $data) { id } }';
  await world.hub.crm.records(query, { id, data });
  await known(id, data);
}

async function isCopied(object: string, id: string): Promise<boolean> {
  const query = 'select from crm_record where object = $1 and id = $2';
  return (await world.hub.hub.database.pool.query(query, [object, id])).rowCount === 1;
}

/** Until the hub's copy of a case has these values. */
async function known(id: string, fields: object): Promise<void> {
  const query = `select from crm_record where object = 'serviceCase' and id = $1 and data @> $2`;
  const { pool } = world.hub.hub.database;
  const { resolvedAt: _moment, ...wanted } = fields as Record<string, unknown>;
  await waitFor(
    `the case as ${JSON.stringify(wanted)}`,
    async () => (await pool.query(query, [id, wanted])).rowCount === 1,
    PATIENCE_MS,
  );
}

const taken = (address: string) => smtp.taken.filter(({ to }) => to.includes(address));

inBrowser('mail', () => {
  test('an agent writes to a contact and to somebody new, looks at it, and takes it back with one key', async () => {
    const complaints = complaintsOf(robin);
    await go(robin, `cases/${ids['anna']}`);
    await robin.getByRole('tab', { name: /^Mails/ }).click();
    await robin.getByRole('button', { name: 'Write mail' }).click();
    const to = robin.getByRole('combobox', { name: 'To', exact: true });
    await to.fill('Anna');
    await robin.getByRole('option', { name: 'Anna Berg <anna@example.net>' }).click();
    await to.fill('not an address');
    await to.press('Enter');
    await robin.getByRole('textbox', { name: 'Subject' }).fill('The mechanic comes');
    await robin.getByRole('textbox', { name: 'Text' }).fill('Dear {{person.firstName}}, **tomorrow** at nine.');
    await robin.keyboard.press('Control+Enter');
    await robin.getByText('“not an address” is not an address').waitFor();
    await to.press('Backspace');
    await to.fill('New Person <new@example.org>');
    await to.press('Enter');
    await robin.getByRole('button', { name: 'From this case' }).click();
    const offered = robin.getByRole('menuitem', { name: /^floor-plan\.txt/ });
    await offered.getByText(/^Attached in Twenty by /).waitFor();
    await offered.click();
    await robin.getByText('floor-plan.txt (15 byte)').waitFor();
    await robin.getByRole('button', { name: 'Preview', exact: true }).click();
    const preview = robin.getByRole('region', { name: 'This is how it will be sent' });
    await preview.getByText('"Anna Berg" <anna@example.net>, "New Person" <new@example.org>').waitFor();
    const frame = robin.frameLocator('iframe[title="The mail as it will be sent"]');
    await frame.getByText('Dear Anna').waitFor();
    await frame.getByText('Greetings,').waitFor();
    expect(await frame.locator('b').innerText()).toBe('tomorrow');
    expect(await lookAllRound(robin, 'mail-composer')).toEqual(nothingFound);
    await robin.reload();
    await robin.getByText('Dear {{person.firstName}}').waitFor();
    await robin.getByRole('textbox', { name: 'Text' }).press('Control+Enter');
    await robin.getByText(/The mail goes in \d+ s/).waitFor();
    await robin.keyboard.press('z');
    await robin.getByText('Taken back; it is a draft again.').waitFor();
    await robin.getByRole('textbox', { name: 'Text' }).waitFor();
    expect(smtp.taken).toEqual([]);
    expect(complaints).toEqual([]);
  }, 180_000);

  test('it is sent, and the answer is in the case by itself', async () => {
    await changeRules(world, mailbox, { signature: 'Greetings,\n{{author.name}}', undoSeconds: 0 });
    await robin.getByRole('button', { name: 'Send', exact: true }).click();
    await waitFor('the mail', () => taken('new@example.org').length === 1, PATIENCE_MS);
    expect(taken('anna@example.net')[0]?.raw).toMatch(/<b>tomorrow<\/b>/);
    expect(taken('anna@example.net')[0]?.raw).toContain(Buffer.from('Lift A, shaft 2').toString('base64'));
    await section(robin).getByText('sent', { exact: true }).waitFor();
    annaAnswered = letter({
      from: 'Anna Berg <anna@example.net>',
      subject: 'Re: The mechanic comes',
      text: 'Nine is fine.\r\n\r\n> Dear Anna, tomorrow at nine.',
      html: '<p>Nine is <i>fine</i>.</p><img src="https://tracker.example.com/x.png"><script>alert(1)</script>',
      answers: taken('anna@example.net')[0]!.raw,
    });
    await (dovecot as Dovecot).deliver('desk', annaAnswered);
    await section(robin)
      .getByRole('button', { name: /^Re: The mechanic comes/ })
      .click({ timeout: PATIENCE_MS });
    await section(robin).getByRole('button', { name: 'Show it as it was formatted' }).click();
    const frame = robin.frameLocator('iframe[title^="Formatted mail"]');
    expect(await frame.locator('i').innerText()).toBe('fine');
    expect(await frame.locator('img[src]').count()).toBe(0);
    await section(robin).getByRole('button', { name: 'Show pictures from elsewhere' }).waitFor();
    expect(await lookAllRound(robin, 'case-mails')).toEqual(nothingFound);
    await section(robin).getByRole('button', { name: 'Reply', exact: true }).click();
    await robin.getByText('Anna Berg <anna@example.net>').first().waitFor();
    await robin.getByRole('button', { name: 'Discard' }).click();
  }, 180_000);

  test('a mail to all contacts of a malfunction names who has no address, and takes another one', async () => {
    smtp.refused.add('bo@example.org');
    await go(robin, `malfunctions/${ids['malfunction']}/mail`);
    await robin.getByRole('heading', { level: 1, name: /Mail to the contacts of/ }).waitFor();
    await robin.getByRole('textbox', { name: 'Subject' }).fill('About {{malfunction.title}}');
    await robin.getByRole('textbox', { name: 'Text' }).fill('Dear {{person.firstName|customer}}, we are on our way.');
    await robin.getByRole('button', { name: 'Check recipients' }).click();
    await robin.getByText('The contact has no e-mail address.').waitFor();
    await robin.getByRole('button', { name: 'Send one mail' }).waitFor();
    await robin.getByRole('button', { name: /^Preview for .*Lift stuck/ }).click();
    await robin.getByText('Dear Anna, we are on our way.').waitFor();
    await robin.getByRole('textbox', { name: /^Other address for .*Lift noisy/ }).fill('bo@example.org');
    expect(await lookAllRound(robin, 'group-mail-check')).toEqual(nothingFound);
    await robin.getByRole('button', { name: 'Send 2 mails' }).click();
    await robin.getByText('2 of 2 are done').waitFor({ timeout: PATIENCE_MS });
    await robin.getByText(/bo@example\.org: refused/).waitFor();
    expect(await lookAllRound(robin, 'group-mail-result')).toEqual(nothingFound);
    smtp.refused.clear();
    await robin.getByRole('button', { name: 'Try the failed one again' }).click();
    await robin.getByText('bo@example.org: sent').waitFor({ timeout: PATIENCE_MS });
    expect(taken('bo@example.org')).toHaveLength(1);
    expect(taken('bo@example.org')[0]?.raw).toContain('Dear Bo');
  }, 180_000);

  test('everybody sees the own mails alone, and an administrator all, narrowed to one of them', async () => {
    await go(kim, 'mail/sent');
    await kim.getByText('Nothing was sent yet').waitFor();
    await go(robin, 'mail/sent');
    await opened(robin, 'Sent mail');
    await robin.getByRole('table').getByText('The mechanic comes').first().waitFor();
    expect(await robin.getByRole('combobox', { name: 'Sent by' }).count()).toBe(0);
    await go(admin, 'mail/sent');
    await admin.getByRole('table').getByText('The mechanic comes').first().waitFor();
    await admin.getByRole('combobox', { name: 'Sent by' }).selectOption({ label: 'Robin Example' });
    await admin.getByRole('textbox', { name: 'Search' }).fill('bo@example.org');
    await admin.getByText('The mechanic comes').first().waitFor({ state: 'hidden' });
    const [file] = await Promise.all([
      admin.waitForEvent('download', { timeout: PATIENCE_MS }),
      admin.getByRole('link', { name: 'Export as CSV' }).click(),
    ]);
    const text = await readFile(await file.path(), 'utf8');
    expect(text).toContain('bo@example.org: sent');
    expect(text).not.toContain('The mechanic comes');
    expect(await kim.getByRole('link', { name: 'Export as CSV' }).count()).toBe(0);
    expect(await lookAllRound(admin, 'mail-sent')).toEqual(nothingFound);
  }, 120_000);

  test('a mail that could not be read lies aside until somebody tries again', async () => {
    await setAside();
    await go(admin, 'mail/aside');
    await admin.getByRole('heading', { level: 3, name: 'A lift in trouble' }).waitFor();
    await admin.getByText('It takes too long to be read.').waitFor();
    expect(await lookAllRound(admin, 'mail-aside')).toEqual(nothingFound);
    await admin.getByRole('button', { name: 'Discard: A lift in trouble' }).click();
    await admin.getByRole('textbox', { name: 'Reason' }).fill('Nothing but noise');
    await admin.getByRole('button', { name: 'Discard', exact: true }).click();
    await admin.getByText(/Nothing but noise/).waitFor();
    expect(await lookAllRound(admin, 'mail-discarded')).toEqual(nothingFound);
    await admin.getByRole('button', { name: 'Take back: A lift in trouble' }).click();
    await admin.getByRole('button', { name: 'Try again: A lift in trouble' }).click();
    await admin.getByText('Nothing is set aside').waitFor({ timeout: PATIENCE_MS });
  }, 120_000);

  test('a stranger who answers is in the day of the agents, and somebody files it', async () => {
    const raw = letter({
      from: 'Eve <eve@example.org>',
      subject: 'Re: The mechanic comes, from my own address',
      text: 'It is me, Anna.',
      answers: taken('anna@example.net')[0]!.raw,
    });
    await (dovecot as Dovecot).deliver('desk', raw);
    await go(kim, 'day');
    await kim.getByRole('link', { name: /from my own address/ }).waitFor({ timeout: PATIENCE_MS });
    await kim.getByRole('link', { name: 'Decide' }).click();
    await opened(kim, 'Mails needing a look');
    await kim.getByRole('heading', { name: /from my own address/ }).waitFor();
    await kim.getByText('Sender may be forged').waitFor({ timeout: PATIENCE_MS });
    await kim.getByRole('button', { name: 'Show the mail' }).click();
    await kim.getByText('This mail may not come from whom it names').waitFor();
    expect(await lookAllRound(kim, 'mail-look')).toEqual(nothingFound);
    await kim.getByRole('button', { name: /^Belongs to this case/ }).click();
    await kim.getByText('No mail needs a decision').waitFor();
    await kim.getByRole('link', { name: 'Go to the case' }).click();
    await kim.getByRole('tab', { name: /^Mails/ }).waitFor();
  }, 180_000);

  test('an administrator makes a template, which comes filled in to whoever writes', async () => {
    await go(admin, 'mail/templates');
    await admin.getByRole('button', { name: 'New template' }).click();
    await admin.getByRole('textbox', { name: 'Name' }).fill('Received');
    await admin.getByRole('textbox', { name: 'Subject' }).fill('We have your report {{case.subject}}');
    await admin.getByRole('textbox', { name: 'Text' }).fill('Dear {{person.fristName}}');
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    await admin.getByText('There is no field {{person.fristName}}').waitFor();
    await admin.getByRole('textbox', { name: 'Text' }).fill('Dear {{person.firstName}}');
    expect(await lookAllRound(admin, 'mail-templates')).toEqual(nothingFound);
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    await admin.getByText('The template is saved.').waitFor();
    await go(kim, `people/${ids['person']}`);
    await kim.getByRole('button', { name: 'Write mail' }).click();
    await kim.getByRole('combobox', { name: 'What is the mail about?' }).selectOption({ index: 0 });
    await kim.getByRole('button', { name: 'Write', exact: true }).click();
    await kim.getByRole('button', { name: 'Template' }).click();
    await kim.getByRole('menuitem', { name: 'Received' }).click();
    await kim.getByRole('textbox', { name: 'Text' }).and(kim.getByText('Dear Anna')).waitFor();
    await kim.getByRole('button', { name: 'Discard' }).click();
  }, 180_000);

  test('what is about something else is split off with its mail, and answers find their case after that, after a merge and after the end', async () => {
    await go(robin, `cases/${ids['anna']}`);
    await robin.getByRole('button', { name: 'Split', exact: true }).click();
    const dialog = robin.getByRole('dialog', { name: 'Make a case of its own' });
    await dialog.getByRole('textbox', { name: 'Subject of the new case' }).fill('Door is stuck');
    await dialog.getByRole('checkbox', { name: /Anna Berg · Re: The mechanic comes ·/ }).check();
    expect(await lookAllRound(robin, 'case-split')).toEqual(nothingFound);
    await dialog.getByRole('button', { name: 'Split', exact: true }).click();
    await robin.getByRole('heading', { level: 1, name: /Door is stuck/ }).waitFor();
    const split = robin.url().split('/').at(-1)!;
    await waitFor(
      'the mail in its new case',
      async () => (await caseOf('Re: The mechanic comes')) === split,
      PATIENCE_MS,
    );
    await robin.getByRole('tab', { name: /^Mails/ }).click();
    await section(robin)
      .getByRole('button', { name: /^Re: The mechanic comes/ })
      .waitFor();

    const anna = { from: 'Anna Berg <anna@example.net>', text: 'One thing more.' };
    const arrives = async (subject: string, answers: string) => {
      const raw = letter({ ...anna, subject, answers });
      await (dovecot as Dovecot).deliver('desk', raw);
      return await waitFor(`"${subject}" in a case`, async () => await caseOf(subject), PATIENCE_MS);
    };
    // To what she wrote herself: that is in the new case. To what was sent to her: that stays in the first one.
    const [sent] = taken('anna@example.net');
    expect(await arrives('The door again', annaAnswered)).toBe(split);
    expect(await arrives('The lift again', sent!.raw)).toBe(ids['anna']);

    await robin.getByRole('button', { name: 'Merge', exact: true }).click();
    await robin.getByRole('combobox', { name: 'Other case' }).fill('Lift stuck');
    await robin.getByRole('option', { name: /Lift stuck/ }).click();
    await robin.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click();
    await robin.getByRole('heading', { level: 1, name: /Lift stuck/ }).waitFor();
    await known(split, { mergedIntoId: ids['anna'] });
    expect(await arrives('The door after the merge', annaAnswered)).toBe(ids['anna']);

    await change(ids['anna']!, { status: 'RESOLVED', resolvedAt: new Date().toISOString() });
    expect(await arrives('Not solved', sent!.raw)).toBe(ids['anna']);
    await known(ids['anna']!, { status: 'OPEN' });
    await change(ids['anna']!, { status: 'CLOSED' });
    const following = await arrives('Long after the end', annaAnswered);
    expect([split, ids['anna']]).not.toContain(following);
    await known(following, { splitFromId: ids['anna'] });
    await known(ids['anna']!, { status: 'CLOSED' });
  }, 300_000);
});
