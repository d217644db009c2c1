import { request } from '#lib/api/index';
import { failureWords, Form, given } from '#lib/form/form.svelte';
import {
  BeginSelfReferralDocument,
  SelfReferralStatementDocument,
  SendSelfReferralDocument,
  type HouseholdPersonInput,
  type SafeHours,
  type SelfWay,
  type ServiceDetailQuery,
} from '#lib/gql/graphql';
import { locale, t } from '#lib/i18n/index';

type Service = ServiceDetailQuery['service'];

/** What somebody types who asks for themselves. It lives in this page and nowhere else. */
export class Ask {
  step = $state<'REACH' | 'ABOUT' | 'AGREE' | 'DONE'>('REACH');
  text = $state('');
  answerDueAt = $state<string | null>(null);
  /** The address of the person's own page; it lives here and nowhere else. */
  url = $state<string | null>(null);
  form: Form<ReturnType<typeof empty>>;
  #ticket = '';
  #version = '';

  constructor(readonly service: Service) {
    this.form = new Form(empty(service));
  }

  get isText(): boolean {
    return this.form.values.way[0] === 'TEXT';
  }

  /** A number that takes no texts: no code goes there. */
  get isCall(): boolean {
    return this.form.values.way[0] === 'CALL';
  }

  get mayBeCalled(): boolean {
    const { mayCall, callNumber } = this.form.values;
    return this.isCall || (this.isText ? mayCall : callNumber.trim() !== '');
  }

  /** Has the code sent. */
  async begin(): Promise<void> {
    const { form } = this;
    if (!form.require('address')) return;
    const input = {
      serviceId: this.service.id,
      way: form.values.way[0] as SelfWay,
      address: form.values.address.trim(),
      language: locale(),
    };
    const begun = await form.send(async () => (await request(BeginSelfReferralDocument, { input })).beginSelfReferral);
    if (!begun?.ticket) return;
    this.#ticket = begun.ticket;
    form.values.code = '';
    this.step = 'ABOUT';
  }

  /** Shows what is agreed to, word for word. */
  async show(): Promise<void> {
    const { form } = this;
    if (!this.isCall && !form.require('code')) return;
    if (!form.require('givenName', 'familyName', 'categories')) return;
    form.busy = true;
    try {
      const { selfReferralStatement } = await request(SelfReferralStatementDocument, { input: this.#about() });
      this.text = selfReferralStatement.text;
      this.#version = selfReferralStatement.version;
      form.problem = '';
      this.step = 'AGREE';
    } catch (cause) {
      form.problem = failureWords(cause);
    } finally {
      form.busy = false;
    }
  }

  async send(): Promise<void> {
    const { form } = this;
    const { values } = form;
    const input = {
      ...this.#about(),
      ticket: this.#ticket,
      code: this.isCall ? null : values.code,
      statementVersion: this.#version,
      hours: values.hours as SafeHours,
      mayCall: this.isText && values.mayCall,
      callNumber: this.isText || this.isCall ? null : given(values.callNumber),
      mayVoicemail: this.mayBeCalled && values.mayVoicemail,
      contactNote: given(values.contactNote),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      priority: values.urgent ? ('URGENT' as const) : ('ROUTINE' as const),
      request: given(values.request),
      household: values.household.map((person) => ({ ...person })),
      wantsLink: values.wantsLink && !this.isCall,
    };
    const done = await form.send(async () => (await request(SendSelfReferralDocument, { input })).sendSelfReferral);
    if (done?.sent) {
      this.step = 'DONE';
      this.answerDueAt = done.answerDueAt ?? null;
      this.url = done.url ?? null;
      Object.assign(values, empty(this.service));
    } else if ('code' in form.errors || 'callNumber' in form.errors) this.step = 'ABOUT';
    else if (form.problem === '' && Object.keys(form.errors).length > 0) form.problem = t('form.failed');
  }

  #about() {
    const { givenName, familyName, categories } = this.form.values;
    return {
      serviceId: this.service.id,
      givenName: givenName.trim(),
      familyName: familyName.trim(),
      categories: [...categories],
      language: locale(),
    };
  }
}

function empty(service: Service) {
  return {
    way: ['TEXT'] as string[],
    address: '',
    code: '',
    givenName: '',
    familyName: '',
    categories: service.categories.length === 1 ? service.categories.map((one) => one.code) : ([] as string[]),
    hours: 'ANY' as string,
    mayCall: false,
    callNumber: '',
    mayVoicemail: false,
    contactNote: '',
    request: '',
    urgent: false,
    household: [] as HouseholdPersonInput[],
    // Where somebody may be watching, nothing comes unless it was asked for.
    wantsLink: service.sensitivity === 'NONE',
  };
}
