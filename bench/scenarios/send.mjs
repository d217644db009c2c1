import { dataOf, graphql, same, without } from './asking.mjs';

export const send = {
  name: 'send',
  title: 'Sending a referral',
  writes: true,
  servers: {
    hub: {
      ask: ({ token, input, key }) =>
        graphql(
          token,
          `
            mutation Send($input: SendReferralInput!) {
              sendReferral(input: $input) {
                referral {
                  id
                  status
                  patientLabel
                  answerDueAt
                  service {
                    name
                  }
                  to {
                    name
                  }
                }
                userErrors {
                  code
                  message
                  field
                }
              }
            }
          `,
          { input: { ...input, idempotencyKey: key } },
        ),
      says: (answer) => {
        const { referral: sent, userErrors } = dataOf(answer).sendReferral;
        if (!sent) throw new Error(JSON.stringify(userErrors));
        return { ...sent, service: sent.service.name, to: sent.to.name };
      },
    },
    hand: {
      ask: ({ token, input, key, tasks }) => ({
        method: 'POST',
        path: '/send',
        token,
        body: JSON.stringify({ ...input, idempotencyKey: key, tasks }),
      }),
      says: same,
    },
  },
  /** Of a referral that is sent anew each time, all but its id and hours. */
  lasting: (all) => without(all, 'id', 'answerDueAt'),
};
