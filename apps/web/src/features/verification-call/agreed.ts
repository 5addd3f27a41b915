/** Marks that this tab agreed to the call, so that a reload returns to it and another tab asks first. */
const KEY = "sekisho.call";

export function rememberAgreed(admissionId: string): void {
  write(admissionId);
}

export function forgetAgreed(): void {
  write(null);
}

function write(admissionId: string | null): void {
  try {
    if (admissionId === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, admissionId);
  } catch {
    // Without storage a reload asks whether to go on in this tab.
  }
}

export function hasAgreed(admissionId: string): boolean {
  try {
    return sessionStorage.getItem(KEY) === admissionId;
  } catch {
    return false;
  }
}
