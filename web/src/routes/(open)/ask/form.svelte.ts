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
  form: Form<ReturnType<typeof empty>>;
  #ticket = '';
  #version = '';

  constructor(readonly service: Service) {
    this.form = new Form(empty(service));
  }

  get isText(): boolean {
    return this.form.values.way[0] === 'TEXT';
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
    if (!form.require('code', 'givenName', 'familyName', 'categories')) return;
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
      code: values.code,
      statementVersion: this.#version,
      hours: values.hours as SafeHours,
      mayCall: this.isText && values.mayCall,
      mayVoicemail: this.isText && values.mayCall && values.mayVoicemail,
      contactNote: given(values.contactNote),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      priority: values.urgent ? ('URGENT' as const) : ('ROUTINE' as const),
      request: given(values.request),
      household: values.household.map((person) => ({ ...person })),
      wantsLink: values.wantsLink,
    };
    const done = await form.send(async () => (await request(SendSelfReferralDocument, { input })).sendSelfReferral);
    if (done?.sent) {
      this.step = 'DONE';
      Object.assign(values, empty(this.service));
    } else if ('code' in form.errors) this.step = 'ABOUT';
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
    mayVoicemail: false,
    contactNote: '',
    request: '',
    urgent: false,
    household: [] as HouseholdPersonInput[],
    wantsLink: false,
  };
}
