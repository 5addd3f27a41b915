import { useState, type ReactNode } from "react";
import { ImpactDialog } from "./impact-dialog.tsx";
import { ReviewView } from "./review-view.tsx";
import type { Edits } from "./use-barriers.ts";
import { usePreview } from "./use-preview.ts";
import { useProblem } from "./use-problem.ts";
import { useSaidSaved } from "./use-said-saved.ts";
import { useSave, type Saved } from "./use-save.ts";

export interface ReviewDialogProps {
  title: string;
  /** The same array as long as it is the same edits. Empty: something is still to be filled in. */
  edits: Edits;
  version: number;
  /** The verb of the button, where nothing waits for a second person. */
  confirm: string;
  danger?: boolean;
  onClose: () => void;
  onSaved?: (saved: Saved) => void;
  children?: ReactNode;
}

/** Every change of barriers goes through here or through the form's card: consequences, reason, then the press. */
export function ReviewDialog(props: ReviewDialogProps): ReactNode {
  const problem = useProblem();
  const { edits, version, onClose, onSaved } = props;
  const [reason, setReason] = useState("");
  const [listing, setListing] = useState(false);
  const said = useSaidSaved();
  const preview = usePreview(edits);
  const save = useSave({
    edits,
    version,
    preview,
    onSaved: (saved) => {
      said(saved);
      onClose();
      onSaved?.(saved);
    },
  });
  return (
    <>
      <ReviewView
        {...props}
        ready={edits.length > 0}
        impact={preview.impact}
        checking={preview.checking}
        again={save.again}
        working={save.working}
        problem={problem(preview.error ?? save.error)}
        reason={reason}
        onReason={setReason}
        onList={() => setListing(true)}
        onConfirm={() => save.submit(reason)}
      />
      {listing && <ImpactDialog edits={edits} onClose={() => setListing(false)} />}
    </>
  );
}
