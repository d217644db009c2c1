/** Where a sign-on through the organization begins. */
export const startPath = '/auth/oidc/start';
/** Where the provider sends people back to: the redirect address to register there, after BASE_URL. */
export const callbackPath = '/auth/oidc/callback';
