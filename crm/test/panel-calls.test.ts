import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { findBrowser, startBrowser } from '@switchboard/testing/browser';
import { join } from 'node:path';
import type { Browser, FrameLocator } from 'playwright-core';

import type { PanelAnswer } from '../src/panel/answer.ts';
import { builtOnce, bundleOf, type Built } from './built.ts';
import { openPanel, type PanelContext, type PanelPage } from './panel-page.ts';
import { answerBy, type Asked, type Script } from './scripted-hub.ts';
import { silence } from './silence.ts';

/** The panel with a telephone: a hub that answers by script, because what matters here is what the member sees and sends. */

const browserPath = findBrowser();
const browserTest = browserPath === undefined ? test.skip : test;
const pictures = process.env['PANEL_PICTURES'];
const PATIENCE = { timeout: 20_000 };
const LIMIT_MS = 60_000;

const callId = '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1c01';
const pat = { id: '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1c02', name: 'Pat Example' };
const sam = { id: '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1c03', name: 'Sam Example' };
const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 20, 9, 0, seconds)).toISOString();

const bare: PanelAnswer = {
  at: at(600),
  workspace: 'example',
  calls: { items: [], hasMore: false },
  cases: { items: [], hasMore: false },
  health: [],
  numbers: [],
  telephony: 'phones',
  desk: 'desk',
  call: null,
};

const call: NonNullable<PanelAnswer['call']> = {
  id: callId,
  direction: 'INBOUND',
  outcome: 'ANSWERED',
  startedAt: at(0),
  durationSeconds: 247,
  waitSeconds: 20,
  phoneNumber: '+442079460123',
  agentName: 'Robin Example',
  matchState: 'AMBIGUOUS',
  person: null,
  company: { id: sam.id, name: 'Example Works' },
  location: null,
  serviceCase: null,
  candidates: [pat, sam],
  steps: [
    { at: at(0), what: 'queue', who: 'Support (800)', seconds: null, answered: null },
    { at: at(2), what: 'rang', who: 'Kim Example (101)', seconds: 15, answered: false },
    { at: at(20), what: 'answered', who: 'Robin Example (102)', seconds: 247, answered: null },
    { at: at(267), what: 'ended', who: '', seconds: null, answered: null },
  ],
  summary: null,
  consent: ['OPT_OUT'],
};

const draft = {
  person: null,
  company: { name: 'Example Works' },
  location: { name: 'Harbour 1' },
  assets: [{ id: '1', name: 'Lift A' }],
  malfunctions: [],
  contract: { name: 'Full care', serviceLevel: 'PREMIUM', responseMinutes: 30, resolveMinutes: 240 },
  protocol: { name: 'Person stuck' },
  previousCallCount: 3,
  fields: { channel: 'PHONE', serviceLevel: 'PREMIUM' },
};

let built: Built;
let browser: Browser;
let opened: PanelPage | undefined;

beforeAll(async () => {
  if (browserPath === undefined) return;
  [built, browser] = await Promise.all([builtOnce(), startBrowser(browserPath)]);
}, 180_000);
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(async () => {
  await browser?.close();
});

async function open(
  object: string,
  answer: Partial<PanelAnswer>,
  script: Script = {},
  context: Partial<PanelContext> = {},
): Promise<{ panel: FrameLocator; asked: readonly Asked[]; page: PanelPage }> {
  let asked: readonly Asked[] = [];
  const bundle = bundleOf(built, `${object}-panel`);
  opened = await openPanel(browser, { bundle, token: 'token', recordIds: [callId], ...context }, async (page) => {
    asked = await answerBy(page, { ...bare, ...answer }, script);
  });
  const { panel } = opened;
  await panel.locator('section, [role=alert]').first().waitFor(PATIENCE);
  return { panel, asked, page: opened };
}

async function picture(name: string): Promise<void> {
  if (pictures !== undefined)
    await opened?.page.screenshot({ path: join(pictures, `panel-${name}.png`), fullPage: true });
}

const number = (value: string, barred: 'unwanted' | 'forbidden' | null = null) => ({
  number: value,
  name: null,
  barred,
});

