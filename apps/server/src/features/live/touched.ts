/** Which admissions a batch of events may have changed. An event that changes everybody's place names them all. */
import type { AdmissionId, InstanceState, RecordedEvent } from "@sekisho/domain";

export function touchedBy(state: InstanceState, events: readonly RecordedEvent[]): ReadonlySet<AdmissionId> {
  const touched = new Set<AdmissionId>();
  for (const { event } of events) {
    if (
      event.type === "instance.ended" ||
      event.type === "instance.hostsGone" ||
      event.type === "instance.settingsChanged"
    )
      return new Set(state.admissions.keys());
    if (event.type === "keys.founded") for (const one of state.inside) touched.add(one);
    if (event.type === "keys.committed")
      for (const one of [...event.added, ...event.removed]) touched.add(one);
    // Of a call's keys the applicant's row tells, and the applicant's own view.
    if ((event.type === "keys.founded" || event.type === "keys.committed") && event.group !== "main")
      touched.add(event.group);
    if ("admissionId" in event) touched.add(event.admissionId);
    if (event.type === "barrier.swept")
      for (const admissionId of [...event.removed, ...event.barred]) touched.add(admissionId);
    if ("moves" in event) for (const one of event.moves) touched.add(one.admissionId);
    if ("admissionIds" in event) for (const admissionId of event.admissionIds) touched.add(admissionId);
    if (event.type === "admission.admitted" && event.replaces !== null) touched.add(event.replaces);
  }
  return touched;
}

/** True if the batch changed something that everybody who waits is told (ADM-2): started, the host's message. */
export function changesWhatWaitersSee(events: readonly RecordedEvent[]): boolean {
  return events.some(
    ({ event }) =>
      event.type === "instance.started" ||
      event.type === "instance.hostsGone" ||
      event.type === "instance.ended" ||
      event.type === "instance.reopened" ||
      event.type === "meeting.hostMessageChanged",
  );
}
