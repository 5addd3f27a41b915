/**
 * Where the code of the pages is that somebody opens by a link of their own: registration, passcode, set-up, recovery. In
 * a file apart, so that a guest of a meeting does not load the list of everything that they need.
 */
export const registrationForm = async () =>
  (await import("./features/registration/form-screen.tsx")).FormScreen;
export const ownRegistration = async () => (await import("./features/registration/own-screen.tsx")).OwnScreen;
export const setup = async () => (await import("./features/setup/setup-screen.tsx")).SetupScreen;
export const invite = async () => (await import("./features/setup/invite-screen.tsx")).InviteScreen;
export const passcodePage = async () =>
  (await import("./features/passcode-page/passcode-page-screen.tsx")).PasscodePageScreen;
export const signInReturn = async () => (await import("./features/sign-in/return-screen.tsx")).ReturnScreen;
export const askLink = async () => (await import("./features/sign-in/ask-link-screen.tsx")).AskLinkScreen;
export const newPassword = async () =>
  (await import("./features/sign-in/new-password-screen.tsx")).NewPasswordScreen;
