import { request, type UserError } from '#lib/api/index';
import { Form } from '#lib/form/form.svelte';
import {
  AnswerReferralByLinkDocument,
  ContradictPhoneAnswerByLinkDocument,
  CorrectReferralByLinkDocument,
  MessageReferralByLinkDocument,
  ProposeTransferByLinkDocument,
  type AnswerReferralByLinkInput,
  type ContradictPhoneAnswerByLinkInput,
  type CorrectReferralByLinkInput,
  type LinkedFieldsFragment,
  type MessageReferralByLinkInput,
  type ProposeTransferByLinkInput,
} from '#lib/gql/graphql';
import { knownName } from '#lib/session/known-name';

interface Acted {
  referral?: LinkedFieldsFragment | null;
  userErrors: UserError[];
}

const named = <I extends object>(input: I) => ({ ...input, name: knownName() || null });

export const answerNow = async (input: Omit<AnswerReferralByLinkInput, 'name'>): Promise<Acted> =>
  (await request(AnswerReferralByLinkDocument, { input: named(input) })).answerReferralByLink;
export const write = async (input: Omit<MessageReferralByLinkInput, 'name'>): Promise<Acted> =>
  (await request(MessageReferralByLinkDocument, { input: named(input) })).messageReferralByLink;
export const sayItIsNotRight = async (input: Omit<ContradictPhoneAnswerByLinkInput, 'name'>): Promise<Acted> =>
  (await request(ContradictPhoneAnswerByLinkDocument, { input: named(input) })).contradictPhoneAnswerByLink;
export const propose = async (input: Omit<ProposeTransferByLinkInput, 'name'>): Promise<Acted> =>
  (await request(ProposeTransferByLinkDocument, { input: named(input) })).proposeTransferByLink;
export const correct = async (input: Omit<CorrectReferralByLinkInput, 'name'>): Promise<Acted> =>
  (await request(CorrectReferralByLinkDocument, { input: named(input) })).correctReferralByLink;

/** A form whose sending shows the referral as it stands after, also when somebody else was faster. What was typed stays. */
export class LinkForm<T extends object> extends Form<T> {
  #show: (referral: LinkedFieldsFragment) => void;
  #end: () => void;

  constructor(initial: T, show: (referral: LinkedFieldsFragment) => void, end: () => void) {
    super(initial);
    this.#show = show;
    this.#end = end;
  }

  async act(work: () => Promise<Acted>): Promise<boolean> {
    let shown: LinkedFieldsFragment | null | undefined;
    let over = false;
    const done = await this.send(async () => {
      const payload = await work();
      shown = payload.referral;
      over = payload.userErrors.some(({ code }) => code === 'LINK_ENDED');
      return payload;
    });
    if (shown) this.#show(shown);
    if (over) this.#end();
    return done !== undefined;
  }
}