describe('calling', () => {
  browserTest(
    'is a click; the panel tells when to pick up, whom it dials, and lets the member hang up',
    async () => {
      const told = ['accepted', 'done', 'dialling', 'talking', 'talking'];
      let isHungUp = false;
      const { panel, asked } = await open(
        'person',
        { numbers: [number('+442079460123')] },
        {
          'POST /phone/call': () => ({ status: 202, body: { requestId: 'one' } }),
          'GET /phone/request': () => {
            const state = told.length > 1 ? told.shift() : told[0];
            const isCall = state === 'dialling' || state === 'talking';
            const isOver = isHungUp || !isCall;
            return {
              body: {
                state: state === 'accepted' ? 'accepted' : 'done',
                detail: '',
                call: isOver ? null : { id: callId, state },
              },
            };
          },
          'POST /phone/hang-up': () => {
            isHungUp = true;
            return { status: 202, body: {} };
          },
        },
      );
      const region = panel.getByRole('region', { name: 'Call', exact: true });
      await region.getByRole('button', { name: 'Call +442079460123' }).click();
      await region.getByText('Your telephone rings. Pick it up, and +442079460123 is called.').waitFor(PATIENCE);
      await region.getByText('+442079460123 is called …').waitFor(PATIENCE);
      await region.getByText('You talk with +442079460123.').waitFor(PATIENCE);
      await picture('talking');
      await region.getByRole('button', { name: 'Hang up' }).click();
      await region.getByText('The call with +442079460123 is over.').waitFor(PATIENCE);
      expect(asked.filter(({ path }) => path.startsWith('POST'))).toEqual([
        { path: 'POST /phone/call', body: { requestId: expect.any(String), number: '+442079460123' } },
        { path: 'POST /phone/hang-up', body: { requestId: expect.any(String), callId } },
      ]);
    },
    LIMIT_MS,
  );

  browserTest(
    'that is refused says why, at once or when the telephone system refuses',
    async () => {
      let isTaken = false;
      const { panel } = await open(
        'service-case',
        { numbers: [number('+442079460123')] },
        {
          'POST /phone/call': () =>
            isTaken
              ? { status: 202, body: {} }
              : { status: 404, body: { error: { message: 'This member has no extension' } } },
          'GET /phone/request': () => ({
            body: { state: 'failed', detail: '3CX did not make the call: busy', call: null },
          }),
        },
      );
      await panel.getByRole('button', { name: 'Call +442079460123' }).click();
      await panel.getByRole('alert').waitFor(PATIENCE);
      expect(await panel.getByRole('alert').innerText()).toMatch(/could not be made\.\s*This member has no extension/);
      isTaken = true;
      await panel.getByRole('button', { name: 'Call +442079460123' }).click();
      await panel.getByText('3CX did not make the call: busy').waitFor(PATIENCE);
    },
    LIMIT_MS,
  );

  browserTest(
    'is not offered for who does not want it, nor where nobody makes calls',
    async () => {
      const numbers = [number('+442079460123', 'unwanted'), number('+442079460124', 'forbidden')];
      const { panel } = await open('call-target', { numbers });
      expect(await panel.getByRole('region', { name: 'Call', exact: true }).innerText()).toMatch(
        /123\s*does not want to be called[^]*124\s*may not be called now/,
      );
      expect(await panel.getByRole('button', { name: 'Call +442079460123' }).count()).toBe(0);
      await opened?.close();
      const { panel: without } = await open('person', { numbers, telephony: null });
      expect(await without.getByRole('region', { name: 'Call', exact: true }).count()).toBe(0);
    },
    LIMIT_MS,
  );
});

