import { describe, expect, it } from 'vitest';
import { readMail } from './incoming-mail.js';
import { ownWords, readReply } from './read-reply.js';

describe('what a person wrote', () => {
  it('is what stands above the line, whatever the program quotes below', () => {
    expect(ownWords('1\n\nOn Mon wrote:\n> 2')).toBe('1');
    expect(ownWords('1\r\n\r\n-----Original Message-----\r\n2')).toBe('1');
    expect(ownWords('')).toBe('');
  });

  it('is an answer only when it begins with its number', () => {
    const read = (text: string) => readReply(text, new Date('2026-11-18T15:00:00Z'), 'America/New_York');
    expect(read('1')).toEqual({ answer: 'ACCEPT', words: null });
    expect(read(' 2) full until June ')).toMatchObject({ answer: 'DECLINE', words: 'full until June' });
    expect(read('10')).toEqual({ answer: 'HELPED', outcome: 'HELP_RECEIVED', words: null });
    expect(read('11 - she moved away')).toMatchObject({
      answer: 'NOT_HELPED',
      reasonCode: 'OTHER',
      words: 'she moved away',
    });
    for (const unclear of ['Yes 1', '7', '11', '12', '0', '110']) expect(read(unclear)).toBeNull();
    for (const text of ['9', '9 - soon', '9\nThursday at 2:30 pm']) expect(read(text)).toBe('NO_WHEN');
    expect(read('5\nplace 4, from 3/15')).toMatchObject({ waitlistPosition: 4, waitlistExpectedOn: '2027-03-15' });
    expect(read('5\nlugar 12')).toMatchObject({ waitlistPosition: 12, waitlistExpectedOn: null });
  });

  it('is read from the address, not from what somebody put into the text', async () => {
    const mail = await readMail(
      Buffer.from('From: a@b.example\r\nTo: x@y.example\r\n\r\nreply+abcdefghjkmnpqrstuvwxyz2@z.example'),
    );
    expect(mail.codes).toEqual([]);
  });

  it('begins with a greeting as well', () => {
    const zone = 'America/New_York';
    for (const first of ['Hi Casey,', 'Good morning!', 'Hola,', 'Buenas tardes:', 'Dear team at Demo Health,']) {
      expect(readReply(`${first}\n\n1\nThanks`, new Date('2026-11-18T15:00:00Z'), zone)).toMatchObject({
        answer: 'ACCEPT',
        words: 'Thanks',
      });
    }
    for (const text of ['Hi 2 you,\n\nthanks', 'Hi,\n2 people came', 'History of 2\n1', 'Hello,\n\n1\n2']) {
      expect([text, readReply(text, new Date('2026-11-18T15:00:00Z'), zone)]).toEqual([text, null]);
    }
  });
});
