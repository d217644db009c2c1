import { registerEnumType } from 'type-graphql';

/** What a piece of background work is for. */
export const WorkKind = {
  LETTERS: 'LETTERS',
  REFERRALS: 'REFERRALS',
  DIRECTORY: 'DIRECTORY',
  SEARCH: 'SEARCH',
  FIGURES: 'FIGURES',
  CLEARING: 'CLEARING',
} as const;
export type WorkKind = keyof typeof WorkKind;
registerEnumType(WorkKind, {
  name: 'WorkKind',
  description: 'What a piece of background work is for.',
  valuesConfig: {
    LETTERS: { description: 'Letters and text messages on their way.' },
    REFERRALS: { description: 'What follows from the steps and clocks of referrals.' },
    DIRECTORY: { description: 'Imports, doubles and what becomes of reports about listings.' },
    SEARCH: { description: 'What the search learns of changes.' },
    FIGURES: { description: 'Figures that are counted ahead.' },
    CLEARING: { description: 'What is deleted or looked after at night.' },
  },
});

const TASKS: Readonly<Record<WorkKind, readonly string[]>> = {
  LETTERS: [
    'identity.password-reset',
    'identity.invitation',
    'identity.notice',
    'directory.ask-agencies',
    'directory.verification-letter',
    'directory.claim-invitation',
    'directory.list-letter',
    'caseload.send-letter',
    'caseload.tell-officers',
    'caseload.consents-end-soon',
    'caseload.consents-end-letter',
    'caseload.papers-came',
    'caseload.papers-letter',
    'referral.notify',
    'referral.notify-message',
    'referral.notify-told',
    'referral.notify-written-down',
    'referral.reply-notice',
    'referral.lost-notice',
    'referral.new-link',
    'referral.digest',
    'referral.digests',
    'referral.remind',
    'referral.tell-leaders',
    'referral.tell-sender',
    'referral.consent-notice',
    'referral.self-code',
    'referral.tell-self',
  ],
  REFERRALS: [
    'referral.settle-needs',
    'referral.tick',
    'referral.follow-offer',
    'referral.hand-over',
    'referral.consent-ended',
    'referral.consents-run-out',
    'referral.person-died',
    'referral.withdraw-self',
  ],
  DIRECTORY: ['directory.find-duplicates', 'directory.signal', 'directory.sent', 'directory.import'],
  SEARCH: [
    'search.index',
    'search.push',
    'search.watch',
    'search.reconcile',
    'search.rebuild',
    'search.layout',
    'search.recount',
  ],
  FIGURES: [
    'directory.weigh-use',
    'directory.due-days',
    'referral.weigh-answers',
    'referral.keep-times',
    'population.publish',
    'population.count-gaps',
  ],
  CLEARING: [
    'platform.clear-jobs',
    'platform.clear-letters',
    'access.audit-months',
    'access.clear-keys',
    'identity.clear-ended',
    'identity.clear-files',
    'directory.clear-uploads',
    'directory.clear-list-letters',
    'search.clear-empty',
    'referral.clear-replies',
    'referral.clear-drafts',
    'referral.clear-self',
  ],
};

const KINDS = new Map(
  (Object.keys(TASKS) as WorkKind[]).flatMap((kind) => TASKS[kind].map((task) => [task, kind] as const)),
);

/** What a task is for; undefined when nobody said. A job of a task that is gone is found under clearing. */
export const kindOfTask = (task: string): WorkKind | undefined => KINDS.get(task);
