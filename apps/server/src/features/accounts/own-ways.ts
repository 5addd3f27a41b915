/** Tables of what an account signs in with besides its password: all of it goes where somebody else may have set it up. */
export const ownWays = ["passkey", "totp", "recovery_code", "sign_in_attempt", "recovery_link"] as const;
