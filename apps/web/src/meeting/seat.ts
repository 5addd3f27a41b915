/** Marks that this tab was in the meeting, so that a reload returns to it and another tab asks first. */
const KEY = "sekisho.seat";

export function rememberSeat(admissionId: string): void {
  try {
    sessionStorage.setItem(KEY, admissionId);
  } catch {
    // Without storage a reload asks whether to switch to this device.
  }
}

export function hadSeat(admissionId: string): boolean {
  try {
    return sessionStorage.getItem(KEY) === admissionId;
  } catch {
    return false;
  }
}