describe('the page of a call', () => {
  const door = (callDraft: unknown = draft): Script => ({ 'GET /calls/draft': () => ({ body: callDraft }) });

  browserTest(
    'tells its way in words, who it may have been, and lets the member say who it was',
    async () => {
      const { panel, asked } = await open(
        'phone-call',
        { call },
        {
          ...door(),
          'POST /calls/settle': () => ({ body: { matchState: 'SETTLED' } }),
        },
      );
      expect(await panel.getByRole('region', { name: 'Journey' }).innerText()).toMatch(
        /Came to queue Support \(800\)[^]*Rang in vain at Kim Example \(101\)\s*0:15[^]*Robin Example \(102\) took the call\s*4:07[^]*Ended/,
      );
      await picture('call');
      await panel.getByRole('button', { name: 'Sam Example' }).click();
      await panel.getByText('From now on the number stands for this person.').waitFor(PATIENCE);
      expect(asked).toContainEqual({ path: 'POST /calls/settle', body: { callId, personId: sam.id } });
    },
    LIMIT_MS,
  );

  browserTest(
    'plays its recording, also one that has to be fetched first',
    async () => {
      let isHere = false;
      const { panel } = await open(
        'phone-call',
        { call },
        {
          ...door(),
          'GET /recordings': () => ({
            body: { recordings: [{ id: 7, startedAt: at(20), seconds: 247, extension: '102', audio: 'linked' }] },
          }),
          'GET /recordings/audio': () => {
            if (isHere) return { bytes: silence(2) };
            isHere = true;
            return { status: 202, body: { state: 'fetching' } };
          },
        },
      );
      const region = panel.getByRole('region', { name: 'Recording' });
      expect(await region.innerText()).toContain('Caller could opt out');
      await region.getByRole('button', { name: 'Listen' }).click();
      await region.getByText('is fetched from the telephone system').waitFor(PATIENCE);
      const audio = region.locator('audio');
      await audio.waitFor(PATIENCE);
      await waitFor('the player to know how long it is', async () => {
        const seconds = await audio.evaluate((player) => (player as unknown as { duration: number }).duration);
        return Math.abs(seconds - 2) < 0.1;
      });
      expect(await audio.getAttribute('aria-label')).toContain('extension 102, 4:07');
    },
    LIMIT_MS,
  );

  browserTest.each([
    [{ status: 403, body: { error: { message: 'no' } } }, 'Your role may not hear recordings.'],
    [{ body: { recordings: [] } }, 'There is no recording of this call.'],
  ])(
    'says so when there is nothing to hear',
    async (answer, words) => {
      const calls = { items: [{ ...call, agentName: null }], hasMore: false };
      const { panel } = await open('person', { calls }, { 'GET /recordings': () => answer });
      await panel.getByRole('button', { name: 'Listen' }).click();
      await panel.getByText(words).waitFor(PATIENCE);
    },
    LIMIT_MS,
  );

  browserTest(
    'opens a case that begins with what is known, at the desk, and goes there',
    async () => {
      const { panel, asked, page } = await open(
        'phone-call',
        { call },
        {
          ...door(),
          'POST /cases': () => ({ body: { outcome: 'opened', caseId: pat.id, number: 'C-000124' } }),
        },
      );
      const region = panel.getByRole('region', { name: 'Case', exact: true });
      await region.getByText('Full care').waitFor(PATIENCE);
      expect(await region.innerText()).toMatch(
        /Harbour 1[^]*Lift A[^]*Full care · Premium · response in 30 min · solution in 240 min[^]*Person stuck[^]*3/,
      );
      await region.getByRole('button', { name: 'Open a case' }).click();
      await waitFor('the way to the case', async () => (await page.visited()).length > 0);
      expect(await page.visited()).toContainEqual(
        expect.arrayContaining([expect.objectContaining({ objectRecordId: pat.id })]),
      );
      const fields = { ...draft.fields, subject: 'Call from Example Works' };
      expect(asked.find(({ path }) => path === 'POST /cases')?.body).toEqual({
        requestId: expect.any(String),
        callId,
        fields,
      });
    },
    LIMIT_MS,
  );

  browserTest(
    'says why there is no case, by whom cases are opened, and shows the one that a call has already',
    async () => {
      const message = 'Your role may not create or change cases';
      const refused: Script = { 'POST /cases': () => ({ status: 403, body: { error: { message } } }) };
      const { panel } = await open('phone-call', { call }, { ...door(), ...refused });
      await panel.getByRole('button', { name: 'Open a case' }).click();
      await panel.getByText(`The case was not opened. ${message}`).waitFor(PATIENCE);
      await opened?.close();
      const { panel: without } = await open('phone-call', { call, desk: null }, door());
      await without.getByText('opened and numbered by the plugin “Service desk”').waitFor(PATIENCE);
      expect(await without.getByRole('button', { name: 'Open a case' }).count()).toBe(0);
      await opened?.close();
      const serviceCase = { id: pat.id, name: 'Lift stuck' };
      const { panel: linked } = await open('phone-call', { call: { ...call, serviceCase } }, door());
      await linked.getByRole('link', { name: 'Open Lift stuck' }).waitFor(PATIENCE);
      expect(await linked.getByRole('button', { name: 'Open a case' }).count()).toBe(0);
    },
    LIMIT_MS,
  );

  browserTest.each([
    ['nl-NL', ['Verloop', 'Ging vergeefs over bij Kim', 'Beluisteren', 'Zaak openen', 'Beller kon weigeren']],
    ['de-DE', ['Verlauf', 'Klingelte vergeblich bei Kim', 'Anhören', 'Fall eröffnen', 'Anrufer konnte ablehnen']],
  ])(
    'speaks %s',
    async (locale, words) => {
      const { panel } = await open('phone-call', { call }, door(), { locale });
      await panel.getByText('Full care').waitFor(PATIENCE);
      const text = await panel.locator('#root').innerText();
      for (const word of words) expect(text).toContain(word);
    },
    LIMIT_MS,
  );
});
