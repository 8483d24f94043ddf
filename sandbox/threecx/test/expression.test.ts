import { describe, expect, test } from '@jest/globals';
import { fill, holds } from '../engine/expression.ts';
import { TemplateError, type Variables } from '../engine/values.ts';

const variables: Variables = {
  Number: '+31201234567',
  Name: 'Anna',
  Empty: '',
  Missing: null,
  Journal: 'True',
  Answered: true,
  Length: { totalSeconds: 125 },
  Started: new Date('2026-11-21T10:00:05.678Z'),
  Said: 'press [1], then [Name] or [[2].Replace("a","b")]',
  'Contact::ContactID': 'c7',
};

describe('fill', () => {
  test.each([
    ['plain text', 'plain text'],
    ['[Name]', 'Anna'],
    ['a [Name] b [Name]', 'a Anna b Anna'],
    ['[Unknown][Empty][Missing]', ''],
    ['[Contact::ContactID]', 'c7'],
    ['one[LineBreak]two', 'one\ntwo'],
    ['[Answered]', 'True'],
    ['[[Number].Replace("+","%2B")]', '%2B31201234567'],
    ['[[[Length].get_TotalSeconds()].ToString("F0")]', '125'],
    ['[Length]', '00:02:05'],
    ['[[Started].ToString("yyyy-MM-ddTHH:mm:ssZ")]', '2026-11-21T10:00:05Z'],
    ['[Started]', '21/11/2026 10:00:05'],
    ['[IIf([Name]==Anna,"yes","no")]', 'yes'],
    ['[IIf([Name]!="Anna",[Number],[Empty])]', ''],
  ])('%s gives %j', (text, expected) => {
    expect(fill(text, variables)).toBe(expected);
  });

  test('leaves brackets in a value alone, unless told to evaluate twice', () => {
    expect(fill('[Said]', variables)).toBe(variables['Said']);
    expect(fill('[Said]', variables, 0)).toBe(variables['Said']);
    expect(fill('[Said]', variables, 2)).not.toContain('[1]');
    expect(fill('[Said]', variables, 2)).toContain('then Anna');
  });

  test.each([
    '[Name',
    '[]',
    '[IIf([Name],a,b)]',
    '[[Name].Explode()]',
    '[[Missing].ToString("F0")]',
    '[[Name].ToString("F0")]',
    '[Name!]',
  ])('refuses %s', (text) => {
    expect(() => fill(text, variables)).toThrow(TemplateError);
  });
});

describe('holds', () => {
  test.each([
    ['', false],
    ['[Journal]!=True', false],
    ['[Journal]==True', true],
    ['[Empty]==""', true],
    ['[Journal]!=True||[Name]==Anna', true],
    ['[Journal]!=True||[Name]!=Anna', false],
  ])('"%s" is %s', (condition, expected) => {
    expect(holds(condition, variables)).toBe(expected);
  });

  test('refuses what is no condition', () => {
    expect(() => holds('[Name]', variables)).toThrow(TemplateError);
    expect(() => holds('[Name]==Anna]', variables)).toThrow(TemplateError);
  });
});
