import { dataOf, graphql, same } from './asking.mjs';

/** An agency accepts by the link of a letter; each link is used once. */
export const link = {
  name: 'link',
  title: 'Answering by link',
  servers: {
    hub: {
      ask: ({ token, key }) =>
        graphql(
          '-',
          `
            mutation Answer($input: AnswerReferralByLinkInput!) {
              answerReferralByLink(input: $input) {
                referral {
                  agency
                  from
                  service
                  status
                  version
                  patientLabel
                  transitions {
                    toStatus
                    side
                    byName
                  }
                }
                userErrors {
                  code
                }
              }
            }
          `,
          { input: { token, id: key, answer: 'ACCEPT' } },
        ),
      says: (answer) => {
        const { referral: shown, userErrors } = dataOf(answer).answerReferralByLink;
        if (!shown) throw new Error(JSON.stringify(userErrors));
        return shown;
      },
    },
    hand: {
      ask: ({ token, tasks }) => ({
        method: 'POST',
        path: '/link',
        token: '-',
        body: JSON.stringify({ token, tasks }),
      }),
      says: same,
    },
  },
};
